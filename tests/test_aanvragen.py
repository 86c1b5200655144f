"""What happens to a request, from the form to the decision: statuses, what is written down, and which mail leaves."""

import pytest
from django.core.exceptions import ValidationError

from organisaties import actions, berichten
from organisaties.choices import AANVRAAG_TRANSITIONS, AanvraagStatus, AfwijsReden, BerichtSoort, Uitkomst, Verdenking
from organisaties.models import Aanvraag, Beheerder, Bericht, Gebruiker, Organisatie, Stadsdeel, Uitnodiging
from tests import factories

pytestmark = pytest.mark.django_db

EMAIL = "hanan@tafel.example"


@pytest.fixture
def noor():
    return factories.gebruiker(naam="Noor", is_staff=True)


def velden(**overrides):
    return {
        "soort": "lidmaatschap",
        "organisatie_naam": "Buurttafel",
        "omschrijving": "Wij eten samen.",
        "naam": "Hanan",
        "email": EMAIL,
        **overrides,
    }


def dien_in(sleutel="a", verdenkingen=(), taal="en", **overrides):
    return actions.submit_aanvraag(velden=velden(**overrides), taal=taal, sleutel=sleutel, verdenkingen=verdenkingen)


def said(aanvraag):
    return [(event.soort, event.status or event.tekst, event.door) for event in aanvraag.gebeurtenissen.all()]


def mails(**found):
    return [(bericht.soort, bericht.aan, bericht.taal) for bericht in Bericht.objects.filter(**found).order_by("pk")]


# --- the applicant


def test_a_request_is_stored_with_its_mail_in_the_language_of_the_applicant():
    aanvraag, is_new = dien_in(themas=[factories.thema()], stadsdelen=[factories.stadsdeel()])
    assert is_new
    assert said(aanvraag) == [("status", "onbevestigd", None)]
    assert list(aanvraag.themas.all()) == [factories.thema()]
    assert mails() == [("bevestigen", EMAIL, "en")]
    assert Bericht.objects.get().onderwerp == "Confirm your e-mail address"


def test_the_same_form_counts_once():
    first, _ = dien_in()
    second, is_new = dien_in()
    assert (second, is_new) == (first, False)
    assert (Aanvraag.objects.count(), Bericht.objects.count()) == (1, 1)


def test_a_mail_to_an_unproved_address_holds_nothing_that_was_typed():
    dien_in("a", organisatie_naam="Buurttafel", naam="Hanan", omschrijving="Eten")
    dien_in("b", organisatie_naam="WIN http://evil.example", naam="[[link]] http://evil.example", omschrijving="CASINO")
    clean, evil = Bericht.objects.order_by("pk")
    assert clean.onderwerp == evil.onderwerp
    kenmerken = [bericht.aanvraag.kenmerk for bericht in (clean, evil)]
    assert clean.tekst.replace(kenmerken[0], kenmerken[1]) == evil.tekst
    assert "evil" not in berichten.text_of(evil)


def test_what_looks_suspicious_is_held_without_mail():
    aanvraag, _ = dien_in(verdenkingen=[Verdenking.LOKVELD, Verdenking.SNEL])
    assert (aanvraag.is_verdacht, aanvraag.verdenkingen) == (True, ["lokveld", "snel"])
    assert list(Aanvraag.objects.suspicious()) == [aanvraag]
    assert mails() == []


def test_an_address_that_got_much_mail_is_held_too():
    found = [dien_in(str(number))[0] for number in range(berichten.MOST_PER_HOUR + 1)]
    assert [each.is_verdacht for each in found] == [False] * berichten.MOST_PER_HOUR + [True]
    assert found[-1].verdenkingen == [Verdenking.POSTBUS]


def test_confirming_tells_the_coordinators_once(settings):
    aanvraag, _ = dien_in()
    assert [actions.confirm_aanvraag(aanvraag), actions.confirm_aanvraag(aanvraag)] == [True, False]
    assert (aanvraag.status, aanvraag.bevestigd_at is None) == (AanvraagStatus.NIEUW, False)
    assert mails(soort=BerichtSoort.ONTVANGEN) == [("ontvangen", settings.CONTACT_EMAIL, "nl")]


