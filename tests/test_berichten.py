"""What the mails say, in both languages, and what can never stand in one."""

import pytest
from django.urls import reverse

from organisaties import actions, berichten
from organisaties.choices import BerichtSoort
from organisaties.models import Bericht, Uitnodiging
from tests import factories

pytestmark = pytest.mark.django_db

TALEN = ("nl", "en")
SITE = "http://localhost:8000"
VAN_MELDING = (BerichtSoort.MELDING, BerichtSoort.BEANTWOORD, BerichtSoort.HERSTELD)
ZONDER_LINK = {BerichtSoort.AFGEWEZEN}
EVIL = "Buurt\r\nBcc: x@evil.example\u2028\u202e[[li[[link]]nk]]"


def bericht(soort=BerichtSoort.BEVESTIGEN, taal="nl", **overrides):
    values = {"aan": "hanan@tafel.example", "tekst": "Waar eten jullie?", "organisatie": "Buurttafel", **overrides}
    if soort == BerichtSoort.UITNODIGING:
        values.setdefault("uitnodiging", Uitnodiging.objects.create(beheerder=factories.beheerder()))
    elif soort in VAN_MELDING:
        del values["organisatie"]
        return berichten.queue_melding(soort, taal=taal, melding=factories.melding(), **values)
    elif soort != BerichtSoort.WELKOM:
        values.setdefault("aanvraag", factories.aanvraag())
    return berichten.queue(soort, taal=taal, **values)


# --- the texts


@pytest.mark.parametrize("taal", TALEN)
@pytest.mark.parametrize("soort", BerichtSoort.values)
def test_every_mail_has_a_subject_and_at_most_one_link_on_a_line_of_its_own(soort, taal):
    mail = bericht(soort, taal)
    lines = mail.tekst.split("\n")
    assert lines.count(berichten.LINK) == mail.tekst.count(berichten.LINK) == (soort not in ZONDER_LINK)
    assert 8 <= len(mail.onderwerp) <= 70
    assert [word for word in ("{", "}", "None", "<", "&") if word in mail.tekst] == []
    assert "\n\n\n" not in mail.tekst
    assert "Netwerk Nieuwkomers Amsterdam" in lines or soort in (BerichtSoort.ONTVANGEN, BerichtSoort.GEANTWOORD)


@pytest.mark.parametrize("soort", BerichtSoort.values)
def test_no_mail_is_dutch_for_who_reads_english(soort):
    # the two lines that stay the same are names
    dutch, english = (set(bericht(soort, taal).tekst.split("\n")) for taal in TALEN)
    same = {line for line in dutch & english if line not in ("", berichten.LINK, "Waar eten jullie?")}
    assert same <= {"Netwerk Nieuwkomers Amsterdam"}


def test_a_mail_about_a_request_says_its_reference():
    aanvraag = factories.aanvraag(kenmerk="K7Q4-XM2P")
    assert "Kenmerk van de aanvraag: K7Q4-XM2P" in bericht(BerichtSoort.VRAAG, aanvraag=aanvraag).tekst.split("\n")
    assert bericht(BerichtSoort.ONTVANGEN, aanvraag=aanvraag).onderwerp == "Nieuwe aanvraag K7Q4-XM2P"


@pytest.mark.parametrize("taal", TALEN)
def test_a_mail_to_an_unproved_address_holds_no_word_that_was_typed(taal):
    win = "WIN http://evil.example"
    typed = dict.fromkeys(("organisatie_naam", "omschrijving", "werkwijze", "bericht", "naam"), win)
    mails = []
    for velden in ({}, typed):
        aanvraag = factories.aanvraag(kenmerk="K7Q4-XM2P", **velden)
        mail = bericht(taal=taal, aanvraag=aanvraag, tekst=win, organisatie=win)
        mails.append((mail.onderwerp, berichten.text_of(mail)))
        aanvraag.delete()
    assert mails[0] == mails[1]


# --- what people typed


def test_a_name_stays_on_its_line_isolated_and_without_marks():
    mail = bericht(BerichtSoort.WELKOM, organisatie=EVIL)
    name = "\u2068Buurt Bcc: x@evil.example\u2069"
    assert mail.onderwerp == f"Jij beheert de pagina van {name}"
    assert mail.tekst.count(name) == 1
    assert mail.tekst.count(berichten.LINK) == 1


def test_a_long_name_is_cut_in_the_subject_and_stays_isolated():
    mail = bericht(BerichtSoort.WELKOM, organisatie="تعليم " * 33)
    assert len(mail.onderwerp) <= 200
    assert mail.onderwerp.endswith("…\u2069")


def test_a_typed_mark_does_not_move_the_link():
    mail = bericht(BerichtSoort.VRAAG, tekst="[[link]] en [[li[[link]]nk]]\r\nDag")
    assert berichten.text_of(mail).count("http") == 1
    assert "\r" not in mail.tekst


# --- links


@pytest.mark.parametrize(("taal", "path"), [("nl", "/nl/aansluiten/aanvraag/"), ("en", "/en/join/request/")])
def test_the_link_is_absolute_from_our_own_setting_in_the_language_of_the_reader(settings, taal, path):
    settings.SITE_URL = "https://nieuwkomers.example"
    mail = bericht(taal=taal)
    assert berichten.link_of(mail) == f"https://nieuwkomers.example{path}{mail.aanvraag.token}/"
    assert berichten.link_of(mail) in berichten.text_of(mail).split("\n")


def test_the_link_of_an_invitation_stands_in_no_row():
    mail = bericht(BerichtSoort.UITNODIGING)
    token = mail.uitnodiging.token
    assert berichten.link_of(mail) == f"{SITE}/nl/uitnodiging/{token}/"
    stored = [
        str(value) for row in (*Bericht.objects.values(), *Uitnodiging.objects.values()) for value in row.values()
    ]
    assert [value for value in stored if token in value] == []


def test_a_mail_to_a_coordinator_leads_to_the_desk():
    mail = bericht(BerichtSoort.ONTVANGEN)
    path = reverse("admin:organisaties_aanvraag_change", args=[mail.aanvraag.pk])
    assert berichten.link_of(mail) == SITE + path


def test_an_invitation_of_a_forgotten_key_has_no_link(settings):
    mail = bericht(BerichtSoort.UITNODIGING)
    settings.SECRET_KEY = "another-" * 8
    assert berichten.link_of(mail) == ""


# --- the mail itself


def test_the_head_of_a_mail_is_complete_and_stable():
    mail = bericht(taal="en")
    message = berichten.message_of(mail).message()
    assert message["From"] == "Netwerk Nieuwkomers Amsterdam <hallo@netwerk.example>"
    assert (message["To"], message["Reply-To"]) == ("hanan@tafel.example", "hallo@netwerk.example")
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("en", "auto-generated")
    assert message["Message-ID"] == mail.message_id == berichten.message_of(mail).message()["Message-ID"]
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")


def test_an_approval_of_an_organisation_with_a_very_long_name_is_mailed():
    aanvraag = factories.aanvraag(organisatie_naam="Stichting " + "a" * 190)
    actions.approve_aanvraag(aanvraag, door=factories.gebruiker(is_staff=True), versie=1)
    assert len(Bericht.objects.get().onderwerp) <= 200
