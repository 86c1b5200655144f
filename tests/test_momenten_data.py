"""One date of an activity is skipped or moved, all of it pauses; who may, and whatever is sent."""

import gzip
import re
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisaties import actions
from organisaties.choices import UitzonderingSoort
from organisaties.models import Activiteit, Moment, Uitzondering
from organisaties.zoeken import index
from tests import factories, momenten
from tests.lezen import lees
from tests.momenten import (
    DINSDAG,
    WEKELIJKS,
    adres,
    dag_adres,
    fouten,
    geschreven,
    vak,
)

pytestmark = pytest.mark.django_db

cafe, hanan, blok = momenten.cafe, momenten.hanan, momenten.blok

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
    with index.together():
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


# --- two people at once


def gezien(client, blok):
    """What the form of a date carries along of what was known when it was opened."""
    page = lees(client.get(dag_adres(blok)).content).one("form", class_="stapel-l formulier")
    return {"afdruk": page.one("input", name="afdruk").get("value")}


VERPLAATST = {"soort": "verplaatst", "nieuw_on": date(2026, 12, 2), "reden_nl": "Zaal dicht."}


@pytest.mark.parametrize("typed", [{"soort": "overgeslagen", "reden_nl": "Ziek."}, {"terug": "ja"}])
def test_a_date_that_somebody_else_changed_is_shown_first(client, blok, typed):
    known = factories.uitzondering(moment=blok, datum_on=DINSDAG)
    sent = gezien(client, blok) | typed
    known.delete()
    factories.uitzondering(moment=blok, datum_on=DINSDAG, **VERPLAATST)
    page = lees(client.post(dag_adres(blok), sent).content).one("main")
    assert "Iemand anders heeft deze dag net veranderd" in page.one("div", role="alert").text
    assert page.one("h2", id="nu").text == "Het is nu op woensdag 2 december"
    assert page.one("input", id="id_reden_nl").get("value") == typed.get("reden_nl", "Zaal dicht.")
    sent["afdruk"] = page.one("form", class_="stapel-l formulier").one("input", name="afdruk").get("value")
    assert client.post(dag_adres(blok), sent).status_code == 303
    assert [each.soort for each in Uitzondering.objects.all()] == ["overgeslagen"] * ("soort" in typed)


def test_a_quick_press_does_not_overwrite_a_move_that_was_not_on_the_screen(client, blok):
    keren = lees(client.get(adres(blok.activiteit)).content).one("section", aria_labelledby="keren")
    row = next(form for form in keren.all("form") if form.get("action") == dag_adres(blok))
    sent = {"soort": "overgeslagen", "afdruk": row.one("input", name="afdruk").get("value")}
    factories.uitzondering(moment=blok, datum_on=DINSDAG, **VERPLAATST)
    assert client.post(dag_adres(blok), sent).status_code == 200
    assert Uitzondering.objects.get().soort == "verplaatst"


@pytest.mark.parametrize("ritme", ["week", "los"])
def test_what_was_typed_of_a_block_that_somebody_took_away_becomes_a_new_one(client, blok, ritme):
    sent = geschreven(client, blok) | {"ritme": ritme, "begin": "13:00", "eind": "15:00"}
    sent |= vak("datum", DINSDAG) if ritme == "los" else {}
    address = adres(blok.activiteit, "mijn-moment", blok.pk)
    blok.delete()
    page = lees(client.post(address, sent).content).one("main")
    assert "Iemand anders heeft deze tijd net weggehaald" in page.one("div", role="alert").text
    form = page.one("form", class_="stapel-l formulier")
    assert (form.get("action"), form.one("input", id="id_begin").get("value")) == (
        adres(blok.activiteit, "mijn-moment-nieuw"),
        "13:00",
    )
    again = {"losse": form.one("textarea", id="id_losse").text} if ritme == "los" else {}
    assert client.post(form.get("action"), sent | again).status_code == 303
    made = Moment.objects.get()
    assert (made.falls_on(DINSDAG), made.begin, made.regel == "") == (True, time(13), ritme == "los")


@pytest.mark.parametrize("how", ["gone", "another day"])
def test_what_was_typed_of_a_date_that_is_none_any_more_is_shown(client, blok, how):
    sent = gezien(client, blok) | {"soort": "overgeslagen", "reden_nl": "Ziek."}
    address, start = dag_adres(blok), adres(blok.activiteit)
    if how == "gone":
        blok.delete()
    else:
        Moment.objects.filter(pk=blok.pk).update(regel="FREQ=WEEKLY;BYDAY=MO", start_on=date(2026, 11, 30))
    page = lees(client.post(address, sent).content).one("main")
    said = page.one("div", role="alert").text
    assert ("net veranderd of weggehaald" in said, "Ziek." in said) == (True, True)
    assert page.one("section", aria_labelledby="planning").one("form").get("action") == start
    assert Uitzondering.objects.count() == 0


def test_a_reason_can_be_taken_off_again(client, blok):
    factories.uitzondering(moment=blok, datum_on=DINSDAG, reden_nl="Sara is ziek.")
    sent = gezien(client, blok) | {"soort": "overgeslagen", "reden_nl": "", "reden_en": ""}
    assert client.post(dag_adres(blok), sent).status_code == 303
    assert Uitzondering.objects.get().reden_nl == ""


def test_numbers_from_a_thousand_on_find_their_row(client, blok):
    """The site writes 1.234 for people, but a button sends 1234."""
    far = factories.moment(activiteit=blok.activiteit, begin=time(15), eind=time(16))
    pause = {"soort": "pauze", "datum_on": DINSDAG, "tot_en_met_on": date(2026, 12, 20)}
    assert factories.uitzondering(moment=far, **pause).pk > 1000
    page = lees(client.get(adres(far.activiteit)).content).one("main")
    (end,) = page.all("button", name="einde")
    assert client.post(adres(far.activiteit), {"einde": end.get("value")}).status_code == 303
    assert Uitzondering.objects.count() == 0
    asks = {link.get("href") for link in page.all("a")} & {f"?weg={far.pk}", f"?weg={blok.pk}"}
    assert len(asks) == 2
    (yes,) = lees(client.get(adres(far.activiteit), {"weg": far.pk}).content).one("main").all("button", name="weg")
    client.post(adres(far.activiteit), {"weg": yes.get("value")})
    assert list(Moment.objects.all()) == [blok]
