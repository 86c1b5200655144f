"""When an activity takes place, as its editors say it: blocks, single dates, pauses; nothing typed is lost."""

import gzip
import re
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisaties import actions
from organisaties.choices import Planning, UitzonderingSoort
from organisaties.models import Activiteit, Moment, Uitzondering
from tests import factories
from tests.lezen import lees
from tests.paginas import TALEN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
DINSDAG = date(2026, 12, 1)


def vak(naam, dag):
    """A date as the three boxes of a form send it."""
    return {f"{naam}_dag": str(dag.day), f"{naam}_maand": str(dag.month), f"{naam}_jaar": str(dag.year)}


WEKELIJKS = {"ritme": "week", "dagen": ["1"], "begin": "10", "eind": "12.00", **vak("start", DINSDAG)}


@pytest.fixture
def cafe(klok):
    """A draft without any times."""
    return factories.activiteit(slug="cafe", status="concept", planning=Planning.ONBEKEND)


@pytest.fixture
def hanan(client, cafe):
    gebruiker = factories.beheerder(organisatie=cafe.organisatie).gebruiker
    client.force_login(gebruiker)
    return gebruiker


@pytest.fixture
def blok(hanan, cafe):
    """Every Tuesday from ten to twelve."""
    return factories.moment(activiteit=cafe)


def adres(cafe, naam="mijn-wanneer", *args, taal="nl"):
    with override(taal):
        return reverse(naam, args=[cafe.organisatie.slug, cafe.slug, *args])


def dag_adres(blok, dag=DINSDAG, taal="nl"):
    with override(taal):
        slugs = {"slug": blok.activiteit.organisatie.slug, "activiteit": blok.activiteit.slug}
        return reverse("mijn-datum", kwargs={**slugs, "moment": blok.pk, "datum": dag.isoformat()})


def geschreven(client, blok):
    """What the form of a block would send when nothing is touched."""
    form = lees(client.get(adres(blok.activiteit, "mijn-moment", blok.pk)).content).one(
        "form", class_="stapel-l formulier"
    )
    found = {}
    for box in form.all("input", "select"):
        kind, value = box.get("type"), box.get("value")
        if box.tag == "select":
            value = next((option.get("value") for option in box.all("option") if "selected" in option.attrs), "")
        if kind not in ("radio", "checkbox") or "checked" in box.attrs:
            found.setdefault(box.get("name"), []).append(value)
    return found


def fouten(response):
    return {a.get("href"): a.text for a in lees(response.content).one("div", role="alert").all("a")}


def data(response):
    section = lees(response.content).one("section", aria_labelledby="voorbeeld")
    return [stamp.get("datetime")[:10] for stamp in section.all("time")]


# --- blocks


@IN_ELKE_TAAL
def test_a_block_is_added_and_shown_in_words(client, hanan, cafe, taal):
    response = client.post(adres(cafe, "mijn-moment-nieuw", taal=taal), WEKELIJKS)
    assert (response.status_code, response.headers["Location"]) == (303, f"{adres(cafe, taal=taal)}?klaar=erbij")
    made = Moment.objects.get()
    assert (made.regel, made.start_on, made.begin, made.eind) == ("FREQ=WEEKLY;BYDAY=TU", DINSDAG, time(10), time(12))
    cafe.refresh_from_db()
    assert cafe.planning == Planning.VAST
    main = lees(client.get(response.headers["Location"]).content).one("main")
    assert main.one("section", aria_labelledby="tijden").one("b").text == {"nl": "Elke dinsdag", "en": "Every Tuesday"}[
        taal
    ] + ", 10:00\u00a0–\u00a012:00".replace("\u00a0", " ")
    assert len(main.one("section", aria_labelledby="keren").all("time")) >= 5


