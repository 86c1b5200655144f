"""When activities take place: clock changes, exceptions, pauses, holidays and long days."""

from datetime import date, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisaties import agenda
from organisaties.choices import ActiviteitStatus, OrganisatieStatus, UitzonderingSoort
from organisaties.feestdagen import feestdag
from organisaties.models import Activiteit, Moment
from tests import factories

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


def _dates(moment, first, last):
    return [keer.datum for keer in agenda.keren(moment, first, last)]


@pytest.mark.parametrize(
    ("first", "offsets"), [(date(2026, 3, 28), [1, 2, 2]), (date(2026, 10, 24), [2, 1, 1])], ids=["spring", "autumn"]
)
def test_keren_keep_the_hour_over_a_clock_change(first, offsets):
    moment = factories.moment(regel="FREQ=DAILY", start_on=date(2026, 1, 1), begin=time(10), eind=time(12))
    keren = agenda.keren(moment, first, first + timedelta(days=2))
    assert [keer.begin.hour for keer in keren] == [10, 10, 10]
    assert [keer.begin.utcoffset() for keer in keren] == [timedelta(hours=h) for h in offsets]


def test_keren_move_an_hour_that_the_clock_skips():
    moment = factories.moment(regel="", start_on=date(2026, 3, 29), begin=time(2, 30), eind=time(4))
    assert [keer.begin.hour for keer in agenda.keren(moment, date(2026, 3, 29), date(2026, 3, 29))] == [3]


def test_keren_end_after_midnight():
    moment = factories.moment(regel="", start_on=TUESDAY, begin=time(22), eind=time(1))
    (keer,) = agenda.keren(moment, TUESDAY, TUESDAY)
    assert keer.eind.date() == TUESDAY + timedelta(days=1)


def test_keren_show_a_skipped_date_as_called_off():
    moment = factories.moment()
    factories.uitzondering(moment=moment, datum_on=TUESDAY)
    keren = agenda.keren(moment, TUESDAY, TUESDAY + timedelta(days=7))
    assert [keer.is_cancelled for keer in keren] == [True, False]


def test_keren_move_a_date():
    moment = factories.moment()
    friday = TUESDAY + timedelta(days=3)
    factories.uitzondering(
        moment=moment, soort=UitzonderingSoort.VERPLAATST, datum_on=TUESDAY, nieuw_on=friday, nieuw_begin=time(19)
    )
    (keer,) = agenda.keren(moment, TUESDAY, friday)
    assert (keer.datum, keer.begin.hour, keer.is_moved) == (friday, 19, True)
    assert [k.datum for dag in agenda.week(TUESDAY - timedelta(days=1)) for k in dag.keren] == [friday]


def test_keren_leave_out_a_pause():
    moment = factories.moment()
    last = TUESDAY + timedelta(days=7)
    factories.uitzondering(moment=moment, soort=UitzonderingSoort.PAUZE, datum_on=TUESDAY, tot_en_met_on=last)
    assert _dates(moment, TUESDAY, TUESDAY + timedelta(days=14)) == [TUESDAY + timedelta(days=14)]


def test_keren_wait_until_the_pause_of_the_activity_is_over():
    activiteit = factories.activiteit(status=ActiviteitStatus.GEPAUZEERD, pauze_tot=TUESDAY + timedelta(days=2))
    moment = factories.moment(activiteit=activiteit)
    assert _dates(moment, TUESDAY, TUESDAY + timedelta(days=7)) == [TUESDAY + timedelta(days=7)]


def test_keren_refuse_more_than_400_days():
    with pytest.raises(ValueError, match="400"):
        agenda.keren(factories.moment(), TUESDAY, TUESDAY + timedelta(days=401))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 4),
    st.dates(date(2024, 1, 1), date(2026, 11, 1)),
    st.integers(0, 300),
)
def test_keren_equal_the_library_used_directly(frequency, interval, start_on, shift):
    rule = f"FREQ={frequency};INTERVAL={interval}"
    moment = Moment(regel=rule, start_on=start_on, begin=time(10), activiteit=factories.activiteit())
    moment.save()
    first = start_on + timedelta(days=shift)
    last = first + timedelta(days=60)
    expected = list(rrulestr(f"DTSTART:{start_on:%Y%m%d}T000000\nRRULE:{rule};UNTIL={last:%Y%m%d}T235959"))
    assert _dates(moment, first, last) == [d.date() for d in expected if d.date() >= first]


