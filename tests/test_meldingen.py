"""Reports of readers: sent without an account, held when suspicious, closed by an editor, and nobody learns an address."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organisaties import aandacht, actions, berichten, register
from organisaties.choices import MELDING_TRANSITIONS, BerichtSoort, MeldingStatus
from organisaties.drukte import MEEST, drukte
from organisaties.forms.meldingen import MeldingForm
from organisaties.forms.velden import LOKVELD
from organisaties.models import Bericht, Gebruiker, Melding, OudeSlug
from organisaties.spam import open_formulier
from tests import factories
from tests.conftest import NU, stille_klok, vraag
from tests.lezen import lees
from tests.paginas import TALEN, formulier_van

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
LEZER = "qvzlezer@tafel.example"
GOED = {"wat": "tijd", "tekst": "De deur was dicht.", "formulier": formulier_van(2026, 11, 24, 8, 55)}


@pytest.fixture
def cafe():
    return factories.activiteit(
        slug="eetcafe", naam_nl="Eetcafé", naam_en="Food café", organisatie=factories.organisatie(naam="Buurttafel")
    )


@pytest.fixture
def hanan(client, cafe):
    """An editor who has logged in, by `client`."""
    tie = factories.beheerder(organisatie=cafe.organisatie, gebruiker=factories.gebruiker(naam="Hanan"))
    client.force_login(tie.gebruiker)
    return tie.gebruiker


def adres(over, taal="nl", naam="melding-activiteit"):
    with override(taal):
        return reverse(naam, args=[over.slug])


def stuur(over, taal="nl", naam="melding-activiteit", headers=None, **changes):
    data = {name: value for name, value in {**GOED, **changes}.items() if value is not None}
    return Client(raise_request_exception=False, headers=headers).post(adres(over, taal, naam), data)


def beheer(cafe, taal="nl"):
    return adres(cafe.organisatie, taal, "mijn-meldingen")


def sluit(client, cafe, melding, daad="hersteld", **more):
    return client.post(beheer(cafe), {"melding": melding.pk, "daad": daad, **more})


def mails():
    return sorted(Bericht.objects.values_list("soort", "aan", "taal"))


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


@pytest.mark.parametrize("token", [None, "", "\0", "x" * 10_000, formulier_van(2026, 11, 20)])
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
    ("changes", "headers", "why"),
    [
        ({LOKVELD: "blauw"}, {}, "lokveld"),
        ({"tekst": "<a href=http://evil.example>"}, {}, "inhoud"),
        ({}, {"Sec-Fetch-Site": "cross-site"}, "elders"),
    ],
)
def test_what_is_suspicious_is_held_and_no_editor_sees_it(client, hanan, cafe, changes, headers, why):
    assert stuur(cafe, headers=headers, **changes).status_code == 303
    melding = Melding.objects.get()
    assert (melding.is_verdacht, melding.verdenkingen, mails()) == (True, [why], [])
    assert "De dag of de tijd" not in client.get(beheer(cafe)).content.decode()
    assert sluit(client, cafe, melding).status_code == 404
    assert list(aandacht.meldingen_van(cafe.organisatie)) == []


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
    assert (mails(), list(aandacht.meldingen_van(cafe.organisatie))) == ([("melding", hanan.email, "nl")], [melding])


def test_reports_leave_an_editor_room_for_a_code_to_log_in(hanan, cafe):
    for _ in range(10):
        stuur(cafe, formulier=formulier_van(2026, 11, 24, 8, 50))
    assert (Melding.objects.count(), len(mails()), berichten.may_mail(hanan.email)) == (10, 2, True)


# --- what the editors get


def test_the_mail_tells_what_and_where_and_never_who(hanan, cafe):
    stuur(cafe, email=LEZER, tekst="De deur was dicht.\nBcc: x@evil.example")
    mail = Bericht.objects.get()
    assert "Eetcafé" in mail.onderwerp
    assert ("De dag of de tijd klopt niet" in mail.tekst, "De deur was dicht." in mail.tekst) == (True, True)
    assert "qvzlezer" not in mail.tekst + mail.onderwerp
    assert berichten.link_of(mail).endswith(beheer(cafe))


def test_the_mail_is_in_the_language_of_the_last_one(hanan, cafe):
    berichten.queue(BerichtSoort.WELKOM, aan=hanan.email, taal="en", organisatie="x")
    stuur(cafe)
    mail = Bericht.objects.get(soort="melding")
    assert ("Food café" in mail.onderwerp, mail.taal) == (True, "en")


def test_who_may_not_log_in_or_never_did_gets_no_mail(cafe):
    for values in ({"is_active": False, "last_login": timezone.now()}, {"last_login": None}):
        factories.beheerder(organisatie=cafe.organisatie, gebruiker=factories.gebruiker(**values))
    stuur(cafe)
    assert mails() == []


# --- the page of an editor


@IN_ELKE_TAAL
def test_an_editor_reads_reports_and_no_address(client, hanan, cafe, taal):
    factories.melding(activiteit=cafe, email=LEZER, tekst="جيران")
    factories.melding(organisatie=cafe.organisatie, wat="contact")
    response = client.get(beheer(cafe, taal))
    page = lees(response.content)
    assert (response.headers["Cache-Control"], len(page.all("article"))) == ("no-store", 2)
    assert ("جيران" in page.one("main").text, "qvzlezer" in response.content.decode()) == (True, False)
    assert len(page.all("textarea")) == 1


@pytest.mark.parametrize("is_staff", [False, True])
def test_a_stranger_gets_404(client, cafe, is_staff):
    melding = factories.melding(activiteit=cafe)
    client.force_login(factories.beheerder(gebruiker=factories.gebruiker(is_staff=is_staff)).gebruiker)
    assert (client.get(beheer(cafe)).status_code, sluit(client, cafe, melding).status_code) == (404, 404)
    assert Melding.objects.get().is_open


def test_without_a_login_it_leads_to_logging_in(cafe):
    response = Client().get(beheer(cafe))
    assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (302, True)


def test_a_report_of_another_organisation_cannot_be_closed(client, hanan, cafe):
    other = factories.melding()
    assert sluit(client, cafe, other).status_code == 404
    assert Melding.objects.get().is_open


def test_a_former_address_of_the_organisation_leads_on(client, hanan, cafe):
    before, owner = beheer(cafe), cafe.organisatie
    owner.slug = "eettafel"
    owner.save()
    assert client.get(before).headers["Location"] == beheer(cafe)


@IN_ELKE_TAAL
def test_an_answer_closes_it_and_goes_to_the_reader(client, hanan, cafe, taal):
    melding = factories.melding(activiteit=cafe, email=LEZER, taal=taal)
    response = sluit(client, cafe, melding, "beantwoord", antwoord="Wij zijn verhuisd.\nTot dan!")
    assert (response.status_code, response.headers["Location"]) == (303, f"{beheer(cafe)}?klaar=beantwoord")
    melding.refresh_from_db()
    assert (melding.status, melding.email, melding.closed_by, melding.closed_at) == ("beantwoord", "", hanan, NU)
    mail = Bericht.objects.get()
    assert (mail.soort, mail.aan, mail.taal) == ("beantwoord", LEZER, taal)
    assert ("Wij zijn verhuisd.\nTot dan!" in mail.tekst, melding.tekst in mail.tekst) == (True, False)
    with override(taal):
        assert berichten.link_of(mail).endswith(cafe.get_absolute_url())
    assert "Wij zijn verhuisd." in client.get(response.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("daad", "email", "expected"),
    [("hersteld", LEZER, ["hersteld"]), ("hersteld", "", []), ("gesloten", LEZER, []), ("gesloten", "", [])],
)
def test_what_is_put_right_is_told_and_what_is_closed_is_not(client, hanan, cafe, daad, email, expected):
    melding = factories.melding(activiteit=cafe, email=email)
    assert sluit(client, cafe, melding, daad).status_code == 303
    melding.refresh_from_db()
    assert (melding.status, melding.email) == (daad, "")
    assert [soort for soort, _aan, _taal in mails()] == expected


def test_pressing_twice_closes_once(client, hanan, cafe):
    melding = factories.melding(activiteit=cafe, email=LEZER)
    assert [sluit(client, cafe, melding).status_code for _ in range(2)] == [303, 303]
    assert (Bericht.objects.count(), LogEntry.objects.count()) == (1, 1)


def test_who_comes_second_sees_that_and_keeps_what_was_typed(client, hanan, cafe):
    melding = factories.melding(activiteit=cafe, email=LEZER)
    colleague = factories.beheerder(organisatie=cafe.organisatie).gebruiker
    actions.close_melding(melding, door=colleague, status="hersteld")
    response = sluit(client, cafe, melding, "beantwoord", antwoord="Wij zijn verhuisd.")
    page = lees(response.content).one("main")
    assert (response.status_code, Bericht.objects.count()) == (409, 1)
    assert ("al afgesloten" in page.text, "Wij zijn verhuisd." in page.text) == (True, True)


@pytest.mark.parametrize(
    ("antwoord", "says"), [(" ", "Schrijf eerst"), ("x" * 1001, "korter"), ("\0", "Schrijf eerst")]
)
def test_a_wrong_answer_comes_back(client, hanan, cafe, antwoord, says):
    melding = factories.melding(activiteit=cafe, email=LEZER)
    factories.melding(activiteit=cafe, email=LEZER)
    page = lees(sluit(client, cafe, melding, "beantwoord", antwoord=antwoord).content)
    (link,) = page.one("ul", class_="fouten__lijst").all("a")
    assert (says in link.text, link.get("href")) == (True, f"#id_{melding.pk}_antwoord")
    assert (Bericht.objects.count(), Melding.objects.open().count()) == (0, 2)


def test_an_answer_that_nobody_would_get_is_not_taken(client, hanan, cafe):
    melding = factories.melding(activiteit=cafe)
    response = sluit(client, cafe, melding, "beantwoord", antwoord="Wij zijn verhuisd.")
    assert ("liet geen adres achter" in response.content.decode(), Melding.objects.get().is_open) == (True, True)


@pytest.mark.parametrize("data", [{}, {"melding": "x"}, {"melding": "\0"}, {"melding": "9" * 40}, {"melding": "٢"}])
def test_a_post_of_nothing_is_404(client, hanan, cafe, data):
    assert client.post(beheer(cafe), {"daad": "hersteld", **data}).status_code == 404


@pytest.mark.parametrize("daad", ["", "open", "x", "\0"])
def test_an_unknown_deed_does_nothing(client, hanan, cafe, daad):
    assert sluit(client, cafe, factories.melding(activiteit=cafe), daad).status_code == 303
    assert Melding.objects.get().is_open


def test_another_website_cannot_close_it(hanan, cafe):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hanan)
    assert sluit(strict, cafe, factories.melding(activiteit=cafe)).status_code == 403


def test_the_log_holds_nothing_that_was_typed(client, hanan, cafe):
    stuur(cafe, email=LEZER)
    sluit(client, cafe, Melding.objects.get(), "beantwoord", antwoord="Wij zijn verhuisd.")
    line = LogEntry.objects.get()
    said = line.object_repr + line.change_message
    assert (line.user, [word for word in ("deur", "qvzlezer", "verhuisd") if word in said]) == (hanan, [])


def test_the_page_asks_as_much_for_ten_reports_as_for_one(client, hanan, cafe):
    factories.melding(activiteit=cafe)
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(beheer(cafe)).status_code == 200
        counted.append(len(captured))
        for status in ("open", "beantwoord", "hersteld") * 3:
            factories.melding(organisatie=cafe.organisatie, status=status)
    assert counted[0] == counted[1] <= 9


def test_closed_reports_are_seen_for_thirty_days(client, hanan, cafe):
    for days in (29, 31):
        closed = NU - timedelta(days=days)
        factories.melding(activiteit=cafe, status="gesloten", closed_at=closed, tekst=f"na {days} dagen")
    said = client.get(beheer(cafe)).content.decode()
    assert ("na 29 dagen" in said, "na 31 dagen" in said) == (True, False)


# --- what always holds


@pytest.mark.parametrize(
    "values",
    [
        {"wat": "x"},
        {"status": "x"},
        {"wat": "anders", "tekst": ""},
        {"status": "hersteld", "closed_at": None},
        {"status": "hersteld", "email": LEZER},
        {"closed_at": NU},
        {"status": "beantwoord", "antwoord": ""},
        {"antwoord": "Wij zijn verhuisd."},
        {"status": "hersteld", "is_verdacht": True},
    ],
)
def test_the_database_refuses_what_cannot_be(cafe, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.melding(activiteit=cafe, **values)


def test_what_is_closed_stays_closed(cafe):
    melding = factories.melding(activiteit=cafe, status="hersteld")
    assert {status for status, after in MELDING_TRANSITIONS.items() if after} == {MeldingStatus.OPEN}
    melding.status = "open"
    with pytest.raises(ValidationError):
        melding.clean()


def test_reports_go_with_what_they_are_about(cafe):
    melding = factories.melding(activiteit=cafe)
    berichten.queue_melding(BerichtSoort.MELDING, aan="x@y.example", taal="nl", melding=melding)
    cafe.delete()
    assert (Melding.objects.count(), Bericht.objects.count()) == (0, 0)


# --- the desk


@pytest.fixture
def noor():
    """A coordinator who may close reports."""
    gebruiker = factories.gebruiker(is_staff=True)
    names = ("view_melding", "change_melding")
    gebruiker.user_permissions.set(Permission.objects.filter(codename__in=names))
    return gebruiker


def doe(noor, deed, *meldingen):
    desk = Client()
    desk.force_login(noor)
    data = {"action": deed, "_selected_action": [melding.pk for melding in meldingen]}
    return desk.post(reverse("admin:organisaties_melding_changelist"), data, follow=True)


def test_a_coordinator_lets_through_puts_right_and_closes(hanan, noor, cafe):
    held, mended, closed = (factories.melding(activiteit=cafe, is_verdacht=v, email=LEZER) for v in (True, False, True))
    for deed, melding in (("release", held), ("mend", mended), ("close", closed)):
        assert "1 melding is klaar." in doe(noor, deed, melding).content.decode()
        melding.refresh_from_db()
    assert (held.status, mended.status, closed.status) == ("open", "hersteld", "gesloten")
    assert [soort for soort, _aan, _taal in mails()] == ["hersteld", "melding"]
    assert "Er is niets veranderd." in doe(noor, "close", mended).content.decode()


def test_what_is_held_cannot_be_put_right(noor, cafe):
    melding = factories.melding(activiteit=cafe, is_verdacht=True)
    assert "Kijk haar eerst na." in doe(noor, "mend", melding).content.decode()
    assert Melding.objects.get().is_open


def test_who_may_only_look_closes_nothing(noor, cafe):
    noor.user_permissions.remove(Permission.objects.get(codename="change_melding"))
    melding = factories.melding(activiteit=cafe)
    doe(Gebruiker.objects.get(pk=noor.pk), "close", melding)
    assert Melding.objects.get().is_open


@pytest.mark.parametrize(("lijst", "expected"), [("wacht", 2), ("nakijken", 1), ("open", 3), ("klaar", 1), ("x", 5)])
def test_the_lists_of_the_desk(hanan, noor, cafe, lijst, expected):
    factories.melding(activiteit=cafe)
    factories.melding(activiteit=cafe, created_at=NU - timedelta(days=15))
    factories.melding()
    factories.melding(activiteit=cafe, is_verdacht=True, verdenkingen=["snel"])
    factories.melding(activiteit=cafe, status="hersteld")
    desk = Client()
    desk.force_login(noor)
    page = desk.get(reverse("admin:organisaties_melding_changelist"), {"lijst": lijst}, follow=True)
    assert len(page.context["cl"].result_list) == expected


def test_the_first_page_counts_what_waits_too_long_and_what_looks_like_spam(hanan, noor, cafe):
    factories.melding(activiteit=cafe, created_at=NU - timedelta(days=14))
    assert aandacht.of_meldingen() == []
    factories.melding(activiteit=cafe, created_at=NU - timedelta(days=14, seconds=1))
    factories.melding(activiteit=cafe, is_verdacht=True)
    found = {each.zorg: each.aantal for each in aandacht.of_meldingen()}
    assert found == {aandacht.Zorg.MELDINGEN: 1, aandacht.Zorg.MELDING_NAKIJKEN: 1}
    desk = Client()
    desk.force_login(noor)
    said = desk.get("/admin/").content.decode()
    assert "1 melding van een lezer wacht op jullie" in said


def test_an_organisation_with_reports_can_be_deleted_at_the_desk(cafe):
    owner, boss = cafe.organisatie, factories.gebruiker(is_staff=True)
    boss.user_permissions.set(Permission.objects.exclude(codename="delete_melding"))
    factories.melding(activiteit=cafe)
    desk = Client()
    desk.force_login(boss)
    page = desk.get(reverse("admin:organisaties_organisatie_delete", args=[owner.pk]))
    assert page.context["perms_lacking"] == set()
