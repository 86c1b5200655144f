"""Loading demonstration data: all of it or nothing, and a clear word when a file is wrong."""

import json

import pytest
from django.core.management import CommandError, call_command

from organisaties import dubbel, imports
from organisaties.models import (
    Aanvraag,
    Activiteit,
    Beheerder,
    Bericht,
    Bron,
    Gebruiker,
    Locatie,
    Melding,
    Moment,
    Organisatie,
)

pytestmark = pytest.mark.django_db

GOED = """{
 "bestand": {"wat": "Een test."},
 "organisaties": [
  {"naam": "De Sluis", "status": "gepubliceerd", "themas": ["taal"], "opgericht_in": 1987,
   "locaties": [
    {"sleutel": "zaal", "straat": "Sluisstraat", "stadsdeel": "oost"}],
   "activiteiten": [
    {"naam_nl": "Taalcafé", "thema": "taal", "locatie": "zaal", "talen": ["ar"],
     "momenten": [
      {"regel": "FREQ=WEEKLY;BYDAY=TU", "start_on": "2026-01-06", "begin": "10:00"}],
     "bronnen": [{"url": "https://sluis.example/taal", "datum": "2024"}]}]}
 ]
}
"""
MODELS = (Organisatie, Locatie, Activiteit, Moment, Bron)


@pytest.fixture
def bestand(tmp_path):
    """Writes a file: the good one, with one piece of text replaced."""

    def write(old="", new="", text=GOED):
        assert old in text
        path = tmp_path / "proef.json"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


@pytest.fixture
def demonstratie(settings):
    settings.DEMONSTRATIE = True


def test_load_stores_an_organisation_with_all_that_belongs_to_it(bestand):
    assert imports.load(bestand()) == imports.Aantal(organisaties=1, activiteiten=1)

    activiteit = Activiteit.objects.get()
    assert (activiteit.slug, activiteit.organisatie.naam, activiteit.thema.slug) == ("taalcafe", "De Sluis", "taal")
    assert (activiteit.locatie.straat, activiteit.locatie.stadsdeel.naam) == ("Sluisstraat", "Oost")
    assert [taal.slug for taal in activiteit.talen.all()] == ["ar"]
    assert str(activiteit.momenten.get().begin) == "10:00:00"
    assert activiteit.bronnen.get().organisatie == activiteit.organisatie


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (('"themas": ["taal"],', '"themas": ["taal",]'), 4, "not JSON"),
        (('{"naam": "De Sluis", ', "{"), 4, "“naam” is missing"),
        (('"naam": "De Sluis"', '"naam": ""'), 4, "“naam”"),
        (('"naam": "De Sluis"', '"naam": 12'), 4, "“naam”: this is not a text"),
        (("1987", '"1987"'), 4, "“opgericht_in”: this is not a whole number"),
        (("1987", "true"), 4, "not a whole number"),
        (('["taal"]', '["tall"]'), 4, "there is no thema “tall”"),
        (('["taal"]', '"taal"'), 4, "“themas”: this is not a list"),
        (('["taal"]', "[[]]"), 4, "there is no thema"),
        (('"status"', '"naam": "Sluis", "status"'), 4, "a key stands here twice"),
        (('"sleutel": "zaal", ', ""), 6, "“sleutel” is missing"),
        (('"sleutel": "zaal"', '"sleutel": "zaal", "soort": "online"'), 6, "adres"),
        (('"sleutel": "zaal", ', '"sleutel": "zaal"}, {"sleutel": "zaal", '), 4, "the same “sleutel”"),
        (('"thema": "taal"', '"thema": "tall"'), 8, "there is no thema “tall”"),
        (('"thema": "taal"', '"tehma": "taal"'), 8, "the key “tehma” is not known"),
        (('"thema": "taal"', '"thema": "taal", "bedrag": "3.50"'), 8, "bedrag"),
        (('"locatie": "zaal"', '"locatie": "kelder"'), 8, "there is no place “kelder”"),
        (("BYDAY=TU", "BYDAY=XX"), 10, "“regel”"),
        (("2026-01-06", "2026-01-07"), 10, "not a day on which"),
        (("2026-01-06", "6 januari"), 10, "“start_on”"),
        (("https://sluis", "javascript:sluis"), 11, "“url”"),
        (('[{"url": "https://sluis.example/taal", "datum": "2024"}]', '["geen"]'), 8, "“bronnen” is not a list"),
        (('"bestand": {"wat": "Een test."},', ""), 1, "needs the keys"),
    ],
)
def test_a_broken_file_names_line_and_reason_and_stores_nothing(bestand, change, line, reason):
    with pytest.raises(imports.FoutInBestand) as caught:
        imports.load(bestand(*change))

    assert caught.value.line == line
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)
    assert [model.objects.count() for model in MODELS] == [0] * len(MODELS)


def test_what_the_database_refuses_names_its_line_too(bestand, monkeypatch):
    monkeypatch.setattr(Activiteit, "clean", lambda self: None)

    with pytest.raises(imports.FoutInBestand, match=r"line 8: .*activiteit_bedrag_bij_kosten"):
        imports.load(bestand('"thema": "taal"', '"thema": "taal", "bedrag": "3.50"'))