@pytest.mark.usefixtures("hanan")
@pytest.mark.parametrize(
    ("typed", "made_of"),
    [
        (
            {"ritme": "twee", "dagen": ["1", "3"], **vak("start", date(2026, 11, 25))},
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", date(2026, 11, 26)),
        ),
        ({"ritme": "maand", "dagen": ["1"], "hoeveelste": "-1"}, ("FREQ=MONTHLY;BYDAY=-1TU", DINSDAG)),
        ({**vak("tot", date(2027, 2, 1))}, ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270201", DINSDAG)),
    ],
)
def test_a_repetition_becomes_one_rule(client, cafe, typed, made_of):
    client.post(adres(cafe, "mijn-moment-nieuw"), {**WEKELIJKS, **typed})
    made = Moment.objects.get()
    assert (made.regel, made.start_on) == made_of


def test_loose_dates_each_become_a_moment(client, hanan, cafe):
    typed = {"ritme": "los", "losse": "4 januari 2027\n\n1 dec 2026\n1-12-2026", "dagdeel": "avond", "tot_dag": "x"}
    assert client.post(adres(cafe, "mijn-moment-nieuw"), typed).status_code == 303
    found = Moment.objects.order_by("start_on").values_list("regel", "start_on", "dagdeel")
    assert list(found) == [("", DINSDAG, "avond"), ("", date(2027, 1, 4), "avond")]


def test_two_presses_add_one_block(client, hanan, cafe):
    for _ in range(2):
        assert client.post(adres(cafe, "mijn-moment-nieuw"), WEKELIJKS).status_code == 303
    assert Moment.objects.count() == 1


def test_looking_at_the_dates_stores_nothing_and_marks_a_holiday(client, hanan, cafe):
    typed = {**WEKELIJKS, "dagen": ["4"], "toon": "ja"}
    response = client.post(adres(cafe, "mijn-moment-nieuw"), typed)
    days = ["2026-12-04", "2026-12-11", "2026-12-18", "2026-12-25", "2027-01-01"]
    assert (response.status_code, data(response), Moment.objects.count()) == (200, days, 0)
    section = lees(response.content).one("section", aria_labelledby="voorbeeld")
    assert [b.text for b in section.all("b")] == ["Eerste Kerstdag: gaat het door?", "Nieuwjaarsdag: gaat het door?"]
    page = lees(response.content)
    assert page.one("input", id="id_eind").get("value") == "12.00"
    assert "checked" in page.one("input", id="id_dagen_4").attrs


@pytest.mark.usefixtures("hanan")
@pytest.mark.parametrize(
    ("wrong", "boxes"),
    [
        ({"ritme": ""}, {"#id_ritme_0"}),
        ({"ritme": "zoals-nu"}, {"#id_ritme_0"}),
        ({"dagen": []}, {"#id_dagen_0"}),
        ({"dagen": ["9"]}, {"#id_dagen_0"}),
        ({"ritme": "maand", "dagen": ["1", "2"]}, {"#id_dagen_0", "#id_hoeveelste"}),
        ({"ritme": "los", "losse": ""}, {"#id_losse"}),
        ({"ritme": "los", "losse": "1 dec 2026\nsoms"}, {"#id_losse"}),
        ({"start_maand": "ooit"}, {"#id_start_0"}),
        ({"start_dag": "", "start_maand": "", "start_jaar": ""}, {"#id_start_0"}),
        ({**vak("tot", date(2026, 11, 1))}, {"#id_tot_0"}),
        ({**vak("tot", date(2099, 1, 1))}, {"#id_tot_0"}),
        ({"begin": "tien"}, {"#id_begin"}),
        ({"begin": ""}, {"#id_begin"}),
        ({"eind": "10:00"}, {"#id_eind"}),
        ({"locatie": "999999"}, {"#id_locatie"}),
        ({"begin": "x", "start_jaar": "0", "dagen": []}, {"#id_begin", "#id_start_0", "#id_dagen_0"}),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, cafe, wrong, boxes):
    typed = {**WEKELIJKS, **wrong}
    response = client.post(adres(cafe, "mijn-moment-nieuw"), typed)
    page = lees(response.content)
    assert (response.status_code, set(fouten(response)), Moment.objects.count()) == (200, boxes, 0)
    assert page.one("title").text.startswith("Fout: ")
    shown = {box.get("name"): box.get("value") for box in page.one("main").all("input", type="text")}
    assert {name: shown[name] for name in typed if name in shown} == {n: v for n, v in typed.items() if n in shown}
    assert all(page.all(id=box[1:]) for box in boxes)


def test_a_place_of_another_organisation_is_no_choice(client, hanan, cafe):
    own, other = factories.locatie(organisatie=cafe.organisatie), factories.locatie()
    response = client.post(adres(cafe, "mijn-moment-nieuw"), {**WEKELIJKS, "locatie": other.pk})
    assert set(fouten(response)) == {"#id_locatie"}
    client.post(adres(cafe, "mijn-moment-nieuw"), {**WEKELIJKS, "locatie": own.pk})
    assert Moment.objects.get().locatie == own


@pytest.mark.usefixtures("hanan")
@pytest.mark.parametrize(("typed", "most"), [({}, 30), ({"ritme": "los", "losse": "1 dec 2026"}, 60)])
def test_there_is_a_limit_and_it_is_said(client, cafe, typed, most):
    rule = "" if typed else "FREQ=WEEKLY;BYDAY=MO"
    for number in range(most):
        factories.moment(
            activiteit=cafe, regel=rule, start_on=date(2027, 1, 4), begin=time(number // 60, number % 60), eind=None
        )
    response = client.post(adres(cafe, "mijn-moment-nieuw"), {**WEKELIJKS, **typed})
    assert (response.status_code, Moment.objects.count()) == (200, most)
    assert f"hooguit {most}" in fouten(response)["#id_ritme_0"]


def test_a_block_is_changed_and_its_exceptions_stay_where_their_date_does(client, blok):
    factories.uitzondering(moment=blok, datum_on=DINSDAG)
    factories.uitzondering(moment=blok, soort="pauze", datum_on=date(2026, 12, 21), tot_en_met_on=date(2027, 1, 3))
    typed = {**geschreven(client, blok), "begin": ["11:00"], "dagen": ["1", "3"]}
    response = client.post(adres(blok.activiteit, "mijn-moment", blok.pk), typed)
    assert response.headers["Location"].endswith("?klaar=veranderd")
    blok.refresh_from_db()
    assert (blok.regel, blok.begin, blok.uitzonderingen.count()) == ("FREQ=WEEKLY;BYDAY=TU,TH", time(11), 2)


def test_exceptions_without_a_date_go_and_that_is_said_twice(client, blok):
    factories.uitzondering(moment=blok, datum_on=DINSDAG)
    factories.uitzondering(moment=blok, soort="pauze", datum_on=date(2026, 12, 21), tot_en_met_on=date(2027, 1, 3))
    address, typed = adres(blok.activiteit, "mijn-moment", blok.pk), {**geschreven(client, blok), "dagen": ["2"]}
    shown = client.post(address, {**typed, "toon": "ja"})
    assert "Die gaan weg als je bewaart." in lees(shown.content).one("main").text
    assert blok.uitzonderingen.count() == 2
    response = client.post(address, typed)
    assert "Die zijn weg." in lees(client.get(response.headers["Location"]).content).one("main").text
    assert [each.soort for each in blok.uitzonderingen.all()] == [UitzonderingSoort.PAUZE]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=DAILY",
        "FREQ=WEEKLY;WKST=MO;BYDAY=TU,MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
        "FREQ=MONTHLY;BYDAY=+1TU",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=WEEKLY;COUNT=90",
    ],
)
def test_a_rule_that_nobody_touches_is_kept_to_the_letter(client, blok, rule):
    Moment.objects.filter(pk=blok.pk).update(regel=rule)
    response = client.post(adres(blok.activiteit, "mijn-moment", blok.pk), {**geschreven(client, blok), "begin": ["9"]})
    assert response.status_code == 303
    blok.refresh_from_db()
    assert (blok.regel, blok.start_on, blok.begin) == (rule, date(2026, 9, 1), time(9))


def test_a_rule_that_the_form_cannot_show_is_said_in_words_with_its_dates(client, blok):
    Moment.objects.filter(pk=blok.pk).update(regel="FREQ=MONTHLY;BYMONTHDAY=15")
    response = client.get(adres(blok.activiteit, "mijn-moment", blok.pk))
    page = lees(response.content)
    kept = next(box for box in page.all("input", name="ritme") if "checked" in box.attrs)
    assert (kept.get("value"), kept.parent.text) == ("zoals-nu", "Laat het zoals het nu is: Elke maand op dag 15")
    assert data(response)[:2] == ["2026-12-15", "2027-01-15"]


def test_another_repetition_takes_the_place_of_such_a_rule(client, blok):
    Moment.objects.filter(pk=blok.pk).update(regel="FREQ=MONTHLY;BYMONTHDAY=15")
    client.post(adres(blok.activiteit, "mijn-moment", blok.pk), {**geschreven(client, blok), **WEKELIJKS})
    blok.refresh_from_db()
    assert blok.regel == "FREQ=WEEKLY;BYDAY=TU"


def test_a_loose_date_has_just_its_date(client, blok):
    Moment.objects.filter(pk=blok.pk).update(regel="", start_on=DINSDAG)
    typed = geschreven(client, blok)
    assert (typed["ritme"], typed["datum_dag"], "losse" in typed) == (["los"], ["1"], False)
    client.post(adres(blok.activiteit, "mijn-moment", blok.pk), {**typed, "datum_dag": ["8"]})
    blok.refresh_from_db()
    assert (blok.regel, blok.start_on) == ("", date(2026, 12, 8))


def test_what_somebody_else_changed_is_said_and_the_next_press_overwrites(client, blok):
    address, typed = adres(blok.activiteit, "mijn-moment", blok.pk), geschreven(client, blok)
    typed["begin"] = ["9:00"]
    blok.begin, blok.eind = time(14), None
    blok.save()
    page = lees(client.post(address, typed).content)
    notice = page.one("section", aria_labelledby="anders").text
    assert "Nu staat er: Elke dinsdag, 14:00." in notice
    assert "Jij schreef: Elke dinsdag, 09:00" in notice
    blok.refresh_from_db()
    assert blok.begin == time(14)
    typed["afdruk"] = page.one("input", name="afdruk").get("value")
    assert client.post(address, typed).status_code == 303
    blok.refresh_from_db()
    assert (blok.begin, blok.eind) == (time(9), time(12))


def test_saving_the_same_twice_is_no_conflict(client, blok):
    address, typed = adres(blok.activiteit, "mijn-moment", blok.pk), {**geschreven(client, blok), "begin": ["9"]}
    assert [client.post(address, typed).status_code for _ in range(2)] == [303, 303]


def test_removing_asks_first_and_twice_is_once(client, blok):
    address = adres(blok.activiteit)
    page = lees(client.get(f"{address}?weg={blok.pk}").content)
    assert "Elke dinsdag" in page.one("section", aria_labelledby="weghalen").text
    assert Moment.objects.count() == 1
    for _ in range(2):
        assert client.post(address, {"weg": blok.pk}).headers["Location"] == f"{address}?klaar=weg"
    assert (Moment.objects.count(), Activiteit.objects.get().planning) == (0, Planning.ONBEKEND)


def test_dates_that_are_over_are_last(client, blok):
    factories.moment(activiteit=blok.activiteit, regel="", start_on=date(2026, 10, 6), begin=None, eind=None)
    rows = lees(client.get(adres(blok.activiteit)).content).one("section", aria_labelledby="tijden").all("li")
    assert ["Voorbij" in row.text for row in rows] == [False, True]


# --- on fixed days or by appointment


def test_by_appointment_is_stored_when_there_are_no_times(client, hanan, cafe):
    response = client.post(adres(cafe), {"planning": "afspraak"})
    assert response.headers["Location"].endswith("?klaar=planning")
    assert Activiteit.objects.get().planning == Planning.AFSPRAAK


def test_fixed_days_without_times_asks_for_a_time(client, hanan, cafe):
    response = client.post(adres(cafe), {"planning": "vast"})
    assert response.headers["Location"] == adres(cafe, "mijn-moment-nieuw")
    assert Activiteit.objects.get().planning == Planning.ONBEKEND


@pytest.mark.parametrize("planning", ["afspraak", "onbekend", "", "x"])
def test_a_planning_that_the_times_contradict_is_said(client, blok, planning):
    actions.set_planning(blok.activiteit, planning=Planning.VAST)
    assert set(fouten(client.post(adres(blok.activiteit), {"planning": planning}))) == {"#id_planning_0"}
    assert Activiteit.objects.get().planning == Planning.VAST


# --- one date


def test_two_presses_skip_one_date_and_it_can_go_on_after_all(client, blok):
    for _ in range(2):
        response = client.post(dag_adres(blok), {"soort": "overgeslagen"})
        assert response.headers["Location"] == f"{adres(blok.activiteit)}?klaar=overgeslagen"
    assert Uitzondering.objects.get().datum_on == DINSDAG
    keren = lees(client.get(adres(blok.activiteit)).content).one("section", aria_labelledby="keren")
    assert [b.text for b in keren.all("button")][:2] == [
        "Sla over dinsdag 24 november",
        "Gaat toch door dinsdag 1 december",
    ]
    for _ in range(2):
        assert client.post(dag_adres(blok), {"terug": "ja"}).status_code == 303
    assert Uitzondering.objects.count() == 0


def test_a_quick_skip_keeps_the_reason_that_is_there(client, blok):
    factories.uitzondering(moment=blok, datum_on=DINSDAG, reden_nl="Wij zijn dicht.")
    client.post(dag_adres(blok), {"soort": "overgeslagen"})
    assert Uitzondering.objects.get().reden_nl == "Wij zijn dicht."


def test_a_date_is_moved_and_the_list_shows_both(client, blok):
    typed = {"soort": "verplaatst", **vak("naar", date(2026, 12, 2)), "begin": "19", "reden_nl": "De zaal is vol."}
    assert client.post(dag_adres(blok), typed).headers["Location"].endswith("?klaar=verplaatst")
    moved = Uitzondering.objects.get()
    assert (moved.datum_on, moved.nieuw_on, moved.uren) == (DINSDAG, date(2026, 12, 2), (time(19), None))
    row = lees(client.get(adres(blok.activiteit)).content).one("section", aria_labelledby="keren").all("li")[1].text
    assert row.startswith("woensdag 2 december, 19:00 andere dag of tijdDe zaal is vol.Eerst was het: dinsdag 1 dec")
    page = lees(client.get(dag_adres(blok)).content)
    assert page.one("input", id="id_naar_0").get("value") == "2"
    assert page.one("h2", id="nu").text == "Het is nu op woensdag 2 december"


def test_a_moved_date_can_be_skipped(client, blok):
    factories.uitzondering(moment=blok, soort="verplaatst", nieuw_on=date(2026, 12, 2))
    client.post(dag_adres(blok), {"soort": "overgeslagen"})
    assert Uitzondering.objects.get().soort == UitzonderingSoort.OVERGESLAGEN


@pytest.mark.parametrize(
    ("typed", "boxes"),
    [
        ({}, {"#id_soort_0"}),
        ({"soort": "pauze"}, {"#id_soort_0"}),
        ({"soort": "verplaatst"}, {"#id_naar_0"}),
        ({"soort": "verplaatst", **vak("naar", DINSDAG)}, {"#id_naar_0"}),
        ({"soort": "verplaatst", **vak("naar", date(2026, 11, 1))}, {"#id_naar_0"}),
        ({"soort": "verplaatst", **vak("naar", DINSDAG), "begin": "x"}, {"#id_begin", "#id_naar_0"}),
        ({"soort": "verplaatst", **vak("naar", DINSDAG), "begin": "9", "eind": "9"}, {"#id_eind"}),
        ({"soort": "overgeslagen", "reden_nl": "x" * 161, "begin": "x"}, {"#id_reden_nl"}),
    ],
)
def test_a_change_of_a_date_that_cannot_be_is_said(client, blok, typed, boxes):
    assert set(fouten(client.post(dag_adres(blok), typed))) == boxes
    assert Uitzondering.objects.count() == 0


def test_a_link_chooses_what_changes(client, blok):
    page = lees(client.get(f"{dag_adres(blok)}?soort=verplaatst").content)
    assert [box.get("value") for box in page.all("input", name="soort") if "checked" in box.attrs] == ["verplaatst"]
    assert client.get(f"{dag_adres(blok)}?soort=%00").status_code == 200


@pytest.mark.parametrize(
    "day", ["2026-12-02", "2026-02-30", "0000-01-01", "99999-01-01", "20261201", "2026-W49-2", "%00", "x" * 3000, "1"]
)
def test_a_date_on_which_it_never_is_does_not_exist(client, blok, day):
    address = dag_adres(blok).replace("2026-12-01", day)
    assert (client.get(address).status_code, client.post(address, {"terug": "ja"}).status_code) == (404, 404)


# --- a pause


def test_a_pause_is_for_all_times_and_for_those_that_come_later(client, blok):
    cafe = blok.activiteit
    factories.moment(activiteit=cafe, regel="FREQ=WEEKLY;BYDAY=TH", start_on=date(2026, 9, 3))
    typed = {**vak("eerste", date(2026, 12, 14)), **vak("laatste", date(2027, 1, 3)), "reden_nl": "Schoolvakantie"}
    for _ in range(2):
        assert client.post(adres(cafe, "mijn-pauze"), typed).headers["Location"] == f"{adres(cafe)}?klaar=pauze"
    client.post(adres(cafe, "mijn-moment-nieuw"), WEKELIJKS)
    found = Uitzondering.objects.values_list("soort", "datum_on", "tot_en_met_on", "reden_nl")
    assert list(found) == [("pauze", date(2026, 12, 14), date(2027, 1, 3), "Schoolvakantie")] * 3


def test_a_pause_is_shown_once_and_ends(client, blok):
    cafe = blok.activiteit
    factories.moment(activiteit=cafe, regel="FREQ=WEEKLY;BYDAY=TH")
    for moment in Moment.objects.all():
        factories.uitzondering(moment=moment, soort="pauze", datum_on=DINSDAG, tot_en_met_on=date(2027, 1, 3))
    section = lees(client.get(adres(cafe)).content).one("section", aria_labelledby="pauzes")
    number = section.one("button").get("value")
    for _ in range(2):
        assert client.post(adres(cafe), {"einde": number}).headers["Location"] == f"{adres(cafe)}?klaar=pauze-weg"
    assert Uitzondering.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "boxes"),
    [
        ((date(2026, 12, 14), date(2026, 12, 1)), {"#id_laatste_0"}),
        ((date(2026, 10, 1), date(2026, 10, 20)), {"#id_laatste_0"}),
        ((date(1990, 1, 1), date(2026, 12, 1)), {"#id_eerste_0"}),
    ],
)
def test_a_pause_that_cannot_be_is_said(client, blok, days, boxes):
    typed = {**vak("eerste", days[0]), **vak("laatste", days[1])}
    assert set(fouten(client.post(adres(blok.activiteit, "mijn-pauze"), typed))) == boxes


