"""Photos and logos that editors send: what is refused with which words, what is kept, and what goes."""

import os
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from organisaties import actions, afbeeldingen, beeldwerk, wachtend
from organisaties.afbeeldingen import AfbeeldingFout, maak_foto
from organisaties.beeldwerk import MAX_FOTO_BYTES, MAX_FOTO_SMALL_BYTES
from organisaties.drukte import MEEST_BEELDEN, beelden
from organisaties.models import Activiteit, Foto, Organisatie
from organisaties.views.afzender import NietTeGroot
from tests import bewerken, factories
from tests.bewerken import fouten
from tests.lezen import lees
from tests.test_admin import fields_of
from tests.test_afbeeldingen import ACCEPTED, REFUSED, picture, with_gps

pytestmark = pytest.mark.django_db

kade, cafe, sara = bewerken.kade, bewerken.cafe, bewerken.sara
ALT = {"alt_nl": "De groene deur.", "alt_en": "", "akkoord": "on"}


@pytest.fixture(autouse=True)
def bestanden(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(where="fotos") -> set[str]:
    return set(default_storage.listdir(where)[1]) if default_storage.exists(where) else set()


def beeld(data=None, naam="deur.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, picture() if data is None else data)


def van(entry):
    if isinstance(entry, Organisatie):
        return reverse("mijn-foto", args=[entry.slug])
    return reverse("mijn-activiteit-foto", args=[entry.organisatie.slug, entry.slug])


def stuur(client, entry, **data):
    return client.post(van(entry), {**ALT, **data})


def token(response):
    return lees(response.content).one("input", name="wacht").get("value")


# --- what a photo is made of


def test_maak_foto_refuses_what_a_logo_is_refused_for():
    for name, (data, code) in REFUSED.items():
        with pytest.raises(AfbeeldingFout) as caught:
            maak_foto(BytesIO(data))
        assert (name, caught.value.code) == (name, code)


def test_maak_foto_takes_every_kind_and_makes_it_opaque_webp():
    for name, data in ACCEPTED.items():
        foto = beeldwerk.foto(data)
        made = Image.open(BytesIO(foto.groot))
        assert (name, made.format, made.mode, made.size) == (name, "WEBP", "RGB", (400, 200))


def test_maak_foto_keeps_one_picture_of_a_film():
    frames = [Image.new("RGB", (90, 60), (i * 40, 0, 0)) for i in range(5)]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert Image.open(BytesIO(maak_foto(BytesIO(out.getvalue())).groot)).n_frames == 1


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((2600, 1300), (1200, 600), (480, 240)),
        ((900, 2700), (400, 1200), (400, 1200)),
        ((300, 200), (300, 200), (300, 200)),
        ((1, 1), (1, 1), (1, 1)),
        ((10_000, 1), (1200, 1), (480, 1)),
    ],
)
def test_maak_foto_has_two_sizes_and_never_enlarges(size, large, small):
    foto = beeldwerk.foto(picture("JPEG", size=size))
    sizes = [Image.open(BytesIO(data)).size for data in (foto.groot, foto.klein)]
    assert (sizes, (foto.breedte, foto.hoogte)) == ([large, small], large)
    assert Image.open(BytesIO(beeldwerk.foto_van(foto.groot).klein)).size == small


def test_maak_foto_stays_light_even_of_noise():
    noise = Image.effect_noise((700, 500), 200)
    out = BytesIO()
    Image.merge("RGB", [noise.rotate(180 * (i % 2)) for i in range(3)]).save(out, "PNG")
    foto = beeldwerk.foto(out.getvalue())
    assert (len(foto.groot) <= MAX_FOTO_BYTES, len(foto.klein) <= MAX_FOTO_SMALL_BYTES) == (True, True)
    assert Image.open(BytesIO(foto.groot)).size == (foto.breedte, foto.hoogte)


def test_maak_foto_turns_and_leaves_everything_but_pixels_behind():
    tail = b"PK\x03\x04<html><script>alert(1)</script>"
    foto = maak_foto(BytesIO(with_gps() + tail))
    for data in (foto.groot, foto.klein):
        image = Image.open(BytesIO(data))
        image.load()
        assert (image.height, dict(image.getexif())) == (image.width * 2, {})
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert not any(word in data for word in (b"script", b"PK\x03", b"maker", b"geheim", b"EXIF"))


# --- sending one