@pytest.mark.parametrize(("data", "line"), [(b"{\n\xff}", 2), (b"[" * 5000, 1), (b"[]", 1), (b"", 1)])
def test_a_file_that_is_something_else_is_refused(tmp_path, data, line):
    path = tmp_path / "proef.json"
    path.write_bytes(data)

    with pytest.raises(imports.FoutInBestand) as caught:
        imports.load(path)

    assert caught.value.line == line


def test_a_fault_in_the_last_entry_undoes_the_first(bestand):
    document = json.loads(GOED)
    document["organisaties"].append({"naam": "x" * 201})

    with pytest.raises(imports.FoutInBestand, match="naam"):
        imports.load(bestand(text=json.dumps(document)))

    assert Organisatie.objects.count() == 0


def test_load_demonstratie_loads_once_and_then_changes_nothing(demonstratie, capsys):
    call_command("load_demonstratie")
    assert "Loaded 44 organisations and 56 activities" in capsys.readouterr().out

    Organisatie.objects.filter(slug="newbees").update(naam="Veranderd")
    call_command("load_demonstratie")

    assert "nothing was loaded" in capsys.readouterr().out
    assert (Organisatie.objects.published().count(), Activiteit.objects.count()) == (44, 56)
    assert Organisatie.objects.filter(naam="Veranderd").count() == 1
    assert (Aanvraag.objects.count(), Gebruiker.objects.filter(is_staff=True).count()) == (6, 3)
    (editor,) = Beheerder.objects.filter(gebruiker__email="redacteur@demo.example")
    assert editor.organisatie.activiteiten.count() > 2
    of_editor = Melding.objects.of_organisatie(editor.organisatie)
    assert (of_editor.open().count(), of_editor.closed().count(), Melding.objects.count()) == (2, 1, 3)


def test_load_demonstratie_prints_only_accounts_that_keep_their_password(demonstratie, bestand, capsys):
    call_command("load_demonstratie", bestand=bestand())
    printed = capsys.readouterr().out
    assert printed.count("welkom-in-amsterdam") == 3
    assert "redacteur@demo.example, by a code from /nl/inloggen/; read it in /admin/organisaties/bericht/" in printed

    beheerder = Gebruiker.objects.get(email="beheerder@demo.example")
    beheerder.set_password("iets heel anders")
    beheerder.save()
    call_command("load_demonstratie")

    assert beheerder.is_superuser
    assert capsys.readouterr().out.count("coordinator@demo.example, password: welkom-in-amsterdam") == 1


def test_load_demonstratie_leaves_accounts_that_are_there(demonstratie, bestand, capsys):
    for address in ("beheerder@demo.example", "coordinator@demo.example", "moderator@demo.example"):
        Gebruiker.objects.create_user(address, "iets heel anders")

    call_command("load_demonstratie", bestand=bestand())

    assert not Gebruiker.objects.filter(is_staff=True).exists()
    assert "password" not in capsys.readouterr().out


def test_a_coordinator_may_change_all_but_users(demonstratie, bestand):
    call_command("load_demonstratie", bestand=bestand())
    coordinator = Gebruiker.objects.get(email="coordinator@demo.example")

    assert (coordinator.is_staff, coordinator.is_superuser) == (True, False)
    assert coordinator.has_perms([f"organisaties.{deed}_pagina" for deed in ("add", "change", "view", "delete")])
    assert coordinator.has_perm("organisaties.view_gebruiker")
    assert not any(coordinator.has_perm(f"organisaties.{deed}_gebruiker") for deed in ("add", "change", "delete"))
    assert not coordinator.has_perm("auth.change_group")


def test_the_requests_of_a_demonstration_show_every_state_and_go_to_invented_addresses(demonstratie, bestand):
    call_command("load_demonstratie", bestand=bestand())
    states = {"goedgekeurd": 1, "wacht": 1, "nieuw": 2, "onbevestigd": 2}
    assert {state: Aanvraag.objects.filter(status=state).count() for state in states} == states
    assert [bericht.aan for bericht in Bericht.objects.exclude(aan__endswith=".example")] == []
    [double] = Aanvraag.objects.filter(organisatie_naam="Stichting Buurttafel de Lepel")
    assert dubbel.hints(double)[0].is_organisatie


def test_load_demonstratie_refuses_a_real_site(settings):
    settings.DEMONSTRATIE = settings.DEBUG = False

    with pytest.raises(CommandError, match="Refused: this is not a demonstration"):
        call_command("load_demonstratie")

    assert Organisatie.objects.count() == 0


def test_force_loads_the_data_but_makes_no_accounts(settings, bestand, capsys):
    settings.DEMONSTRATIE = settings.DEBUG = False

    call_command("load_demonstratie", "--force", bestand=bestand())

    assert Organisatie.objects.count() == 1
    assert Gebruiker.objects.count() == 0
    assert "password" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["proef.json", "weg.json"])
def test_load_demonstratie_says_in_one_line_what_is_wrong(demonstratie, bestand, name):
    path = bestand("BYDAY=TU", "BYDAY=XX").with_name(name)

    with pytest.raises(CommandError) as caught:
        call_command("load_demonstratie", bestand=path)

    assert str(caught.value).startswith(f"{name}, nothing was loaded: ")
    assert "\n" not in str(caught.value)
    assert Gebruiker.objects.count() == 0
