"""What is kept about one person can be given and erased: afterwards the whole database does not know it any more."""

import json
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection

from organisaties import berichten
from organisaties.choices import BerichtSoort
from organisaties.models import (
    Aanvraag,
    Beheerder,
    Bericht,
    Gebeurtenis,
    Gebruiker,
    Locatie,
    Organisatie,
    Sessie,
    Uitnodiging,
)
from organisaties.sessies import SessionStore
from tests import factories

pytestmark = pytest.mark.django_db

MERK = "zoekmij7q"
EMAIL = f"{MERK}@tafel.example"
TELEFOON = "06 9182 7364"


def run(command, email=EMAIL, **options):
    printed = StringIO()
    call_command(command, email, stdout=printed, **options)
    return printed.getvalue()


def logged(row, user, **texts):
    kind = ContentType.objects.get_for_model(type(row))
    values = {"object_repr": str(row)[:200], "change_message": "", "action_flag": 2, **texts}
    return LogEntry.objects.create(user=user, content_type=kind, object_id=row.pk, **values)


def session(**data):
    store = SessionStore()
    store.update(data)
    store.save()


def found_in_database(*marks):
    """Every table and column in which one of these texts stands, whatever its case."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    (table, name)
                    for name, value in zip(names, row, strict=True)
                    if any(mark in _text(value).lower() for mark in marks)
                ]
    return found


def _text(value):
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


@pytest.fixture
def noor():
    return factories.gebruiker(naam="Noor", is_staff=True, is_superuser=True)


@pytest.fixture
def sara(noor):
    """Somebody with the mark wherever it may stand: a request, mail, an account, sessions, the log of the admin."""
    texts = dict.fromkeys(("naam", "organisatie_naam", "omschrijving", "werkwijze", "bericht"), f"Ik ben {MERK}")
    aanvraag = factories.aanvraag(
        email=EMAIL.upper(), telefoon=TELEFOON, website=f"https://{MERK}.example", behandelaar=noor, **texts
    )
    for soort in ("antwoord", "vraag", "notitie"):
        Gebeurtenis.objects.create(aanvraag=aanvraag, soort=soort, tekst=f"Dag {MERK}", door=noor)
    gebruiker = factories.gebruiker(email=EMAIL, naam=f"Sara {MERK}")
    tie = factories.beheerder(gebruiker=gebruiker, organisatie=factories.organisatie(naam="Buurttafel", email=EMAIL))
    invitation = Uitnodiging.objects.create(beheerder=tie)
    for status in ("open", "beantwoord"):
        antwoord = f"Dag {MERK}" if status == "beantwoord" else ""
        address = EMAIL.upper() if status == "open" else ""
        melding = factories.melding(tekst=f"Ik ben {MERK}", email=address, status=status, antwoord=antwoord)
        logged(melding, noor, change_message=f"Veranderd: {MERK}")
    berichten.queue_melding(BerichtSoort.BEANTWOORD, aan=EMAIL, taal="nl", melding=melding, tekst=f"Dag {MERK}")
    for soort, aan, more in (
        ("bevestigen", EMAIL, {"aanvraag": aanvraag}),
        ("ontvangen", noor.email, {"aanvraag": aanvraag}),
        ("welkom", EMAIL.title(), {"organisatie": "Buurttafel"}),
        ("uitnodiging", EMAIL, {"uitnodiging": invitation, "organisatie": "Buurttafel"}),
    ):
        mail = berichten.queue(BerichtSoort(soort), aan=aan, taal="nl", **more)
        Bericht.objects.filter(pk=mail.pk).update(onderwerp=f"Over {MERK}", tekst=f"Dag {MERK}", fout=f"nee {MERK}")
    for row in (aanvraag, gebruiker, tie, invitation):
        logged(row, noor, change_message=f"Veranderd: {MERK}", object_repr=f"Iets van {MERK}")
    LogEntry.objects.create(user=noor, object_repr=f"Sara {MERK}", action_flag=3)
    session(_auth_user_id=str(gebruiker.pk))
    session(getypt=EMAIL)
    session(getypt="iets anders")
    return gebruiker


def test_the_search_of_the_whole_database_finds_the_mark(sara):
    assert len({name for name, _column in found_in_database(MERK)}) >= 6
    assert ("organisaties_aanvraag", "telefoon") in found_in_database(TELEFOON)


def test_after_erasing_the_whole_database_does_not_know_the_person(sara):
    run("erase_persoon", ja=True)
    assert found_in_database(MERK, TELEFOON) == []
    assert [store.get_decoded() for store in Sessie.objects.all()] == [{"getypt": "iets anders"}]
    assert (Aanvraag.objects.count(), Bericht.objects.count(), Beheerder.objects.count()) == (0, 0, 0)


def test_an_organisation_stays_when_its_editor_goes(sara):
    place = Locatie.objects.create(organisatie=Organisatie.objects.get(naam="Buurttafel"))
    printed = run("erase_persoon", ja=True)
    assert Organisatie.objects.get(naam="Buurttafel").locaties.get() == place
    assert "LET OP, niemand anders beheert: Buurttafel" in printed


def test_without_yes_nothing_goes(sara):
    printed = run("erase_persoon")
    assert "aanvragen verdwijnen, met alles wat erbij hoort: 1\n" in printed
    assert "berichten verdwijnen, ook wat nog niet verstuurd is: 5\n" in printed
    assert "Er is nog niets weg. Doe het met --ja." in printed
    assert (Aanvraag.objects.count(), Gebruiker.objects.filter(email=EMAIL).count()) == (1, 1)


def test_an_account_with_a_history_is_emptied(noor):
    sara = factories.gebruiker(email=EMAIL, naam=MERK, is_staff=True, password="een-heel-lang-wachtwoord")
    sara.groups.add(Group.objects.get(name="Coördinatoren"))
    entry = logged(factories.thema(), sara)
    run("erase_persoon", ja=True)
    sara.refresh_from_db()
    assert (sara.naam, sara.email) == ("", f"weg-{sara.pk}@weg.invalid")
    assert (sara.is_active, sara.is_staff, sara.has_usable_password(), sara.groups.count()) == (False, False, False, 0)
    assert (LogEntry.objects.get().pk, found_in_database(MERK)) == (entry.pk, [])


def test_somebody_who_decided_on_a_request_stays_its_handler_without_a_name(noor):
    sara = factories.gebruiker(email=EMAIL, is_staff=True)
    aanvraag = factories.aanvraag(behandelaar=sara)
    assert "het account blijft, zonder naam en adres" in run("erase_persoon", ja=True)
    aanvraag.refresh_from_db()
    assert aanvraag.behandelaar.email.endswith("@weg.invalid")


def test_the_last_account_that_may_do_everything_stays(noor):
    with pytest.raises(CommandError, match="laatste account"):
        run("erase_persoon", noor.email, ja=True)
    assert Gebruiker.objects.filter(pk=noor.pk, is_active=True).exists()


def test_others_keep_what_is_theirs(sara, noor):
    other = factories.aanvraag(email=f"x{EMAIL}")
    mail = berichten.queue(BerichtSoort.BEVESTIGEN, aan=other.email, taal="nl", aanvraag=other)
    entry = logged(other, noor, change_message=f"Adres: {other.email}, {EMAIL}.nl")
    run("erase_persoon", ja=True)
    assert (Aanvraag.objects.get(), Bericht.objects.get(), Gebruiker.objects.get()) == (other, mail, noor)
    assert LogEntry.objects.get(pk=entry.pk).change_message == entry.change_message


def test_a_namesake_keeps_the_log(noor):
    factories.gebruiker(email=EMAIL, naam="Sara")
    entry = logged(factories.gebruiker(naam="Sara"), noor)
    gone = LogEntry.objects.create(user=noor, object_repr="Sara", action_flag=3)
    run("erase_persoon", ja=True)
    assert [LogEntry.objects.get(pk=each.pk).object_repr for each in (entry, gone)] == ["Sara", "(weggehaald)"]


@pytest.mark.parametrize("text", ["Mail {}.", "<{}>", "{}", "{}, of bel", "Mail\n{}\nof bel"])
def test_an_address_in_a_text_is_found_however_it_stands_there(text):
    row = factories.organisatie(omschrijving_nl=text.format(EMAIL.upper()))
    assert f"organisatie {row.pk}: wie zijn jullie? (Nederlands)" in run("erase_persoon")


def test_texts_of_others_with_the_address_are_named_and_stay(sara):
    other = factories.organisatie(omschrijving_nl=f"Mail {EMAIL.title()} voor meer.")
    printed = run("erase_persoon", ja=True)
    assert f"pas zelf aan, het adres staat in: organisatie {other.pk}: wie zijn jullie? (Nederlands)" in printed
    assert "kan een computer niet vinden" in printed


@pytest.mark.parametrize("command", ["export_persoon", "erase_persoon"])
@pytest.mark.parametrize("email", ["niemand@nergens.example", "", " ", "a"])
def test_an_unknown_address_gives_one_clear_line(command, email):
    with pytest.raises(CommandError, match=rf"^Over {email} wordt niets bewaard.$"):
        run(command, email)


def test_erasing_twice_is_no_harm(sara):
    run("erase_persoon", ja=True)
    with pytest.raises(CommandError, match="wordt niets bewaard"):
        run("erase_persoon", ja=True)


# --- giving it


def test_an_export_holds_everything_of_the_person(sara):
    found = json.loads(run("export_persoon", EMAIL.upper()))
    counted = {name: len(rows) for name, rows in found.items() if isinstance(rows, list) and rows}
    assert counted == {
        "beheert": 1,
        "uitnodigingen": 1,
        "aanvragen": 1,
        "meldingen": 2,
        "berichten": 4,
        "staat op de pagina van": 1,
        "stond op de pagina van": 1,
        "sessies": 2,
        "logboek over deze persoon": 7,
    }
    (aanvraag,) = found["aanvragen"]
    assert (aanvraag["telefoon"], len(aanvraag["gebeurtenissen"])) == (TELEFOON, 3)
    assert found["account"]["naam"] == f"Sara {MERK}"


def test_an_export_opens_no_door_and_names_nobody_else(sara, noor):
    printed = run("export_persoon")
    secret = Uitnodiging.objects.get()
    kept = (secret.zaad, secret.token_hash, secret.token, sara.password, Aanvraag.objects.get().sleutel)
    assert [text for text in (*kept, noor.email, noor.naam) if text in printed] == []
    assert "iemand van het netwerk" in printed


def test_an_export_can_be_read_by_a_person(sara):
    lines = run("export_persoon", leesbaar=True).splitlines()
    assert lines[0] == f"e-mailadres: {EMAIL}"
    assert f"  organisatie naam: Ik ben {MERK}" in lines