def test_an_answer_ends_the_waiting_and_counts_once(noor):
    aanvraag = factories.aanvraag()
    actions.ask_aanvraag(aanvraag, door=noor, versie=1, tekst="Waar eten jullie?")
    assert [actions.answer_aanvraag(aanvraag, tekst="In Noord.") for _ in range(2)] == [True, False]
    assert aanvraag.status == AanvraagStatus.BEHANDELING
    assert said(aanvraag) == [
        ("vraag", "Waar eten jullie?", noor),
        ("status", "wacht", noor),
        ("status", "behandeling", None),
        ("antwoord", "In Noord.", None),
    ]
    assert mails() == [("vraag", aanvraag.email, "nl"), ("geantwoord", noor.email, "nl")]


def test_a_closed_request_takes_no_answer():
    with pytest.raises(ValidationError, match="afgesloten"):
        actions.answer_aanvraag(factories.aanvraag(status="afgewezen"), tekst="Toch?")


def test_nobody_fills_the_mailbox_of_a_coordinator_with_answers():
    aanvraag = factories.aanvraag()
    for number in range(actions.MOST_ANSWERS):
        actions.answer_aanvraag(aanvraag, tekst=f"Nog iets: {number}")
    with pytest.raises(ValidationError, match="al veel geschreven"):
        actions.answer_aanvraag(aanvraag, tekst="En dit")
    assert len(mails(soort=BerichtSoort.GEANTWOORD)) == actions.MOST_ANSWERS


def test_withdrawing_closes_a_request_once():
    aanvraag = factories.aanvraag()
    assert [actions.withdraw_aanvraag(aanvraag), actions.withdraw_aanvraag(aanvraag)] == [True, False]
    assert aanvraag.afgerond_at is not None


# --- the coordinator


def test_clearing_sends_the_link_after_all(noor):
    aanvraag, _ = dien_in(verdenkingen=[Verdenking.SNEL])
    actions.clear_aanvraag(aanvraag, door=noor, versie=aanvraag.versie)
    assert mails() == [("bevestigen", EMAIL, "en")]
    assert (aanvraag.is_verdacht, aanvraag.behandelaar) == (False, noor)


def test_taking_makes_somebody_the_handler(noor):
    aanvraag = factories.aanvraag(behandelaar=factories.gebruiker())
    actions.take_aanvraag(aanvraag, door=noor, versie=1)
    assert (aanvraag.behandelaar, aanvraag.status) == (noor, AanvraagStatus.BEHANDELING)


def test_a_note_is_a_change_that_others_must_have_read(noor):
    aanvraag = factories.aanvraag()
    actions.note_aanvraag(aanvraag, door=noor, tekst="Ken ik.")
    with pytest.raises(actions.Veranderd):
        actions.approve_aanvraag(aanvraag, door=noor, versie=1)
    assert Organisatie.objects.count() == 0


def test_rejecting_mails_the_text_as_it_was_edited(noor):
    aanvraag = factories.aanvraag(taal="en")
    tekst = "You work in Utrecht."
    actions.reject_aanvraag(aanvraag, door=noor, versie=1, reden=AfwijsReden.NIET_AMSTERDAM, tekst=tekst)
    assert mails() == [("afgewezen", aanvraag.email, "en")]
    assert tekst in Bericht.objects.get().tekst


def test_rejecting_mails_nothing_to_an_unproved_address(noor):
    aanvraag = factories.aanvraag(status="onbevestigd")
    actions.reject_aanvraag(aanvraag, door=noor, versie=1, reden=AfwijsReden.SPAM, tekst="Nee.")
    assert (mails(), aanvraag.status) == ([], AanvraagStatus.AFGEWEZEN)


def test_a_rejection_can_be_taken_back(noor):
    aanvraag = factories.aanvraag(status="afgewezen", afwijsreden="anders")
    actions.reopen_aanvraag(aanvraag, door=noor, versie=1)
    assert (aanvraag.status, aanvraag.afwijsreden, aanvraag.afgerond_at) == (AanvraagStatus.BEHANDELING, "", None)


