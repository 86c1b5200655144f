"""The outbox at the desk: who may read it, what it shows, and what never stands there."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisaties import berichten
from organisaties.choices import BerichtSoort, BerichtStatus
from organisaties.models import Bericht, Uitnodiging
from tests import factories
from tests.conftest import NU

pytestmark = pytest.mark.django_db

LIST = reverse("admin:organisaties_bericht_changelist")
BANNER = "Dit is een demonstratie. Er gaat geen mail de deur uit."


def coordinator(*rights):
    person = factories.gebruiker(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=[f"{right}_bericht" for right in rights]))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk():
    return coordinator("view", "change")


def bericht(soort=BerichtSoort.BEVESTIGEN, **overrides):
    values = {"aan": "hanan@tafel.example", "taal": "nl", "aanvraag": factories.aanvraag()}
    mail = berichten.queue(soort, **values)
    Bericht.objects.filter(pk=mail.pk).update(**overrides)
    mail.refresh_from_db()
    return mail


def uitnodiging():
    invitation = Uitnodiging.objects.create(beheerder=factories.beheerder())
    return berichten.queue(
        BerichtSoort.UITNODIGING, aan="a@b.example", taal="en", uitnodiging=invitation, organisatie="Buurttafel"
    )


def failed(**overrides):
    return bericht(status="mislukt", pogingen=8, fout="550 5.1.1 no such user", **overrides)


def change(mail):
    return reverse("admin:organisaties_bericht_change", args=[mail.pk])


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def act(desk, name, *mails):
    values = {"action": name, "_selected_action": [mail.pk for mail in mails]}
    return text(desk.post(LIST, values, follow=True))


# --- to read


def test_the_list_says_what_became_of_each_mail(desk):
    failed()
    bericht(status="verzonden", verzonden_at=NU, aan="sara@kade.example")
    page = text(desk.get(LIST))
    for words in ("Niet gelukt", "550 5.1.1 no such user", "hanan@tafel.example", "sara@kade.example", "Verzonden"):
        assert words in page
    assert [name for name in (" style=", "<script>", "[[link]]") if name in page] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "sara@"}, ["sara@kade.example"]),
        ({"q": "bevestig je"}, ["hanan@tafel.example", "sara@kade.example"]),
        ({"status__exact": "mislukt"}, ["hanan@tafel.example"]),
        ({"soort__exact": "vraag"}, []),
        ({"q": "Hallo"}, []),
    ],
)
def test_mails_are_found_by_address_subject_and_status_not_by_their_text(desk, query, found):
    failed()
    bericht(aan="sara@kade.example")
    rows = desk.get(LIST, query).context["cl"].queryset
    assert sorted(mail.aan for mail in rows) == found


def test_a_mail_is_shown_as_it_goes_out(desk):
    mail = bericht()
    page = text(desk.get(change(mail)))
    for words in (
        "Netwerk Nieuwkomers Amsterdam &lt;hallo@netwerk.example&gt;",
        f"<bdi>{mail.onderwerp}</bdi>",
        mail.message_id.strip("<>"),
        "Iemand heeft met dit e-mailadres een aanvraag gestuurd",
        '<div class="mail" lang="nl" dir="auto">Hallo,\n',
    ):
        assert words in page


@pytest.mark.parametrize("make", [bericht, uitnodiging])
def test_a_real_site_shows_no_link_that_lets_a_colleague_act_as_the_reader(desk, make):
    mail = make()
    token = (mail.uitnodiging or mail.aanvraag).token
    page = text(desk.get(change(mail)))
    assert (token in page, "[de link staat alleen in de mail]" in page) == (False, True)
    assert token not in text(desk.get(LIST))


@pytest.mark.parametrize("make", [bericht, uitnodiging])
@pytest.mark.parametrize("setting", ["DEMONSTRATIE", "DEBUG"])
def test_where_nothing_leaves_the_link_can_be_opened(desk, settings, setting, make):
    setattr(settings, setting, True)
    mail = make()
    assert f'<a href="{berichten.link_of(mail)}" dir="ltr">' in text(desk.get(change(mail)))


def test_a_link_that_cannot_be_made_is_said(desk, settings):
    mail = uitnodiging()
    Uitnodiging.objects.update(token_hash="x")
    settings.DEMONSTRATIE = True
    assert "[de link kan niet meer worden gemaakt]" in text(desk.get(change(mail)))


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_demonstration_says_that_nothing_leaves(desk, settings, is_demonstration):
    settings.DEMONSTRATIE = is_demonstration
    assert (BANNER in text(desk.get(LIST))) == is_demonstration


def test_what_people_typed_is_escaped(desk):
    mail = bericht(onderwerp="<script>alert(1)</script>", tekst="<img src=x>", aan='"<b>"@x.example', fout="<i>")
    for address in (LIST, change(mail)):
        page = text(desk.get(address))
        assert [tag for tag in ("<script>alert", "<img src=x", "<b>", "<i>") if tag in page] == []


def test_a_list_of_fifty_costs_as_many_queries_as_one_of_five(desk):
    def queries():
        with CaptureQueriesContext(connection) as found:
            desk.get(LIST)
        return len(found)

    for _ in range(5):
        bericht()
    few = queries()
    for _ in range(45):
        bericht()
    assert (queries(), few <= 10) == (few, True)


# --- to send again


def test_a_failed_mail_is_tried_again_and_that_is_written_down(desk):
    mail, other = failed(), failed()
    assert "1 mail gaat mee met de volgende ronde." in act(desk, "try_again", mail)
    assert list(Bericht.objects.order_by("pk").values_list("status", "pogingen")) == [("wacht", 0), ("mislukt", 8)]
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.get_change_message()) == (str(mail.pk), "Probeer opnieuw")
    assert other.pk != mail.pk


def test_a_waiting_mail_is_sent_in_the_next_round(desk):
    mail = bericht(volgende_at=NU.replace(year=2099), pogingen=3)
    assert "1 mail gaat mee" in act(desk, "send_now", mail)
    assert list(Bericht.objects.due()) == [mail]


@pytest.mark.parametrize("name", ["try_again", "send_now"])
@pytest.mark.parametrize(
    "state", [{"status": "verzonden", "verzonden_at": NU}, {"status": "bezig", "bezig_tot": NU.replace(year=2099)}]
)
def test_what_left_or_is_leaving_is_let_alone(desk, name, state):
    mail = bericht(**state)
    assert "Er is niets veranderd." in act(desk, name, mail)
    assert (Bericht.objects.get().status, LogEntry.objects.count()) == (state["status"], 0)


# --- rights


def test_reading_is_not_sending():
    reader, mail = coordinator("view"), failed()
    page = text(reader.get(LIST))
    assert (mail.onderwerp in page, 'value="try_again"' in page) == (True, False)
    act(reader, "try_again", mail)
    assert Bericht.objects.get().status == BerichtStatus.MISLUKT


def test_nobody_adds_changes_or_deletes_a_mail(desk):
    mail = bericht()
    add, delete = (
        reverse("admin:organisaties_bericht_add"),
        reverse("admin:organisaties_bericht_delete", args=[mail.pk]),
    )
    answers = [desk.get(add), desk.post(add), desk.post(change(mail), {"aan": "x@evil.example"}), desk.post(delete)]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert 'value="delete_selected"' not in text(desk.get(LIST))
    assert Bericht.objects.get().aan == "hanan@tafel.example"


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_no_right_sees_nothing(method):
    mail = bericht()
    for client, status in ((coordinator(), 403), (Client(), 302)):
        answers = [getattr(client, method)(address) for address in (LIST, change(mail))]
        assert [answer.status_code for answer in answers] == [status] * 2
