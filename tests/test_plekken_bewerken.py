"""Places that editors write: what is stored, what follows from a postcode, what is refused, and what goes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from organisaties.models import Activiteit, Locatie
from tests import bewerken, factories
from tests.bewerken import bewaar, fouten, getypt
from tests.bewerken import van_plek as van
from tests.lezen import lees

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara
BRON = {"soort": "adres", "naam": "De Bron", "straat": "Javastraat 1", "postcode": "1094 AA", "plaats": "Amsterdam"}


def nieuw(kade, taal="nl"):
    with override(taal):
        return reverse("mijn-plek-nieuw", args=[kade.slug])


def test_an_editor_adds_a_place_and_chooses_it_for_an_activity(client, sara, cafe):
    response = client.post(nieuw(cafe.organisatie), BRON | {"uitleg_nl": "Bel\u202e  aan."})
    assert (response.status_code, response.headers["Location"].endswith("?klaar=bewaard")) == (303, True)
    plek = Locatie.objects.get(naam="De Bron")
    assert (plek.organisatie, plek.stadsdeel.slug, plek.uitleg_nl) == (cafe.organisatie, "oost", "Bel aan.")
    assert plek.history.get().history_user == sara
    assert bewaar(client, bewerken.van(cafe, "mijn-activiteit-deel", "waar"), locatie=str(plek.pk)).status_code == 303
    page = Client().get(cafe.get_absolute_url())
    assert "Javastraat 1" in lees(page.content).one("main").text


def test_own_places_stand_on_the_page_of_the_organisation(client, sara, cafe):
    page = lees(client.get(reverse("mijn-organisatie", args=[cafe.organisatie.slug])).content)
    links = {link.get("href") for link in page.one("main").all("a")}
    assert {van(cafe.locatie), nieuw(cafe.organisatie)} <= links


def test_of_another_postcode_the_district_is_another_and_the_point_is_not_known(client, sara, cafe):
    plek = cafe.locatie
    assert (plek.stadsdeel.slug, plek.breedtegraad is None) == ("oost", False)
    assert bewaar(client, van(plek), uitleg_nl="Bel aan.").status_code == 303
    plek.refresh_from_db()
    assert (plek.uitleg_nl, plek.breedtegraad is None) == ("Bel aan.", False)
    for postcode, district in (("1055 AB", "west"), ("9712 AB", None), ("", None)):
        assert bewaar(client, van(plek), postcode=postcode).status_code == 303
        plek.refresh_from_db()
        assert (plek.stadsdeel and plek.stadsdeel.slug, plek.breedtegraad) == (district, None)
    assert plek.history.count() == 5


def test_a_place_that_becomes_hidden_or_online_leaks_nothing(client, sara, cafe):
    plek = cafe.locatie
    assert bewaar(client, van(plek), soort="verborgen").status_code == 303
    page = Client().get(cafe.get_absolute_url()).content.decode()
    assert (plek.straat in page, plek.naam in page, "Vraag het ons" in page) == (False, False, True)
    assert bewaar(client, van(plek), soort="online", straat="", postcode="").status_code == 303
    plek.refresh_from_db()
    assert (plek.soort, plek.stadsdeel, plek.breedtegraad) == ("online", None, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"soort": "online"}, "Online heeft geen adres. Maak straat en postcode leeg, of kies iets anders."),
        ({"straat": "", "naam": ""}, "Schrijf de straat en het nummer, of de naam van de plek."),
        ({"postcode": "10"}, "Schrijf de postcode als vier cijfers en twee letters. Bijvoorbeeld: 1018 DP"),
        ({"postcode": "1" * 99}, "Schrijf de postcode als vier cijfers en twee letters. Bijvoorbeeld: 1018 DP"),
        ({"naam": "x" * 121}, "Maak deze tekst korter: hooguit 120 tekens."),
        ({"soort": "maan"}, "Kies alleen uit de lijst."),
        ({"soort": ""}, "Vul dit in."),
    ],
)
def test_what_is_not_right_is_said_and_nothing_typed_is_lost(client, sara, kade, *, data, said):
    response = client.post(nieuw(kade), BRON | data)
    assert fouten(response) == [said]
    typed = {box.get("name"): box.get("value", "") for box in lees(response.content).one("main").all("input")}
    assert {name: typed[name] for name in ("naam", "straat", "postcode")} == {
        name: (BRON | data)[name] for name in ("naam", "straat", "postcode")
    }
    assert not Locatie.objects.filter(organisatie=kade).exists()


@pytest.mark.parametrize("postcode", ["1094aa", "1094AA", " 1094  aa "])
def test_a_postcode_may_be_written_as_people_do(client, sara, kade, postcode):
    assert client.post(nieuw(kade), BRON | {"postcode": postcode}).status_code == 303
    assert Locatie.objects.get().postcode == "1094 AA"


def test_two_people_at_once_choose_per_box(client, sara, cafe):
    plek = cafe.locatie
    mine = getypt(client, van(plek)) | {"naam": "Mijn naam"}
    Locatie.objects.filter(pk=plek.pk).update(naam="Hun naam", straat="Hun straat 1")
    page = lees(client.post(van(plek), mine).content).one("main").text
    assert ("Welke blijft?" in page, "Hun naam" in page) == (True, True)
    again = mine | {"botst": "naam", "kies_naam": "mij"}
    again["stand"] = lees(client.post(van(plek), mine).content).one("input", name="stand").get("value")
    assert client.post(van(plek), again).status_code == 303
    plek.refresh_from_db()
    assert plek.naam == "Mijn naam"


@pytest.mark.parametrize("naam", ["plek", "foto"])
def test_an_ended_session_keeps_what_was_typed_and_no_press_of_a_button(client, sara, cafe, naam):
    kade = cafe.organisatie
    address = van(cafe.locatie) if naam == "plek" else reverse("mijn-foto", args=[kade.slug])
    for sent, kept in ((BRON | {"alt_nl": "Een rode deur."}, True), ({"daad": "weg"}, False)):
        client.logout()
        client.post(address, sent)
        client.force_login(sara)
        page = lees(client.get(address).content).one("main")
        typed = {box.get("value") for box in page.all("input")} & {"Javastraat 1", "Een rode deur."}
        assert ("Je was uitgelogd" in page.text, bool(typed)) == (kept, kept)
    assert Locatie.objects.filter(pk=cafe.locatie_id).exists()


def test_a_place_goes_when_nothing_is_there_any_more(client, sara, cafe):
    plek = cafe.locatie
    response = client.post(van(plek), {"daad": "weg"})
    assert "Hier is nog “Taalcafé”. Kies daar eerst een andere plek." in lees(response.content).one("main").text
    elders = factories.activiteit(organisatie=cafe.organisatie, locatie=None)
    moment = factories.moment(activiteit=elders, locatie=plek)
    Activiteit.objects.filter(pk=cafe.pk).update(locatie=None)
    assert "Hier is nog" in client.post(van(plek), {"daad": "weg"}).content.decode()
    moment.delete()
    assert client.post(van(plek), {"daad": "weg"}).status_code == 303
    assert not Locatie.objects.filter(pk=plek.pk).exists()


def test_the_place_of_somebody_else_is_not_there(client, sara, kade):
    other = factories.locatie()
    theirs = reverse("mijn-plek", args=[kade.slug, other.pk])
    for sent in (client.get(theirs), client.post(theirs, BRON), client.post(theirs, {"daad": "weg"})):
        assert sent.status_code == 404
    other.refresh_from_db()
    assert other.straat == "Lindenkade 12"


def test_before_a_place_goes_is_asked_whether_that_is_meant(client, sara, cafe):
    plek = factories.locatie(organisatie=cafe.organisatie)
    page = lees(client.get(van(plek)).content).one("main")
    assert [button.get("value") for button in page.all("button") if button.get("name") == "daad"] == []
    assert "?weg=ja" in {link.get("href") for link in page.all("a")}
    asked = lees(client.get(van(plek), {"weg": "ja"}).content).one("section", aria_labelledby="weghalen")
    assert ("Terughalen kan niet." in asked.text, asked.one("button").get("value")) == (True, "weg")
    assert Locatie.objects.filter(pk=plek.pk).exists()


def test_versions_of_a_place_are_shown_and_put_back(client, sara, cafe):
    plek, versies = cafe.locatie, van(cafe.locatie, "mijn-plek-versies")
    before = (plek.straat, plek.postcode, plek.stadsdeel)
    bewaar(client, van(plek), straat="Javastraat 1", postcode="1055 AB")
    assert versies in {link.get("href") for link in lees(client.get(van(plek)).content).one("main").all("a")}
    found = client.get(versies).context["versies"]
    assert [versie.door for versie in found] == [sara, None]
    assert {str(change.veld) for change in found[0].wijzigingen} >= {"straat en nummer", "postcode", "stadsdeel"}
    assert client.post(versies, {"versie": found[-1].nummer}).headers["Location"] == f"{van(plek)}?klaar=teruggezet"
    assert "De versie is teruggezet." in client.get(f"{van(plek)}?klaar=teruggezet").content.decode()
    plek.refresh_from_db()
    assert ((plek.straat, plek.postcode, plek.stadsdeel), plek.history.count()) == (before, 3)


def test_versions_of_the_place_of_somebody_else_are_not_there(client, sara, kade):
    other = factories.locatie()
    theirs = reverse("mijn-plek-versies", args=[kade.slug, other.pk])
    assert (client.get(theirs).status_code, client.post(theirs, {"versie": "1"}).status_code) == (404, 404)


def test_what_was_typed_of_a_place_that_somebody_took_away_becomes_a_new_one(client, sara, cafe):
    plek = factories.locatie(organisatie=cafe.organisatie)
    address, sent = van(plek), getypt(client, van(plek)) | {"naam": "De Bron"}
    plek.delete()
    page = lees(client.post(address, sent).content).one("main")
    assert "Iemand anders heeft deze plek net weggehaald" in page.one("div", role="alert").text
    form = page.one("form", class_="stapel-l")
    assert (form.get("action"), form.one("input", id="id_naam").get("value")) == (nieuw(cafe.organisatie), "De Bron")
    assert client.post(form.get("action"), sent).status_code == 303
    assert Locatie.objects.get(naam="De Bron").organisatie == cafe.organisatie
    assert client.post(address, {"daad": "weg"}).headers["Location"].endswith("?klaar=weg")