def test_a_pause_of_nothing_and_one_too_many_are_said(client, hanan, cafe):
    typed = {**vak("eerste", DINSDAG), **vak("laatste", DINSDAG)}
    assert set(fouten(client.post(adres(cafe, "mijn-pauze"), typed))) == {"#id_eerste_0"}
    moment = factories.moment(activiteit=cafe)
    for day in range(1, actions.MOST_PAUSES + 1):
        when = date(2027, 1, day)
        factories.uitzondering(moment=moment, soort="pauze", datum_on=when, tot_en_met_on=when)
    assert "Er staan al 10 pauzes." in fouten(client.post(adres(cafe, "mijn-pauze"), typed))["#id_eerste_0"]


# --- who may


def alle_adressen(blok):
    cafe = blok.activiteit
    names = (("mijn-wanneer",), ("mijn-moment-nieuw",), ("mijn-pauze",), ("mijn-moment", blok.pk))
    return [*(adres(cafe, *name) for name in names), dag_adres(blok)]


@pytest.mark.parametrize("who", ["anoniem", "ander", "coordinator"])
def test_who_does_not_edit_it_sees_and_changes_nothing(blok, who):
    visitor = Client()
    people = {
        "ander": lambda: factories.beheerder().gebruiker,
        "coordinator": lambda: factories.gebruiker(is_staff=True),
    }
    if who in people:
        visitor.force_login(people[who]())
    for address in alle_adressen(blok):
        for send in (visitor.get, visitor.post):
            response = send(address, {**WEKELIJKS, "soort": "overgeslagen"})
            assert response.status_code == (302 if who == "anoniem" else 404)
    assert (Moment.objects.count(), Uitzondering.objects.count()) == (1, 0)


