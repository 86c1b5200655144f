"""Editing a profile and activities: a part at a time, nothing lost, and nobody else's."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from organisaties.choices import ActiviteitStatus, Vertaalstaat
from organisaties.forms.bewerken import ACTIVITEIT, PROFIEL
from organisaties.models import Activiteit, Locatie, Organisatie
from tests import bewerken, factories
from tests.bewerken import bewaar, getypt, profiel, van, van_plek
from tests.lezen import lees

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara


# --- every part


@pytest.mark.parametrize("deel", PROFIEL)
@pytest.mark.parametrize("taal", ["nl", "en"])
@pytest.mark.usefixtures("sara")
def test_a_part_of_a_profile_that_is_stored_unchanged_stays_the_same(client, kade, deel, taal):
    before = Organisatie.objects.values().get(pk=kade.pk)
    response = bewaar(client, profiel(kade, deel, taal))
    after = Organisatie.objects.values().get(pk=kade.pk)
    assert response.status_code == 303
    assert {k for k in before if before[k] != after[k]} <= {"updated_at", "vertaald"}


@pytest.mark.parametrize("deel", ACTIVITEIT)
def test_a_part_of_an_activity_that_is_stored_unchanged_stays_the_same(client, sara, cafe, deel):
    before = Activiteit.objects.values().get(pk=cafe.pk)
    response = bewaar(client, van(cafe, "mijn-activiteit-deel", deel))
    after = Activiteit.objects.values().get(pk=cafe.pk)
    assert (response.status_code, response.headers["Location"]) == (303, van(cafe) + "?klaar=bewaard")
    assert {k for k in before if before[k] != after[k]} <= {"updated_at", "vertaald"}


def test_a_story_is_stored_and_readers_see_it(client, sara, kade):
    bewaar(client, profiel(kade, "verhaal"), omschrijving_nl="Wij koken samen.\r\n\r\n- soep")
    assert "Wij koken samen." in lees(client.get(kade.get_absolute_url()).content).one("main").text


@pytest.mark.parametrize("naam", ["mijn-activiteit", "mijn-voorbeeld", "mijn-activiteit-versies"])
def test_of_somebody_else_there_is_nothing(client, sara, naam):
    other = factories.activiteit()
    assert client.get(van(other, naam)).status_code == 404
    assert client.post(van(other, naam), {"daad": "weg"}).status_code in (404, 405)
    mixed = reverse(naam, args=[Organisatie.objects.editable_by(sara).get().slug, other.slug])
    assert client.get(mixed).status_code == 404


def test_a_part_that_is_not_there_is_a_404(client, sara, kade, cafe):
    assert client.get(profiel(kade, "status")).status_code == 404
    assert client.get(van(cafe, "mijn-activiteit-deel", "status")).status_code == 404


def test_a_place_of_another_organisation_cannot_be_chosen(client, sara, cafe):
    response = bewaar(client, van(cafe, "mijn-activiteit-deel", "waar"), locatie=str(factories.locatie().pk))
    assert response.status_code == 200
    assert "Kies alleen uit de lijst." in response.content.decode()


# --- what is typed wrong


WRONG = {
    "naam": ("naam", "naam", ["", "x" * 201, "\0", "   "]),
    "contact": ("contact", "website", ["javascript:alert(1)", "http://", "x" * 600]),
    "mail": ("contact", "email", ["sara", "a@b", "x" * 300 + "@voorbeeld.nl"]),
    "telefoon": ("contact", "telefoon", ["bel mij", "0" * 40]),
    "verhaal": ("verhaal", "omschrijving_nl", ["x" * 4001]),
}


@pytest.mark.parametrize("wat", WRONG)
def test_what_is_wrong_is_said_above_the_form_and_comes_back(client, sara, kade, wat):
    deel, veld, waarden = WRONG[wat]
    for waarde in waarden:
        response = bewaar(client, profiel(kade, deel), **{veld: waarde})
        page = lees(response.content)
        assert response.status_code == 200
        (regel,) = page.one("ul", class_="fouten__lijst").all("a")
        assert page.one(id=f"id_{veld}") is not None
        assert regel.get("href") == f"#id_{veld}"
        assert Organisatie.objects.filter(pk=kade.pk, naam=kade.naam).exists()


NASTY = ["\0", "\u202eabc", "😀" * 900, "[x](javascript:alert(1))", "*" * 3000, "<script>", "﷽" * 200, "\ud83d"]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
@pytest.mark.usefixtures("sara")
def test_no_text_breaks_a_form(client, kade, cafe, text):
    text = text.encode("utf-8", "replace").decode()
    for adres in (profiel(kade, "verhaal"), profiel(kade, "naam"), van(cafe, "mijn-activiteit-deel", "wie")):
        sent = dict.fromkeys(getypt(client, adres), text)
        assert client.post(adres, sent).status_code in (200, 303)
        assert client.get(adres).status_code == 200
    assert "javascript:alert" not in lees(client.get(kade.get_absolute_url()).content).one("main").all("a")[0].get(
        "href"
    )


def test_looking_how_it_reads_gives_advice_and_stores_nothing(client, sara, kade):
    hard = "Wij faciliteren de participatie."
    response = bewaar(client, profiel(kade, "verhaal"), omschrijving_nl=hard, lees="ja")
    advice = lees(response.content).one("ul", class_="advies").all("li")
    assert [li.text for li in advice] == ["faciliteren Makkelijker: helpen", "participatie Makkelijker: meedoen"]
    assert Organisatie.objects.get(pk=kade.pk).omschrijving_nl == kade.omschrijving_nl


# --- honest translation


def test_changing_the_dutch_makes_the_english_outdated_and_mending_it_makes_it_right(client, sara, cafe):
    tekst = van(cafe, "mijn-activiteit-deel", "tekst")
    bewaar(client, tekst, omschrijving_nl="We drinken thee en praten Nederlands.")
    cafe.refresh_from_db()
    assert cafe.staat("omschrijving", "en") == Vertaalstaat.VEROUDERD
    page = lees(client.get(tekst).content)
    assert [each.text for each in page.all("ins")] == ["thee"]
    assert [each.text for each in page.all("del")] == ["koffie"]
    bewaar(client, tekst, omschrijving_en="We have tea and speak Dutch.")
    cafe = Activiteit.objects.get(pk=cafe.pk)
    assert list(cafe.staten("en")) == list(cafe.staten("nl")) == []


def test_a_reader_is_told_that_the_english_is_older(client, sara, cafe):
    bewaar(client, van(cafe, "mijn-activiteit-deel", "tekst"), omschrijving_nl="Iets heel anders.")
    with override("en"):
        address = cafe.get_absolute_url()
    assert "This text is older than" in client.get(address).content.decode()
    assert "taalmelding" not in client.get(cafe.get_absolute_url()).content.decode()


def test_a_small_correction_keeps_the_english_right(client, sara, cafe):
    sent = {"omschrijving_nl": "We drinken koffie, en praten Nederlands.", "is_kleine_verbetering": "on"}
    bewaar(client, van(cafe, "mijn-activiteit-deel", "tekst"), **sent)
    assert list(Activiteit.objects.get(pk=cafe.pk).staten("en")) == []


# --- two people at once


def test_what_only_the_other_changed_stays(client, sara, kade):
    adres = profiel(kade, "naam")
    mine = getypt(client, adres)
    Organisatie.objects.filter(pk=kade.pk).update(samenvatting_nl="Van een collega.")
    client.post(adres, mine | {"samenvatting_en": "Mine."})
    kade.refresh_from_db()
    assert (kade.samenvatting_nl, kade.samenvatting_en) == ("Van een collega.", "Mine.")


@pytest.mark.parametrize(("kies", "staat_er"), [("mij", "Van mij."), ("ander", "Van een collega.")])
@pytest.mark.usefixtures("sara")
def test_where_both_changed_it_the_editor_sees_both_and_chooses(client, kade, kies, staat_er):
    adres = profiel(kade, "naam")
    mine = getypt(client, adres) | {"samenvatting_nl": "Van mij."}
    Organisatie.objects.filter(pk=kade.pk).update(samenvatting_nl="Van een collega.")
    response = client.post(adres, mine)
    shown = response.content.decode()
    assert response.status_code == 200
    assert [text in shown for text in ("Van mij.", "Van een collega.")] == [True, True]
    again = mine | {"stand": response.context["form"]["stand"].value(), "botst": "samenvatting_nl"}
    assert client.post(adres, again).status_code == 200
    client.post(adres, again | {"kies_samenvatting_nl": kies})
    kade.refresh_from_db()
    assert kade.samenvatting_nl == staat_er


@pytest.mark.usefixtures("sara")
def test_what_only_the_other_changed_stays_when_a_choice_is_made_elsewhere(client, cafe):
    """A colleague hides a place and gives it another name; that it is hidden was shown to nobody here."""
    adres = van_plek(cafe.locatie)
    mine = getypt(client, adres) | {"naam": "Mijn naam"}
    Locatie.objects.filter(pk=cafe.locatie_id).update(naam="Hun naam", soort="verborgen")
    stand = client.post(adres, mine).context["form"]["stand"].value()
    assert client.post(adres, mine | {"stand": stand, "botst": "naam", "kies_naam": "mij"}).status_code == 303
    place = Locatie.objects.get(pk=cafe.locatie_id)
    assert (place.naam, place.soort) == ("Mijn naam", "verborgen")


@pytest.mark.usefixtures("sara")
def test_a_third_version_is_shown_too(client, kade):
    adres = profiel(kade, "naam")
    mine = getypt(client, adres) | {"samenvatting_nl": "Van mij."}
    for theirs in ("Van een collega.", "Van nog iemand."):
        Organisatie.objects.filter(pk=kade.pk).update(samenvatting_nl=theirs)
        response = client.post(adres, mine)
        assert theirs in response.content.decode()
        stand = response.context["form"]["stand"].value()
        mine |= {"stand": stand, "botst": "samenvatting_nl", "kies_samenvatting_nl": "mij"}
    client.post(adres, mine)
    assert Organisatie.objects.get(pk=kade.pk).samenvatting_nl == "Van mij."


def test_choices_are_merged_too(client, sara, kade):
    adres = profiel(kade, "onderwerpen")
    mine = getypt(client, adres)
    kade.talen.add(factories.taal("ar"))
    client.post(adres, mine)
    assert [taal.slug for taal in kade.talen.all()] == ["ar"]


def test_a_row_that_only_the_other_chose_stays_too(client, sara, cafe):
    adres, vorm = van(cafe, "mijn-activiteit-deel", "wat"), factories.vorm()
    mine = getypt(client, adres)
    Activiteit.objects.filter(pk=cafe.pk).update(vorm=vorm)
    assert client.post(adres, mine).status_code == 303
    assert Activiteit.objects.get(pk=cafe.pk).vorm == vorm


def test_a_choice_between_two_texts_outlives_another_mistake(client, sara, kade):
    adres = profiel(kade, "naam")
    mine = getypt(client, adres) | {"samenvatting_nl": "Van mij.", "naam": ""}
    Organisatie.objects.filter(pk=kade.pk).update(samenvatting_nl="Van een collega.")
    sent = mine | {"stand": client.post(adres, mine).context["form"]["stand"].value()}
    sent |= {"botst": "samenvatting_nl", "kies_samenvatting_nl": "ander"}
    page = lees(client.post(adres, sent).content)
    assert [box.get("value") for box in page.all("input", name="kies_samenvatting_nl") if "checked" in box.attrs] == [
        "ander"
    ]


# --- a session that ended


def test_what_was_typed_survives_the_end_of_the_session(client, sara, kade):
    adres = profiel(kade, "naam")
    mine = getypt(client, adres) | {"samenvatting_nl": "Lang over gedaan."}
    sara.sessies.all().delete()
    response = client.post(adres, mine)
    assert response.status_code == 302
    client.force_login(sara)
    page = client.get(adres).content.decode()
    assert [text in page for text in ("Lang over gedaan.", "nog niet bewaard")] == [True, True]
    assert "Lang over gedaan." not in client.get(adres).content.decode()


# --- what can be done with an activity


def test_a_new_activity_is_a_draft_that_goes_online(client, sara, kade):
    thema = factories.thema()
    client.post(reverse("mijn-nieuw", args=[kade.slug]), {"naam_nl": "Soep op vrijdag", "thema": thema.pk})
    soep = Activiteit.objects.get(naam_nl="Soep op vrijdag")
    assert (soep.status, client.get(soep.get_absolute_url()).status_code) == ("concept", 404)
    client.post(van(soep), {"daad": "online"})
    assert client.get(soep.get_absolute_url()).status_code == 200


def test_the_pages_of_an_activity_show_themselves(client, sara, cafe):
    Activiteit.objects.filter(pk=cafe.pk).update(status="concept")
    assert "Nog niet online" in client.get(van(cafe)).content.decode()
    assert "Bezoekers zien deze pagina nog niet." in client.get(van(cafe, "mijn-voorbeeld")).content.decode()
    assert client.get(van(cafe, "mijn-activiteit-versies")).status_code == 200


@pytest.mark.parametrize(
    ("daad", "status"), [("vol", "vol"), ("stop", "gestopt"), ("offline", "concept"), ("weg", "gearchiveerd")]
)
@pytest.mark.usefixtures("sara")
def test_a_button_changes_the_status(client, cafe, daad, status):
    for _press in range(2):
        assert client.post(van(cafe), {"daad": daad}).status_code in (303, 200)
    cafe.refresh_from_db()
    assert cafe.status == status


def test_a_pause_needs_a_day_that_comes(client, sara, cafe):
    for wrong in ("", "2020-01-01", "morgen", "2026-13-40"):
        response = client.post(van(cafe), {"daad": "pauze", "pauze_tot": wrong})
        assert (response.status_code, "melding--fout" in response.content.decode()) == (200, True)
    client.post(van(cafe), {"daad": "pauze", "pauze_tot": "2027-01-05"})
    cafe.refresh_from_db()
    assert (cafe.status, str(cafe.pauze_tot)) == ("gepauzeerd", "2027-01-05")


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        ({"status": "gepubliceerd"}, ["klopt", "vol", "offline", "stop", "kopie", "pauze"]),
        (
            {"status": "gepauzeerd", "pauze_tot": date(2026, 11, 24)},
            ["klopt", "vol", "offline", "stop", "kopie", "pauze"],
        ),
        ({"status": "gepauzeerd", "pauze_tot": date(2026, 11, 25)}, ["klopt", "online", "stop", "kopie", "pauze"]),
        ({"status": "vol"}, ["klopt", "online", "stop", "kopie", "pauze"]),
    ],
)
@pytest.mark.usefixtures("klok", "sara")
def test_a_pause_that_is_over_offers_what_an_activity_that_is_on_does(client, cafe, state, deeds):
    Activiteit.objects.filter(pk=cafe.pk).update(**state)
    page = lees(client.get(van(cafe)).content).one("main")
    assert [button.get("value") for button in page.all("button", name="daad")] == deeds
    is_paused = deeds[1] == "online" and "pauze_tot" in state
    assert page.one("input", id="pauze_tot").get("value") == ("25 november 2026" if is_paused else "")


@pytest.mark.parametrize(("daad", "status"), [("vol", "vol"), ("offline", "concept")])
@pytest.mark.usefixtures("klok", "sara")
def test_what_is_offered_after_a_pause_works(client, cafe, daad, status):
    Activiteit.objects.filter(pk=cafe.pk).update(status="gepauzeerd", pauze_tot=date(2026, 11, 24))
    assert client.post(van(cafe), {"daad": daad}).status_code == 303
    cafe.refresh_from_db()
    assert (cafe.status, cafe.pauze_tot) == (status, None)


def test_what_was_taken_away_comes_back_as_a_draft(client, sara, cafe):
    client.post(van(cafe), {"daad": "weg"})
    assert client.get(cafe.get_absolute_url()).status_code == 404
    assert cafe.naam_nl in client.get(reverse("mijn-organisatie", args=[cafe.organisatie.slug])).content.decode()
    client.post(van(cafe), {"daad": "terug"})
    cafe.refresh_from_db()
    assert (cafe.status, cafe.weggehaald_at) == (ActiviteitStatus.CONCEPT, None)


def test_a_copy_has_the_same_texts_and_moments(client, sara, cafe):
    factories.moment(activiteit=cafe)
    client.post(van(cafe), {"daad": "kopie"})
    copy = Activiteit.objects.exclude(pk=cafe.pk).get()
    assert (copy.naam_nl, copy.naam_en, copy.status) == ("Taalcafé (kopie)", "Language café (copy)", "concept")
    assert [m.regel for m in copy.momenten.all()] == [m.regel for m in cafe.momenten.all()]


def test_looking_makes_it_right_again(client, sara, cafe):
    Activiteit.objects.filter(pk=cafe.pk).update(bevestigd_op=None)
    assert "Nog niet gecontroleerd" in client.get(van(cafe)).content.decode()
    client.post(van(cafe), {"daad": "klopt"})
    assert "Nog niet gecontroleerd" not in client.get(van(cafe)).content.decode()


@pytest.mark.parametrize("typed", ["2,50", "2.50", "2,5", "€ 2,50", "€2.50"])
def test_an_amount_is_written_as_people_do(client, sara, cafe, typed):
    adres = van(cafe, "mijn-activiteit-deel", "kosten")
    assert bewaar(client, adres, kosten="bedrag", bedrag=typed).status_code == 303
    assert Activiteit.objects.get(pk=cafe.pk).bedrag == Decimal("2.50")
    assert lees(client.get(adres).content).one("input", id="id_bedrag").get("value") == "2,50"


@pytest.mark.parametrize("typed", ["twee", "2,,5", "NaN", "-1", "1e9", "€", "2,50,1", "٢"])
def test_what_is_no_amount_is_said_or_left_out(client, sara, cafe, typed):
    response = bewaar(client, van(cafe, "mijn-activiteit-deel", "kosten"), kosten="bedrag", bedrag=typed)
    assert response.status_code in (200, 303)
    if response.status_code == 200:
        assert lees(response.content).one("input", id="id_bedrag").get("value") == typed
