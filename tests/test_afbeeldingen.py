"""Logos: what is accepted, what is refused with which sentence, and that nothing but pixels is stored."""

import struct
import time
import zlib
from functools import partial
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from PIL import Image

from organisaties import actions, beeldwerk
from organisaties.afbeeldingen import AfbeeldingFout, maak_logo
from organisaties.beeldwerk import MAX_SMALL_BYTES, Geweigerd
from organisaties.models import Organisatie


def picture(kind="PNG", mode="RGB", size=(400, 200), **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size, **options.pop("new", {})).save(out, kind, **options)
    return out.getvalue()


def png_of(width, height) -> bytes:
    """A PNG whose header promises more pixels than its data holds."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    exif[0x013B] = "Naam van de maker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return picture("JPEG", exif=exif, comment=b"geheime notitie")


def refused(data: bytes) -> str:
    with pytest.raises(AfbeeldingFout) as caught:
        maak_logo(BytesIO(data))
    return caught.value.code


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "empty": (b"", "leeg"),
    "six megabytes": (picture() + b"\0" * 6 * 1024 * 1024, "bytes"),
    "svg": (SVG, "soort"),
    "gif": (picture("GIF"), "soort"),
    "tiff": (picture("TIFF"), "soort"),
    "bmp": (picture("BMP"), "soort"),
    "pdf": (picture("PDF"), "soort"),
    "eps": (picture("EPS"), "soort"),
    "truncated png": (picture(size=(900, 900), new={"color": "red"})[:600], "onleesbaar"),
    "truncated jpeg": (picture("JPEG", size=(900, 900))[:2000], "onleesbaar"),
    "only a signature": (b"\x89PNG\r\n\x1a\n", "onleesbaar"),
    "bomb": (png_of(50_000, 50_000), "pixels"),
    "just too many pixels": (png_of(4001, 4000), "pixels"),
    "too long": (picture(size=(10_001, 1)), "pixels"),
    "large webp": (picture("WEBP", size=(2500, 2500)), "pixels"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_maak_logo_refuses(data, code):
    assert refused(data) == code


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refusing_takes_no_time(data, code):
    make = beeldwerk.logo if code in ("pixels", "onleesbaar") else lambda data: maak_logo(BytesIO(data))
    started = time.perf_counter()
    with pytest.raises((AfbeeldingFout, Geweigerd)) as caught:
        make(data)
    assert (caught.value.code, time.perf_counter() - started < 0.5) == (code, True)


def test_maak_logo_refuses_a_film():
    frames = [Image.new("RGB", (8, 8), (i, 255 - i, i * 7 % 255)) for i in range(120)]
    out = BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert refused(out.getvalue()) == "beelden"


def test_maak_logo_refuses_a_png_with_a_huge_text():
    text = zlib.compress(b"x" * 80_000_000)
    chunk = b"zTXt" + b"a\0\0" + text
    whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = picture()
    assert refused(data[:33] + whole + data[33:]) == "onleesbaar"


def test_every_refusal_has_its_own_sentence_without_scolding():
    sentences = {}
    for code, data in {code: data for data, code in REFUSED.values()}.items():
        with pytest.raises(AfbeeldingFout) as caught:
            maak_logo(BytesIO(data))
        sentences[code] = caught.value.sentence
    assert len(set(sentences.values())) == 5
    assert not any(word in text.lower() for text in sentences.values() for word in ("ongeldig", "oeps", "sorry"))
    assert all(any(c.isdigit() for c in text) for text in sentences.values())


ACCEPTED = {
    "jpeg": picture("JPEG"),
    "webp": picture("WEBP"),
    "cmyk": picture("JPEG", "CMYK"),
    "palette": picture(mode="P"),
    "palette with a clear colour": picture(mode="P", transparency=0),
    "grey and alpha": picture(mode="LA"),
    "one bit": picture(mode="1"),
    "16 bits": picture(mode="I;16"),
    "alpha": picture(mode="RGBA"),
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_maak_logo_makes_two_sizes_of_webp(data):
    logo = beeldwerk.logo(data)
    large, small = Image.open(BytesIO(logo.groot)), Image.open(BytesIO(logo.klein))
    assert (large.format, large.size, small.format, small.size) == ("WEBP", (320, 160), "WEBP", (96, 48))
    assert (logo.breedte, logo.hoogte) == (320, 160)


def test_maak_logo_keeps_16_bit_grey_grey():
    logo = beeldwerk.logo(picture(mode="I;16", new={"color": 0x8000}))
    assert Image.open(BytesIO(logo.groot)).convert("L").getpixel((9, 9)) == pytest.approx(128, abs=3)


@pytest.mark.parametrize("size", [(1, 1), (40, 30), (96, 96)])
def test_maak_logo_never_enlarges(size):
    logo = beeldwerk.logo(picture(size=size))
    assert Image.open(BytesIO(logo.groot)).size == Image.open(BytesIO(logo.klein)).size == size


def test_maak_logo_keeps_the_small_one_small():
    noise = Image.effect_noise((400, 400), 200)
    picture = Image.merge("RGBA", [noise.rotate(90 * i) for i in range(4)])
    out = BytesIO()
    picture.save(out, "PNG")
    assert len(beeldwerk.logo(out.getvalue()).klein) <= MAX_SMALL_BYTES


def test_maak_logo_turns_and_forgets_what_the_camera_wrote():
    logo = maak_logo(BytesIO(with_gps()))
    for data in (logo.groot, logo.klein):
        image = Image.open(BytesIO(data))
        image.load()
        assert image.height == image.width * 2
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert b"maker" not in data
        assert b"EXIF" not in data


def test_maak_logo_leaves_a_tail_behind():
    logo = maak_logo(BytesIO(picture() + b"PK\x03\x04<html><script>alert(1)</script>"))
    assert b"script" not in logo.groot + logo.klein


@pytest.fixture
def organisatie(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Organisatie.objects.create(naam="Taalhuis De Kade")


def stored() -> set[str]:
    return set(default_storage.listdir("logos")[1]) if default_storage.exists("logos") else set()


def test_replace_logo_removes_the_former_files(organisatie, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.replace_logo(organisatie, bestand=BytesIO(picture()))
    first = stored()
    with django_capture_on_commit_callbacks(execute=True):
        actions.replace_logo(organisatie, bestand=BytesIO(picture("JPEG")))
    assert len(first) == len(stored()) == 2
    assert not first & stored()
    assert {organisatie.logo.name, organisatie.logo_klein.name} == {f"logos/{name}" for name in stored()}


def test_remove_logo_removes_its_files(organisatie, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.replace_logo(organisatie, bestand=BytesIO(picture()))
        actions.remove_logo(organisatie)
    organisatie.refresh_from_db()
    assert (organisatie.logo, organisatie.logo_breedte, stored()) == ("", None, set())


def test_replace_logo_that_fails_leaves_no_file(organisatie, monkeypatch):
    monkeypatch.setattr(Organisatie, "save", partial(lambda *args, **kwargs: 1 / 0))
    with pytest.raises(ZeroDivisionError):
        actions.replace_logo(organisatie, bestand=BytesIO(picture()))
    assert stored() == set()


def test_a_deleted_organisatie_leaves_no_file(organisatie, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.replace_logo(organisatie, bestand=BytesIO(picture()))
    with django_capture_on_commit_callbacks(execute=True):
        Organisatie.objects.all().delete()
    assert stored() == set()


def test_a_deletion_that_is_undone_keeps_the_files(organisatie, django_capture_on_commit_callbacks):
    actions.replace_logo(organisatie, bestand=BytesIO(picture()))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        Organisatie.objects.all().delete()
        transaction.set_rollback(True)
    assert len(stored()) == 2


def test_media_serves_a_logo_and_lets_nothing_run(organisatie):
    actions.replace_logo(organisatie, bestand=BytesIO(picture()))
    answer = Client().get(organisatie.logo.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_media_answers_only_to_reading(organisatie):
    actions.replace_logo(organisatie, bestand=BytesIO(picture()))
    assert Client().head(organisatie.logo.url).status_code == 200
    assert Client().post(organisatie.logo.url).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "logos/../geheim.txt",
        "logos/..%2fgeheim.txt",
        "geheim.txt",
        "logos/",
        "logos/" + "a" * 32 + ".webp",
        "logos/" + "a" * 32 + ".webp%0a",
        "logos/" + "A" * 32 + ".webp",
        "logos/" + "a" * 32 + ".webp%00.txt",
        "logos\\..\\geheim.txt",
        "logos/" + "a" * 300 + ".webp",
        "logos/%E2%80%AEpbew.exe",
    ],
)
def test_media_knows_no_other_names(db, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("geheim.txt", ContentFile(b"geheim"))
    assert Client().get(f"/media/{name}").status_code == 404
