"""The world in which rights are tried: two organisations that have everything, and a browser for every actor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest import mock

import pytest
from django import forms as django_forms
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.template import Template
from django.test import Client, override_settings
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils.translation import override

from organisaties import berichten
from organisaties.bewaarlijst import pak
from organisaties.choices import BerichtSoort, PaginaSleutel
from organisaties.drukte import drukte
from organisaties.models import (
    Bericht,
    Bron,
    Gebruiker,
    Gemist,
    Organisatie,
    Pagina,
    Sessie,
    Uitnodiging,
)
from organisaties.zoeken import geheugen
from tests import factories
from tests.conftest import NU, stille_klok, tijdelijk
from tests.rechten import (
    NEE,
    Adres,
    Rij,
    adressen,
    alle_rijen,
    zegt,
)
from tests.rechten_formulieren import Invoer

ADRESSEN = {adres.naam: adres for adres in adressen()}
TABEL = alle_rijen()
SITE = [naam for naam in ADRESSEN if not naam.startswith("admin:")]
BEHEER = [naam for naam in ADRESSEN if naam.startswith("admin:")]
DOET = [naam for naam in SITE if TABEL[naam].doet]
EIGEN = [naam for naam in SITE if TABEL[naam].get.eigen != TABEL[naam].get.vreemd]

Stand = dict[type[models.Model], dict[Any, dict[str, Any]]]
"""The rows of every table, by model and key."""


# --- the world: two organisations that have everything, each with its editor


def dingen(naam: str) -> dict[str, Any]:
    """An organisation with an editor, and the words that stand in addresses and forms for what belongs to it."""
    gebruiker = factories.gebruiker(email=f"{naam}@kade.example", naam=naam.title())
    organisatie = factories.organisatie(themas=[factories.thema()], naam=f"De Kade van {naam}")
    tie = factories.beheerder(gebruiker=gebruiker, organisatie=organisatie, binnen_at=NU)
    factories.beheerder(organisatie=organisatie)
    activiteit = factories.activiteit(organisatie=organisatie, naam_nl=f"Taalcafé van {naam}", planning="onbekend")
    moment = factories.moment(activiteit=activiteit)
    factories.uitzondering(moment=moment)
    melding = factories.melding(activiteit=activiteit, email="lezer@voorbeeld.example")
    Bron.objects.create(organisatie=organisatie, activiteit=activiteit, url="https://bron.example/")
    aanvraag = factories.aanvraag(status="wacht", organisatie=organisatie)
    former = {}
    having = {"versie": organisatie, "versie_activiteit": activiteit, "versie_plek": activiteit.locatie}
    for key, entry in having.items():
        entry.telefoon = entry.waar_nl = entry.uitleg_nl = "020 000 0000"
        entry.save()  # so that the first version is another than what is there
        former[key] = entry.history.earliest("history_id").history_id
    invited = factories.beheerder(organisatie=organisatie)
    return {
        "slug": organisatie.slug,
        "organisatie": organisatie.slug,
        "activiteit": activiteit.slug,
        "moment": moment.pk,
        "datum": "2026-12-08",
        "afdruk": moment.afdruk,
        "melding": melding.pk,
        "beheerder": tie.pk,
        "gebruiker": gebruiker.pk,
        "locatie": activiteit.locatie_id,
        "aanvraag": aanvraag.token,
        "kenmerk": aanvraag.kenmerk,
        "uitnodiging": Uitnodiging.objects.create(beheerder=invited).token,
        "lijst": pak([activiteit.pk]),
        "nummer": organisatie.pk,
        "activiteit_nummer": activiteit.pk,
        **former,
    }


class Wereld:
    """What there is, and a browser for every actor."""

    def __init__(self) -> None:
        import_module("organisaties.migrations.0009_groepen").make_groups(apps, connection.schema_editor())
        for sleutel in PaginaSleutel:
            if not Pagina.objects.filter(sleutel=sleutel).exists():
                factories.pagina(sleutel)
        self.a, self.b = dingen("sara"), dingen("omar")
        self.gedeeld = self._shared()
        self.gebruikers = {
            "van_a": Gebruiker.objects.get(email="sara@kade.example"),
            "van_b": Gebruiker.objects.get(email="omar@kade.example"),
            "coordinator": factories.gebruiker(is_staff=True),
            "superuser": factories.gebruiker(is_staff=True, is_superuser=True),
        }
        self.gebruikers["coordinator"].groups.add(Group.objects.get(name="Coördinatoren"))
        self.rechten = {
            actor: {*gebruiker.get_all_permissions(), ""} if actor != "superuser" else None
            for actor, gebruiker in self.gebruikers.items()
        }
        self.sleutels = {}
        for actor, gebruiker in self.gebruikers.items():
            client = Client()
            client.force_login(gebruiker)
            self.sleutels[actor] = client.session.session_key
        self.begin = stand()

    def _shared(self) -> dict[str, Any]:
        """What belongs to neither; and a row for each screen of the desk, by the name of its model."""
        draft = factories.organisatie(status="concept")
        self.onzichtbaar = [
            {
                "slug": draft.slug,
                "activiteit": factories.activiteit(
                    status="concept", organisatie=Organisatie.objects.get(slug=self.a["slug"])
                ).slug,
            },
            {"slug": draft.slug, "activiteit": factories.activiteit(organisatie=draft).slug},
        ]
        open_aanvraag = factories.aanvraag()
        berichten.queue(BerichtSoort.GEEN_ACCOUNT, aan="x@x.example", taal="nl")
        Gemist.objects.create(dag_on=NU.date(), taal="nl", woorden="zwemles", aantal=9)
        factories.vorm(), factories.doelgroep(), factories.taal()
        rows = {}
        for model, desk in admin.site._registry.items():
            found = desk.model._default_manager.order_by("pk").first()
            assert found, f"make a {model._meta.label} in the world of test_rechten.py"
            app, name = model._meta.label_lower.split(".")
            rows.setdefault(app, {})[name] = found.pk
        apps_by_name = {app: type("App", (), names) for app, names in rows.items()}
        return {
            **apps_by_name,
            "thema": factories.thema("werk").pk,
            "logo": default_storage.save(f"logos/{'0' * 32}.webp", ContentFile(b"webp")),
            "aanvraag_nummer": open_aanvraag.pk,
            "soort": ContentType.objects.get_for_model(Organisatie).pk,
        }

    def client(self, actor: str, **options: Any) -> Client:
        client = Client(raise_request_exception=False, **options)
        if actor in self.sleutels:
            client.cookies[django_settings.SESSION_COOKIE_NAME] = self.sleutels[actor]
        return client

    def woorden(self, wat: dict[str, Any]) -> dict[str, Any]:
        return {**self.gedeeld, **wat}

    def vul(self, value: Any, wat: dict[str, Any]) -> Any:
        """What a row says, with the words of somebody's things in it."""
        if callable(value):
            return value(self)
        if isinstance(value, dict):
            return {key: self.vul(each, wat) for key, each in value.items()}
        if isinstance(value, list):
            return [self.vul(each, wat) for each in value]
        return value.format_map(self.woorden(wat)) if isinstance(value, str) and "{" in value else value

    def delen(self, adres: Adres, deel: dict[str, str], wat: dict[str, Any]) -> dict[str, Any]:
        return {name: self.vul(deel.get(name, f"{{{name}}}"), wat) for name in adres.delen}

    def url(self, naam: str, wat: dict[str, Any], deel: Any = None, **anders: Any) -> str:
        """The address of a name, with somebody's things in it."""
        adres, rij = ADRESSEN[naam], TABEL[naam]
        with override("nl"):
            return adres.url({**self.delen(adres, rij.deel if deel is None else deel, wat), **anders}) + self.vul(
                rij.vraag, wat
            )

    def gemengd(self, naam: str) -> list[str]:
        """Addresses with something of A and something of B in them: nobody's."""
        delen, vreemd = (self.delen(ADRESSEN[naam], TABEL[naam].deel, wat) for wat in (self.a, self.b))
        own = [name for name in delen if delen[name] != vreemd[name]]
        return [self.url(naam, self.a, **{name: vreemd[name]}) for name in own] if len(own) > 1 else []

    def code(self) -> str:
        """The code of the last mail to log in with."""
        return berichten.link_of(Bericht.objects.filter(soort=BerichtSoort.INLOGCODE).latest("pk"))


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Wereld]:
    """Made once: every test gets it back as it was, for it undoes what it did."""
    with ExitStack() as stack:
        stack.enter_context(tijdelijk(django_db_blocker))
        stack.enter_context(override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")))
        stack.enter_context(stille_klok())
        yield Wereld()
    geheugen.vergeet()


@contextmanager
def ongedaan() -> Iterator[None]:
    """What happens within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    drukte.vergeet()


@contextmanager
def geschreven() -> Iterator[list[str]]:
    """What is written to the database within, but for the sessions: those say who was here."""
    found: list[str] = []
    reads = ("SELECT", "(SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")  # a union stands in brackets on PostgreSQL

    def look(execute: Any, sql: str, *how: Any) -> Any:
        if not sql.lstrip().upper().startswith(reads) and Sessie._meta.db_table not in sql:
            found.append(sql)
        return execute(sql, *how)

    with connection.execute_wrapper(look):
        yield found


@contextmanager
def zonder_tekst() -> Iterator[None]:
    """Pages without their texts: who gets a page is decided before, and writing a thousand of them takes minutes."""

    whole = Template._render

    def render(template: Template, context: Any) -> str:
        if not str(template.name).endswith(".html"):
            return whole(template, context)  # a mail is written whole
        template_rendered.send(sender=template, template=template, context=context)
        return ""

    with mock.patch.object(Template, "_render", render):
        yield


def stand() -> Stand:
    """Every row of every table, but the sessions: those say who was here."""
    tables = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and m is not Sessie]
    return {model: {row[model._meta.pk.attname]: row for row in model._base_manager.values()} for model in tables}


def verschil(voor: Stand, na: Stand) -> set[tuple[str, Any]]:
    """Which rows came, went or changed: (model, key)."""
    return {
        (model._meta.label_lower, key)
        for model in voor
        for key in voor[model].keys() | na[model].keys()
        if voor[model].get(key) != na[model].get(key)
    }


def verwacht(wereld: Wereld, rij: Rij, actor: str, *, method: str, eigenaar: str) -> tuple[str, ...]:
    role = {
        "van_a": "eigen" if eigenaar == "van_a" else "vreemd",
        "van_b": "eigen" if eigenaar == "van_b" else "vreemd",
    }
    answer = getattr(getattr(rij, method), role.get(actor, actor))
    needed, rights = rij.rechten[method == "post"], wereld.rechten.get(actor)
    if actor in ("coordinator", "superuser") and needed:
        has = (rights is None and needed != ("nobody",)) or (rights is not None and rights.intersection(needed))
        answer = answer if has else NEE
    return (answer,) if isinstance(answer, str) else answer


def van_wie(wereld: Wereld, naam: str) -> list[tuple[str, dict[str, Any]]]:
    """Whose things to try: those of both editors where that makes a difference, else once."""
    both = [("van_a", wereld.a), ("van_b", wereld.b)]
    return both if naam in EIGEN else both[:1]


def stuur(client: Client, method: str, url: str, data: Any = None) -> str:
    with zonder_tekst():
        response = getattr(client, method)(url, **({} if data is None else {"data": data}))
    if response.streaming:
        response.close()
    return zegt(response)


def inhoud(wereld: Wereld, actor: str, naam: str, *, invoer: Invoer | None = None) -> dict[str, Any]:
    """What a browser sends: what stands in the form, and what somebody changes in it."""
    row = invoer or TABEL[naam]
    client = wereld.client(actor)
    if naam == "account_confirm_login_code":
        with override("nl"):
            client.post(reverse("account_login"), {"email": "sara@kade.example"})
        Gebruiker.objects.filter(pk=wereld.a["gebruiker"]).update(last_login=None)  # the clock stands still
        wereld.sleutels["met code"] = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    with zonder_tekst():
        response = wereld.client(actor).get(wereld.url(naam, wereld.a, row.deel))
    form = (response.context or {}).get("form")
    sent = {} if form is None else dict(_boxes(form))
    return sent | wereld.vul(row.doet, wereld.a)


def _boxes(form: django_forms.Form) -> Iterator[tuple[str, Any]]:
    for box in form:
        value = box.value()
        if isinstance(value, list):
            yield box.name, [str(getattr(each, "pk", each)) for each in value]
        elif value is not None and value is not False:
            yield box.name, "on" if value is True else str(value)