def test_working_together_becomes_a_conversation_with_an_owner_and_an_outcome(noor):
    aanvraag = factories.aanvraag(soort="samenwerking")
    actions.start_gesprek(aanvraag, door=noor, versie=1, tekst="Wij bellen je.")
    actions.close_gesprek(aanvraag, door=noor, versie=2, uitkomst=Uitkomst.SAMEN, tekst="Zij geven een zaal.")
    assert (aanvraag.status, aanvraag.behandelaar, aanvraag.uitkomst) == (AanvraagStatus.AFGESPROKEN, noor, "samen")
    assert mails() == [("gesprek", aanvraag.email, "nl")]


# --- approving


def test_approving_makes_a_draft_its_editor_and_the_invitation(noor):
    west = Stadsdeel.objects.get(slug="west")
    aanvraag = factories.aanvraag(taal="en", themas=[factories.thema()], stadsdelen=[west], email="Hanan@Tafel.example")
    organisatie = actions.approve_aanvraag(aanvraag, door=noor, versie=1)
    assert (organisatie.status, organisatie.naam) == ("concept", aanvraag.organisatie_naam)
    assert (organisatie.omschrijving_nl, organisatie.omschrijving_en) == ("", aanvraag.omschrijving)
    assert (organisatie.email, organisatie.website) == ("", aanvraag.website)
    assert [place.stadsdeel for place in organisatie.locaties.all()] == [west]
    gebruiker = Beheerder.objects.get(organisatie=organisatie).gebruiker
    assert (gebruiker.email, gebruiker.has_usable_password(), gebruiker.is_staff) == (EMAIL, False, False)
    assert mails() == [("uitnodiging", EMAIL, "en")]
    assert (aanvraag.organisatie, aanvraag.behandelaar) == (organisatie, noor)


def test_a_second_approval_says_that_it_was_done(noor):
    aanvraag = factories.aanvraag()
    actions.approve_aanvraag(aanvraag, door=noor, versie=1)
    with pytest.raises(actions.Veranderd):
        actions.approve_aanvraag(aanvraag, door=noor, versie=1)
    with pytest.raises(ValidationError, match="Goedgekeurd"):
        actions.approve_aanvraag(aanvraag, door=noor, versie=aanvraag.versie)
    assert (Organisatie.objects.count(), Bericht.objects.count()) == (1, 1)


def test_approving_reuses_the_account_of_an_editor(noor):
    sara = factories.gebruiker(email=EMAIL, naam="Sara")
    actions.approve_aanvraag(factories.aanvraag(email="HANAN@tafel.example"), door=noor, versie=1)
    assert list(Gebruiker.objects.filter(naam="Sara", beheert__isnull=False)) == [sara]
    assert mails() == [("uitnodiging", EMAIL, "nl")]


def test_a_coordinator_gets_no_link_that_logs_in(noor):
    actions.approve_aanvraag(factories.aanvraag(email=noor.email), door=noor, versie=1)
    assert mails() == [("welkom", noor.email, "nl")]
    assert not Uitnodiging.objects.exists()


def test_a_switched_off_account_stops_the_approval_and_nothing_is_made(noor):
    factories.gebruiker(email=EMAIL, is_active=False)
    aanvraag = factories.aanvraag(email=EMAIL)
    with pytest.raises(ValidationError, match="staat uit"):
        actions.approve_aanvraag(aanvraag, door=noor, versie=1)
    assert (Organisatie.objects.count(), Bericht.objects.count()) == (0, 0)
    assert Aanvraag.objects.get().status == AanvraagStatus.NIEUW


def test_only_membership_is_approved(noor):
    with pytest.raises(ValidationError, match="past niet bij"):
        actions.approve_aanvraag(factories.aanvraag(soort="samenwerking"), door=noor, versie=1)


def test_only_working_together_becomes_a_conversation(noor):
    with pytest.raises(ValidationError, match="past niet bij"):
        actions.start_gesprek(factories.aanvraag(), door=noor, versie=1, tekst="Dag")


def test_every_status_has_a_row_in_the_table():
    assert set(AANVRAAG_TRANSITIONS) == set(AanvraagStatus)
