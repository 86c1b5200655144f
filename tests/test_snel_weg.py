"""Leaving quickly: the button is where it matters and nowhere else, and its text is true."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from netwerk import env
from organisaties.models import Gebruiker, Thema
from tests import factories
from tests.conftest import vraag
from tests.lezen import Element, lees
from tests.paginas import PAGINAS, TALEN, Pagina
from tests.test_admin import fields_of

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
MET_KNOP = {"activiteit-detail:verborgen plek", "melding-activiteit:verborgen plek", "thema-detail:snel weg"}
"""The pages of the walk that are about law or health."""


def knoppen(page: Element) -> list[Element]:
    return [link for bar in page.all("div", class_="snel-weg niet-print") for link in bar.all("a")]


def blad(slug: str, taal: str = "nl") -> Element:
    return lees(vraag(Pagina("activiteit-detail", slug=slug).adres(taal)).content)


@pytest.mark.django_db
@IN_ELKE_TAAL
def test_button_is_where_it_matters_and_nowhere_else(documenten, taal):
    assert {str(pagina) for pagina in PAGINAS if knoppen(documenten[str(pagina), taal])} == MET_KNOP


@pytest.mark.django_db
def test_script_comes_with_the_button_only(documenten):
    loaded = {name for (name, _), page in documenten.items() if page.all("script", src="/static/js/snel-weg.js")}
    assert loaded == MET_KNOP


@pytest.mark.django_db
def test_button_is_a_plain_link_elsewhere(documenten, settings):
    (link,) = knoppen(documenten["thema-detail:snel weg", "nl"])
    assert (link.get("href"), link.get("rel"), link.get("target")) == (
        settings.SNEL_WEG_NAAR,
        "noopener noreferrer",
        "",
    )
    assert link.text == "Ga snel weg"


def _uitleg(page: Element) -> Element:
    """What stands behind "Wat doet dit?"."""
    return page.one("div", class_="snel-weg niet-print").one("details")


@pytest.mark.django_db
def test_text_says_where_it_goes_and_what_stays(documenten):
    page = documenten["thema-detail:snel weg", "nl"]
    where, script, plain, stays = _uitleg(page).all("p")
    assert where.text == "De knop opent een andere website: www.knmi.nl."
    assert ("hidden" in script.attrs, "Met Terug kom je er niet meer." in script.text) == (True, True)
    assert ("hidden" in plain.attrs, "met Terug komt iemand weer op deze bladzijde" in plain.text) == (False, True)
    assert "blijft staan dat je hier was" in stays.text


@pytest.mark.django_db
def test_another_neutral_page_is_named_too(klok, settings):
    settings.SNEL_WEG_NAAR = "https://weer.example/vandaag"
    page = lees(vraag("/nl/themas/recht/").content)
    assert knoppen(page)[0].get("href") == "https://weer.example/vandaag"
    assert _uitleg(page).all("p")[0].text == "De knop opent een andere website: weer.example."


@pytest.mark.django_db
def test_another_theme_of_an_activity_counts_too(klok):
    factories.activiteit(slug="koor", thema=factories.thema("cultuur"), andere_themas=[factories.thema("gezondheid")])
    assert len(knoppen(blad("koor"))) == 1


@pytest.mark.django_db
def test_page_that_was_kept_follows_the_theme(klok):
    thema = factories.thema("wonen")
    factories.activiteit(slug="huis", thema=thema)
    assert knoppen(blad("huis")) == []
    thema.snel_weg = True
    thema.save()
    assert len(knoppen(blad("huis"))) == 1


@pytest.mark.django_db
@IN_ELKE_TAAL
def test_what_others_see_of_a_page_does_not_tell_of_the_button(documenten, taal):
    page = documenten["activiteit-detail:verborgen plek", taal]
    head = [page.one("title").text, page.one("meta", name="description").get("content")]
    shared = [link.get("href") for link in page.all("a") if "wa.me" in link.get("href")]
    words = ("snel", "quick", "gevaar", "danger", "knmi")
    assert [text for text in (*head, *shared) if any(word in text.lower() for word in words)] == []


# --- the migration


@pytest.mark.django_db
def test_it_starts_with_law_and_health():
    assert set(Thema.objects.filter(snel_weg=True).values_list("slug", flat=True)) == {"recht", "gezondheid"}


# --- the administration


@pytest.mark.django_db
def test_a_coordinator_switches_it_on(client, klok):
    client.force_login(Gebruiker.objects.create_superuser("noor@netwerk.example"))
    thema = factories.thema("wonen")
    change = reverse("admin:organisaties_thema_change", args=[thema.pk])
    values = fields_of(client.get(change))
    assert client.post(change, {**values, "snel_weg": "on"}).status_code == 302
    thema.refresh_from_db()
    assert (thema.snel_weg, len(knoppen(lees(vraag("/nl/themas/wonen/").content)))) == (True, 1)


@pytest.mark.django_db
def test_the_list_of_themes_shows_and_filters_it(client):
    client.force_login(Gebruiker.objects.create_superuser("noor@netwerk.example"))
    found = client.get(reverse("admin:organisaties_thema_changelist"), {"snel_weg__exact": "1"}).context["cl"]
    assert {thema.slug for thema in found.result_list} == {"recht", "gezondheid"}
    assert "snel_weg" in found.list_display


# --- the setting


@pytest.mark.parametrize(
    "url", ["http://www.knmi.nl/", "javascript:alert(1)", "//www.knmi.nl/", "https://", "knmi.nl", ""]
)
def test_only_https_is_neutral_ground(monkeypatch, url):
    monkeypatch.setenv("SNEL_WEG_NAAR", url)
    with pytest.raises(ImproperlyConfigured, match="SNEL_WEG_NAAR starts with https://"):
        env.https("SNEL_WEG_NAAR", "https://www.knmi.nl/")


def test_without_a_setting_it_is_the_weather(monkeypatch):
    monkeypatch.delenv("SNEL_WEG_NAAR", raising=False)
    assert env.https("SNEL_WEG_NAAR", "https://www.knmi.nl/") == "https://www.knmi.nl/"