def test_an_editor_gives_an_activity_a_photo_with_words(client, sara, cafe):
    response = stuur(client, cafe, foto=beeld(), alt_nl="  De  groene deur.\u202e ")
    assert (response.status_code, response.headers["Location"]) == (303, f"{bewerken.van(cafe)}?klaar=bewaard")
    foto = Activiteit.objects.get(pk=cafe.pk).foto
    assert (foto.alt_nl, foto.alt_en, foto.breedte, foto.hoogte) == ("De groene deur.", "", 400, 200)
    assert stored() == {name.removeprefix("fotos/") for name in (foto.bestand.name, foto.klein.name)}


@pytest.mark.parametrize(
    "naam", ["../../geheim.png", "..\\..\\geheim.png", "a\0.php", "\u202egnp.exe", "x" * 300 + ".png", ".htaccess", "a"]
)
def test_what_a_file_is_called_means_nothing(client, sara, kade, naam):
    assert stuur(client, kade, foto=beeld(naam=naam)).status_code == 303
    assert all(len(name) == 37 and name.endswith(".webp") for name in stored())


@pytest.mark.parametrize("naam", ["empty", "svg", "gif", "pdf", "truncated jpeg", "bomb", "six megabytes"])
def test_what_is_no_photo_is_said_and_nothing_typed_is_lost(client, sara, cafe, naam):
    response = stuur(client, cafe, foto=beeld(REFUSED[naam][0]), alt_en="A green door.")
    (fout,) = fouten(response)
    assert any(c.isdigit() for c in fout)
    boxes = lees(response.content).one("fieldset", class_="tweetalig veld").all("input")
    assert [box.get("value") for box in boxes] == ["De groene deur.", "A green door."]
    assert (Foto.objects.count(), stored(), stored("wacht")) == (0, set(), set())


def test_a_first_photo_needs_a_file_and_words(client, sara, kade):
    response = stuur(client, kade, alt_nl="")
    assert fouten(response) == [
        "Kies een foto: een JPEG, PNG of WebP van hooguit 5 MB.",
        "Schrijf wat je op de foto ziet. In één taal is genoeg.",
    ]


def test_people_on_a_new_photo_agree(client, sara, kade):
    asked = [
        "Zet een vinkje als er geen mensen op de foto staan, of als zij het goed vinden. Kies anders een andere foto."
    ]
    first = stuur(client, kade, foto=beeld(), akkoord="")
    assert (fouten(first), Foto.objects.count()) == (asked, 0)
    assert fouten(stuur(client, kade, wacht=token(first), akkoord="")) == asked
    assert stuur(client, kade, wacht=token(first)).status_code == 303
    assert stuur(client, kade, akkoord="", alt_nl="De rode deur.").status_code == 303
    assert Foto.objects.get().alt_nl == "De rode deur."


@pytest.mark.parametrize("data", [{"foto": "tekst"}, {"wacht": "a:b:c"}, {"wacht": "\0"}, {"alt_nl": "x" * 201}])
def test_nonsense_is_said_back(client, sara, kade, data):
    assert fouten(stuur(client, kade, **data))


# --- a photo that was right waits for the rest


def test_a_right_photo_survives_a_fault_elsewhere_in_the_form(client, sara, cafe):
    response = stuur(client, cafe, foto=beeld(), alt_nl="")
    page = lees(response.content)
    assert (len(fouten(response)), Foto.objects.count(), len(stored("wacht"))) == (1, 0, 1)
    assert "Deze foto hebben wij. Vul de rest nog in." in page.one("main").text
    (image,) = page.one("p", class_="foto").all("img")
    shown = client.get(van(cafe) + image.get("src"))
    assert (shown.status_code, shown.headers["Content-Type"], shown.headers["Cache-Control"]) == (
        200,
        "image/webp",
        "no-store",
    )
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(BytesIO(shown.content)).size == (400, 200)
    assert stuur(client, cafe, wacht=token(response)).status_code == 303
    assert (Foto.objects.get().activiteit, len(stored()), stored("wacht")) == (cafe, 2, set())


def test_another_photo_takes_the_place_of_the_one_that_waits(client, sara, kade):
    first = token(stuur(client, kade, foto=beeld(), alt_nl=""))
    before = stored("wacht")
    second = stuur(client, kade, foto=beeld(picture("JPEG")), wacht=first, alt_nl="")
    assert (len(before), len(stored("wacht")), before & stored("wacht")) == (1, 1, set())
    third = stuur(client, kade, foto=beeld(b"x"), wacht=token(second), alt_nl="")
    assert (len(fouten(third)), token(third)) == (2, token(second))


