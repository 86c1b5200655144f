"""Versions of times and places: who changed them, what it says, and what comes back."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisaties import actions, bewaartermijnen, geschiedenis
from organisaties.choices import Planning, Soort
from organisaties.models import Activiteit, Locatie, Moment, Organisatie, Uitzondering, Vermelding
from tests import factories, test_admin
from tests.momenten import DINSDAG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

desk = test_admin.desk
VOORBIJ = date(2026, 11, 17)


@pytest.fixture
def sara():
    return factories.gebruiker()


@pytest.fixture
def blok():
    """Every Tuesday of an activity; once it was off."""
    moment = factories.moment(activiteit=factories.activiteit(planning=Planning.VAST))
    factories.uitzondering(moment=moment, datum_on=VOORBIJ, reden_nl="Ziek.", reden_en="")
    return moment


def pauze(blok):
    return factories.uitzondering(moment=blok, soort="pauze", datum_on=DINSDAG, tot_en_met_on=date(2026, 12, 8))


def anders(**facts):
    return Moment(**{"regel": "FREQ=WEEKLY;BYDAY=TU", "start_on": date(2026, 9, 1), "begin": time(10), **facts})


def add(blok, door):
    new = anders(regel="", start_on=date(2026, 12, 3), begin=None, dagdeel="avond")
    actions.add_momenten(blok.activiteit, momenten=[new], door=door)


def change(blok, door):
    new = anders(start_on=date(2026, 12, 1), regel="FREQ=WEEKLY;UNTIL=20270105;BYDAY=TU")
    actions.change_moment(blok, nieuw=new, afdruk=blok.afdruk, door=door)


def rule(blok, door):
    actions.change_moment(blok, nieuw=anders(regel="FREQ=DAILY;INTERVAL=3"), afdruk=blok.afdruk, door=door)


def skip(blok, door):
    actions.skip_date(blok, datum=DINSDAG, reden_nl="Feest.", reden_en="Party.", door=door)


def move(blok, door):
    actions.move_date(blok, datum=DINSDAG, naar=date(2026, 12, 2), uren=(time(14), None), door=door)


def restore(blok, door):
    actions.restore_date(blok, datum=VOORBIJ, door=door)


def pause(blok, door):
    actions.pause_activiteit(
        blok.activiteit, eerste=DINSDAG, laatste=date(2026, 12, 8), reden_nl="", reden_en="", door=door
    )


def end(blok, door):
    actions.end_pauze(blok.activiteit, pauze=pauze(blok), door=door)


def remove(blok, door):
    actions.remove_moment(blok, door=door)


DEDEN = [
    (add, {"Donderdag 3 december 2026, in de avond"}),
    (change, {"Elke dinsdag, 10:00, vanaf 1 december 2026 tot en met 5 januari 2027"}),
    (rule, {"Op wisselende dagen, 10:00, vanaf 1 september 2026 (FREQ=DAILY;INTERVAL=3)"}),
    (skip, {"– 1 december 2026 gaat niet door: Feest. / Party."}),
    (move, {"– 1 december 2026 wordt 2 december 2026, 14:00"}),
    (pause, {"Pauze van 1 december 2026 tot en met 8 december 2026"}),
    (restore, set()),
    (end, set()),
    (remove, set()),
]


@pytest.mark.parametrize(("daad", "nieuw"), DEDEN, ids=lambda value: getattr(value, "__name__", ""))
def test_a_deed_is_one_version_that_says_it_and_can_be_undone(blok, sara, daad, nieuw):
    entry = blok.activiteit
    entry.history.all().delete()  # as after an import: there is nothing yet
    daad(blok, sara)
    now, before = geschiedenis.versions(entry)
    (change,) = [each for each in now.wijzigingen if str(each.veld) == "dagen en tijden"]
    assert (now.door, before.door, before.wijzigingen) == (sara, None, [])
    was, said = ("".join(p.tekst for p in change.stukjes if p.soort != soort) for soort in ("nieuw", "weg"))
    assert {words for words in nieuw if words not in said or words in was} == set()
    actions.put_version_back(entry, versie=before.nummer, door=sara)
    (again,) = Moment.objects.all()
    assert (again.pk, again.afdruk, Activiteit.objects.get().planning) == (blok.pk, blok.afdruk, Planning.VAST)


def test_what_changes_nothing_is_no_version(blok, sara):
    skip(blok, sara)
    deeds = (skip, lambda blok, door: actions.restore_date(blok, datum=date(2026, 12, 8), door=door))
    before = blok.activiteit.history.count()
    for deed in deeds:
        deed(blok, sara)
    assert blok.activiteit.history.count() == before


def test_dates_that_are_over_stay_as_they_are_and_those_ahead_come_back(blok, sara):
    skip(blok, sara)
    former = blok.activiteit.history.first()
    restore(blok, sara)
    actions.skip_date(blok, datum=date(2026, 11, 10), door=sara)
    actions.restore_date(blok, datum=DINSDAG, door=sara)
    actions.skip_date(blok, datum=date(2026, 12, 8), door=sara)
    actions.put_version_back(blok.activiteit, versie=former.history_id, door=sara)
    assert list(Uitzondering.objects.values_list("datum_on", flat=True)) == [date(2026, 11, 10), DINSDAG]


def test_a_time_that_was_removed_comes_back_whole_and_the_index_follows(blok, sara):
    entry, own = blok.activiteit, factories.locatie(organisatie=blok.activiteit.organisatie)
    Moment.objects.filter(pk=blok.pk).update(locatie=own)
    moved = factories.moment(activiteit=entry)
    skip(blok, sara)
    former = entry.history.first()
    Moment.objects.filter(pk=moved.pk).update(activiteit=factories.activiteit())
    remove(blok, sara)
    add(blok, sara)
    before = Vermelding.objects.get(soort=Soort.ACTIVITEIT, nummer=entry.pk).versie
    own.delete()
    actions.put_version_back(entry, versie=former.history_id, door=sara)
    first, second = entry.momenten.order_by("pk")
    assert (first.pk, first.locatie_id, first.uitzonderingen.count()) == (blok.pk, None, 2)
    assert (second.pk != moved.pk, Moment.objects.filter(pk=moved.pk).exists()) == (True, True)
    assert Vermelding.objects.get(soort=Soort.ACTIVITEIT, nummer=entry.pk).versie > before


def test_a_version_from_before_times_were_kept_leaves_them(blok, sara):
    entry = blok.activiteit
    entry.planning = Planning.ONBEKEND
    entry.save()
    entry.planning = Planning.VAST
    entry.save()
    entry.history.update(rooster=None)
    skip(blok, sara)
    now, last, *_rest, first = geschiedenis.versions(entry)
    assert ([len(each.wijzigingen) for each in (now, last, first)], last.door) == ([1, 1, 0], None)
    old = entry.history.get(planning=Planning.ONBEKEND)
    actions.put_version_back(entry, versie=old.history_id, door=sara)
    entry.refresh_from_db()
    assert (entry.planning, entry.momenten.count(), blok.uitzonderingen.count()) == (Planning.VAST, 1, 2)


def test_the_page_of_versions_asks_one_query_for_all_times(blok, sara):
    entry = blok.activiteit
    for number in range(4):
        place = factories.locatie(organisatie=entry.organisatie, naam="", straat="")
        new = anders(begin=time(number), locatie=place)
        actions.add_momenten(entry, momenten=[new], door=sara)
        with CaptureQueriesContext(connection) as asked:
            assert len(geschiedenis.versions(entry)) == number + 2
        assert len(asked) == 10


# --- the desk


def send(desk, entry, action="change", **values):
    address = test_admin.url(type(entry), action, entry.pk)
    sent = test_admin.fields_of(desk.get(address)) if action == "change" else {"post": "yes"}
    assert desk.post(address, sent | values).status_code == 302
    activiteit = Activiteit.objects.first()
    return activiteit and geschiedenis.versions(activiteit)


def changed(versie):
    return sorted(str(each.veld) for each in versie.wijzigingen)


def test_the_desk_makes_one_version_of_an_activity_with_its_times(desk, blok):
    now, *before = send(desk, blok.activiteit, **{"momenten-0-begin": "09:00", "samenvatting_nl": "Koffie."})
    assert (now.door.email, len(before)) == ("noor@netwerk.example", 1)
    assert changed(now) == ["dagen en tijden", "in één zin (Nederlands)"]


def test_the_screens_of_times_make_versions_too(desk, blok):
    other = factories.activiteit()
    send(desk, blok, begin="09:00")
    send(desk, blok.uitzonderingen.get(), datum_on="2026-12-08")
    send(desk, blok, activiteit=other.pk)
    for entry, times in ((blok.activiteit, 4), (other, 2)):
        found = geschiedenis.versions(entry)
        assert [(changed(each), bool(each.door)) for each in found[:-1]] == [(["dagen en tijden"], True)] * (times - 1)
    send(desk, blok.uitzonderingen.get(), "delete")
    send(desk, Moment.objects.get(), "delete")
    assert [changed(each) for each in geschiedenis.versions(other)[:2]] == [["dagen en tijden"]] * 2


def test_a_new_organisation_of_the_desk_is_one_version_with_what_was_chosen(desk):
    thema = factories.thema()
    address = test_admin.url(Organisatie, "add")
    sent = test_admin.fields_of(desk.get(address)) | {"naam": "De Haven", "themas": [thema.pk]}
    sent |= {"locaties-TOTAL_FORMS": 1, "locaties-0-soort": "adres", "locaties-0-naam": "De loods"}
    assert desk.post(address, sent).status_code == 302
    entry = Organisatie.objects.get()
    assert (list(entry.themas.all()), entry.locaties.get().naam) == ([thema], "De loods")
    assert [row.themas.count() for row in entry.history.all()] == [1]


def test_a_place_has_versions_that_come_back(desk, sara):
    place = factories.locatie()
    place.history.all().delete()
    send(desk, place.organisatie, **{"locaties-0-straat": "Kade 1"})
    send(desk, place, postcode="1011 AB")
    last, middle, first = geschiedenis.versions(place)
    assert (changed(last), changed(middle), first.door) == (["postcode"], ["straat en nummer"], None)
    actions.put_version_back(place, versie=first.nummer, door=sara)
    place.refresh_from_db()
    assert (place.straat, place.postcode, place.history.first().history_user) == ("Lindenkade 12", "1018 DP", sara)


def test_a_place_that_is_gone_leaves_no_versions_and_old_ones_have_a_term(desk):
    place = factories.locatie()
    send(desk, place.organisatie, **{"locaties-0-DELETE": "on"})
    assert (Locatie.objects.count(), Locatie.history.count()) == (0, 0)
    old = factories.locatie().history
    old.update(history_date=timezone.now() - timedelta(days=731))
    assert [bewaartermijnen.remove(klasse) for klasse in bewaartermijnen.KLASSEN if "locaties" in klasse.naam] == [1]


def test_an_import_that_stored_the_times_last_has_them_in_its_version(blok, sara):
    """Confirming changes no times, and putting the version of the import back brings them all back."""
    entry = blok.activiteit
    entry.history.all().delete()
    entry.momenten.all().delete()
    entry.save()
    factories.moment(activiteit=entry)
    actions.confirm_entry(entry, door=sara)
    now, before = geschiedenis.versions(entry)
    assert ("dagen en tijden" in changed(now), before.door) == (False, None)
    actions.put_version_back(entry, versie=before.nummer, door=sara)
    assert entry.momenten.count() == 1
