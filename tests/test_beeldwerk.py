"""The program that reads pictures: what stops it, what it is told, and that the site goes on whatever becomes of it."""

import os
import subprocess
import sys
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from organisaties import afbeeldingen, beeldwerk
from organisaties.afbeeldingen import AfbeeldingFout, maak_logo
from tests import bewerken
from tests.lezen import lees
from tests.test_afbeeldingen import picture

kade, sara = bewerken.kade, bewerken.sara
STUK = {
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "fails": "raise SystemExit('stuk')",
    "says nothing": "",
    "says nonsense": "print('{')",
    "says too little": "print('{}')",
    "says something else": "print('[]')",
    "never ends": "import time; time.sleep(60)",
}


@pytest.fixture
def programma(monkeypatch, tmp_path):
    """Puts another program in the place of ours."""

    def put(text):
        path = tmp_path / "programma.py"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(afbeeldingen, "PROGRAMMA", path)

    return put


def refusal(data=None):
    with pytest.raises(AfbeeldingFout) as caught:
        maak_logo(BytesIO(picture() if data is None else data))
    return caught.value


@pytest.mark.parametrize("hoe", STUK)
def test_a_program_that_breaks_is_a_refusal_with_a_sentence(programma, monkeypatch, caplog, hoe):
    monkeypatch.setattr(afbeeldingen, "WACHT", 3)
    programma(STUK[hoe])
    error = refusal()
    assert (error.code, "probeer het later" in error.sentence, len(caplog.records)) == ("mislukt", True, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("naam", "veld"), [("mijn-logo", "logo"), ("mijn-foto", "foto")])
def test_a_form_says_so_at_the_file(programma, client, sara, kade, *, naam, veld):
    programma(STUK["killed"])
    data = {veld: BytesIO(picture()), "akkoord": "on", "alt_nl": "De deur."}
    data[veld].name = "deur.png"
    page = lees(client.post(reverse(naam, args=[kade.slug]), data).content)
    (fout,) = page.one("ul", class_="fouten__lijst").all("a")
    assert (fout.get("href"), "probeer het later" in fout.text) == (f"#id_{veld}", True)


def test_the_program_knows_no_settings_and_no_packages_from_elsewhere(programma, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    programma("import json, os, sys; print(json.dumps({'fout': ' '.join([*os.environ, *sys.path]), 'meest': 0}))")
    known = refusal().code
    assert not any(word in known for word in ("SECRET_KEY", "PYTHONPATH", str(tmp_path)))


def test_too_little_memory_is_a_refusal(monkeypatch, caplog):
    monkeypatch.setattr(afbeeldingen, "GEHEUGEN", 96 * 1024 * 1024)
    huge = BytesIO()
    Image.new("RGBA", (4000, 4000), "red").save(huge, "PNG", compress_level=1)
    assert (refusal(huge.getvalue()).code, "MemoryError" in caplog.text) == ("mislukt", True)


@pytest.mark.parametrize(
    ("colours", "size", "kind", "options"),
    [
        ("RGBA", (4000, 4000), "PNG", {"compress_level": 1}),
        ("I;16", (4000, 4000), "PNG", {"compress_level": 1}),
        ("RGB", (4000, 4000), "JPEG", {"progressive": True, "subsampling": 0}),
        ("CMYK", (2400, 2500), "JPEG", {}),
        ("RGBA", (2400, 2500), "WEBP", {"lossless": True, "method": 0}),
    ],
)
def test_the_memory_it_gets_is_enough_for_the_largest_of_each_kind(colours, size, kind, options):
    data = BytesIO()
    Image.new(colours, size).save(data, kind, **options)
    assert maak_logo(BytesIO(data.getvalue())).breedte > 300


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("bytearray(1 << 29)", "MemoryError"),
        ("open('weg.txt', 'wb', 0).write(b'x')", "File too large"),
        ("while True: pass", ""),
    ],
)
def test_the_system_stops_what_takes_too_much(tmp_path, deed, said):
    start = f"import sys; sys.path.insert(0, {str(afbeeldingen.PROGRAMMA.parent)!r}); import beeldwerk"
    code = f"{start}; beeldwerk.limit(1 << 28, 1)\n{deed}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert (done.returncode != 0, said in done.stderr) == (True, True)


def test_a_right_picture_comes_through_whole():
    made, data = maak_logo(BytesIO(picture())), beeldwerk.logo(picture())
    assert made == data