def test_an_activity_or_block_of_another_does_not_exist_under_the_own_name(client, blok):
    cafe, other = blok.activiteit, factories.moment()
    for address in (adres(cafe, "mijn-moment", other.pk), dag_adres(blok).replace(f"/{blok.pk}/", f"/{other.pk}/")):
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    strange = adres(cafe).replace("/cafe/", f"/{other.activiteit.slug}/")
    assert client.get(strange).status_code == 404
    client.post(adres(cafe), {"weg": other.pk})
    assert Moment.objects.count() == 2


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_block_that_does_not_exist_is_a_404(client, blok, number):
    assert client.get(adres(blok.activiteit, "mijn-moment", 1).replace("/1/", f"/{number}/")).status_code == 404


def test_another_website_changes_nothing(hanan, blok):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hanan)
    assert {strict.post(address, WEKELIJKS).status_code for address in alle_adressen(blok)} == {403}


# --- whatever is sent


GEK = ("\x00", "\u202eabc", "x" * 10_000, "0", "99999", "-1", "30", "februari", "'", "\ud83d", "٣", "9" * 5000, "")
NAMEN = (
    *("ritme", "dagen", "hoeveelste", "losse", "begin", "eind", "dagdeel", "locatie", "afdruk", "soort", "planning"),
    *("weg", "einde", "reden_nl", "toon"),
    *(name for date_ in ("start", "tot", "datum", "naar", "eerste", "laatste") for name in vak(date_, DINSDAG)),
)
WAARDEN = st.one_of(
    st.sampled_from([text.encode("utf-8", "replace").decode() for text in GEK]),
    st.sampled_from(["week", "twee", "maand", "los", "zoals-nu", "overgeslagen", "verplaatst", "1", "12", "2026"]),
    st.text(st.characters(codec="utf-8"), max_size=20),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.dictionaries(st.sampled_from(NAMEN), st.lists(WAARDEN, min_size=1, max_size=3), max_size=12))
