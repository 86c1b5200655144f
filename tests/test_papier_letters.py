"""What paper sets: every letter of every script, on the right side, in its column, and a poster on one page."""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from contextlib import closing
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from organisaties import papier
from organisaties.formats import qr
from organisaties.papier import drukwerk, letters, poster
from organisaties.papier.regels import Kant, Paar, Regel
from tests.conftest import ROOT

ADRES = "https://nieuwkomers.example/a/taalcafe/"
CODE = qr.matrix(ADRES)
DAG = date(2026, 11, 24)
NL_AR = (papier.taal("nl"), papier.taal("ar"))
SCHRIFTEN = ("المقهى اللغوي", "Мовне кафе для всіх", "ናይ ቋንቋ ካፌ", "Café ñ ő ş ğ İ", "Καφές", "Cà phê tiếng Việt")
FEIT = "Elke dinsdag, 10:00\u00a0–\u00a012:00"


def _paar(onderwerp: str, left: tuple[str, ...], right: tuple[str, ...]) -> Paar:
    def lines(texts):
        return tuple(Regel(text, vet=n == 0) for n, text in enumerate(texts))

    return Paar(onderwerp, (Kant(NL_AR[0], "Wanneer", lines(left)), Kant(NL_AR[1], "متى", lines(right))))


def _vel(*texts: str, naam: str = "", feiten: tuple[str, ...] = (FEIT,)) -> papier.Vel:
    """A sheet with these texts on the other side: as its name and as the lines of a subject."""
    namen = _paar("naam", (naam or "Taalcafé De Kade",), texts[:1])
    wat = _paar("wat", ("Praat Nederlands bij een kop thee.",), texts)
    return papier.Vel("taalcafe", "taal", "De Kade", ADRES, namen, wat, (_paar("wanneer", feiten, texts),))


def _pdf(make, vel: papier.Vel) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(make(vel, DAG, CODE))


def _signs(pdf: pypdfium2.PdfDocument, words: str) -> Counter[str]:
    """How often each letter of some words is in a document; joined forms of Arabic count as their letter."""
    text = unicodedata.normalize("NFKC", pdf[0].get_textpage().get_text_bounded())
    return Counter(letter for letter in text if letter in set(words) - {" "})


@pytest.mark.parametrize("words", SCHRIFTEN)
@pytest.mark.parametrize("make", [papier.activiteit_pdf, papier.poster_pdf])
def test_every_script_of_the_readers_has_its_letters(make, words):
    found, empty = _signs(_pdf(make, _vel(words, words)), words), _signs(_pdf(make, _vel("", "")), words)
    # regular and bold, at least twice each
    assert found - empty >= Counter(words.replace(" ", "") * 3)


