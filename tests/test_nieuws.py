"""The news feed: new and changed activities, the last one first."""

from datetime import date, datetime, timedelta

import pytest

from organisaties.choices import ActiviteitStatus
from organisaties.models import Activiteit
from organisaties.views import kalenders
from tests import factories
from tests.conftest import NU, stille_klok, vraag
from tests.kalender import ATOM, adres, voeding
from tests.paginas import TALEN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TUESDAY = date(2026, 11, 24)


def _berichten(query: str = "", taal: str = "nl") -> list:
    feed = voeding(vraag(adres("nieuws-list", taal=taal, query=query)).content)
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert [len(element.findall(ATOM + name)) for name in ("title", "id", "updated", "author")] == [1, 1, 1, 1]
    return feed.findall(f"{ATOM}entry")


def _titels(query: str = "") -> list[str]:
    return [entry.find(f"{ATOM}title").text for entry in _berichten(query)]


def _gewijzigd(activiteit) -> datetime:
    (entry,) = (e for e in _berichten() if e.find(f"{ATOM}id").text.endswith(f"/{activiteit.pk}/nl"))
    return datetime.fromisoformat(entry.find(f"{ATOM}updated").text)


def test_news_has_the_last_changed_first(wereld):
    sluis = Activiteit.objects.get(slug="taalcafe")
    with stille_klok(NU + timedelta(hours=1)):
        sluis.save()
        factories.activiteit(naam_nl="Concept", status=ActiviteitStatus.CONCEPT)
    with stille_klok(NU + timedelta(hours=2)):
        factories.activiteit(naam_nl="Nieuwste")
    assert _titels()[:2] == ["Nieuwste", "Taalcafé De Sluis"]
    assert "Concept" not in _titels()
    assert _titels("?stadsdeel=west")[0] == "Taalcafé De Sluis"


def test_news_is_the_same_however_many_are_found(wereld, monkeypatch):
    few = _titels("?thema=taal")
    monkeypatch.setattr(kalenders, "FEW", 0)
    assert _titels("?thema=taal") == few != []
    monkeypatch.setattr(kalenders, "IN_NIEUWS", 2)
    assert _titels("?thema=taal") == few[:2]


@IN_ELKE_TAAL
def test_news_is_in_the_language_of_its_address(wereld, taal):
    query = "?thema=taal"
    with stille_klok(NU + timedelta(hours=1)):
        Activiteit.objects.get(slug="alleen-nederlands").save()
    response = vraag(adres("nieuws-list", taal=taal, query=query))
    feed = voeding(response.content)
    entry = feed.find(f"{ATOM}entry")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": f"http://localhost:8000{adres('nieuws-list', taal=taal, query=query)}",
        "alternate": f"http://localhost:8000{adres('activiteit-list', taal=taal, query=query)}",
    }
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (feed.get(lang), entry.get(lang)) == (taal, "nl")  # this one has no English text
    assert entry.find(f"{ATOM}link").get("href").startswith(f"http://localhost:8000/{taal}/")


def test_news_without_entries_is_the_same_every_time(db):
    with stille_klok(NU):
        first = vraag(adres("nieuws-list")).content
    assert (vraag(adres("nieuws-list")).content, _berichten()) == (first, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda moment: moment.save(),
        lambda moment: moment.delete(),
        lambda moment: factories.uitzondering(moment=moment),
        lambda moment: moment.uitzonderingen.get().delete(),
        lambda moment: moment.activiteit.locatie.save(),
        lambda moment: moment.activiteit.locatie.delete(),
        lambda moment: moment.locatie.save(),
    ],
    ids=["moment", "moment gone", "exception", "exception gone", "place", "place gone", "place of the moment"],
)
def test_activity_is_news_when_a_part_of_it_changes(klok, change):
    activiteit = factories.activiteit()
    moment = factories.moment(activiteit=activiteit, locatie=factories.locatie(organisatie=activiteit.organisatie))
    factories.uitzondering(moment=moment, datum_on=TUESDAY)
    other = factories.activiteit(organisatie=activiteit.organisatie)
    with stille_klok(later := NU + timedelta(hours=1)):
        change(moment)
    assert (_gewijzigd(activiteit), _gewijzigd(other)) == (later, NU)
