"""Sending, against a mail server that really talks: what leaves, what is tried again, and what ends."""

import time
from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from organisaties import berichten
from organisaties.berichten import versturen
from organisaties.choices import BerichtSoort, BerichtStatus
from organisaties.models import Bericht, Uitnodiging
from tests import factories
from tests.conftest import NU, stille_klok
from tests.postbus import Weg, postbus

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=1)


@pytest.fixture
def post(settings):
    """A mail server that the site sends to."""
    with postbus() as server:
        server.serve(settings)
        yield server


def maak(count=1, soort=BerichtSoort.BEVESTIGEN, **overrides):
    for number in range(count):
        berichten.queue(soort, aan=f"hanan{number}@tafel.example", taal="nl", aanvraag=factories.aanvraag())
    Bericht.objects.update(**{"volgende_at": timezone.now(), **overrides})
    return list(Bericht.objects.order_by("pk"))


def ronde(**kwargs):
    result = berichten.send_due(**kwargs)
    return (result.sent, result.failed, bool(result.trouble))


def states():
    return list(Bericht.objects.order_by("pk").values_list("status", "pogingen"))


def at_stage(wanted, answer, numbers=None):
    """A rule: this answer at this stage, for these mails or for all."""
    return lambda stage, number: answer if stage == wanted and (numbers is None or number in numbers) else None


def breaks_at(wanted):
    def rule(stage, number):
        if stage == wanted:
            raise Weg

    return rule


# --- what leaves


def test_a_mail_arrives_as_it_was_written(post, klok):
    (mail,) = maak()
    assert ronde() == (1, 0, False)
    (arrived,) = post.mails
    assert arrived.get_content().strip() == berichten.text_of(mail)
    assert (arrived["To"], arrived["Subject"], arrived["Message-ID"]) == (mail.aan, mail.onderwerp, mail.message_id)
    mail.refresh_from_db()
    assert (mail.status, mail.pogingen, mail.verzonden_at, mail.bezig_tot) == ("verzonden", 1, klok, None)


def test_nothing_leaves_twice_or_before_its_time(post, klok):
    first, second = maak(2)
    Bericht.objects.filter(pk=second.pk).update(volgende_at=klok + LATER)
    assert [ronde(), ronde()] == [(1, 0, False), (0, 0, False)]
    with stille_klok(NU + LATER):
        assert ronde() == (1, 0, False)
    assert post.ids() == [first.message_id, second.message_id]


def test_a_long_line_and_a_lonely_dot_arrive_whole(post):
    text = "é" * 1500 + "\n.\n..weg\nFrom hier"
    maak(tekst=text)
    ronde()
    assert post.mails[0].get_content().strip() == text


def test_a_stop_is_heard_between_two_mails(post):
    maak(3)
    assert ronde(must_stop=lambda: len(post.mails) == 2) == (2, 0, False)
    assert states() == [("verzonden", 1), ("verzonden", 1), ("wacht", 0)]


# --- what is tried again


def test_a_refusal_for_now_waits_longer_each_time_and_ends(post):
    maak(volgende_at=NU)
    post.rule = at_stage("end", "451 4.3.0 try later")
    now, waits = NU, []
    for _ in range(versturen.MOST_ATTEMPTS):
        with stille_klok(now):
            ronde()
        mail = Bericht.objects.get()
        waits.append(mail.volgende_at - now)
        now = mail.volgende_at
    assert waits[:-1] == list(versturen.WAITS)
    assert (mail.status, mail.pogingen, mail.fout) == ("mislukt", 8, "451 4.3.0 try later")


def test_only_the_mail_that_was_refused_is_tried_again(post, klok):
    mails = maak(3)
    post.rule = at_stage("end", "451 not now", {2})
    assert ronde() == (2, 0, False)
    assert states() == [("verzonden", 1), ("wacht", 1), ("verzonden", 1)]
    with stille_klok(NU + LATER):
        assert ronde() == (1, 0, False)
    assert post.ids() == [mails[number].message_id for number in (0, 2, 1)]
    assert Bericht.objects.exclude(fout="").count() == 0


