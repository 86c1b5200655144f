"""Rights: every address by every actor, what a form lets somebody change, and rights that end at once."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cache
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
from django.urls import URLResolver, path, reverse
from django.urls.resolvers import RegexPattern
from django.utils.translation import override

from netwerk import urls
from organisaties import berichten, forms
from organisaties.bewaarlijst import pak
from organisaties.choices import BerichtSoort, PaginaSleutel
from organisaties.drukte import drukte
from organisaties.models import (
    Activiteit,
    Beheerder,
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
    ACTOREN,
    DEUR,
    DOOR,
    FORMULIEREN,
    GEWEIGERD,
    INLOGGEN,
    JA,
    NEE,
    NIETS,
    NOOIT,
    RIJEN,
    ZONDER_CSRF,
    Adres,
    Invoer,
    Rij,
    adressen,
    alle_rijen,
    zegt,
)

pytestmark = pytest.mark.django_db

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
    tie = factories.beheerder(gebruiker=gebruiker, organisatie=organisatie)
    factories.beheerder(organisatie=organisatie)
    activiteit = factories.activiteit(organisatie=organisatie, naam_nl=f"Taalcafé van {naam}", planning="onbekend")
    moment = factories.moment(activiteit=activiteit)
    factories.uitzondering(moment=moment)
    melding = factories.melding(activiteit=activiteit, email="lezer@voorbeeld.example")
    Bron.objects.create(organisatie=organisatie, activiteit=activiteit, url="https://bron.example/")
    aanvraag = factories.aanvraag(status="wacht", organisatie=organisatie)
    former = {}
    for key, entry in (("versie", organisatie), ("versie_activiteit", activiteit)):
        entry.telefoon = entry.waar_nl = "020 000 0000"
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
            if model._meta.label_lower == "account.emailaddress":
                model.objects.create(user_id=self.a["gebruiker"], email="sara@kade.example")
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
    reads = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")

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


# --- a row for every address


def zonder_rij(found: list[Adres], table: dict[str, Rij]) -> set[str]:
    return {adres.naam for adres in found} - table.keys()


def test_every_address_has_a_row_and_every_row_an_address():
    names = [adres.naam for adres in adressen()]
    assert sorted(names) == sorted(set(names))
    assert (zonder_rij(adressen(), TABEL), TABEL.keys() - set(names)) == (set(), set())


def test_a_new_view_without_a_row_is_found():
    extra = [path("geheim/", lambda request: None, name="geheim"), path("ook/", lambda request: None)]
    resolver = URLResolver(RegexPattern(r"^/"), [*urls.urlpatterns, *extra])
    assert zonder_rij(adressen(resolver), TABEL) == {"geheim", "?ook/"}


def test_a_new_screen_of_the_desk_without_a_row_is_found(monkeypatch):
    desk = admin.site.get_model_admin(Organisatie)
    extra = [path("geheim/", lambda request: None, name="geheim")]
    monkeypatch.setattr(type(desk), "get_urls", lambda self: extra + super(type(desk), self).get_urls())
    resolver = URLResolver(RegexPattern(r"^/"), [path("admin/", (admin.site.get_urls(), "admin", "admin"))])
    assert zonder_rij(adressen(resolver), TABEL) == {"admin:geheim"}


# --- every actor at every address


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


@pytest.mark.parametrize("naam", ADRESSEN)
def test_every_actor_gets_what_the_row_says(wereld, naam):
    """Looking changes nothing, and neither does a post that is refused. A post holds nothing here, see below."""
    wrong = []
    for eigenaar, wat in van_wie(wereld, naam):
        for actor in ACTOREN:
            for method in ("get", "post"):
                right = verwacht(wereld, TABEL[naam], actor, method=method, eigenaar=eigenaar)
                if TABEL[naam].is_duur and (actor, method) not in (("niemand", "get"), ("superuser", "post")):
                    continue
                with ongedaan(), geschreven() as written:
                    got = stuur(wereld.client(actor), method, wereld.url(naam, wat))
                if got not in right or (written and (method == "get" or got in GEWEIGERD)):
                    wrong.append(f"{method} {naam} of {eigenaar} by {actor}: {got}, not {right}; wrote {written}")
    assert wrong == []


@pytest.mark.parametrize("naam", SITE)
def test_other_methods_are_refused(wereld, naam):
    got = {
        (method, actor): stuur(wereld.client(actor), method, wereld.url(naam, wereld.a))
        for method in ("put", "patch", "delete")
        for actor in ACTOREN
    }
    assert {key: answer for key, answer in got.items() if answer != NOOIT} == {}


@pytest.mark.parametrize("naam", [n for n in BEHEER if n.endswith(("_change", "_delete")) or n in RIJEN])
def test_other_methods_change_nothing_at_the_desk(wereld, naam):
    with geschreven() as written:
        got = stuur(wereld.client("superuser"), "delete", wereld.url(naam, wereld.a))
    assert (naam, got.startswith("status"), written) == (naam, False, [])


@pytest.mark.parametrize("naam", [naam for naam in SITE if TABEL[naam].is_openbaar])
def test_what_is_not_on_the_site_nobody_sees(wereld, naam):
    """Drafts, and what belongs to a draft: their editors have pages of their own for them."""
    for wat in wereld.onzichtbaar:
        url = wereld.url(naam, {**wereld.a, **wat, "organisatie": wat["slug"]})
        if url == wereld.url(naam, wereld.a):
            return
        got = {actor: stuur(wereld.client(actor), "get", url) for actor in ACTOREN}
        assert (url, got) == (url, dict.fromkeys(ACTOREN, NIETS))


# --- what belongs to somebody else


def inhoud(wereld: Wereld, actor: str, naam: str, *, invoer: Invoer | None = None) -> dict[str, Any]:
    """What a browser sends: what stands in the form, and what somebody changes in it."""
    row = invoer or TABEL[naam]
    client = wereld.client(actor)
    if naam == "account_confirm_login_code":
        with override("nl"):
            client.post(reverse("account_login"), {"email": "sara@kade.example"})
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


@pytest.mark.parametrize("naam", DOET)
def test_the_post_of_a_row_does_something(wereld, naam):
    """Without this, the tests that somebody else's post does nothing would say nothing."""
    data = inhoud(wereld, "van_a", naam)
    with geschreven() as written:
        got = stuur(wereld.client("van_a"), "post", wereld.url(naam, wereld.a), data)
    assert (naam, got, bool(written)) == (naam, DOOR, True)