def test_a_letter_that_no_font_has_is_a_question_mark():
    pdf = _pdf(papier.activiteit_pdf, _vel("漢字 kafé", naam="漢字 kafé"))
    assert "?? kafé" in pdf[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("words", ["Мовне кафе", "ናይ ቋንቋ ካፌ"])
@pytest.mark.parametrize("make", [papier.activiteit_pdf, papier.poster_pdf])
def test_text_in_another_script_can_be_copied(make, words):
    assert words in _pdf(make, _vel(words))[0].get_textpage().get_text_bounded()


def _naam(words: str) -> tuple[list[bool], float]:
    """The name of a sheet as a row of columns that hold ink or not, and where it begins, in points."""
    page = _pdf(papier.activiteit_pdf, _vel(words))[0]
    text = page.get_textpage()
    signs = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    name = [box for sign, box in signs if "\u0600" <= sign <= "\uffff" and 700 < box[1] < 760]
    left, right = min(box[0] for box in name), max(box[2] for box in name)
    drawing = page.render(scale=4).to_pil().convert("L").crop((int(left * 4), 328, int(right * 4), 568))
    return [drawing.crop((x, 0, x + 1, drawing.height)).getextrema()[0] < 128 for x in range(drawing.width)], left


def test_arabic_is_joined_and_stands_on_the_right():
    ink, left = _naam("بيت")
    assert (all(ink), left > 400) == (True, True)


def test_arabic_that_is_not_joined_is_found():
    assert not all(_naam("ب\u200cي\u200cت")[0])


@pytest.mark.parametrize("schrift", [letters.BASIS, *letters.ANDERE], ids=lambda schrift: schrift.familie)
def test_bold_is_bolder_and_has_the_same_letters(schrift):
    with TTFont(letters.bold(schrift)) as bold, TTFont(schrift.regular) as regular:
        assert "fvar" not in bold
        wanted = {code for codes in schrift.tekens for code in codes} & set(regular.getBestCmap())
        assert wanted - set(bold.getBestCmap()) == set()
        width = [sum(font["hmtx"][font.getBestCmap()[code]][0] for code in wanted) for font in (regular, bold)]
    assert (len(wanted) > 150, width[0] < width[1]) == (True, True)


ANDER_PROCES = """
import hashlib, django
django.setup()
from organisaties import papier
from tests import test_papier_letters as letters
print(hashlib.sha256(papier.activiteit_pdf(letters._vel("مقهى"), letters.DAG, letters.CODE)).hexdigest())
"""


def test_another_process_makes_the_same_bytes():
    made = [
        subprocess.run(
            [sys.executable, "-c", ANDER_PROCES],
            cwd=ROOT,
            env={"DJANGO_SETTINGS_MODULE": "netwerk.settings", "PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] != ""


# --- a poster is one page

NAMEN = ("W" * 160, "Lange naam " * 14, "Vrijwilligerswerkcoördinatiebijeenkomst " * 4, "x", "Ω" * 160)


@pytest.mark.parametrize("naam", NAMEN, ids=["W", "words", "long words", "short", "Greek"])
def test_poster_is_always_one_page_with_a_code(naam):
    pdf = _pdf(
        papier.poster_pdf, _vel(naam, *(FEIT,) * 12, naam=naam, feiten=(f"{FEIT}, behalve in de vakantie",) * 12)
    )
    codes = [code.text for code in zxingcpp.read_barcodes(pdf[0].render(scale=2).to_pil())]
    assert (len(pdf), codes) == (1, [ADRES])
    page = pdf[0].get_textpage()
    assert min(page.get_charbox(n)[1] for n in range(page.count_chars())) > 20


@pytest.mark.parametrize("naam", ["Taalcafé De Kade", "Samen koken en eten met de buren uit de straat"])
def test_poster_of_a_common_name_is_read_from_two_metres(naam):
    vel = _vel("Language café De Kade", naam=naam)
    with closing(poster.Poster(vel, DAG)) as sheet:
        chosen = next(maat for maat in poster.MATEN if sheet.past(maat))
    for maat in (chosen, papier.geschatte_maat(vel)):
        assert (maat.naam >= 36, maat.feit >= 18, maat.zin > 0) == (True, True, True)


def test_style_sheet_has_every_size_and_colour_of_posters():
    css = {name: (ROOT / "static" / "css" / f"{name}.css").read_text() for name in ("stijl", "papier")}
    sizes = re.findall(r"\.poster--(\S+) { --naam: (\d+)pt; --ander: (\d+)pt", css["papier"])
    assert set(sizes) == {(str(maat), str(maat.naam), str(maat.ander)) for maat in poster.MATEN}
    colours = dict(re.findall(r"\[data-thema=([\w-]+)\] { --t: #(\w{6})", css["stijl"].partition("@media screen")[0]))
    assert {name: "".join(f"{part:02x}" for part in rgb) for name, rgb in poster.THEMAS.items()} == colours


# --- whatever people type

TEKST = st.text(max_size=200) | st.text("אبጀя漢😀\u202e\u0301\u200dW -–\u00ad\x00\ud800\n", max_size=200)


@hypothesis(max_examples=25, deadline=None)
@given(st.lists(TEKST, min_size=1, max_size=4))
def test_paper_takes_any_text(texts):
    for make in (papier.activiteit_pdf, papier.poster_pdf):
        assert make(_vel(*texts), DAG, CODE).startswith(b"%PDF-")


def test_what_cannot_be_seen_is_not_printed():
    assert drukwerk.drukbaar(" a\x00b\u202ec\n\n d\ud800\u200b ") == "abc d"
    assert drukwerk.drukbaar("مُقَهَّى") == "مقهى"


@pytest.mark.parametrize("make", [papier.activiteit_pdf, papier.poster_pdf])
def test_name_of_two_hundred_signs_stays_on_the_page(make):
    pdf = _pdf(make, _vel("W" * 200, "W" * 200, naam="W" * 200))
    page = pdf[0].get_textpage()
    edges = [page.get_charbox(n)[2] for n in range(page.count_chars())]
    assert max(edges) < pdf[0].get_width() - drukwerk.MARGE * 72 / 25.4 + 1
