"""What becomes of a report: editors and coordinators close it, the reader hears of it, and nobody learns an address."""

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

from organisaties import aandacht, actions, berichten
from organisaties.choices import MELDING_TRANSITIONS, BerichtSoort, MeldingStatus
from organisaties.models import Bericht, Gebruiker, Melding
from tests import factories, meldingen
from tests.conftest import NU
from tests.lezen import lees
from tests.meldingen import LEZER, beheer, mails, sluit, stuur
from tests.paginas import TALEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)


cafe, hanan = meldingen.cafe, meldingen.hanan


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


def test_who_may_not_log_in_or_never_came_in_gets_no_mail(cafe):
    for binnen_at, values in ((timezone.now(), {"is_active": False}), (None, {"last_login": timezone.now()})):
        gebruiker = factories.gebruiker(**values)
        factories.beheerder(organisatie=cafe.organisatie, gebruiker=gebruiker, binnen_at=binnen_at)
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
def test_what_is_put_right_is_told_and_what_is_closed_is_not(cafe, daad, email, expected):
    melding = factories.melding(activiteit=cafe, email=email)
    assert actions.close_melding(melding, door=factories.gebruiker(), status=daad)
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


@pytest.mark.usefixtures("hanan")
@pytest.mark.parametrize("antwoord", [" ", "x" * 1001, "\0"])
def test_a_wrong_answer_comes_back(client, cafe, antwoord):
    melding = factories.melding(activiteit=cafe, email=LEZER)
    factories.melding(activiteit=cafe, email=LEZER)
    page = lees(sluit(client, cafe, melding, "beantwoord", antwoord=antwoord).content)
    (link,) = page.one("ul", class_="fouten__lijst").all("a")
    assert ("antwoord" in link.text, link.get("href")) == (True, f"#id_{melding.pk}_antwoord")
    assert (Bericht.objects.count(), Melding.objects.open().count()) == (0, 2)


def test_an_answer_that_nobody_would_get_is_not_taken(client, hanan, cafe):
    melding = factories.melding(activiteit=cafe)
    response = sluit(client, cafe, melding, "beantwoord", antwoord="Wij zijn verhuisd.")
    assert ("liet geen adres achter" in response.content.decode(), Melding.objects.get().is_open) == (True, True)


@pytest.mark.parametrize("data", [{}, {"melding": "x"}, {"melding": "\0"}, {"melding": "9" * 40}, {"melding": "٢"}])
@pytest.mark.usefixtures("hanan")
def test_a_post_of_nothing_is_404(client, cafe, data):
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


def antwoord(gebruiker, melding, tekst=None):
    desk = Client()
    desk.force_login(gebruiker)
    address = reverse("admin:organisaties_melding_antwoord", args=[melding.pk])
    return desk.get(address) if tekst is None else desk.post(address, {"antwoord": tekst})


def test_a_coordinator_answers_a_reader(noor, cafe):
    melding = factories.melding(activiteit=cafe, email=LEZER, taal="en")
    said = antwoord(noor, melding).content.decode()
    assert (melding.tekst in said, "qvzlezer" in said) == (True, False)
    assert [antwoord(noor, melding, "We moved.").status_code for _ in range(2)] == [302, 302]
    melding.refresh_from_db()
    assert (melding.status, melding.antwoord, melding.email, melding.closed_by) == ("beantwoord", "We moved.", "", noor)
    assert mails() == [("beantwoord", LEZER, "en")]


@pytest.mark.parametrize(
    ("values", "tekst", "sentence"),
    [
        ({"email": LEZER}, " ", "Schrijf eerst je antwoord."),
        ({"email": LEZER}, "x" * 1001, "Maak je antwoord korter"),
        ({}, "Wij zijn verhuisd.", "liet geen adres achter"),
        ({"email": LEZER, "is_verdacht": True}, "Wij zijn verhuisd.", "Kijk haar eerst na."),
        ({"status": "hersteld"}, "Wij zijn verhuisd.", "al afgesloten"),
    ],
)
def test_an_answer_that_cannot_go_says_why_and_stays(noor, values, tekst, sentence):
    melding = factories.melding(**values)
    page = lees(antwoord(noor, melding, tekst).content)
    assert (sentence in page.one("main").text, page.one("textarea").text.strip()) == (True, tekst.strip())
    assert (Melding.objects.get().status, mails()) == (values.get("status", "open"), [])


def test_what_nobody_would_get_has_no_page_to_answer(noor, cafe):
    found = [antwoord(noor, factories.melding(activiteit=cafe, email=email)).status_code for email in (LEZER, "")]
    assert found == [200, 302]


def test_who_may_only_look_closes_nothing(noor, cafe):
    noor.user_permissions.remove(Permission.objects.get(codename="change_melding"))
    melding = factories.melding(activiteit=cafe)
    reader = Gebruiker.objects.get(pk=noor.pk)
    doe(reader, "close", melding)
    assert antwoord(reader, melding, "Wij zijn verhuisd.").status_code == 403
    assert Melding.objects.get().is_open


@pytest.mark.parametrize(("lijst", "expected"), [("wacht", 2), ("nakijken", 1), ("open", 3), ("klaar", 1), ("x", 5)])
@pytest.mark.usefixtures("hanan")
def test_the_lists_of_the_desk(noor, cafe, lijst, expected):
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