def test_a_token_of_somebody_or_something_else_opens_nothing(client, sara, kade, cafe):
    own = token(stuur(client, kade, foto=beeld(), alt_nl=""))
    other = Client()
    other.force_login(factories.beheerder(organisatie=kade).gebruiker)
    for browser, entry in ((other, kade), (client, cafe)):
        assert browser.get(van(entry), {"wacht": own}).status_code == 404
        response = stuur(browser, entry, wacht=own)
        assert fouten(response) == ["Deze foto hebben wij niet meer. Kies de foto nog een keer."]
        assert token(response) == ""
    assert (client.get(van(kade), {"wacht": own}).status_code, len(stored("wacht"))) == (200, 1)
    assert Client().get(reverse("media", args=[f"wacht/{stored('wacht').pop()}"])).status_code == 404


def test_after_a_day_it_can_not_be_found_and_is_removed(client, sara, kade, *, bestanden, monkeypatch):
    wacht = token(stuur(client, kade, foto=beeld(), alt_nl=""))
    fresh = wachtend.bewaar(b"webp", van="1")
    old = bestanden / "wacht" / wacht.partition(":")[0]
    os.utime(old, (since := (timezone.now() - timedelta(days=1, seconds=1)).timestamp(), since))
    for options, counted, left in (({"dry_run": True}, True, 2), ({}, True, 1), ({}, False, 1)):
        call_command("purge_gegevens", stdout=(said := StringIO()), **options)
        assert ("wachtten: 1" in said.getvalue(), len(stored("wacht"))) == (counted, left)
    assert wachtend.lees(fresh, van="1") == b"webp"
    monkeypatch.setattr(wachtend, "GELDIG", timedelta(seconds=-1))
    assert wachtend.lees(fresh, van="1") == b""


# --- what is replaced or taken away leaves no file


@pytest.fixture
def foto(kade, cafe):
    actions.store_foto(cafe, alt={"nl": "De deur.", "en": ""}, beeld=maak_foto(BytesIO(picture())))
    return Foto.objects.get()


def test_another_photo_removes_the_files_of_the_former(client, sara, cafe, *, foto, django_capture_on_commit_callbacks):
    before = stored()
    with django_capture_on_commit_callbacks(execute=True):
        assert stuur(client, cafe, foto=beeld(picture("JPEG"))).status_code == 303
    assert (len(before), len(stored()), before & stored(), Foto.objects.get().pk) == (2, 2, set(), foto.pk)


def test_other_words_keep_the_files(client, sara, cafe, *, foto, django_capture_on_commit_callbacks):
    before = stored()
    with django_capture_on_commit_callbacks(execute=True):
        assert stuur(client, cafe, alt_nl="", alt_en="The door.").status_code == 303
    foto.refresh_from_db()
    assert (foto.alt_nl, foto.alt_en, stored()) == ("", "The door.", before)


WEG = {
    "the button": lambda client, cafe: client.post(van(cafe), {"daad": "weg"}),
    "the activity goes": lambda client, cafe: Activiteit.objects.filter(pk=cafe.pk).delete(),
    "the organisation goes": lambda client, cafe: Organisatie.objects.filter(pk=cafe.organisatie_id).delete(),
}


@pytest.mark.parametrize("hoe", WEG)
def test_what_is_taken_away_leaves_no_file(client, sara, cafe, *, foto, hoe, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        WEG[hoe](client, cafe)
    assert (Foto.objects.count(), stored()) == (0, set())


def test_storing_that_fails_leaves_no_file(cafe, monkeypatch):
    monkeypatch.setattr(Foto, "save", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.store_foto(cafe, alt={"nl": "De deur.", "en": ""}, beeld=maak_foto(BytesIO(picture())))
    assert stored() == set()


def test_a_photo_that_a_colleague_took_away_meanwhile_is_asked_again(client, sara, cafe, *, foto, monkeypatch):
    monkeypatch.setattr("organisaties.forms.beelden.FotoForm._post_clean", lambda self: actions.remove_foto(cafe))
    assert fouten(stuur(client, cafe)) == ["Iemand anders haalde de foto weg. Kies een foto."]


# --- the logo


def test_an_editor_gives_a_logo_and_takes_it_away(client, sara, kade, *, django_capture_on_commit_callbacks):
    page = reverse("mijn-logo", args=[kade.slug])
    assert "Jullie hebben nog geen logo." in lees(client.get(page).content).one("main").text
    assert fouten(client.post(page)) == ["Kies een logo: een PNG, JPEG of WebP van hooguit 5 MB."]
    assert client.post(page, {"logo": beeld()}).status_code == 303
    (image,) = lees(client.get(page).content).all("img", class_="logo")
    assert (image.get("alt"), len(stored("logos"))) == ("", 2)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"daad": "weg"}).status_code == 303
    kade.refresh_from_db()
    assert (kade.logo, stored("logos")) == ("", set())


