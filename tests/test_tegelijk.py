"""Several people at once: whatever they press in the same moment, one thing happens, and nobody gets an error."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from organisaties import actions, bewaartermijnen
from organisaties.choices import AANVRAAG_TRANSITIONS, STATUS_OF_ONE_SOORT, AanvraagSoort, AanvraagStatus, AfwijsReden
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebruiker, Organisatie
from tests import factories
from tests.aanvragen import verstuur
from tests.conftest import NU


def tegelijk(*deeds):
    """Start all deeds in the same moment, each in its own thread and transaction; what each gave or raised."""
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait(timeout=30)
            return deed()
        except ValidationError as error:
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def coordinators(number):
    return [factories.gebruiker(is_staff=True, is_superuser=True) for _ in range(number)]


def approve(aanvraag, door):
    return lambda: actions.approve_aanvraag(Aanvraag.objects.get(pk=aanvraag.pk), door=door, versie=1).pk


def made():
    return tuple(model.objects.count() for model in (Organisatie, Beheerder, Bericht))


def test_two_who_approve_at_once_let_in_one_organisation(eigen_database):
    aanvraag, (noor, sam) = factories.aanvraag(), coordinators(2)
    found = tegelijk(approve(aanvraag, noor), approve(aanvraag, sam))
    assert sorted(found, key=str) == sorted([Organisatie.objects.get().pk, actions.Veranderd], key=str)
    assert made() == (1, 1, 1)
    assert Gebruiker.objects.filter(email=aanvraag.email).count() == 1


def test_approving_and_withdrawing_at_once_gives_one_of_both(eigen_database):
    aanvraag, (noor,) = factories.aanvraag(), coordinators(1)
    approved, withdrawn = tegelijk(
        approve(aanvraag, noor), lambda: actions.withdraw_aanvraag(Aanvraag.objects.get(pk=aanvraag.pk))
    )
    aanvraag.refresh_from_db()
    assert (approved == actions.Veranderd) == withdrawn == (aanvraag.status == AanvraagStatus.INGETROKKEN)
    assert made() == ((0, 0, 0) if withdrawn else (1, 1, 1))


def test_two_requests_of_one_person_become_one_account(eigen_database):
    first, second = (factories.aanvraag(email=email) for email in ("Hanan@tafel.example", "hanan@tafel.example"))
    tegelijk(*(approve(aanvraag, door) for aanvraag, door in zip((first, second), coordinators(2), strict=True)))
    assert Gebruiker.objects.filter(email="hanan@tafel.example").count() == 1
    assert made() == (2, 2, 2)


def test_requests_of_one_name_get_an_address_each(eigen_database):
    aanvragen = [factories.aanvraag(organisatie_naam="Buurttafel") for _ in range(4)]
    tegelijk(*(approve(aanvraag, door) for aanvraag, door in zip(aanvragen, coordinators(4), strict=True)))
    slugs = set(Organisatie.objects.values_list("slug", flat=True))
    assert slugs == {"buurttafel", "buurttafel-2", "buurttafel-3", "buurttafel-4"}


def test_answering_twice_at_once_counts_once(eigen_database):
    aanvraag = factories.aanvraag(status="wacht")
    answer = lambda: actions.answer_aanvraag(Aanvraag.objects.get(pk=aanvraag.pk), tekst="In Noord.")  # noqa: E731
    assert sorted(tegelijk(answer, answer, answer)) == [False, False, True]
    assert Bericht.objects.count() == 1


def test_eight_coordinators_who_press_the_button_let_in_one_organisation(eigen_database):
    aanvraag = factories.aanvraag()

    def press(door):
        client = Client()
        client.force_login(door)
        return lambda: client.post(f"/admin/organisaties/aanvraag/{aanvraag.pk}/goedkeuren/", {"versie": 1})

    answers = tegelijk(*(press(door) for door in coordinators(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [302]
    assert made() == (1, 1, 1)
    assert sum("Intussen is er iets veranderd" in answer.content.decode() for answer in answers) == 7


def test_twenty_posts_of_one_form_are_one_request_with_one_mail(eigen_database, klok):
    answers = tegelijk(*[lambda: verstuur().headers.get("Location")] * 20)
    aanvraag = Aanvraag.objects.get()
    assert set(answers) == {aanvraag.get_absolute_url()}
    assert Bericht.objects.count() == 1


def test_two_who_press_for_a_new_invitation_send_one(eigen_database):
    tie = factories.beheerder()
    found = tegelijk(*[lambda: actions.renew_uitnodiging(tie, taal="nl", na=0) is not None] * 2)
    assert sorted(found, key=str) == sorted([True, ValidationError], key=str)
    assert (tie.uitnodigingen.count(), Bericht.objects.count()) == (1, 1)


def test_two_who_remove_what_is_old_have_the_same_end(eigen_database, klok, monkeypatch):
    monkeypatch.setattr(bewaartermijnen, "BATCH", 3)
    klasse = next(each for each in bewaartermijnen.KLASSEN if each.termijn == "afgewezen")
    for _ in range(10):
        factories.aanvraag(status="afgewezen", afgerond_at=NU - timedelta(days=31))
    gone = tegelijk(*[lambda: bewaartermijnen.remove(klasse)] * 2)
    assert (sum(gone), Aanvraag.objects.count()) == (10, 0)


# --- the whole life of a request, in any order


class Levensloop(RuleBasedStateMachine):
    """Does deeds in any order, allowed or not, and looks after each whether the request is still as it must be."""

    @rule(soort=st.sampled_from(AanvraagSoort), verdacht=st.booleans())
    @precondition(lambda self: not hasattr(self, "aanvraag"))
    def send(self, soort, verdacht):
        first = {"soort": soort, "status": AanvraagStatus.ONBEVESTIGD, "is_verdacht": verdacht}
        self.aanvraag, self.door = factories.aanvraag(**first), factories.gebruiker(is_staff=True)
        self.before = (self.aanvraag.status, self.aanvraag.versie, 0)

    def deed(self, act, **values):
        if not hasattr(self, "aanvraag"):
            return
        try:
            act(self.aanvraag, **values)
        except ValidationError:
            self.aanvraag.refresh_from_db()
            assert self.now() == self.before, "a refused deed leaves no trace"

    def now(self):
        return (self.aanvraag.status, self.aanvraag.versie, self.aanvraag.gebeurtenissen.count())

    @rule()
    def confirm(self):
        self.deed(actions.confirm_aanvraag)

    @rule(tekst=st.sampled_from(["Ja", "Nee"]))
    def answer(self, tekst):
        self.deed(actions.answer_aanvraag, tekst=tekst)

    @rule()
    def withdraw(self):
        self.deed(actions.withdraw_aanvraag)

    @rule(
        act=st.sampled_from(
            [
                (actions.take_aanvraag, {}),
                (actions.clear_aanvraag, {}),
                (actions.ask_aanvraag, {"tekst": "Waar?"}),
                (actions.approve_aanvraag, {}),
                (actions.reject_aanvraag, {"reden": AfwijsReden.ANDERS, "tekst": "Nee"}),
                (actions.reopen_aanvraag, {}),
                (actions.start_gesprek, {"tekst": "Dag"}),
                (actions.close_gesprek, {"uitkomst": "samen"}),
            ]
        ),
        is_old=st.sampled_from([False, False, False, True]),
    )
    def judge(self, act, is_old):
        if hasattr(self, "aanvraag"):
            self.deed(act[0], door=self.door, versie=self.aanvraag.versie - is_old, **act[1])

    @rule(tekst=st.sampled_from(["Bel", "Mail"]))
    def note(self, tekst):
        if hasattr(self, "aanvraag"):
            self.deed(actions.note_aanvraag, door=self.door, tekst=tekst)

    @invariant()
    def it_is_as_it_must_be(self):
        if not hasattr(self, "aanvraag"):
            return
        self.aanvraag.refresh_from_db()
        (status, versie, events), (old, former, told) = self.now(), self.before
        assert status == old or status in AANVRAAG_TRANSITIONS[old]
        assert STATUS_OF_ONE_SOORT.get(status, self.aanvraag.soort) == self.aanvraag.soort
        assert (versie > former) == (events > told), "every change is written down, and nothing else"
        assert self.aanvraag.is_closed == (self.aanvraag.afgerond_at is not None)
        assert (self.aanvraag.organisatie is not None) == (status == AanvraagStatus.GOEDGEKEURD)
        self.before = self.now()


def live(examples):
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=examples,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=checks,
        report_multiple_bugs=False,
        database=None,
    )
    run_state_machine_as_test(Levensloop, settings=chosen)


@pytest.mark.django_db
def test_a_request_moves_only_along_the_table():
    live(15)


@pytest.mark.django_db
def test_canary_a_change_that_is_not_written_down_is_noticed(monkeypatch):
    def silently(aanvraag, **values):
        Aanvraag.objects.filter(pk=aanvraag.pk).update(versie=aanvraag.versie + 1)

    monkeypatch.setattr(actions, "withdraw_aanvraag", silently)
    with pytest.raises(AssertionError, match="every change is written down"):
        live(200)  # it stops at the first that is found, which fifteen do not always hold
