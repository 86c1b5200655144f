"""When an activity takes place, as its editors say it: blocks of time; nothing typed is lost."""

from datetime import date, time

import pytest

from organisaties import actions
from organisaties.choices import Planning, UitzonderingSoort
from organisaties.models import Activiteit, Moment
from organisaties.zoeken import index
from tests import factories, momenten
from tests.lezen import lees
from tests.momenten import DINSDAG, IN_ELKE_TAAL, WEKELIJKS, adres, data, fouten, geschreven, vak

pytestmark = pytest.mark.django_db

cafe, hanan, blok = momenten.cafe, momenten.hanan, momenten.blok

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
    with index.together():
        for number in range(most):
            begin = time(number // 60, number % 60)
            factories.moment(activiteit=cafe, regel=rule, start_on=date(2027, 1, 4), begin=begin, eind=None)
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
def test_a_planning_that_the_times_contradict_is_said(client, hanan, blok, planning):
    actions.set_planning(blok.activiteit, planning=Planning.VAST, door=hanan)
    assert set(fouten(client.post(adres(blok.activiteit), {"planning": planning}))) == {"#id_planning_0"}
    assert Activiteit.objects.get().planning == Planning.VAST


# --- nothing that was typed is lost, and it is told who did it


def test_what_was_typed_of_a_time_survives_the_end_of_the_session(client, hanan, cafe):
    new = adres(cafe, "mijn-moment-nieuw")
    hanan.sessies.all().delete()
    assert client.post(new, WEKELIJKS).status_code == 302
    client.force_login(hanan)
    assert lees(client.get(new).content).one(id="id_begin").get("value") == "10"
    assert (cafe.momenten.count(), lees(client.get(new).content).one(id="id_begin").get("value")) == (0, "")


def test_who_made_the_first_time_stands_in_the_versions(client, hanan, cafe):
    client.post(adres(cafe, "mijn-moment-nieuw"), WEKELIJKS)
    assert cafe.history.first().history_user == hanan
