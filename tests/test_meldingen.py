"""Reports of readers: sent without an account, once; what is suspicious is held, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client

from organisaties import aandacht, actions, berichten, register
from organisaties.drukte import MEEST, drukte
from organisaties.forms.meldingen import MeldingForm
from organisaties.forms.velden import LOKVELD
from organisaties.models import Bericht, Melding, OudeSlug
from organisaties.spam import open_formulier
from tests import factories, meldingen
from tests.conftest import NU, stille_klok, vraag
from tests.lezen import lees
from tests.meldingen import GOED, LEZER, adres, beheer, mails, sluit, stuur
from tests.paginas import TALEN, formulier_van

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)


cafe, hanan = meldingen.cafe, meldingen.hanan


@pytest.fixture
def bezet_cafe(hanan, cafe):
    """The same, with that editor."""
    return cafe


# --- a reader reports


@IN_ELKE_TAAL
def test_a_report_is_stored_and_mailed_to_who_edits(hanan, cafe, taal):
    response = stuur(cafe, taal, email=LEZER)
    assert (response.status_code, response.headers["Location"]) == (303, f"{adres(cafe, taal)}?klaar=verstuurd")
    melding = Melding.objects.get()
    assert (melding.activiteit, melding.organisatie, melding.wat) == (cafe, cafe.organisatie, "tijd")
    assert (melding.taal, melding.email, melding.is_verdacht, melding.status) == (taal, LEZER, False, "open")
    assert mails() == [("melding", hanan.email, "nl")]
    assert response.cookies.output() == ""


@IN_ELKE_TAAL
def test_an_organisation_can_be_reported_too(cafe, taal):
    owner = cafe.organisatie
    assert stuur(owner, taal, "melding-organisatie", wat="contact").status_code == 303
    assert (Melding.objects.get().activiteit, Melding.objects.get().over) == (None, owner)


def test_an_organisation_has_no_day_or_time(cafe):
    response = stuur(cafe.organisatie, naam="melding-organisatie")
    assert (response.status_code, Melding.objects.count()) == (200, 0)
    assert "tijd" not in dict(MeldingForm(over=cafe.organisatie).fields["wat"].choices)
    assert "tijd" in dict(MeldingForm(over=cafe).fields["wat"].choices)


def test_the_thanks_say_what_happens_next_and_lead_back(hanan, cafe):
    page = lees(vraag(f"{adres(cafe)}?klaar=verstuurd").content).one("main")
    assert "Buurttafel leest je melding" in page.text
    assert cafe.get_absolute_url() in [a.get("href") for a in page.all("a")]


def test_without_an_editor_who_logged_in_a_coordinator_reads_it(cafe):
    factories.beheerder(organisatie=cafe.organisatie)
    stuur(cafe)
    assert (
        "Een coördinator van het netwerk leest"
        in lees(vraag(f"{adres(cafe)}?klaar=verstuurd").content).one("main").text
    )
    assert (mails(), [each.zorg for each in aandacht.of_meldingen()]) == ([], [aandacht.Zorg.MELDINGEN])


def test_a_double_press_is_one_report_and_one_mail(hanan, cafe):
    assert [stuur(cafe).status_code for _ in range(3)] == [303] * 3
    assert (Melding.objects.count(), Bericht.objects.count()) == (1, 1)


def test_other_words_on_a_sent_form_ask_whether_it_is_another_report(cafe):
    stuur(cafe)
    response = stuur(cafe, tekst="Ook de bel is stuk.")
    page = lees(response.content)
    assert ("al verstuurd" in page.one("div", role="alert").text, Melding.objects.count()) == (True, 1)
    fresh = page.one("input", name="formulier").get("value")
    assert stuur(cafe, tekst="Ook de bel is stuk.", formulier=fresh).status_code == 303
    assert Melding.objects.count() == 2


@pytest.mark.parametrize("token", [None, "", "\0", "x" * 10_000, formulier_van(2026, 11, 20)], ids=range(5))
def test_a_form_that_is_too_old_comes_back_whole(cafe, token):
    page = lees(stuur(cafe, formulier=token, email=LEZER).content)
    assert "stond lang open" in page.one("div", role="alert").text
    assert page.one("textarea", name="tekst").text == GOED["tekst"]
    assert page.one("input", name="email").get("value") == LEZER
    assert [e.get("value") for e in page.all("input", name="wat") if "checked" in e.attrs] == ["tijd"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"wat": None}, "Kies wat er niet klopt."),
        ({"wat": "x"}, "Kies wat er niet klopt: iets van de lijst."),
        ({"wat": "anders", "tekst": " "}, "Schrijf wat er niet klopt."),
        ({"tekst": "x" * 1001}, "Maak je uitleg korter: hooguit 1000 tekens."),
        ({"email": "lezer"}, "Schrijf een e-mailadres met een @, of laat dit leeg. Bijvoorbeeld: naam@voorbeeld.nl"),
        ({"email": "a@b.nl\nBcc: c@d.nl"}, "Schrijf een e-mailadres met een @, of laat dit leeg."),
        ({"email": "x" * 260 + "@b.nl"}, "Maak je e-mailadres korter: hooguit 254 tekens."),
    ],
)
def test_each_mistake_has_its_own_sentence_and_nothing_is_lost(cafe, changes, says):
    page = lees(stuur(cafe, **changes).content)
    (link,) = page.one("ul", class_="fouten__lijst").all("a")
    assert (link.text.startswith(says), Melding.objects.count()) == (True, 0)
    assert page.one(id=link.get("href")[1:])
    kept = {**GOED, **changes}["tekst"].strip()
    assert page.one("textarea", name="tekst").text.strip() == kept


@pytest.mark.parametrize(
    "nonsense", ["\0", "a\0b", "\u202eevil\u2066", "x" * 10_000, "<script>", "{{ 7 }}", "٢", "\ud83d\ude00"]
)
@pytest.mark.parametrize("field", ["wat", "tekst", "email", "formulier", LOKVELD, "klaar"])
def test_nonsense_never_breaks_it(cafe, hanan, field, nonsense):
    nonsense = nonsense.encode("utf-16", "surrogatepass").decode("utf-16")
    assert stuur(cafe, **{field: nonsense}).status_code in (200, 303)
    for melding in Melding.objects.all():
        assert [c for c in melding.tekst if c in "\0\u202e\u2066"] == []


def test_every_question_says_why_and_who_reads_it_in_the_words_of_the_register(cafe):
    form = MeldingForm(over=cafe)
    for name in ("tekst", "email"):
        row = register.REGISTER[f"melding.{name}"]
        assert str(form[name].help_text).startswith(f"{row.waarom} {row.wie}")
    assert "Schrijf niets over mensen" in str(form["tekst"].help_text)


# --- where it stands


def test_the_pages_of_a_reader_lead_to_it(cafe):
    for over, naam in ((cafe, "melding-activiteit"), (cafe.organisatie, "melding-organisatie")):
        page = lees(vraag(over.get_absolute_url()).content)
        assert len(page.all("a", href=adres(over, naam=naam))) == 1


@pytest.mark.parametrize(("status", "code"), [("gestopt", 200), ("vol", 200), ("concept", 404), ("gearchiveerd", 404)])
def test_only_what_a_reader_can_read_can_be_reported(status, code):
    cafe = factories.activiteit(status=status)
    assert (vraag(adres(cafe)).status_code, stuur(cafe).status_code) == (code, 303 if code == 200 else 404)


def test_a_draft_of_an_organisation_cannot_be_reported():
    draft = factories.organisatie(status="concept")
    cafe = factories.activiteit(organisatie=draft)
    for over, naam in ((cafe, "melding-activiteit"), (draft, "melding-organisatie")):
        assert vraag(adres(over, naam=naam)).status_code == 404
        assert stuur(over, naam=naam, wat="plek").status_code == 404


def test_a_former_address_leads_on_and_what_was_sent_there_counts(cafe):
    former, cafe.slug = adres(cafe), "buurtcafe"
    cafe.save()
    assert OudeSlug.objects.filter(slug="eetcafe").exists()
    response = vraag(former)
    assert (response.status_code, response.headers["Location"]) == (301, adres(cafe))
    assert Client().post(former, GOED).status_code == 303
    assert Melding.objects.get().activiteit == cafe


def test_the_form_sets_no_cookie_and_takes_no_files(cafe):
    assert vraag(adres(cafe)).cookies.output() == ""
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(adres(cafe), GOED).status_code == 303


# --- what is suspicious


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({LOKVELD: "blauw"}, "lokveld"),
        ({"tekst": "<a href=http://evil.example>"}, "inhoud"),
        ({"headers": {"Sec-Fetch-Site": "cross-site"}}, "elders"),
    ],
)
def test_what_is_suspicious_is_held_and_no_editor_sees_it(client, bezet_cafe, changes, why):
    assert stuur(bezet_cafe, **changes).status_code == 303
    melding = Melding.objects.get()
    assert (melding.is_verdacht, melding.verdenkingen, mails()) == (True, [why], [])
    assert "De dag of de tijd" not in client.get(beheer(bezet_cafe)).content.decode()
    assert sluit(client, bezet_cafe, melding).status_code == 404
    assert list(Melding.objects.of_organisatie(bezet_cafe.organisatie).open()) == []


def test_who_is_done_in_three_seconds_is_held(cafe):
    token = open_formulier()
    with stille_klok(NU + timedelta(seconds=2)):
        stuur(cafe, formulier=token)
    assert Melding.objects.get().verdenkingen == ["snel"]


def test_many_from_one_network_are_held_and_very_many_have_to_wait(cafe):
    for _ in range(30):
        drukte.tel("127.0.0.1")
    stuur(cafe)
    assert Melding.objects.get().verdenkingen == ["druk"]
    for _ in range(MEEST):
        drukte.tel("127.0.0.1")
    response = stuur(cafe, formulier=open_formulier())
    assert (response.status_code, Melding.objects.count()) == (429, 1)
    assert lees(response.content).one("textarea", name="tekst").text == GOED["tekst"]


def test_an_address_that_many_reports_ask_to_mail_is_held(cafe):
    for _ in range(5):
        factories.melding(activiteit=cafe, email=LEZER)
    stuur(cafe, email=LEZER.upper())
    assert Melding.objects.latest("pk").verdenkingen == ["postbus"]


def test_what_is_no_spam_goes_to_the_editors_after_all(hanan, cafe):
    melding, noor = factories.melding(activiteit=cafe, is_verdacht=True), factories.gebruiker(is_staff=True)
    assert [actions.release_melding(melding, door=noor) for _ in range(2)] == [True, False]
    waiting = Melding.objects.of_organisatie(cafe.organisatie).open()
    assert (mails(), list(waiting)) == (
        [("melding", hanan.email, "nl")],
        [melding],
    )


def test_reports_leave_an_editor_room_for_a_code_to_log_in(hanan, cafe):
    for _ in range(10):
        stuur(cafe, formulier=formulier_van(2026, 11, 24, 8, 50))
    assert (Melding.objects.count(), len(mails()), berichten.may_mail(hanan.email)) == (10, 2, True)
