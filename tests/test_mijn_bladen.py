"""What all pages of editors and of logging in promise: kept nowhere, light, one heading, valid HTML."""

import gzip
import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisaties.forms.bewerken import ACTIVITEIT, PROFIEL
from organisaties.models import Beheerder, Uitnodiging
from tests import factories, sleutels, test_html
from tests.bewerken import beeldbladen, goedgekeurd
from tests.conftest import stille_klok, tijdelijk
from tests.lezen import lees, zichtbaar
from tests.paginas import TALEN
from tests.test_mijn import adres

pytestmark = pytest.mark.django_db


def _logging_in(taal):
    visitor, door, key = (Client(), adres("account_login", taal=taal), adres("account_confirm_login_code", taal=taal))
    return {
        f"adres-{taal}": visitor.get(door),
        f"geen-adres-{taal}": visitor.post(door, {"email": "hanan"}),
        f"code-{taal}": visitor.post(door, {"email": f"hanan@{taal}.example"}, follow=True),
        f"geen-code-{taal}": visitor.post(key, {"code": "<b>"}),
        f"weer-geen-code-{taal}": visitor.post(key, {"code": ""}),
        f"te-vaak-{taal}": visitor.post(key, {"code": ""}, follow=True),
    }


def _editing(client, organisatie, taal):
    """The pages on which somebody changes something, with and without faults."""
    entry = organisatie.activiteiten.first() or factories.activiteit(organisatie=organisatie, naam_en="")
    client.post(adres("mijn-activiteit", organisatie.slug, entry.slug), {"daad": "klopt"})
    own = {"activiteit": "mijn-activiteit", "voorbeeld": "mijn-voorbeeld", "versies": "mijn-activiteit-versies"}
    found = {
        f"{key}-{taal}": client.get(adres(name, organisatie.slug, entry.slug, taal=taal)) for key, name in own.items()
    }
    for deel in PROFIEL:
        found[f"{deel}-{taal}"] = client.get(adres("mijn-profiel", organisatie.slug, deel, taal=taal))
    for deel in ACTIVITEIT:
        address = adres("mijn-activiteit-deel", organisatie.slug, entry.slug, deel, taal=taal)
        found[f"{deel}-van-activiteit-{taal}"] = client.get(address)
    contact = adres("mijn-profiel", organisatie.slug, "contact", taal=taal)
    place = organisatie.locaties.first() or factories.locatie(organisatie=organisatie)
    plek = adres("mijn-plek", organisatie.slug, place.pk, taal=taal)
    return found | {
        f"plek-{taal}": client.get(plek),
        f"weghalen-plek-{taal}": client.get(plek, {"weg": "ja"}),
        f"versies-plek-{taal}": client.get(adres("mijn-plek-versies", organisatie.slug, place.pk, taal=taal)),
        f"nieuwe-plek-{taal}": client.get(adres("mijn-plek-nieuw", organisatie.slug, taal=taal)),
        f"geen-plek-{taal}": client.post(plek, {"soort": "online", "straat": "x" * 200, "postcode": "<b>"}),
        f"nieuw-{taal}": client.get(adres("mijn-nieuw", organisatie.slug, taal=taal)),
        f"geen-contact-{taal}": client.post(contact, {"website": "javascript:x", "email": "x", "telefoon": "x"}),
        f"weghalen-{taal}": client.get(
            adres("mijn-activiteit", organisatie.slug, entry.slug, taal=taal), {"weg": "ja"}
        ),
    }


