"""Paper: what stands on it is right in both languages, and its codes and short addresses lead where they say."""

import re

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.test import Client

from organisaties import bewaarlijst
from organisaties.formats import qr
from organisaties.models import Activiteit
from tests import factories
from tests.conftest import vraag
from tests.lezen import lees
from tests.paginas import TALEN, Pagina

pytestmark = pytest.mark.django_db

IN_ELKE_TAAL = pytest.mark.parametrize("taal", TALEN)
TAALCAFE = "http://localhost:8000/a/taalcafe/"
SOORTEN = ("activiteit-pdf", "activiteit-poster-pdf")


def _pdf(response) -> pypdfium2.PdfDocument:
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    return pypdfium2.PdfDocument(response.content)


def _text(pdf: pypdfium2.PdfDocument) -> str:
    """The text of all pages, with spaces of any kind as one."""
    pages = (pdf[n].get_textpage().get_text_bounded() for n in range(len(pdf)))
    return re.sub(r"\s+", " ", " ".join(pages))


def _codes(pdf: pypdfium2.PdfDocument) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(pdf[0].render(scale=2).to_pil())]


def _lijst(*slugs: str, gone: tuple[int, ...] = ()) -> str:
    ids = dict(Activiteit.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return f"?lijst={bewaarlijst.pak([*(ids[slug] for slug in slugs), *gone])}"


# --- short addresses


@pytest.mark.parametrize(
    ("asked", "path"), [("nl", "/nl/activiteiten/taalcafe/"), ("en-GB", "/en/activities/taalcafe/"), ("", "/nl/")]
)
def test_short_address_leads_to_the_language_of_the_browser(wereld, asked, path):
    response = vraag("/a/taalcafe/", headers={"accept-language": asked})
    assert (response.status_code, response.headers["Vary"]) == (302, "Accept-Language")
    assert response.headers["Location"].startswith(path)
    assert vraag(response.headers["Location"]).status_code == 200


def test_short_address_of_a_former_slug_leads_to_the_activity(db, klok):
    activiteit = factories.activiteit(slug="eerste")
    activiteit.slug = "tweede"
    activiteit.save()
    assert vraag("/a/eerste/").headers["Location"] == "/nl/activiteiten/tweede/"


@pytest.mark.parametrize("path", ["/a/bestaat-niet/", "/a/x%00/", "/b/onzin/", "/b/1AQID/", "/b/" + "x" * 3000 + "/"])
def test_short_address_of_nothing_is_a_404(wereld, path):
    assert vraag(path).status_code == 404


def test_short_address_of_what_is_not_published_is_a_404(db, klok):
    factories.activiteit(slug="concept", status="concept")
    assert [vraag(f"/a/concept/{rest}").status_code for rest in ("", "x/")] == [404, 404]


def test_short_address_of_a_list_leads_to_that_list(wereld):
    query = _lijst("taalcafe", "vol")
    response = vraag(f"/b/{query.removeprefix('?lijst=')}/", headers={"accept-language": "en"})
    assert (response.status_code, response.headers["Location"].endswith(query)) == (302, True)
    assert vraag(response.headers["Location"]).status_code == 200


# --- codes


def test_code_in_a_page_has_a_quiet_zone_and_a_name():
    drawing = lees(qr.svg("https://nieuwkomers.example/a/x/", "Code & zo")).one("svg")
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "Code & zo")
    assert all(not any(row[: qr.QUIET]) for row in qr.matrix("https://nieuwkomers.example/a/x/"))


@pytest.mark.parametrize("soort", SOORTEN)
def test_code_on_paper_is_the_short_address(wereld, soort):
    assert _codes(_pdf(vraag(Pagina(soort, slug="taalcafe").adres("nl")))) == [TAALCAFE]


def test_code_of_a_list_is_the_short_address_of_the_list(wereld):
    query = _lijst("taalcafe", "vol")
    code = _codes(_pdf(vraag(Pagina("bewaarlijst-pdf", query=query).adres("nl"))))
    assert code == [f"{settings.SITE_URL}/b/{query.removeprefix('?lijst=')}/"]


# --- what stands on paper


@IN_ELKE_TAAL
def test_sheet_tells_the_same_in_both_languages(wereld, taal):
    text = _text(_pdf(vraag(Pagina("activiteit-pdf", slug="taalcafe").adres(taal))))
    for words in (
        *("Taalcafé De Sluis", "Elke dinsdag, 10:00 – 12:00", "dinsdag 1 december", "gaat niet door", "Gratis"),
        *("Language café De Sluis", "Every Tuesday, 10:00 – 12:00", "Tuesday 1 December", "cancelled", "Free"),
        *("020 012 3456", "Lindenkade 12", "1018 DP Amsterdam (West)", "Bel aan.", "Ring."),
        *("1. Kom binnen.", "1. Come in.", "Geen papieren nodig", "No papers needed"),
        *("localhost:8000/a/taalcafe", "gecontroleerd op 1 oktober 2026", "Gemaakt op 24 november 2026"),
    ):
        assert words in text