@pytest.mark.parametrize("naam", [naam for naam in DOET if naam in EIGEN])
def test_the_same_post_by_somebody_else_does_nothing(wereld, naam):
    data, url = inhoud(wereld, "van_a", naam), wereld.url(naam, wereld.a)
    tries = [(actor, url) for actor in ACTOREN if actor != "van_a"]
    tries += [("van_a", mixed) for mixed in wereld.gemengd(naam)]
    for actor, there in tries:
        with geschreven() as written:
            got = stuur(wereld.client(actor), "post", there, data)
        right = INLOGGEN if actor == "niemand" else NIETS
        assert (there, actor, got, written) == (there, actor, right, [])


@pytest.mark.parametrize("naam", EIGEN)
def test_a_mixed_address_is_nobodys(wereld, naam):
    for url in wereld.gemengd(naam):
        got = {actor: stuur(wereld.client(actor), "get", url) for actor in ACTOREN}
        assert (url, got) == (url, {**dict.fromkeys(ACTOREN, NIETS), "niemand": INLOGGEN})


@pytest.mark.parametrize("naam", [naam for naam in DOET if naam in EIGEN])
@pytest.mark.parametrize("extra", [{}, {"weg": "{beheerder}"}, {"versie": "{versie}"}, {"locatie": "{locatie}"}])
def test_a_post_at_an_own_address_with_numbers_of_somebody_else_leaves_those_alone(wereld, naam, extra):
    theirs, voor = wereld.vul(TABEL[naam].doet | extra, wereld.b), wereld.begin
    assert stuur(wereld.client("van_a"), "post", wereld.url(naam, wereld.a), theirs) in (JA, DOOR, NIETS)
    na = stand()
    touched = {
        (label, key)
        for model in voor
        for label, key in verschil({model: voor[model]}, {model: na[model]})
        if belongs_to_b(wereld, model, voor[model].get(key) or na[model][key])
    }
    assert touched == set()
    assert Activiteit.objects.filter(organisatie=wereld.a["nummer"], locatie=wereld.b["locatie"]).count() == 0