def _when(client, blok, taal):
    """The pages of when an activity is; `blok` is one of its times."""
    slugs = (blok.activiteit.organisatie.slug, blok.activiteit.slug)
    start, new = adres("mijn-wanneer", *slugs, taal=taal), adres("mijn-moment-nieuw", *slugs, taal=taal)
    one, pause = adres("mijn-moment", *slugs, blok.pk, taal=taal), adres("mijn-pauze", *slugs, taal=taal)
    day = adres("mijn-datum", *slugs, blok.pk, blok.start_on.isoformat(), taal=taal)
    loose = {"ritme": "los", "losse": "25-12-2099\n26-12-2099", "toon": "ja"}
    return {
        f"wanneer-{taal}": client.get(start, {"weg": blok.pk, "klaar": "veranderd-minder"}),
        f"geen-planning-{taal}": client.post(start, {"planning": "afspraak"}),
        f"nieuwe-tijd-{taal}": client.get(new),
        f"geen-tijd-{taal}": client.post(new, {"ritme": "maand", "begin": "x", "start_dag": "x"}),
        f"getoonde-tijd-{taal}": client.post(new, loose),
        f"tijd-{taal}": client.get(one),
        f"andere-tijd-{taal}": client.post(one, {"ritme": "zoals-nu", "begin": "9", "afdruk": "x"}),
        f"dag-{taal}": client.get(day),
        f"geen-dag-{taal}": client.post(day, {"soort": "verplaatst", "reden_nl": "x" * 200}),
        f"pauze-{taal}": client.get(pause),
        f"geen-pauze-{taal}": client.post(pause, {"eerste_dag": "31", "eerste_maand": "2", "eerste_jaar": "2099"}),
    }


def _at_the_desk(taal):
    """The second step of coordinators, and what they set up."""
    desk, noor = Client(), factories.gebruiker(is_staff=True, password="x")
    desk.force_login(noor)
    app = adres("account-app", taal=taal)
    found = {
        f"wachtwoord-{taal}": Client().get(adres("beheer-inloggen", taal=taal)),
        f"geen-wachtwoord-{taal}": Client().post(adres("beheer-inloggen", taal=taal), {"email": "x"}),
        f"passkey-{taal}": desk.get(adres("account-passkey", taal=taal)),
        f"geen-passkey-{taal}": desk.post(adres("account-passkey", taal=taal), {"name": "x" * 99}),
        f"app-{taal}": desk.get(app),
        f"geen-app-{taal}": desk.post(app, {"code": "x"}),
    }
    secret = desk.get(app).context["form"].secret
    desk.post(app, {"code": sleutels.code(secret)})
    found[f"codes-{taal}"] = desk.get(adres("account-codes", taal=taal))
    desk.post(adres("account-codes", taal=taal), {"bewaard": "ja"})
    found[f"codes-gezien-{taal}"] = desk.get(adres("account-codes", taal=taal))
    found[f"sleutels-{taal}"] = desk.get(adres("account", taal=taal))
    key = noor.authenticator_set.exclude(type="recovery_codes").get()
    found[f"sleutel-{taal}"] = desk.get(adres("account-sleutel", key.pk, taal=taal))
    visitor = Client()
    visitor.post(adres("beheer-inloggen", taal=taal), {"email": noor.email, "password": "x"})
    found[f"tweede-{taal}"] = visitor.get(adres("mfa_authenticate", taal=taal))
    found[f"geen-tweede-{taal}"] = visitor.post(adres("mfa_authenticate", taal=taal), {"code": "x"})
    with stille_klok(timezone.now() + timedelta(minutes=20)):
        found[f"opnieuw-{taal}"] = desk.get(adres("account-passkey", taal=taal))
    return found


@pytest.fixture(scope="module")
def bladen(django_db_setup, django_db_blocker):
    """Every page of editors in both languages, by name."""
    with tijdelijk(django_db_blocker):
        return _bladen()