@IN_ELKE_TAAL
def test_page_to_print_tells_what_the_pdf_tells(wereld, taal):
    query = "?taal=en"
    page = lees(vraag(Pagina("activiteit-papier", slug="taalcafe", query=query).adres(taal)).content)
    pdf = _text(_pdf(vraag(Pagina("activiteit-pdf", slug="taalcafe", query=query).adres(taal))))
    lines = [p.text for p in page.one("article").all("p") if p.language]
    assert len(lines) > 40
    assert [line for line in lines if line[:30] not in pdf] == []


def test_text_in_dutch_only_is_not_repeated_but_said(wereld):
    page = lees(vraag(Pagina("activiteit-papier", slug="alleen-nederlands").adres("nl")).content)
    names = [span.text for span in page.one("h1").all("span")]
    assert names == ["Naaien met elkaar", "Only in Dutch"]
    assert [e.language for e, text in page.one("main").texts() if "Bel eerst met Sara" in text] == ["nl"]


def test_paper_says_which_language_is_behind(wereld):
    """Who changes the Dutch tells who reads the English, and nobody else; of the way to the place too."""
    for row in (Activiteit.objects.get(slug="taalcafe"), Activiteit.objects.get(slug="vol").locatie):
        slug = "taalcafe" if isinstance(row, Activiteit) else "vol"
        address = Pagina("activiteit-papier", slug=slug).adres("nl")
        assert "is older than" not in lees(vraag(address).content).one("article").text
        name = "samenvatting_nl" if isinstance(row, Activiteit) else "uitleg_nl"
        setattr(row, name, "Nu is het anders.")
        row.save()
        said = [p for p in lees(vraag(address).content).one("article").all("p") if "is older than" in p.text]
        assert [p.language for p in said] == ["en"]
        assert "ouder dan de tekst" not in lees(vraag(address).content).one("article").text


@pytest.mark.parametrize("query", ["", "?taal=en", "?taal=nl", "?taal=xx", "?taal=%00", "?taal=" + "x" * 3000])
def test_language_that_is_not_there_is_the_other_of_the_site(wereld, query):
    page = lees(vraag(Pagina("activiteit-papier", slug="taalcafe", query=query).adres("nl")).content)
    assert [span.get("lang") for span in page.one("h1").all("span")] == ["nl", "en"]


@pytest.mark.parametrize("soort", ["activiteit-papier", "activiteit-poster", *SOORTEN])
def test_stopped_activity_says_so(wereld, soort):
    response = vraag(Pagina(soort, slug="gestopt").adres("nl"))
    text = _text(_pdf(response)) if "pdf" in soort else lees(response.content).one("main").text
    assert "Deze activiteit is gestopt." in text
    assert "This activity has stopped." in text


@pytest.mark.parametrize("soort", ["activiteit-papier", "activiteit-poster", *SOORTEN])
def test_paper_of_what_is_not_published_is_a_404(db, klok, soort):
    factories.activiteit(slug="concept", status="concept")
    assert [vraag(Pagina(soort, slug=slug).adres("nl")).status_code for slug in ("concept", "nee")] == [404, 404]


@pytest.mark.parametrize("soort", ["activiteit-papier", "activiteit-poster", *SOORTEN])
def test_paper_of_a_former_slug_leads_to_that_of_now(db, klok, soort):
    activiteit = factories.activiteit(slug="eerste")
    activiteit.slug = "tweede"
    activiteit.save()
    response = vraag(Pagina(soort, slug="eerste", query="?taal=en").adres("nl"))
    assert response.status_code == 301
    assert response.headers["Location"] == Pagina(soort, slug="tweede", query="?taal=en").adres("nl")


@pytest.mark.parametrize("steps", ["Doe nog iets.\n" * 90, "Woorden zonder einde " * 900], ids=["many", "long"])
def test_subject_without_end_is_cut_so_that_it_stays_on_the_page(db, klok, steps):
    factories.activiteit(slug="lang", stappen_nl=steps, stappen_en=steps)
    pdf = _pdf(vraag(Pagina("activiteit-pdf", slug="lang").adres("nl")))
    assert len(pdf) <= 3
    assert "…" in _text(pdf)
    for page in (pdf[number].get_textpage() for number in range(len(pdf))):
        assert min(page.get_charbox(n)[1] for n in range(page.count_chars())) > 20
    assert "Gemaakt op" in _text(pdf)


# --- lists


def test_list_shows_its_activities_in_order_and_counts_what_is_gone(wereld):
    query = _lijst("vol", "taalcafe", gone=(999_999,))
    main = lees(vraag(Pagina("bewaarlijst-papier", query=query).adres("nl")).content).one("main")
    assert [h2.all("span")[0].text for h2 in main.all("h2")] == ["1 Volle les", "2 Taalcafé De Sluis"]
    gone = main.one(class_="paar paar--weg").text
    assert "1 activiteit van deze lijst is er niet meer." in gone
    assert "1 activity on this list is no longer there." in gone
    text = _text(_pdf(vraag(Pagina("bewaarlijst-pdf", query=query).adres("nl"))))
    for words in ("Mijn lijst: 2 activiteiten", "My list: 2 activities", "Volle les", "Full class", gone[:20]):
        assert words in text