@pytest.mark.parametrize(("stage", "answer"), [("rcpt", "550 5.1.1 no such user"), ("end", "554 no")])
def test_a_refusal_for_good_ends_at_once(post, stage, answer):
    maak(2)
    post.rule = at_stage(stage, answer, {1})
    assert ronde() == (1, 1, False)
    assert states() == [("mislukt", 1), ("verzonden", 1)]
    assert Bericht.objects.failed().get().fout == answer


@pytest.mark.parametrize(("stage", "answer"), [("rcpt", "554 5.7.1 relaying denied"), ("mail", "550 sender unknown")])
def test_a_refusal_of_us_is_tried_again(post, klok, stage, answer):
    maak()
    post.rule = at_stage(stage, answer)
    assert ronde()[:2] == (0, 0)
    assert states() == [("wacht", 1)]


# --- a server in trouble


def test_a_server_that_is_down_costs_no_attempt(post, settings):
    maak(3)
    post.server_close()
    settings.EMAIL_PORT = 1
    assert ronde() == (0, 0, True)
    assert states() == [("wacht", 0)] * 3


def test_a_refused_login_costs_no_attempt(post, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "netwerk", "geheim"
    post.rule = lambda stage, number: {"hello": "250-postbus\r\n250 AUTH PLAIN", "auth": "535 5.7.8 no"}.get(stage)
    maak(3)
    assert berichten.send_due().trouble == "535 5.7.8 no"
    assert states() == [("wacht", 0)] * 3


@pytest.mark.parametrize("stage", ["mail", "rcpt", "line", "end"])
def test_a_server_that_breaks_off_ends_the_round_after_two(post, klok, stage):
    maak(5)
    post.rule = breaks_at(stage)
    assert ronde() == (0, 0, True)
    assert states() == [("wacht", 1)] * 2 + [("wacht", 0)] * 3


def test_a_server_that_closes_is_left_alone(post, klok):
    maak(5)
    post.rule = at_stage("rcpt", "421 closing")
    assert ronde() == (0, 0, True)
    assert post.begun == 2


def test_a_slow_server_is_not_waited_for(post, settings, klok):
    settings.EMAIL_TIMEOUT = 0.2
    maak()
    post.rule = lambda stage, number: time.sleep(1) if stage == "rcpt" else None
    begin = time.monotonic()
    ronde()
    assert time.monotonic() - begin < 0.9
    assert (states(), Bericht.objects.get().fout) == ([("wacht", 1)], "Connection unexpectedly closed: timed out")


def test_after_one_break_the_others_leave(post, klok):
    maak(3)

    def rule(stage, number):
        if (stage, number) == ("line", 1):
            raise Weg

    post.rule = rule
    assert ronde() == (2, 0, False)


# --- a sender that died


def test_a_row_of_a_dead_sender_is_taken_when_its_time_is_over(post, klok):
    maak(status=BerichtStatus.BEZIG, bezig_tot=NU + LATER, pogingen=1)
    assert ronde() == (0, 0, False)
    with stille_klok(NU + 2 * LATER):
        assert ronde() == (1, 0, False)
    assert states() == [("verzonden", 2)]


def test_a_row_at_which_every_sender_dies_ends(post, klok):
    maak(status=BerichtStatus.BEZIG, bezig_tot=NU - LATER, pogingen=versturen.MOST_ATTEMPTS)
    assert ronde() == (0, 1, False)
    assert (states(), post.mails) == ([("mislukt", 8)], [])
    assert Bericht.objects.get().fout == "Het versturen is telkens afgebroken."


class TakenOver(BaseEmailBackend):
    """A mail server so slow that another sender has taken the row meanwhile."""

    def send_messages(self, email_messages):
        Bericht.objects.update(pogingen=2, bezig_tot=NU + LATER)
        return len(email_messages)


def test_a_sender_that_was_too_slow_changes_nothing_any_more(settings, klok):
    settings.EMAIL_BACKEND = "tests.test_versturen.TakenOver"
    maak()
    ronde()
    assert Bericht.objects.values_list("status", "pogingen", "bezig_tot").get() == ("bezig", 2, NU + LATER)


# --- what can never be sent


@pytest.mark.parametrize(
    "wrong",
    [
        {"onderwerp": "Dag\r\nBcc: x@evil.example"},
        {"onderwerp": "Dag\nBcc: x@evil.example"},
        {"aan": "x@evil.example\nBcc: y@evil.example"},
        {"aan": "a@evil.example, b@evil.example"},
        {"taal": "nl\r\na:b"},
        {"message_id": "<a@b>\nBcc: x@evil.example"},
    ],
)
def test_what_would_break_the_head_is_never_sent_and_says_why(post, wrong):
    maak(**wrong)
    assert ronde() == (0, 1, False)
    assert (states(), post.mails) == ([("mislukt", 1)], [])
    assert Bericht.objects.get().fout.startswith("Dit kan geen mail worden: ")


@pytest.mark.parametrize(("minutes", "sent"), [(14, 1), (16, 0)])
def test_a_code_that_no_longer_works_is_not_sent(post, minutes, sent):
    berichten.queue_code(aan="a@b.example", taal="nl", message_id=berichten.new_message_id())
    with stille_klok(timezone.now() + timedelta(minutes=minutes)):
        assert ronde() == (sent, 1 - sent, False)
    assert Bericht.objects.get().fout == ("" if sent else "Deze code geldt niet meer.")


@pytest.mark.parametrize("over", [{"ingetrokken_at": NU}, {"gebruikt_at": NU}, {"verloopt_at": NU}])
def test_an_invitation_that_no_longer_works_is_not_sent(post, over):
    uitnodiging = Uitnodiging.objects.create(beheerder=factories.beheerder())
    berichten.queue(BerichtSoort.UITNODIGING, aan="a@b.example", taal="nl", uitnodiging=uitnodiging, organisatie="X")
    Uitnodiging.objects.update(**over)
    assert ronde() == (0, 1, False)
    assert Bericht.objects.get().fout == "Deze uitnodiging geldt niet meer. Stuur een nieuwe."


def test_an_invitation_of_a_forgotten_key_is_not_sent(post, settings):
    uitnodiging = Uitnodiging.objects.create(beheerder=factories.beheerder())
    berichten.queue(BerichtSoort.UITNODIGING, aan="a@b.example", taal="nl", uitnodiging=uitnodiging, organisatie="X")
    settings.SECRET_KEY = "another-" * 8
    assert ronde() == (0, 1, False)
    assert Bericht.objects.get().fout == "De link kan niet meer worden gemaakt. Stuur een nieuwe uitnodiging."


def test_a_server_that_repeats_a_link_does_not_get_it_into_the_fault(post):
    (mail,) = maak()
    link = berichten.link_of(mail)
    post.rule = at_stage("end", f"554 5.2.0 I do not like <{link}> or {link}; sorry")
    ronde()
    assert Bericht.objects.get().fout == "554 5.2.0 I do not like … or … sorry"


# --- again


@pytest.mark.parametrize(
    ("status", "again"),
    [
        ({"status": "mislukt", "pogingen": 8, "fout": "550 no"}, ("wacht", 0, NU)),
        ({"status": "wacht", "pogingen": 3}, ("wacht", 3, NU)),
    ],
)
def test_a_mail_can_be_tried_again(klok, status, again):
    (mail,) = maak(volgende_at=NU + LATER, **status)
    assert berichten.requeue(mail)
    assert Bericht.objects.values_list("status", "pogingen", "volgende_at").get() == again


@pytest.mark.parametrize(
    "status", [{"status": "verzonden", "verzonden_at": NU}, {"status": "bezig", "bezig_tot": NU + LATER}]
)
def test_a_mail_that_left_or_is_leaving_is_not_tried_again(klok, status):
    (mail,) = maak(**status)
    assert not berichten.requeue(mail)
    assert Bericht.objects.filter(status=status["status"]).count() == 1