def _bladen():
    client, tafel = Client(), goedgekeurd()
    client.force_login(Beheerder.objects.get(organisatie=tafel).gebruiker)
    own = Uitnodiging.objects.create(beheerder=tafel.beheerders.get())
    tie = own.beheerder
    dead = Uitnodiging.objects.create(beheerder=factories.beheerder(), verloopt_at=own.created_at)
    Uitnodiging.objects.filter(pk=dead.pk).update(verloopt_at=dead.created_at)
    many = factories.beheerder().gebruiker
    factories.beheerder(gebruiker=many)
    activiteit = factories.activiteit(organisatie=tafel, status="concept")
    blok = factories.moment(activiteit=activiteit, regel="FREQ=WEEKLY;INTERVAL=3;BYDAY=TU")
    factories.moment(activiteit=activiteit, regel="", start_on=blok.start_on.replace(year=2020))
    factories.uitzondering(moment=blok, datum_on=blok.start_on)
    factories.uitzondering(
        moment=blok, soort="pauze", datum_on=blok.start_on, tot_en_met_on=blok.start_on.replace(year=2099)
    )
    other = Client()
    other.force_login(many)
    open_, _dicht = (factories.melding(organisatie=tafel, status=status) for status in ("open", "beantwoord"))
    open_.email = "lezer@x.example"
    open_.save()
    wrong = {"melding": open_.pk, "daad": "beantwoord", "antwoord": ""}
    found = {}
    for taal in TALEN:
        token = adres("uitnodiging", own.token, taal=taal)
        found |= {
            f"organisatie-{taal}": client.get(adres("mijn-organisatie", tafel.slug, taal=taal)),
            f"lijst-{taal}": other.get(adres("mijn", taal=taal)),
            f"uitloggen-{taal}": client.get(adres("uitloggen", taal=taal)),
            f"uitgelogd-{taal}": Client().get(adres("uitloggen", taal=taal)),
            f"uitnodiging-{taal}": Client().get(token),
            f"collegas-{taal}": client.get(adres("mijn-collegas", tafel.slug, taal=taal)),
            f"geen-collega-{taal}": client.post(adres("mijn-collegas", tafel.slug, taal=taal), {"email": "x"}),
            f"laatste-{taal}": client.post(adres("mijn-collegas", tafel.slug, taal=taal), {"weg": tie.pk}),
            f"weg-{taal}": client.get(adres("mijn-collegas", tafel.slug, taal=taal), {"weg": tie.pk}),
            f"meldingen-{taal}": client.get(adres("mijn-meldingen", tafel.slug, taal=taal)),
            f"geen-antwoord-{taal}": client.post(adres("mijn-meldingen", tafel.slug, taal=taal), wrong),
            f"account-{taal}": client.get(adres("account", taal=taal)),
            **_editing(client, tafel, taal),
            **_when(client, blok, taal),
            **beeldbladen(client, tafel, taal),
            **_logging_in(taal),
            **_at_the_desk(taal),
            f"verlopen-{taal}": Client().get(adres("uitnodiging", dead.token, taal=taal)),
        }
    return found


def test_pages_of_editors_are_kept_nowhere_and_light(bladen):
    for name, response in bladen.items():
        head = response.headers["Cache-Control"]
        assert (name, "no-store" in head, "public" in head) == (name, True, False)
        assert (name, len(gzip.compress(response.content, 6)) <= 14 * 1024) == (name, True)
        assert (name, lees(response.content).one("meta", name="robots").get("content")) == (name, "noindex")


def test_pages_of_editors_have_one_heading_a_language_and_no_leftovers(bladen):
    signs = re.compile(r"\bNone\b|\{\{|\{%|%\(|\bTrue\b|\bFalse\b|&amp;|&#|<bdi")
    for name, response in bladen.items():
        page = lees(response.content)
        assert (name, len(page.all("h1")), page.one("html").get("lang")) == (name, 1, name[-2:])
        assert [(name, text) for _e, text in zichtbaar(page) if signs.search(text)] == []
        assert (name, len(page.all("link", rel="canonical"))) == (name, 0)


def test_pages_of_editors_are_valid_html(bladen, tmp_path):
    java = shutil.which("java")
    if not (java and test_html.JAR.exists()):
        pytest.skip(f"the HTML checker needs java and {test_html.JAR}")
    for name, response in bladen.items():
        (tmp_path / f"{name}.html").write_bytes(response.content)
    done = subprocess.run([java, "-Xss4m", "-jar", str(test_html.JAR), str(tmp_path)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
