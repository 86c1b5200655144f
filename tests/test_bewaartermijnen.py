"""Retention by the clock: of each class a row goes when its term is over, and not a second before."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from organisaties import actions, berichten, bewaartermijnen
from organisaties.choices import BerichtSoort, BerichtStatus
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebeurtenis, Organisatie, Sessie, Uitnodiging
from tests import factories
from tests.conftest import NU, stille_klok

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def purge(**options):
    printed = StringIO()
    call_command("purge_gegevens", stdout=printed, **options)
    return printed.getvalue().splitlines()


def aanvraag(status, since=NU, **overrides):
    closed = {"afgerond_at": since} if status in ("ingetrokken", "afgewezen", "goedgekeurd", "afgesproken") else {}
    return factories.aanvraag(status=status, **{"wacht_sinds_at": since, **closed, **overrides})


def bericht(status=BerichtStatus.WACHT, **overrides):
    mail = berichten.queue(BerichtSoort.GESPREK, aan="hanan@tafel.example", taal="nl", tekst="Dag")
    Bericht.objects.filter(pk=mail.pk).update(status=status, **overrides)
    return mail


def uitnodiging(**overrides):
    """An invitation that is used, replaced or expired at NU."""
    return Uitnodiging.objects.create(beheerder=factories.beheerder(), created_at=NU - timedelta(days=7), **overrides)


def logboek():
    values = {"user": factories.gebruiker(), "action_time": NU, "object_repr": "Iets", "action_flag": 2}
    return LogEntry.objects.create(**values)


KLASSEN = {
    "onbevestigd": (7, lambda: aanvraag("onbevestigd")),
    "verdacht": (30, lambda: aanvraag("onbevestigd", is_verdacht=True)),
    "ingetrokken": (7, lambda: aanvraag("ingetrokken")),
    "afgewezen": (30, lambda: aanvraag("afgewezen")),
    "goedgekeurd": (365, lambda: aanvraag("goedgekeurd")),
    "afgesproken": (365, lambda: aanvraag("afgesproken", soort="samenwerking")),
    "melding": (30, lambda: factories.melding(status="hersteld", created_at=NU - timedelta(days=100), closed_at=NU)),
    "melding-verdacht": (30, lambda: factories.melding(is_verdacht=True, created_at=NU)),
    "melding-open": (365, lambda: factories.melding(created_at=NU)),
    "verzonden": (30, lambda: bericht("verzonden", verzonden_at=NU)),
    "mislukt": (90, lambda: bericht("mislukt", created_at=NU)),
    "gebruikt": (30, lambda: uitnodiging(gebruikt_at=NU)),
    "vervangen": (30, lambda: uitnodiging(ingetrokken_at=NU)),
    "verlopen": (30, uitnodiging),
    "logboek": (730, logboek),
    "weggehaald": (30, lambda: factories.activiteit(status="gearchiveerd", weggehaald_at=NU)),
    "sessie": (0, lambda: Sessie.objects.create(session_key="a" * 32, session_data="", expire_date=NU)),
}


@pytest.mark.parametrize("naam", KLASSEN)
def test_a_row_goes_when_its_term_is_over_and_not_before(naam):
    days, make = KLASSEN[naam]
    row = make()
    rows = type(row).objects.filter(pk=row.pk)
    with stille_klok(NU + timedelta(days=days) - SECOND):
        assert (purge(), rows.exists()) == (["niets"], True)
    with stille_klok(NU + timedelta(days=days)):
        (line,) = purge()
        assert (rows.exists(), ": 1 weggehaald" in line, purge()) == (False, True, ["niets"])


def test_every_term_has_a_test(settings):
    terms = {klasse.termijn: klasse.dagen for klasse in bewaartermijnen.KLASSEN}
    assert set(settings.BEWAARTERMIJNEN) == set(terms) - {""}
    assert set(terms.values()) == {days for days, _make in KLASSEN.values()}


@pytest.mark.parametrize("status", ["nieuw", "behandeling", "wacht"])
def test_what_waits_for_the_network_stays(status):
    row = aanvraag(status)
    with stille_klok(NU + timedelta(days=5000)):
        assert (purge(), Aanvraag.objects.get()) == (["niets"], row)


def test_what_was_cleared_gets_a_new_term(klok):
    row = aanvraag("onbevestigd", is_verdacht=True)
    with stille_klok(NU + timedelta(days=29)):
        actions.clear_aanvraag(row, door=factories.gebruiker(is_staff=True), versie=1)
    with stille_klok(NU + timedelta(days=35)):
        assert purge() == ["niets"]


def test_what_was_never_looked_at_is_counted(klok):
    for _ in range(3):
        aanvraag("onbevestigd", is_verdacht=True)
    with stille_klok(NU + timedelta(days=31)):
        assert purge() == ["verdachte aanvragen waarover niemand besliste: 3 weggehaald (na 30 dagen)"]


def test_an_unsent_mail_goes_with_its_request(klok):
    row = aanvraag("onbevestigd")
    berichten.queue(BerichtSoort.BEVESTIGEN, aan=row.email, taal="nl", aanvraag=row)
    Gebeurtenis.objects.create(aanvraag=row, soort="notitie", tekst="Ken ik.")
    with stille_klok(NU + timedelta(days=8)):
        purge()
    assert (Aanvraag.objects.count(), Bericht.objects.count(), Gebeurtenis.objects.count()) == (0, 0, 0)


def test_an_unsent_mail_stays_on_its_own(klok):
    bericht()
    with stille_klok(NU + timedelta(days=400)):
        assert (purge(), Bericht.objects.count()) == (["niets"], 1)


def test_an_approved_request_leaves_the_organisation_its_editor_and_their_invitation(klok):
    row = aanvraag("nieuw")
    organisatie = actions.approve_aanvraag(row, door=factories.gebruiker(is_staff=True), versie=1)
    editor = Beheerder.objects.get()
    fresh = Uitnodiging.objects.create(beheerder=editor, created_at=NU + timedelta(days=364))
    mail = berichten.queue(BerichtSoort.UITNODIGING, aan="h@tafel.example", taal="nl", uitnodiging=fresh)
    with stille_klok(NU + timedelta(days=366)):
        purge()
    assert (Aanvraag.objects.count(), Organisatie.objects.get(), Beheerder.objects.get()) == (0, organisatie, editor)
    assert (Uitnodiging.objects.get(), Bericht.objects.get()) == (fresh, mail)


def test_a_dry_run_removes_nothing(klok):
    aanvraag("ingetrokken")
    with stille_klok(NU + timedelta(days=7)):
        assert purge(dry_run=True) == ["ingetrokken aanvragen: 1 zou weggaan (na 7 dagen)"]
    assert Aanvraag.objects.count() == 1


def test_the_days_are_a_setting(klok, settings):
    settings.BEWAARTERMIJNEN = {**settings.BEWAARTERMIJNEN, "afgewezen": 10}
    aanvraag("afgewezen")
    with stille_klok(NU + timedelta(days=10)):
        assert purge() == ["afgewezen aanvragen: 1 weggehaald (na 10 dagen)"]


def test_more_than_a_batch_goes_too(klok, monkeypatch):
    monkeypatch.setattr(bewaartermijnen, "BATCH", 2)
    for _ in range(5):
        aanvraag("afgewezen")
    with stille_klok(NU + timedelta(days=31)):
        assert purge() == ["afgewezen aanvragen: 5 weggehaald (na 30 dagen)"]
