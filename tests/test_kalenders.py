"""Calendars and news feeds: what they say, at which addresses, and that nothing in a question breaks them."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from organisaties import bewaarlijst
from organisaties.choices import ActiviteitStatus
from organisaties.models import Activiteit, Moment
from organisaties.views import kalenders
from tests import factories
from tests.conftest import NU, stille_klok, vraag
from tests.kalender import ATOM, adres, gebeurtenissen, strikt, uit_de_kalender, van_de_site, voeding
from tests.lezen import lees
from tests.paginas import TALEN
from tests.test_invoer import ONZIN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TUESDAY = date(2026, 11, 24)


def _namen(data: bytes) -> set[str]:
    return {str(event["SUMMARY"]) for event in gebeurtenissen(data)}


def _lijst(*slugs: str) -> str:
    ids = dict(Activiteit.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return f"?lijst={bewaarlijst.pak(ids[slug] for slug in slugs)}"


# --- the addresses


@IN_ELKE_TAAL
def test_calendar_of_everything_has_every_date_of_the_site(wereld, taal):
    calendar = strikt(data := vraag(adres("kalender-list", taal=taal)).content)
    moments = Moment.objects.filter(activiteit__in=Activiteit.objects.listed()).select_related("activiteit")
    assert uit_de_kalender(data) == sorted(time for moment in moments for time in van_de_site(moment))
    assert calendar["X-WR-CALNAME"] == calendar["NAME"]
    assert calendar["SOURCE"] == f"http://localhost:8000{adres('kalender-list', taal=taal)}"
    assert (calendar["REFRESH-INTERVAL"].dt, calendar["X-WR-TIMEZONE"]) == (timedelta(hours=6), "Europe/Amsterdam")


def test_calendar_follows_the_question(wereld):
    query = "?q=taalcaf%C3%A9&thema=taal&stadsdeel=west"
    response = vraag(adres("kalender-list", query=query))
    listed = {
        card.text for card in lees(vraag(adres("activiteit-list", query=query)).content).all(class_="kaartje__titel")
    }
    assert {naam.removeprefix("Gaat niet door: ") for naam in _namen(response.content)} == listed - {"Oude les"}
    assert strikt(response.content)["NAME"] == "Activiteiten: “taalcafé”, Taal oefenen, West"
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="activiteiten.ics"'


@pytest.mark.parametrize("naam", ["kalender-list", "nieuws-list"])
def test_what_holds_for_a_moment_is_no_part_of_a_feed(wereld, naam):
    lasting = vraag(adres(naam, query="?thema=taal")).content
    passing = ("pagina=2", "wanneer=vandaag", "wanneer=10000-01-01", "dag=0000-00-00", "postcode=1018", "lijst=x")
    found = {param: vraag(adres(naam, query=f"?{param}&thema=taal")).content for param in passing}
    assert found == dict.fromkeys(passing, lasting)


@pytest.mark.parametrize("naam", ["kalender-list", "nieuws-list"])
def test_feed_of_nonsense_is_a_feed(wereld, naam):
    for value in ONZIN:
        for param in ("q", "thema"):
            response = vraag(adres(naam, query=f"?{param}={value}"))
            assert (param, value, response.status_code) == (param, value, 414 if len(value) > 4096 else 200)
            if response.status_code == 200:
                (voeding if naam == "nieuws-list" else strikt)(response.content)


@pytest.mark.parametrize(
    "woorden", ["\x01\x1f", "a\r\nBEGIN:VEVENT", "\ufffe\uffff", "\u202eabc", "<&>\"'", "سلام", "x" * 500]
)
def test_words_of_any_kind_are_only_a_name(wereld, woorden):
    query = f"?q={quote(woorden)}"
    calendar = strikt(vraag(adres("kalender-list", query=query)).content)
    assert len(calendar["NAME"].splitlines()) == 1
    assert voeding(vraag(adres("nieuws-list", query=query)).content).tag == f"{ATOM}feed"


def test_long_list_says_that_there_is_more(wereld, monkeypatch):
    monkeypatch.setattr(kalenders, "IN_KALENDER", 3)
    data = vraag(adres("kalender-list")).content
    first = [str(a) for a in kalenders._in_order(kalenders.Vraag("activiteit", QueryDict()).uitkomst.nummers(0, 3))]
    assert {naam.removeprefix("Gaat niet door: ") for naam in _namen(data)} <= set(first)
    total = Activiteit.objects.listed().count()
    assert strikt(data)["DESCRIPTION"].startswith(f"In deze agenda staan 3 van de {total} activiteiten.")


@IN_ELKE_TAAL
def test_calendar_of_one_activity(wereld, taal):
    response = vraag(adres("kalender-detail", "taalcafe", taal=taal))
    moments = Moment.objects.filter(activiteit__slug="taalcafe").select_related("activiteit")
    strikt(response.content)
    assert uit_de_kalender(response.content) == sorted(time for moment in moments for time in van_de_site(moment))
    assert response.headers["Content-Disposition"] == 'inline; filename="taalcafe.ics"'


def test_calendar_that_is_not_there(wereld):
    factories.moment(activiteit=factories.activiteit(slug="concept", status=ActiviteitStatus.CONCEPT))
    for slug in ("bestaat-niet", "concept", "alles-onbekend", "x" * 3000):
        response = vraag(adres("kalender-detail", slug))
        assert (slug, response.status_code, len(lees(response.content).all("h1"))) == (slug, 404, 1)


def test_former_slug_leads_to_the_calendar(wereld):
    entry = Activiteit.objects.get(slug="taalcafe")
    entry.slug = "praatcafe"
    entry.save()
    response = vraag(adres("kalender-detail", "taalcafe", taal="en"))
    assert (response.status_code, response.headers["Location"]) == (301, "/en/activities/praatcafe/calendar.ics")


def test_stopped_activity_has_an_empty_calendar(wereld):
    factories.moment(activiteit=Activiteit.objects.get(slug="gestopt"))
    response = vraag(adres("kalender-detail", "gestopt"))
    assert (response.status_code, gebeurtenissen(response.content)) == (200, [])
    assert strikt(response.content)["DESCRIPTION"] == "Deze activiteit is gestopt."


def test_calendar_of_a_short_list(wereld):
    factories.moment(activiteit=factories.activiteit(slug="concept", status=ActiviteitStatus.CONCEPT))
    query = _lijst("vol", "taalcafe", "concept")
    data = vraag(adres("kalender-bewaard", query=query)).content
    assert _namen(data) == {"Volle les", "Taalcafé De Sluis", "Gaat niet door: Taalcafé De Sluis"}
    assert strikt(data)["SOURCE"].endswith(f"/nl/bewaard/agenda.ics{query}")
    assert gebeurtenissen(vraag(adres("kalender-bewaard")).content) == []


def test_short_list_with_more_signs_in_it_is_not_ours(wereld):
    query = _lijst("vol")
    assert vraag(adres("kalender-bewaard", query=f"{query[:12]}%0D%0A:;{query[12:]}")).status_code == 400


@IN_ELKE_TAAL
@pytest.mark.parametrize("token", ["onzin", "1", "1AAAA", "x" * 2000, "%00", "%FF"])
def test_short_list_that_is_not_ours_gets_the_page_for_that(wereld, taal, token):
    response = vraag(adres("kalender-bewaard", taal=taal, query=f"?lijst={token}"))
    page = lees(response.content)
    assert (response.status_code, page.one("html").get("lang"), len(page.all("h1"))) == (400, taal, 1)


@pytest.mark.parametrize("naam", ["kalender-list", "kalender-bewaard", "nieuws-list"])
def test_feeds_answer_only_to_reading(naam):
    assert [Client().post(adres(naam)).status_code, Client().head(adres(naam)).status_code] == [405, 200]


@IN_ELKE_TAAL
def test_demonstration_says_so_in_every_feed(wereld, settings, taal):
    settings.DEMONSTRATIE = True
    calendar = strikt(vraag(adres("kalender-detail", "taalcafe", taal=taal)).content)
    feed = voeding(vraag(adres("nieuws-list", taal=taal)).content)
    said = {"nl": "Demonstratie: gegevens", "en": "Demonstration: information"}[taal]
    for text in (calendar["DESCRIPTION"], calendar["X-WR-CALDESC"], feed.find(f"{ATOM}subtitle").text):
        assert text.startswith(said)


# --- asked again and again


@pytest.fixture
def voeden(wereld) -> list[str]:
    """The address of each kind of feed."""
    lists = [adres(naam, query="?thema=taal") for naam in ("kalender-list", "nieuws-list")]
    return [*lists, adres("kalender-detail", "taalcafe"), adres("kalender-bewaard", query=_lijst("taalcafe"))]


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_feed_that_did_not_change_is_not_sent_again(voeden, encoding):
    for url in voeden:
        first = vraag(url, headers={"Accept-Encoding": encoding})
        with stille_klok(NU + timedelta(hours=5)):
            again = vraag(url, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
        assert (url, again.status_code, again.content) == (url, 304, b"")
        assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert first.cookies == again.cookies == {}


def test_feed_that_changed_is_sent_again(voeden):
    before = {url: vraag(url).headers["ETag"] for url in voeden}
    with stille_klok(NU + timedelta(hours=5)):
        factories.uitzondering(moment=Moment.objects.filter(activiteit__slug="taalcafe")[0], datum_on=date(2027, 1, 5))
        after = {url: vraag(url, headers={"If-None-Match": etag}).status_code for url, etag in before.items()}
    assert after == dict.fromkeys(voeden, 200)


# --- on the pages


@IN_ELKE_TAAL
def test_list_offers_its_own_feeds(wereld, taal):
    query = "?q=taalcaf%C3%A9&thema=taal"
    main = lees(vraag(adres("activiteit-list", taal=taal, query=f"{query}&pagina=1")).content).one("main")
    box = next(e for e in main.all("details") if e.all("b", dir="ltr"))
    path = adres("kalender-list", taal=taal, query=query)
    assert box.one("b").text == f"http://localhost:8000{path}"
    assert [link.get("href") for link in box.all("a")] == [
        f"webcal://localhost:8000{path}",
        adres("nieuws-list", taal=taal, query=query),
    ]


def test_list_of_organisations_offers_no_calendar(wereld):
    assert b"webcal" not in vraag(adres("organisatie-list")).content


@pytest.mark.parametrize(("slug", "shown"), [("taalcafe", 1), ("vol", 1), ("alles-onbekend", 0), ("gestopt", 0)])
def test_activity_with_times_goes_into_an_agenda(wereld, slug, shown):
    factories.moment(activiteit=Activiteit.objects.get(slug="gestopt"))
    page = lees(vraag(adres("activiteit-detail", slug)).content)
    assert len(page.all("a", href=adres("kalender-detail", slug))) == shown
