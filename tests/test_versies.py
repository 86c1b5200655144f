"""Former versions of what editors wrote, and how much their pages ask of the database."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisaties import geschiedenis, taken
from organisaties.forms.bewerken import ACTIVITEIT, PROFIEL
from organisaties.models import Activiteit, Organisatie
from tests import bewerken, factories
from tests.bewerken import bewaar, profiel, van, van_plek
from tests.conftest import stille_klok
from tests.lezen import lees
from tests.rechten import WEKELIJKS

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara


# --- former versions


def test_every_version_is_kept_and_can_be_put_back(client, sara, cafe):
    tekst = van(cafe, "mijn-activiteit-deel", "tekst")
    bewaar(client, tekst, naam_nl="Praatcafé")
    bewaar(client, van(cafe, "mijn-activiteit-deel", "taal"), talen=[str(factories.taal("ar").pk)])
    page = client.get(van(cafe, "mijn-activiteit-versies"))
    found = page.context["versies"]
    assert [versie.door for versie in found] == [sara, sara, None]
    client.post(van(cafe, "mijn-activiteit-versies"), {"versie": found[-1].nummer})
    cafe.refresh_from_db()
    assert (cafe.naam_nl, cafe.talen.count(), cafe.history.count()) == ("Taalcafé", 0, 4)
    assert list(cafe.staten("en")) == []


@pytest.mark.parametrize("nummer", ["", "x", "٣", "9" * 30, "0"])
def test_a_version_that_is_not_there_is_a_404(client, sara, cafe, nummer):
    assert client.post(van(cafe, "mijn-activiteit-versies"), {"versie": nummer}).status_code == 404


def test_a_version_of_another_activity_cannot_be_put_here(client, sara, cafe):
    other = factories.activiteit()
    assert (
        client.post(van(cafe, "mijn-activiteit-versies"), {"versie": other.history.first().history_id}).status_code
        == 404
    )


def test_a_version_with_a_theme_that_is_gone_keeps_the_theme_of_now(client, sara, cafe):
    gone = factories.thema("weg")
    for thema in (gone, factories.thema("werk")):
        bewaar(client, van(cafe, "mijn-activiteit-deel", "wat"), thema=str(thema.pk))
    former = cafe.history.get(thema=gone.pk)
    gone.delete()
    assert client.post(van(cafe, "mijn-activiteit-versies"), {"versie": former.history_id}).status_code == 303
    assert Activiteit.objects.get(pk=cafe.pk).thema.slug == "werk"


@pytest.mark.parametrize("name", ["activiteit", "organisatie"])
def test_a_deleted_entry_leaves_no_versions_behind(name):
    entry = getattr(factories, name)(talen=[factories.taal("ar")])
    versions = entry.history.model
    chosen = versions.talen.model
    assert chosen.objects.count() > 0
    entry.delete()
    assert (versions.objects.count(), chosen.objects.count()) == (0, 0)


@pytest.mark.parametrize("model", [Organisatie, Activiteit])
def test_every_text_has_a_part_in_which_it_is_changed(model):
    parts = {Organisatie: PROFIEL, Activiteit: ACTIVITEIT}[model]
    assert {name for name, part in taken.PLEK[model].items() if name in parts[part].vragen} == set(model.teksten())


def test_old_versions_go_and_what_they_had_chosen_too(client, sara, cafe):
    bewaar(client, van(cafe, "mijn-activiteit-deel", "taal"), talen=[str(factories.taal("ar").pk)])
    with stille_klok(timezone.now() + timedelta(days=730)):
        call_command("purge_gegevens", stdout=StringIO())
    assert (cafe.history.count(), cafe.history.model.talen.model.objects.count()) == (0, 0)


# --- what changed of late, on the page of the organisation


def _recent(client, kade):
    """Each change as it is said: of which entry, which boxes, by whom; and where its versions are."""
    page = lees(client.get(reverse("mijn-organisatie", args=[kade.slug])).content)
    rows = page.one("section", aria_labelledby="recent").all("li")
    return [(row.one("b").text, row.one("p").text, row.one("a").get("href")) for row in rows]


def test_what_changed_of_late_says_what_and_by_whom(client, sara, kade, cafe):
    bewaar(client, profiel(kade, "naam"), samenvatting_nl="Kom binnen.", samenvatting_en="Come in.")
    bewaar(client, profiel(kade, "onderwerpen"), talen=[str(factories.taal("ar").pk)])
    bewaar(client, van_plek(cafe.locatie), straat="Kade 1")
    client.post(van(cafe, "mijn-moment-nieuw"), {**WEKELIJKS, "locatie": ""})
    found = _recent(client, kade)
    time, place, texts = found[:3]
    assert (time[0], time[2]) == ("Taalcafé", van(cafe, "mijn-activiteit-versies"))
    assert (place[0], place[2]) == (f"Plek {cafe.locatie.naam}", van_plek(cafe.locatie, "mijn-plek-versies"))
    assert texts[2] == reverse("mijn-versies", args=[kade.slug])
    for (_entry, said, _link), boxes in zip(found, ("dagen en tijden", "straat", "in één zin"), strict=False):
        assert (boxes in said, f"Door {sara.naam}" in said) == (True, True)
    assert "Jullie profiel: talen die jullie spreken, in één zin (Nederlands), in één zin (Engels)" in texts[1]
    assert "nieuw" in found[-1][1]
    assert "Door het netwerk" in found[-1][1]


def test_of_all_that_was_stored_only_real_changes_are_shown(client, sara, kade, cafe):
    for number in range(2):
        bewaar(client, profiel(kade, "naam"), samenvatting_nl=f"Zin {number}.")
        bewaar(client, profiel(kade, "naam"))
        bewaar(client, van_plek(cafe.locatie), straat=f"Kade {number + 7}")
    found = geschiedenis.recent(kade)
    said = [(each.datum, each.vakken) for each in found if each.entry == kade and each.door]
    mine = [each for each in geschiedenis.versions(kade) if each.door and each.wijzigingen]
    assert said == [(each.datum, [str(change.veld) for change in each.wijzigingen]) for each in mine]
    assert [boxes for _when, boxes in said][:2] == [["in één zin (Nederlands)"]] * 2


def test_what_one_person_did_to_one_entry_in_a_row_is_one_change(client, sara, cafe):
    for daad in ("vol", "online", "stop"):
        client.post(van(cafe), {"daad": daad})
    (_entry, said, _link), *others = _recent(client, cafe.organisatie)
    assert "status (Gestopt), status (Gepubliceerd), status (Vol)" in said
    assert not any("status" in text for _entry, text, _link in others)


def test_a_copy_is_new(client, sara, cafe):
    client.post(van(cafe), {"daad": "kopie"})
    (entry, said, _link), *_others = _recent(client, cafe.organisatie)
    assert (entry, "nieuw" in said, f"Door {sara.naam}" in said) == ("Taalcafé (kopie)", True, True)


def test_no_more_than_a_few_changes_are_shown(client, sara, kade, cafe):
    for number in range(geschiedenis.RECENT):
        bewaar(client, profiel(kade, "naam"), samenvatting_nl=f"Zin {number}.")
        bewaar(client, van_plek(cafe.locatie), straat=f"Kade {number + 7}")
    assert len(_recent(client, kade)) == geschiedenis.RECENT


def test_nothing_of_another_organisation_is_among_them(client, sara, kade):
    factories.activiteit(naam_nl="Van een ander")
    assert {entry for entry, _said, _link in _recent(client, kade)} == {"Jullie profiel"}


# --- what the network put away


@pytest.mark.parametrize("daad", ["weg", "terug", "offline", "online", "vol"])
def test_an_editor_does_not_undo_what_the_network_archived(client, sara, cafe, daad):
    Activiteit.objects.filter(pk=cafe.pk).update(status="gearchiveerd")
    assert "Ja, haal weg" not in client.get(van(cafe), {"weg": "ja"}).content.decode()
    response = client.post(van(cafe), {"daad": daad})
    assert (response.status_code, "melding--fout" in response.content.decode()) == (200, True)
    assert Activiteit.objects.get(pk=cafe.pk).status == "gearchiveerd"


# --- how much it asks of the database


def _queries(client, adres):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(adres).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("sara")
def test_the_pages_ask_a_fixed_number_of_queries(client, kade, cafe):
    """However many activities, moments and versions there are."""
    pages = {
        reverse("mijn-organisatie", args=[kade.slug]): 17,
        van(cafe): 6,
        van(cafe, "mijn-activiteit-deel", "wie"): 9,
        van(cafe, "mijn-activiteit-versies"): 18,
        van_plek(cafe.locatie): 6,
        van_plek(cafe.locatie, "mijn-plek-versies"): 12,
        van(cafe, "mijn-voorbeeld"): 16,
        profiel(kade, "onderwerpen"): 10,
    }
    few = {adres: _queries(client, adres) for adres in pages}
    for _n in range(3):
        factories.moment(activiteit=factories.activiteit(organisatie=kade))
        cafe.save()
    many = {adres: _queries(client, adres) for adres in pages}
    assert {adres: n for adres, n in many.items() if n > pages[adres]} == {}
    assert {adres: n - few[adres] for adres, n in many.items() if n > few[adres] + 1} == {}