def belongs_to_b(wereld: Wereld, model: type[models.Model], row: dict[str, Any]) -> bool:
    theirs = {Organisatie: ("id", "nummer"), Activiteit: ("id", "activiteit_nummer"), Gebruiker: ("id", "gebruiker")}
    column, word = theirs.get(model, ("organisatie_id", "nummer"))
    return row.get(column) == wereld.b[word]


# --- what a form lets somebody change


def formulieren() -> dict[str, type[django_forms.BaseForm]]:
    """Every form of the site by name: those of a module, and those in a dictionary of a module."""
    found = {}
    for info in pkgutil.iter_modules(forms.__path__):
        module = importlib.import_module(f"{forms.__name__}.{info.name}")
        for attribute, value in vars(module).items():
            for name, each in value.items() if isinstance(value, dict) else [("", value)]:
                is_ours = name or getattr(each, "__module__", "") == module.__name__
                if is_ours and isinstance(each, type) and issubclass(each, django_forms.BaseForm):
                    found[f"{info.name}.{attribute}{f'.{name}' if name else ''}"] = each
    return found


def _subclasses(cls: type) -> Iterator[type]:
    for each in cls.__subclasses__():
        yield each
        yield from _subclasses(each)


def test_every_form_has_an_entry_and_every_entry_a_form():
    found = formulieren()
    assert (found.keys() - FORMULIEREN.keys(), FORMULIEREN.keys() - found.keys()) == (set(), set())
    known = set(found.values())
    ours = {each for each in _subclasses(django_forms.BaseForm) if each.__module__.startswith(f"{forms.__name__}.")}
    assert {each for each in ours if each.__qualname__.partition(".")[0] == each.__name__} - known == set()


def test_a_new_form_without_an_entry_is_found(monkeypatch):
    module = importlib.import_module("organisaties.forms.collegas")
    new = type("NieuwForm", (django_forms.Form,), {"__module__": module.__name__})
    monkeypatch.setattr(module, "NieuwForm", new, raising=False)
    assert formulieren().keys() - FORMULIEREN.keys() == {"collegas.NieuwForm"}


@cache
def gif(wereld: Wereld, *eerst: type[models.Model]) -> dict[str, Any]:
    """A value for every field of every model: rights, states, keys of somebody else. The first models come first."""
    poison: dict[str, Any] = {"pk": wereld.b["nummer"]}
    for model in [*eerst, *apps.get_models()]:
        for each in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            for name in {each.name, getattr(each, "attname", each.name)}:
                poison.setdefault(name, _poison_of(wereld, each))
    return poison


def _poison_of(wereld: Wereld, field: models.Field) -> str:
    if field.is_relation:
        theirs = {
            Organisatie: "nummer",
            Activiteit: "activiteit_nummer",
            Gebruiker: "gebruiker",
            Beheerder: "beheerder",
        }
        word = theirs.get(field.related_model)
        found = wereld.b[word] if word else field.related_model._default_manager.values_list("pk", flat=True).last()
        return str(found or 1)
    if field.choices:
        return str(next((key for key, _label in field.flatchoices if key == "gearchiveerd"), field.flatchoices[-1][0]))
    by_type = {
        models.AutoField: str(wereld.b["nummer"]),
        models.BooleanField: "on",
        models.DateField: "2026-11-01",
        models.DateTimeField: "2026-11-01 10:00",
        models.TimeField: "03:00",
        models.JSONField: '{"naam": {"machine": "en"}}',
        models.FileField: "logos/gekaapt.webp",
    }
    found = next((value for kind, value in by_type.items() if type(field) is kind), None)
    if found is None:
        found = "7" if isinstance(field, (models.IntegerField, models.DecimalField)) else "gekaapt"
    return found


TOEVAL = {
    "id",
    "object_id",
    "history_id",
    "m2m_history_id",
    "kenmerk",
    "sleutel",
    "zaad",
    "token_hash",
    "message_id",
    "password",
}
"""Columns of new rows that are made by chance, or by counting."""


def zonder_toeval(voor: Stand, na: Stand) -> dict[str, list[str]]:
    """The rows after a deed, with what is new in them as a word: so that two times the same deed is the same."""
    told = {}
    for model, rows in na.items():
        links = {f.attname: f.related_model for f in model._meta.concrete_fields if f.is_relation}
        told[model._meta.label_lower] = sorted(
            repr(
                {
                    name: _word(voor, na, links.get(name), name=name, value=value, was_there=key in voor[model])
                    for name, value in row.items()
                }
            )
            for key, row in rows.items()
            if voor[model].get(key) != row
        )
    return told