@pytest.mark.parametrize("token", ["onzin", "1AQID", "%00", "x" * 3000])
@pytest.mark.parametrize("soort", ["bewaarlijst-papier", "bewaarlijst-pdf"])
def test_list_that_we_did_not_make_is_a_404(wereld, soort, token):
    assert vraag(Pagina(soort, query=f"?lijst={token}").adres("nl")).status_code == 404


def test_empty_list_leads_to_the_activities(wereld):
    page = lees(vraag(Pagina("bewaarlijst-papier").adres("en")).content)
    assert Pagina("activiteit-list").adres("en") in [a.get("href") for a in page.one("main").all("a")]
    assert vraag(Pagina("bewaarlijst-pdf").adres("en")).status_code == 404


def test_a_full_list_fits_on_a_pile_of_pages(wereld):
    ids = Activiteit.objects.readable().order_by("pk").values_list("pk", flat=True)[: bewaarlijst.MOST]
    query = f"?lijst={bewaarlijst.pak(ids)}"
    pdf = _pdf(vraag(Pagina("bewaarlijst-pdf", query=query).adres("nl")))
    assert len(ids) / 4 <= len(pdf) <= len(ids) / 2 + 1
    assert f"{len(pdf)} / {len(pdf)}" in _text(pdf)
    assert len(_codes(pdf)) == 1


# --- hidden places


@pytest.mark.parametrize("soort", ["activiteit-papier", "activiteit-poster", *SOORTEN])
def test_hidden_place_is_on_no_paper(wereld, soort):
    activiteit = Activiteit.objects.get(slug="verborgen-plek")
    marks = {"naam": "Zonnepit huis", "straat": "Zonnepit 1", "uitleg_nl": "Bel Zonnepit", "uitleg_en": "Ring Zonnepit"}
    type(activiteit.locatie).objects.filter(pk=activiteit.locatie_id).update(plaats="Zonnepit", **marks)
    response = vraag(Pagina(soort, slug="verborgen-plek").adres("nl"))
    text = _text(_pdf(response)) if "pdf" in soort else response.content.decode()
    assert "Zonnepit" not in text
    assert "Deze plek staat niet op de website." in text


def test_the_same_place_in_the_open_is_on_paper(wereld):
    activiteit = Activiteit.objects.get(slug="verborgen-plek")
    type(activiteit.locatie).objects.filter(pk=activiteit.locatie_id).update(soort="adres", straat="Zonnepit 1")
    assert "Zonnepit 1" in _text(_pdf(vraag(Pagina("activiteit-pdf", slug="verborgen-plek").adres("nl"))))


# --- the file


@pytest.mark.parametrize("soort", SOORTEN)
def test_pdf_is_a_file_with_a_name_that_may_be_kept(wereld, soort):
    response = vraag(Pagina(soort, slug="taalcafe").adres("nl"))
    assert re.fullmatch(r'attachment; filename="(poster-)?taalcafe\.pdf"', response.headers["Content-Disposition"])
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = vraag(Pagina(soort, slug="taalcafe").adres("nl"), headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pdf_knows_its_title_and_language_and_nobody(wereld):
    pdf = _pdf(vraag(Pagina("activiteit-pdf", slug="taalcafe").adres("nl")))
    about = {name: value for name, value in pdf.get_metadata_dict().items() if value}
    assert about == {
        "Title": "Taalcafé De Sluis / Language café De Sluis",
        "Producer": "Netwerk Nieuwkomers Amsterdam",
        "CreationDate": "D:20261124000000Z",
    }
    assert b"/Lang (nl)" in vraag(Pagina("activiteit-pdf", slug="taalcafe").adres("nl")).content


# --- on the page of the activity


@IN_ELKE_TAAL
def test_activity_leads_to_its_paper_and_carries_its_short_address(wereld, taal):
    main = lees(vraag(Pagina("activiteit-detail", slug="taalcafe").adres(taal)).content).one("main")
    links = {a.get("href") for a in main.all("a")}
    assert {Pagina(soort, slug="taalcafe").adres(taal) for soort in ("activiteit-papier", "activiteit-poster")} <= links
    assert [p.text for p in main.all("p", class_="alleen-print", dir="ltr")][-1] == "localhost:8000/a/taalcafe"
    assert len(main.all("svg", class_="qr__code")) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("soort", ["activiteit-papier", "activiteit-poster", *SOORTEN])
def test_paper_answers_only_to_reading(soort, method):
    assert getattr(Client(), method)(Pagina(soort, slug="taalcafe").adres("nl")).status_code == 405
