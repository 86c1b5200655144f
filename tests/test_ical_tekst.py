"""What an event in a calendar says, in which language, and that it stays the same event."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.translation import override
from icalendar import Calendar

from organisaties.formats import ical
from organisaties.models import Activiteit
from tests import factories
from tests.kalender import AMSTERDAM, SITE, gebeurtenissen, kalender_van

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 11, 24)


def test_event_says_what_a_reader_needs(klok, settings):
    place = factories.locatie(naam="Buurtzaal De Sluis")
    organisatie = place.organisatie
    organisatie.telefoon = "020 012 3456"
    organisatie.save()
    moment = factories.moment(activiteit=factories.activiteit(slug="les", organisatie=organisatie, locatie=place))
    (event,) = gebeurtenissen(kalender_van(moment.activiteit))
    assert event["LOCATION"] == "Buurtzaal De Sluis, Lindenkade 12, 1018 DP Amsterdam"
    assert (event["GEO"].latitude, event["GEO"].longitude) == (52.36779, 4.91894)
    assert event["URL"] == f"{SITE}/nl/activiteiten/les/"
    assert event["DESCRIPTION"].splitlines() == [
        "Oefen Nederlands in een kleine groep.",
        "",
        "Kosten: Gratis",
        "Meedoen: Kom gewoon langs",
        "Papieren: Geen papieren nodig",
        "Voor wie: Iedereen",
        "",
        organisatie.naam,
        "020 012 3456",
        f"{SITE}/nl/activiteiten/les/",
    ]


def test_event_speaks_the_language_of_the_reader(klok):
    moment = factories.moment(activiteit=factories.activiteit(slug="les"), begin=None, eind=None, dagdeel="avond")
    with override("en"):
        (event,) = gebeurtenissen(kalender_van(moment.activiteit))
    assert event["SUMMARY"] == moment.activiteit.naam_en
    assert event["URL"] == f"{SITE}/en/activities/les/"
    assert event["DESCRIPTION"].splitlines()[:3] == ["In the evening", "", "Practise Dutch in a small group."]


def test_name_in_another_language_says_so(klok):
    moment = factories.moment(activiteit=factories.activiteit(naam_nl="Naaien", naam_en=""))
    with override("en"):
        (event,) = gebeurtenissen(kalender_van(moment.activiteit))
    assert (event["SUMMARY"], event["SUMMARY"].params) == ("Naaien", {"LANGUAGE": "nl"})


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"status": "vol", "wachtlijst": "ja"}, "Nu is het vol. Vraag of je op de wachtlijst kunt."),
        ({"status": "vol"}, "Nu is het vol. Vraag wanneer er weer plek is."),
        (
            {"status": "gepauzeerd", "pauze_tot": date(2026, 12, 3)},
            "Nu is er pauze. Op 3 december 2026 begint het weer.",
        ),
    ],
)
def test_event_says_how_it_is_now(klok, values, line):
    moment = factories.moment(activiteit=factories.activiteit(**values))
    (event,) = gebeurtenissen(kalender_van(moment.activiteit))
    assert event["DESCRIPTION"].splitlines()[0] == line


def test_what_is_not_known_is_asked(klok):
    values = dict.fromkeys(("kosten", "meedoen", "papieren"), "onbekend")
    moment = factories.moment(activiteit=factories.activiteit(**values, locatie=None), begin=None, eind=None)
    (event,) = gebeurtenissen(kalender_van(moment.activiteit))
    assert event["DESCRIPTION"].splitlines()[0] == "Vraag hoe laat"
    assert "Onbekend: kosten, meedoen en papieren. Vraag het." in event["DESCRIPTION"].splitlines()
    assert {"LOCATION", "GEO", "DTEND"} & set(event) == set()


def test_text_from_right_to_left_is_isolated(klok):
    organisatie = factories.organisatie(naam="بيت الحي", telefoon="020 012 3456")
    moment = factories.moment(activiteit=factories.activiteit(naam_nl="مقهى; اللغة, \\ كل", organisatie=organisatie))
    data = kalender_van(moment.activiteit)
    (event,) = gebeurtenissen(data)
    assert event["SUMMARY"] == "\u2068مقهى; اللغة, \\ كل\u2069"
    assert "\u2068بيت الحي\u2069" in event["DESCRIPTION"].splitlines()


def test_text_cannot_add_lines(klok):
    evil = "Les\r\nBEGIN:VEVENT\nUID:x\r\u202e"
    Activiteit.objects.filter(pk=(moment := factories.moment()).activiteit_id).update(naam_nl=evil)
    data = kalender_van(moment.activiteit)
    assert len(gebeurtenissen(data)) == 1
    assert "\u202e".encode() not in data


def test_zone_is_the_clock_of_amsterdam():
    zone = Calendar.from_ical(ical.write(ical.Kalender(naam="x", bron=SITE, site=SITE), [])).walk("VTIMEZONE")[0]
    clock = zone.to_tz()
    hours = [datetime(2024, 1, 1, tzinfo=AMSTERDAM) + timedelta(hours=n) for n in range(24 * 365 * 8)]
    assert [hour for hour in hours if hour.replace(tzinfo=clock).utcoffset() != hour.utcoffset()] == []


# --- the same event again


def test_event_keeps_its_uid_and_counts_its_changes(klok):
    moment = factories.moment()

    def event():
        return gebeurtenissen(kalender_van(moment.activiteit))[0]

    seen = [event()]
    moment.eind = time(13)
    changes = (
        moment.save,
        moment.activiteit.save,
        moment.activiteit.locatie.save,
        lambda: factories.uitzondering(moment=moment, datum_on=TUESDAY),
        lambda: moment.uitzonderingen.get().delete(),
    )
    for change in changes:
        change()
        seen.append(event())
    with override("en"):
        seen.append(event())
    assert {str(e["UID"]) for e in seen} == {f"moment-{moment.pk}@nieuwkomers.example"}
    numbers = [e["SEQUENCE"] for e in seen]
    assert (numbers[:-1], numbers[-1]) == (sorted(set(numbers)), numbers[-2])


def test_same_facts_give_the_same_bytes(klok):
    moment = factories.moment()
    for day in (TUESDAY, date(2027, 3, 2)):
        factories.uitzondering(moment=moment, datum_on=day)
    assert kalender_van(moment.activiteit) == kalender_van(moment.activiteit)
