"""Who edits an organisation: an editor invites and removes, a stranger sees nothing, and one always stays."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from organisaties import actions, berichten
from organisaties.choices import BerichtSoort
from organisaties.models import Beheerder, Bericht, Gebruiker, OudeSlug, Uitnodiging
from tests import factories
from tests.lezen import lees
from tests.paginas import TALEN

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
NIEUW = {"naam": "Yonas ዮናስ", "email": "yonas@tafel.example"}


@pytest.fixture
def tafel():
    return factories.organisatie(naam="Buurttafel", slug="buurttafel")


@pytest.fixture
def hanan(client, tafel):
    gebruiker = factories.beheerder(organisatie=tafel, gebruiker=factories.gebruiker(naam="Hanan")).gebruiker
    client.force_login(gebruiker)
    return gebruiker


@pytest.fixture
def sara(hanan, tafel):
    """A colleague who has come in, logged in elsewhere."""
    gebruiker = factories.gebruiker(naam="Sara")
    tie = factories.beheerder(organisatie=tafel, gebruiker=gebruiker, binnen_at=timezone.now())
    Client().force_login(tie.gebruiker)
    return Beheerder.objects.get(pk=tie.pk)


def adres(tafel, taal="nl"):
    with override(taal):
        return reverse("mijn-collegas", args=[tafel.slug])


def namen(tafel):
    return sorted(tie.gebruiker.naam for tie in tafel.beheerders.select_related("gebruiker"))


# --- inviting


@IN_ELKE_TAAL
def test_a_colleague_is_invited_in_the_language_of_the_page(client, hanan, tafel, taal):
    response = client.post(adres(tafel, taal), NIEUW)
    assert (response.status_code, response.headers["Location"]) == (303, f"{adres(tafel, taal)}?klaar=uitgenodigd")
    mail = Bericht.objects.get()
    assert (mail.soort, mail.aan, mail.taal) == (BerichtSoort.UITNODIGING, NIEUW["email"], taal)
    assert namen(tafel) == ["Hanan", NIEUW["naam"]]
    assert len(lees(client.get(response.headers["Location"]).content).one("main").all("div", class_="melding")) == 1


def test_an_invitation_by_a_colleague_is_in_the_history(client, hanan, tafel):
    client.post(adres(tafel), NIEUW)
    line = LogEntry.objects.get()
    assert (line.user, line.object_id) == (hanan, str(Beheerder.objects.get(gebruiker__email=NIEUW["email"]).pk))


def test_two_presses_send_one_invitation(client, hanan, tafel):
    client.post(adres(tafel), NIEUW)
    response = client.post(adres(tafel), {**NIEUW, "email": " YONAS@tafel.example"})
    assert (response.status_code, Bericht.objects.count()) == (200, 1)
    assert "staat er al bij" in response.content.decode()


def test_who_has_an_account_keeps_it(client, hanan, tafel):
    account = factories.gebruiker(email=NIEUW["email"], naam="Yonas")
    client.post(adres(tafel), {**NIEUW, "naam": "Iemand anders"})
    assert Gebruiker.objects.get(email=NIEUW["email"]).naam == "Yonas"
    assert account.beheert.get().organisatie == tafel


def test_who_may_not_log_in_is_not_let_in_again(client, hanan, tafel):
    factories.gebruiker(email=NIEUW["email"], is_active=False)
    assert client.post(adres(tafel), NIEUW).status_code == 200
    assert namen(tafel) == ["Hanan"]


def test_an_account_that_is_off_gets_the_answer_of_a_full_mailbox(client, hanan, tafel):
    factories.gebruiker(email="uit@tafel.example", is_active=False)
    for _mail in range(5):
        berichten.queue(BerichtSoort.GEEN_ACCOUNT, aan="vol@tafel.example", taal="nl")
    said = []
    for email in ("uit@tafel.example", "vol@tafel.example"):
        page = lees(client.post(adres(tafel), {"naam": "X", "email": email}).content)
        said.append([a.text for a in page.one("div", role="alert").all("a")])
    sentence = "Wij kunnen dit adres nu geen uitnodiging sturen. Probeer het over een uur nog eens, of mail ons."
    assert said == [[sentence], [sentence]]


# --- until somebody came in


def rijen(client, tafel, *gone):
    """What the page says of each editor, without these words; and what the page of the organisation says of others."""
    page = lees(client.get(adres(tafel)).content)
    said = [li.one("p").text for li in page.one("section", aria_labelledby="wie").all("li")]
    own = lees(client.get(reverse("mijn-organisatie", args=[tafel.slug])).content)
    said += [li.text for li in own.one("section", aria_labelledby="wie").all("li")]
    for word in gone:
        said = [text.replace(word, "") for text in said]
    return sorted(said)


@pytest.mark.parametrize("before", [None, timezone.now() - timedelta(days=9)], ids=["nooit", "ingelogd"])
def test_an_account_looks_like_any_address_until_its_person_comes_in(client, hanan, tafel, before):
    factories.gebruiker(email=NIEUW["email"], naam="Yonas Tesfay", last_login=before)
    client.post(adres(tafel), {**NIEUW, "naam": "x"})
    with_account = rijen(client, tafel, NIEUW["email"])
    client.post(adres(tafel), {"weg": tafel.beheerders.get(gebruiker__email=NIEUW["email"]).pk})
    client.post(adres(tafel), {"naam": "x", "email": "nieuw@tafel.example"})
    assert rijen(client, tafel, "nieuw@tafel.example") == with_account
    assert not any("Tesfay" in said for said in with_account)


@pytest.mark.parametrize("way", ["uitnodiging", "code", "sessie"])
def test_who_comes_in_has_the_own_name_and_who_was_elsewhere_keeps_it_there(client, hanan, tafel, way):
    account = factories.gebruiker(email=NIEUW["email"], naam="Yonas Tesfay")
    elsewhere = factories.beheerder(gebruiker=account, binnen_at=timezone.now()).organisatie
    visitor, there = Client(), Client()
    visitor.force_login(account)
    there.force_login(factories.beheerder(organisatie=elsewhere).gebruiker)
    client.post(adres(tafel), {**NIEUW, "naam": "x"})
    if way == "code":
        visitor.force_login(account)
    for address in (reverse("mijn"), adres(elsewhere)):
        assert visitor.get(address).status_code == 200
    assert any("Yonas Tesfay" in said for said in rijen(there, elsewhere))
    assert not any("Yonas Tesfay" in said for said in rijen(client, tafel))
    if way == "uitnodiging":
        visitor.post(reverse("uitnodiging", args=[Uitnodiging.objects.get().token]))
    else:
        assert visitor.get(reverse("mijn-organisatie", args=[tafel.slug])).status_code == 200
    assert [said for said in rijen(client, tafel) if "Yonas Tesfay" in said]
    assert not any("nog niet ingelogd" in said for said in rijen(client, tafel))


def test_who_opens_the_page_with_a_running_session_lets_the_last_other_stop_and_is_logged_out_at_the_end(
    client, hanan, tafel
):
    account = factories.gebruiker(email=NIEUW["email"])
    elsewhere = factories.beheerder(gebruiker=account).organisatie
    visitor = Client()
    visitor.force_login(account)
    client.post(adres(tafel), NIEUW)
    assert visitor.get(adres(tafel)).status_code == 200
    assert client.post(adres(tafel), {"weg": hanan.beheert.get().pk}).status_code == 303
    factories.beheerder(organisatie=tafel, binnen_at=timezone.now())
    visitor.post(adres(tafel), {"weg": tafel.beheerders.get(gebruiker=account).pk})
    assert visitor.get(adres(elsewhere)).status_code == 302


def test_who_is_in_is_written_down_once_also_at_a_former_address(client, hanan, tafel):
    OudeSlug.objects.create(organisatie=tafel, slug="eettafel")
    with CaptureQueriesContext(connection) as first:
        assert client.get(reverse("mijn-organisatie", args=["eettafel"])).status_code == 302
    since = hanan.beheert.get().binnen_at
    with CaptureQueriesContext(connection) as later:
        client.get(reverse("mijn-organisatie", args=["eettafel"]))
    assert (since is None, hanan.beheert.get().binnen_at, len(first) - len(later)) == (False, since, 2)


def test_a_page_of_somebody_else_lets_nobody_in(client, hanan, tafel):
    other = factories.beheerder(organisatie=factories.organisatie(slug="anders"))
    assert client.get(adres(other.organisatie)).status_code == 404
    assert list(Beheerder.objects.exclude(binnen_at=None)) == []


def test_taking_an_invitation_back_logs_nobody_out(client, hanan, tafel):
    account = factories.gebruiker(email=NIEUW["email"], naam="Yonas Tesfay")
    factories.beheerder(gebruiker=account)
    visitor = Client()
    visitor.force_login(account)
    client.post(adres(tafel), {**NIEUW, "naam": "x"})
    tie = tafel.beheerders.get(gebruiker=account)
    asked = lees(client.get(f"{adres(tafel)}?weg={tie.pk}").content).one("section", aria_labelledby="weghalen").text
    assert ("Wil je x weghalen?" in asked, "uitgelogd" in asked, "De uitnodiging werkt dan niet meer." in asked) == (
        True,
        False,
        True,
    )
    response = client.post(adres(tafel), {"weg": tie.pk})
    assert response.headers["Location"].endswith("?klaar=ingetrokken")
    assert account.sessies.count() == 1
    assert visitor.get(adres(tafel)).status_code == 404


def test_a_mailbox_is_not_filled(client, hanan, tafel):
    for number in range(6):
        other = factories.organisatie(slug=f"o-{number}")
        factories.beheerder(organisatie=other, gebruiker=hanan)
        client.post(adres(other), NIEUW)
    assert Bericht.objects.count() == 5


@pytest.mark.usefixtures("hanan")
@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({}, {"naam", "email"}),
        ({"email": "yonas"}, {"email"}),
        ({"email": "a@b.nl\nBcc: c@d.nl"}, {"email"}),
        ({"email": "x" * 260 + "@b.nl"}, {"email"}),
        ({"naam": "ن" * 201}, {"naam"}),
        ({"naam": "a\nb"}, {"naam"}),
        ({"naam": "\x00"}, {"naam"}),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, tafel, wrong, fields):
    typed = {**NIEUW, **wrong} if wrong else {}
    response = client.post(adres(tafel), typed)
    page = lees(response.content)
    assert {a.get("href") for a in page.one("div", role="alert").all("a")} == {f"#id_{name}" for name in fields}
    for name in {"naam", "email"} - fields:
        assert page.one("input", id=f"id_{name}").get("value") == typed[name]
    assert (response.status_code, Bericht.objects.count()) == (200, 0)


# --- removing


def test_asking_changes_nothing_and_names_who_goes(client, sara, tafel):
    page = lees(client.get(f"{adres(tafel)}?weg={sara.pk}").content)
    assert "Wil je Sara weghalen?" in page.one("main").text
    assert namen(tafel) == ["Hanan", "Sara"]


def test_a_removed_colleague_is_out_at_once(client, sara, tafel):
    elsewhere = Client()
    elsewhere.force_login(sara.gebruiker)
    assert elsewhere.get(adres(tafel)).status_code == 200
    response = client.post(adres(tafel), {"weg": sara.pk})
    assert (response.status_code, namen(tafel)) == (303, ["Hanan"])
    assert elsewhere.get(adres(tafel)).headers["Location"].startswith(reverse("account_login"))
    assert list(sara.gebruiker.sessies.all()) == []


def test_a_coordinator_who_is_removed_stays_at_the_desk(client, sara, tafel):
    desk = Client()
    sara.gebruiker.is_staff = True
    sara.gebruiker.save()
    desk.force_login(sara.gebruiker)
    client.post(adres(tafel), {"weg": sara.pk})
    assert desk.get(reverse("admin:index")).status_code == 200


def test_who_stops_is_out_and_the_colleague_stays(client, hanan, sara, tafel):
    response = client.post(adres(tafel), {"weg": hanan.beheert.get().pk})
    assert (response.headers["Location"], namen(tafel)) == (reverse("mijn"), ["Sara"])
    assert client.get(adres(tafel)).status_code == 302


@pytest.mark.parametrize("colleague", [None, "uit", "uitgenodigd", "elders"])
def test_the_last_who_came_in_stays(client, hanan, tafel, colleague):
    if colleague == "uit":
        off = factories.gebruiker(is_active=False)
        factories.beheerder(organisatie=tafel, gebruiker=off, binnen_at=timezone.now())
    if colleague == "elders":
        Client().force_login(factories.gebruiker(email=NIEUW["email"]))
    if colleague in ("uitgenodigd", "elders"):
        client.post(adres(tafel), NIEUW)
    response = client.post(adres(tafel), {"weg": hanan.beheert.get().pk})
    assert response.status_code == 200
    assert "Er moet iemand overblijven." in lees(response.content).one("div", role="alert").text
    assert hanan.beheert.exists()


def test_two_presses_remove_once(client, sara, tafel):
    for _ in range(2):
        assert client.post(adres(tafel), {"weg": sara.pk}).status_code == 303
    assert namen(tafel) == ["Hanan"]
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 30, "\x00"])
def test_a_number_of_nobody_removes_nobody(client, sara, tafel, number):
    assert client.get(adres(tafel), {"weg": number}).status_code == 200
    assert client.post(adres(tafel), {"weg": number}).status_code == 303
    assert namen(tafel) == ["Hanan", "Sara"]


# --- who may


def test_nobody_reaches_colleagues_of_another_organisation(client, hanan, sara, tafel):
    other = factories.beheerder(organisatie=factories.organisatie(slug="anders"))
    factories.beheerder(organisatie=other.organisatie)
    for send in (client.get, client.post):
        assert send(adres(other.organisatie), NIEUW).status_code == 404
    client.post(adres(tafel), {"weg": other.pk})
    assert other.organisatie.beheerders.count() == 2


@pytest.mark.parametrize("who", ["anoniem", "coordinator"])
def test_who_is_no_editor_changes_nothing(tafel, sara, who):
    visitor = Client()
    if who == "coordinator":
        visitor.force_login(factories.gebruiker(is_staff=True))
    for data in (NIEUW, {"weg": sara.pk}):
        assert visitor.post(adres(tafel), data).status_code == (302 if who == "anoniem" else 404)
    assert (namen(tafel), Bericht.objects.count()) == (["Hanan", "Sara"], 0)


def test_another_website_removes_nobody(hanan, sara, tafel):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hanan)
    assert strict.post(adres(tafel), {"weg": sara.pk}).status_code == 403


def test_the_page_takes_as_many_queries_for_many_as_for_two(client, hanan, sara, tafel):
    for _ in range(10):
        factories.beheerder(organisatie=tafel)
    with CaptureQueriesContext(connection) as captured:
        client.get(adres(tafel))
    assert len(captured) <= 8


def test_names_are_text(client, hanan, tafel):
    actions.invite_collega(tafel, door=hanan, email="x@y.example", naam="<b>x</b>", taal="nl")
    main = lees(client.get(adres(tafel)).content).one("main")
    assert "<b>x</b>" in main.text