def _word(voor: Stand, na: Stand, link: Any, *, name: str, value: Any, was_there: bool) -> Any:
    if link is not None:
        return "new" if value in na.get(link, {}) and value not in voor[link] else value
    if isinstance(value, datetime) and value >= NU:
        return "now"
    if isinstance(value, str) and not was_there:
        value = re.sub(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", "a reference", value)
    return "new" if not was_there and name in TOEVAL else value


INVOER = {naam: entry for naam, entry in FORMULIEREN.items() if isinstance(entry, Invoer)}
INVOER |= {
    naam: Invoer(naam, TABEL[naam].doet, TABEL[naam].deel)
    for naam in DOET
    if naam in EIGEN and naam not in {entry.naam for entry in INVOER.values()}
}


def _daad(wereld: Wereld, naam: str, *, met: bool) -> tuple[dict[str, list[str]], set[tuple[str, Any]], str]:
    """What a post does, with every field of every model in it or without."""
    invoer = INVOER[naam]
    with ongedaan():
        data = inhoud(wereld, invoer.actor, invoer.naam, invoer=invoer)
        form = formulieren().get(naam)
        own = {*data, *(form.base_fields if form else ())}
        if met:
            meta = getattr(form, "_meta", None)
            poison = gif(wereld, *([meta.model] if meta else []))
            data = {**{name: value for name, value in poison.items() if name not in own}, **data}
        actor = "met code" if invoer.naam == "account_confirm_login_code" else invoer.actor
        url, voor = wereld.url(invoer.naam, wereld.a, invoer.deel), stand() if actor == "met code" else wereld.begin
        got = stuur(wereld.client(actor), "post", url, data)
        na = stand()
        return zonder_toeval(voor, na), verschil(voor, na), got


@pytest.mark.parametrize("naam", INVOER)
def test_only_what_a_form_shows_is_changed(wereld, naam):
    """A post with every field of every model in it does just what it does without them."""
    clean, changed, got = _daad(wereld, naam, met=False)
    assert (got, changed != set()) == (DOOR, True)
    poisoned, _changed, also = _daad(wereld, naam, met=True)
    differs = {label: (clean[label], poisoned[label]) for label in clean if clean[label] != poisoned[label]}
    assert (also, differs) == (got, {})


PARTS = [naam for naam in INVOER if naam.startswith("bewerken.") and naam.count(".") == 2]
BOEKHOUDING = {"updated_at", "vertaald"}
"""Columns that follow from a change."""


@pytest.mark.parametrize("naam", PARTS)
def test_a_part_changes_its_own_columns_of_one_row(wereld, naam):
    form, invoer, voor = formulieren()[naam], INVOER[naam], wereld.begin
    model = form._meta.model
    data = {**gif(wereld, model), **inhoud(wereld, "van_a", invoer.naam, invoer=invoer)}
    assert stuur(wereld.client("van_a"), "post", wereld.url(invoer.naam, wereld.a, invoer.deel), data) in (JA, DOOR)
    key, na = wereld.a["nummer" if model is Organisatie else "activiteit_nummer"], stand()
    assert {(m, k) for m, k in verschil(voor, na) if m == model._meta.label_lower} <= {(model._meta.label_lower, key)}
    before, after = voor[model][key], na[model][key]
    shown = {f.attname for f in model._meta.concrete_fields if f.name in form.base_fields}
    assert {name for name in before if before[name] != after[name]} <= shown | BOEKHOUDING
    assert {m for m in (Gebruiker, Beheerder, Group) if voor[m] != na[m]} == set()


# --- forgery


def test_a_post_needs_its_token_or_is_in_the_list(wereld):
    client = wereld.client("superuser", enforce_csrf_checks=True)
    with geschreven() as written:
        free = {
            naam
            for naam in ADRESSEN
            if naam not in ZONDER_CSRF and stuur(client, "post", wereld.url(naam, wereld.a)) != NEE
        }
    assert (free, written) == (set(), [])
    for naam in ZONDER_CSRF:
        assert (naam, stuur(client, "post", wereld.url(naam, wereld.a)) != NEE) == (naam, True)


def test_an_editor_needs_the_token_too(wereld):
    client = wereld.client("van_a", enforce_csrf_checks=True)
    for naam in DOET:
        if naam not in ZONDER_CSRF:
            data = inhoud(wereld, "van_a", naam)
            with geschreven() as written:
                got = stuur(client, "post", wereld.url(naam, wereld.a), data)
            assert (naam, got, written) == (naam, NEE, [])


# --- what changes in rights counts on the next request


def krijgt(wereld: Wereld, client: Client, names: list[str]) -> set[str]:
    return {stuur(client, "get", wereld.url(naam, wereld.a)) for naam in names}


def test_who_is_taken_off_an_organisation_sees_none_of_it_on_the_next_request(wereld):
    client = wereld.client("van_a")
    assert krijgt(wereld, client, EIGEN) == {JA}
    Beheerder.objects.filter(pk=wereld.a["beheerder"]).delete()
    assert krijgt(wereld, client, EIGEN) == {NIETS}
    for naam in DOET:
        if naam in EIGEN:
            assert (naam, stuur(client, "post", wereld.url(naam, wereld.a))) == (naam, NIETS)
    factories.beheerder(
        gebruiker=wereld.gebruikers["van_a"], organisatie=Organisatie.objects.get(pk=wereld.a["nummer"])
    )
    assert krijgt(wereld, client, EIGEN) == {JA}


@pytest.mark.parametrize("save", [True, False])
@pytest.mark.parametrize(
    ("actor", "names", "door"), [("van_a", EIGEN, INLOGGEN), ("coordinator", ["admin:index"], DEUR)]
)
def test_an_account_that_is_switched_off_is_out_on_the_next_request(wereld, *, actor, names, door, save):
    client = wereld.client(actor)
    assert krijgt(wereld, client, names) == {JA}
    zet(wereld.gebruikers[actor], save=save, is_active=False)
    assert krijgt(wereld, client, names) == {door}


def zet(gebruiker: Gebruiker, *, save: bool = True, **values: Any) -> None:
    """Change somebody with the signals of a form, or as a query does."""
    if save:
        fresh = Gebruiker.objects.get(pk=gebruiker.pk)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
    else:
        Gebruiker.objects.filter(pk=gebruiker.pk).update(**values)


def test_who_is_made_coordinator_logs_in_anew_and_who_is_unmade_is_out(wereld):
    client, sara = wereld.client("van_a"), wereld.gebruikers["van_a"]
    assert krijgt(wereld, client, ["admin:index"]) == {DEUR}
    zet(sara, is_staff=True)
    assert krijgt(wereld, client, ["admin:index", *EIGEN]) == {DEUR, INLOGGEN}
    client.force_login(Gebruiker.objects.get(pk=sara.pk))
    assert krijgt(wereld, client, ["admin:index"]) == {JA}
    zet(sara, is_staff=False)
    assert krijgt(wereld, client, ["admin:index"]) == {DEUR}


AANVRAGEN = ["admin:organisaties_aanvraag_changelist", "admin:organisaties_aanvraag_goedkeuren"]


def test_a_right_that_a_group_loses_is_gone_on_the_next_request(wereld):
    client, group = wereld.client("coordinator"), Group.objects.get(name="Coördinatoren")
    assert krijgt(wereld, client, AANVRAGEN) == {JA}
    group.permissions.remove(group.permissions.get(codename="change_aanvraag"))
    assert [krijgt(wereld, client, [naam]) for naam in AANVRAGEN] == [{JA}, {NEE}]
    group.permissions.remove(group.permissions.get(codename="view_aanvraag"))
    assert krijgt(wereld, client, AANVRAGEN) == {NEE}


def test_who_leaves_the_group_or_is_no_superuser_any_more_may_nothing_on_the_next_request(wereld):
    client = wereld.client("coordinator")
    assert krijgt(wereld, client, AANVRAGEN) == {JA}
    wereld.gebruikers["coordinator"].groups.clear()
    assert krijgt(wereld, client, AANVRAGEN) == {NEE}
    client = wereld.client("superuser")
    assert krijgt(wereld, client, AANVRAGEN) == {JA}
    zet(wereld.gebruikers["superuser"], is_superuser=False)
    assert krijgt(wereld, client, AANVRAGEN) == {NEE}