# --- how much


def test_an_organisation_sends_so_many_pictures_an_hour_and_no_more(client, sara, kade, *, cafe, klok):
    for _ in range(MEEST_BEELDEN):
        beelden.tel(str(kade.pk))
    logo = client.post(reverse("mijn-logo", args=[kade.slug]), {"logo": beeld()})
    for response in (logo, stuur(client, kade, foto=beeld()), stuur(client, cafe, foto=beeld())):
        (fout,) = fouten(response)
        assert "40 afbeeldingen" in fout
    assert (Foto.objects.count(), stored("logos")) == (0, set())
    other = factories.beheerder(gebruiker=sara).organisatie
    assert stuur(client, other, foto=beeld()).status_code == 303


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_a_body_that_is_far_too_large_gets_a_page(client, sara, kade, *, monkeypatch, taal):
    with override(taal):
        url = reverse("mijn-foto", args=[kade.slug])
    monkeypatch.setattr(NietTeGroot, "MEEST", 1000)
    sent = [client.post(url, {"foto": beeld(picture() + b"\0" * 999)}), client.post(url, {"alt_nl": "x" * 1_100_000})]
    for response in sent:
        assert (response.status_code, "5 MB" in lees(response.content).one("main").text) == (413, True)
    assert afbeeldingen.MAX_BYTES < 20 * 1024 * 1024


# --- what readers see


@pytest.mark.parametrize(
    ("taal", "alt", "said", "lang"),
    [
        ("nl", {"alt_nl": "De deur.", "alt_en": "The door."}, "De deur.", ""),
        ("en", {"alt_nl": "De deur.", "alt_en": "The door."}, "The door.", ""),
        ("en", {"alt_nl": "De deur.", "alt_en": ""}, "De deur.", "nl"),
        ("nl", {"alt_nl": "", "alt_en": "The door."}, "The door.", "en"),
    ],
)
def test_readers_see_a_photo_with_words_and_measures(client, kade, cafe, *, taal, alt, said, lang):
    for entry in (cafe, kade):
        foto = factories.foto(**{entry._meta.model_name: entry}, **alt)
        with override(taal):
            page = lees(client.get(entry.get_absolute_url()).content)
        (image,) = page.one("figure", class_="foto niet-print").all("img")
        assert (image.get("alt"), image.get("lang"), image.get("width"), image.get("height")) == (
            said,
            lang,
            "1200",
            "800",
        )
        assert (image.get("loading"), image.get("decoding"), image.get("src")) == ("lazy", "async", foto.klein.url)
        assert image.get("srcset") == f"{foto.klein.url} 480w, {foto.bestand.url} 1200w"


def test_a_kept_page_follows_its_photo(client, cafe, foto):
    assert len(lees(client.get(cafe.get_absolute_url()).content).all("figure", class_="foto niet-print")) == 1
    actions.remove_foto(cafe)
    assert lees(client.get(cafe.get_absolute_url()).content).all("figure", class_="foto niet-print") == []


def test_the_preview_of_an_editor_shows_it_too(client, sara, cafe, foto):
    page = lees(client.get(bewerken.van(cafe, "mijn-voorbeeld")).content)
    assert page.one("figure", class_="foto niet-print").one("img").get("src") == foto.klein.url


def test_media_serves_a_photo_and_lets_nothing_run(foto):
    answer = Client().get(foto.bestand.url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["X-Content-Type-Options"], answer.cookies.output()) == ("nosniff", "")


# --- the desk


@pytest.mark.parametrize("naam", ["activiteit", "organisatie"])
def test_a_coordinator_sees_a_photo_and_takes_it_away_and_does_no_more(admin_client, kade, *, cafe, naam):
    entry = {"activiteit": cafe, "organisatie": kade}[naam]
    foto = factories.foto(**{naam: entry})
    url = reverse(f"admin:organisaties_{naam}_change", args=[entry.pk])
    response = admin_client.get(url)
    assert f'src="{foto.klein.url}"' in response.content.decode()
    sent = fields_of(response) | {"foto-0-alt_nl": "Anders.", "foto-0-id": foto.pk}
    assert admin_client.post(url, sent).status_code == 302
    foto.refresh_from_db()
    assert foto.alt_nl == "De groene deur naast de bakker."
    assert admin_client.post(url, sent | {"foto-0-DELETE": "on"}).status_code == 302
    assert Foto.objects.count() == 0