def test_nothing_that_is_sent_is_an_error(client, blok, typed):
    for address in alle_adressen(blok):
        assert client.post(address, typed).status_code in (200, 303, 404)
        assert client.get(address, typed).status_code in (200, 404, 414)


@pytest.mark.usefixtures("hanan")
@pytest.mark.parametrize("bad", GEK[:4])
@pytest.mark.parametrize("name", ["begin", "start_dag", "start_maand", "start_jaar", "losse", "locatie", "dagen"])
def test_nonsense_in_one_box_is_a_page(client, cafe, name, bad):
    for ritme in ("week", "los"):
        response = client.post(adres(cafe, "mijn-moment-nieuw"), {**WEKELIJKS, "ritme": ritme, name: bad})
        assert response.status_code in (200, 303)
        assert "\x00" not in response.content.decode()


# --- how much it asks


def test_the_page_takes_as_many_queries_for_many_as_for_one_and_is_light(client, blok):
    for number in range(25):
        place = factories.locatie(organisatie=blok.activiteit.organisatie)
        more = factories.moment(activiteit=blok.activiteit, begin=time(number % 24), eind=None, locatie=place)
        factories.uitzondering(moment=more)
    for address, most in zip(alle_adressen(blok), (11, 11, 9, 12, 9), strict=True):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert (address, len(captured) <= most) == (address, True), len(captured)
        assert len(gzip.compress(response.content, 6)) <= 14 * 1024


def test_names_and_reasons_are_text(client, blok):
    evil = "<b>x</b>"
    Activiteit.objects.update(naam_nl=evil)
    factories.uitzondering(moment=blok, datum_on=DINSDAG, reden_nl=evil)
    for address in alle_adressen(blok):
        body = client.get(address).content.decode()
        assert (address, re.search(r"<b>x|&amp;lt;", body)) == (address, None)