def test_feestdag_has_a_name_in_each_language():
    with override("en"):
        assert feestdag(date(2026, 4, 6)) == "Easter Monday"
    with override("nl"):
        assert (feestdag(date(2026, 4, 6)), feestdag(TUESDAY)) == ("Tweede Paasdag", "")


def test_week_shortens_a_long_day_and_the_day_gives_every_time_once():
    activiteit = factories.activiteit()
    moments = [factories.moment(activiteit=activiteit, begin=time(8 + n % 12), eind=None) for n in range(130)]
    (dag,) = (d for d in agenda.week(TUESDAY - timedelta(days=1)) if d.datum == TUESDAY)
    assert (len(dag.keren), dag.verder) == (agenda.PER_DAY, 0)
    found, offset = [], 0
    while offset is not None:
        page = agenda.day(TUESDAY, offset=offset)
        found += [keer.moment.pk for keer in page.keren]
        offset = page.verder
    assert sorted(found) == sorted(moment.pk for moment in moments)


@pytest.mark.parametrize("few", [0, 1000])
def test_week_shows_what_was_asked_and_only_what_is_listed(few, monkeypatch):
    monkeypatch.setattr(agenda, "FEW", few)
    elsewhere = factories.moment(activiteit=factories.activiteit())
    wanted = factories.moment(activiteit=factories.activiteit())
    factories.moment(activiteit=factories.activiteit(status=ActiviteitStatus.CONCEPT))
    draft = factories.organisatie(status=OrganisatieStatus.CONCEPT)
    factories.moment(activiteit=factories.activiteit(organisatie=draft))
    everything = set(Activiteit.objects.values_list("pk", flat=True))
    only = everything - {elsewhere.activiteit_id}
    found = [k.moment for dag in agenda.week(TUESDAY - timedelta(days=1), only) for k in dag.keren]
    assert found == [wanted]


def test_next_times_begin_after_now(klok):
    moment = factories.moment(begin=time(8), eind=time(9))
    keren = agenda.next_times(moment.activiteit, count=2)
    assert [keer.datum for keer in keren] == [TUESDAY + timedelta(days=7), TUESDAY + timedelta(days=14)]


@pytest.mark.parametrize(
    ("begin", "eind", "is_shown"),
    [
        (time(8), time(9, 59), False),
        (time(8), time(10, 1), True),
        (time(7), None, False),
        (time(9), None, True),
        (time(9, 30), time(1), True),
        (None, None, True),
        (time(23), None, True),
    ],
)
def test_rest_of_week_leaves_out_what_is_over(klok, begin, eind, is_shown):
    factories.moment(regel="", start_on=TUESDAY, begin=begin, eind=eind)
    assert [dag.datum for dag in agenda.rest_of_week(days=3, per_day=4)] == [TUESDAY] * is_shown


def test_rest_of_week_shortens_its_days_and_ends_on_sunday(klok):
    for _ in range(3):
        factories.moment(regel="FREQ=DAILY", begin=time(20))
    found = agenda.rest_of_week(days=7, per_day=2)
    assert [(dag.datum.day, len(dag.keren), dag.verder) for dag in found] == [(n, 2, 0) for n in range(24, 30)]
    assert len(agenda.rest_of_week(days=2, per_day=2)) == 2


def test_rest_of_week_reads_past_a_long_morning(klok, monkeypatch):
    monkeypatch.setattr(agenda, "CANDIDATES", 3)
    for hour in (6, 6, 7, 7, 20):
        factories.moment(regel="", start_on=TUESDAY, begin=time(hour), eind=time(hour + 1))
    (dag,) = agenda.rest_of_week(days=1, per_day=4)
    assert [keer.begin.hour for keer in dag.keren] == [20]
