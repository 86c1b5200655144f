"""The form to join: what it asks, what it takes, what it says back, and that it loses nothing."""

import time

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisaties.forms.aanvragen import AanvraagForm, AntwoordForm
from organisaties.forms.velden import LOKVELD, typed
from organisaties.models import Aanvraag
from tests.aanvragen import ADRES, post, said, stuur, typed_in, verstuur
from tests.conftest import vraag
from tests.lezen import lees
from tests.paginas import ANTWOORDEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klok")]

ONZIN = ("\0", "a\0b", "\u202eevil", "x\r\nBcc: evil@evil.example", "<script>", "{{ 7 }}", "%s%n", "٢")
VELDEN = tuple(AanvraagForm.base_fields)


# --- what it asks


def test_it_asks_only_what_approval_needs():
    assert VELDEN == (
        "organisatie_naam",
        "soort",
        "omschrijving",
        "themas",
        "stadsdelen",
        "doelgroepen",
        "werkwijze",
        "website",
        "naam",
        "email",
        "telefoon",
        "bericht",
    )


def test_every_personal_field_says_why_and_who_sees_it():
    form = AanvraagForm()
    silent = [name for name in ("naam", "email", "telefoon") if "coördinatoren" not in str(form[name].help_text)]
    warned = [name for name in VELDEN if "Schrijf niets over mensen" in str(form[name].help_text)]
    assert (silent, warned) == ([], ["omschrijving", "werkwijze", "bericht"])
    assert "Schrijf niets over mensen" in str(AntwoordForm()["tekst"].help_text)


def test_browsers_check_nothing_and_know_what_is_asked():
    form = lees(vraag(ADRES).content).one("form", class_="stapel-l formulier")
    assert ("novalidate" in form.attrs, form.get("enctype")) == (True, "")
    assert [e.get("name") for e in form if {"required", "disabled", "checked", "placeholder"} & set(e.attrs)] == []
    tokens = {e.get("name"): (e.get("type"), e.get("autocomplete")) for e in form.all("input") if e.get("autocomplete")}
    assert tokens == {
        "organisatie_naam": ("text", "organization"),
        "website": ("url", "url"),
        "naam": ("text", "name"),
        "email": ("email", "email"),
        "telefoon": ("tel", "tel"),
        LOKVELD: ("text", "off"),
    }


def test_every_box_has_a_label_above_it_and_its_explanation():
    form = lees(vraag(ADRES).content).one("form", class_="stapel-l formulier")
    ids = {e.get("id") for e in form}
    labels = {label.get("for") for label in form.all("label")}
    boxes = [e for e in form.all("input", "textarea") if e.get("type") != "hidden"]
    assert {box.get("id") for box in boxes} == labels
    assert {word for box in boxes for word in box.get("aria-describedby").split()} <= ids
    assert [label for label in form.all("label") if label.all("a")] == []


# --- what it says back


def test_an_empty_form_names_every_question_that_needs_an_answer():
    page = stuur(**dict.fromkeys(VELDEN))
    assert said(page) == [
        "Schrijf de naam van je organisatie.",
        "Kies hoe je wilt meedoen.",
        "Vertel wat jullie doen.",
        "Schrijf je naam.",
        "Schrijf je e-mailadres.",
    ]


def test_the_summary_stands_first_outside_the_form_and_has_the_focus():
    page = stuur(naam="", email="hanan")
    first = page.one("main").children[1]
    heading = first.one("p")
    assert (first.get("class"), first.one("div", role="alert").all("form")) == ("midden fouten", [])
    assert (heading.text, heading.get("tabindex"), "autofocus" in heading.attrs) == (
        "Er gaat iets mis. Kijk naar 2 dingen:",
        "-1",
        True,
    )
    assert page.one("title").text.startswith("Fout: ")


def test_each_error_leads_to_its_field_which_says_the_same():
    page = stuur(naam="", email="hanan", soort="x", website="ftp://tafel.example")
    for link in page.one("ul", class_="fouten__lijst").all("a"):
        box = page.one(id=link.get("href")[1:])
        group = next(e for e in box.chain if "veld--fout" in e.get("class"))
        assert group.one("p", class_="foutregel").text == f"Fout: {link.text}"
        described = next(e for e in box.chain if e.get("aria-describedby"))
        helps = [page.one(id=word).get("class") for word in described.get("aria-describedby").split()]
        assert (described.get("aria-invalid"), helps[-1]) == ("true", "foutregel")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"naam": "x" * 201}, "Maak je naam korter: hooguit 200 tekens."),
        ({"naam": "Hanan\nBcc: x@evil.example"}, "Schrijf je naam op één regel."),
        ({"email": "hanan"}, "Schrijf een e-mailadres met een @. Bijvoorbeeld: naam@voorbeeld.nl"),
        (
            {"email": "hanan@tafel.example\nBcc: x@y.nl"},
            "Schrijf een e-mailadres met een @. Bijvoorbeeld: naam@voorbeeld.nl",
        ),
        ({"website": "javascript:alert(1)"}, "Schrijf een adres dat begint met https:// of met www."),
        ({"website": "tafel"}, "Schrijf het adres van een website, of laat dit leeg. Bijvoorbeeld: www.voorbeeld.nl"),
        ({"telefoon": "bel me"}, "Schrijf een telefoonnummer met cijfers. Bijvoorbeeld: 020 555 01 23"),
        ({"omschrijving": "x" * 3001}, "Maak je tekst over jullie werk korter: hooguit 3000 tekens."),
        ({"werkwijze": " "}, "Vertel hoe jullie met nieuwkomers werken."),
        ({"themas": ["taal", "niets"]}, "Kies alleen uit de lijst."),
    ],
)
def test_each_mistake_has_its_own_sentence(changes, says):
    assert said(stuur(**changes)) == [says]


def test_collaborating_needs_no_way_of_working():
    assert stuur(soort="samenwerking", werkwijze="").one("h1").text == "Controleer je antwoorden"


@pytest.mark.parametrize("wrong", ["naam", "email", "soort"])
def test_nothing_that_was_typed_is_lost_after_a_mistake(wrong):
    page = stuur(**{wrong: "\n\nx" if wrong == "naam" else "fout", "telefoon": "020 555", "bericht": "  ja "})
    kept = {**ANTWOORDEN, "telefoon": "020 555", "bericht": "  ja "}
    lost = {name: typed_in(page, name) for name in kept if name not in (wrong, "formulier")}
    assert lost == {name: [v] if isinstance(v := kept[name], str) else v for name in lost}


# --- what it takes


@pytest.mark.parametrize(
    ("name", "messy", "clean"),
    [
        ("website", " WWW.Tafel.example ", "https://WWW.Tafel.example"),
        ("website", "http://tafel.example/a", "http://tafel.example/a"),
        ("email", " Hanan@TAFEL.Example ", "Hanan@tafel.example"),
        ("email", "hanan @ tafel.example", "hanan@tafel.example"),
        ("telefoon", "+31 (0)20 555 01 23", "+31 (0)20 555 01 23"),
        ("telefoon", "0031-20.555.01.23", "0031-20 555 01 23"),
        ("telefoon", "(020) 555\u00a001\u00a023", "020 555 01 23"),
        ("telefoon", "٠٢٠ ٥٥٥ ٠١ ٢٣", "020 555 01 23"),
        ("naam", "\u202bحنان\u202c \u200f", "حنان"),
        ("naam", "O'Neil", "O'Neil"),
        ("naam", "van  der  Berg", "van der Berg"),
        ("naam", "Suharto", "Suharto"),
        ("naam", "Zoe\u0308", "Zoë"),
        ("naam", "ሰ" * 200, "ሰ" * 200),
        ("organisatie_naam", "ح" * 200, "ح" * 200),
        ("omschrijving", "een\r\ntwee", "een\ntwee"),
    ],
)
def test_unusual_but_clear_answers_are_taken(name, messy, clean):
    assert verstuur(**{name: messy}).status_code == 303
    assert getattr(Aanvraag.objects.get(), name) == clean


NOISE = st.text(" \t\u00a0\u200b\u200e\u202a\ufeff", max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(NOISE, NOISE, st.sampled_from(["naam", "email", "website", "telefoon", "organisatie_naam", "omschrijving"]))
def test_noise_around_an_answer_does_not_matter(before, after, name):
    answer = {**ANTWOORDEN, "telefoon": "020 555 01 23"}[name]
    field = AanvraagForm.base_fields[name]
    assert field.clean(typed(before + answer + after)) == field.clean(answer)


@pytest.mark.parametrize("nonsense", ONZIN, ids=lambda text: repr(text)[:12])
def test_nonsense_in_every_field_is_never_a_500_and_comes_back(nonsense):
    response = post(**dict.fromkeys(VELDEN, nonsense))
    assert response.status_code == 200
    page = lees(response.content)
    boxes = [name for name in VELDEN if name not in ("soort", "themas", "stadsdelen", "doelgroepen")]
    assert {name: typed_in(page, name) for name in boxes} == {name: [typed(nonsense)] for name in boxes}


@pytest.mark.parametrize("name", ["naam", "email", "website", "telefoon", "themas", "omschrijving"])
def test_a_million_letters_are_refused_fast(name):
    began = time.process_time()
    assert post(**{name: "x" * 1_000_000}).status_code == 200
    assert time.process_time() - began < 5


@pytest.mark.parametrize("value", [["a", "b"], [""] * 100, None])
def test_lists_and_missing_keys_are_never_a_500(value):
    assert post(**dict.fromkeys(VELDEN, value)).status_code == 200


def test_too_much_is_refused_and_files_are_read_over(tmp_path, settings):
    assert Client(raise_request_exception=False).post(ADRES, {"naam": "x" * 2_000_000}).status_code == 413
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    page = stuur(bestand=ContentFile(b"x" * 3_000_000, "foto.jpg"), naam=ContentFile(b"x", "naam.txt"))
    assert (said(page), list(tmp_path.iterdir())) == (["Schrijf je naam."], [])


def test_a_broken_body_is_a_400():
    client = Client(raise_request_exception=False)
    assert client.post(ADRES, b"x", content_type="multipart/form-data; boundary=").status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_form_takes_only_posts(method):
    assert getattr(Client(), method)(ADRES).status_code == 405


# --- check your answers


def test_right_answers_are_shown_before_anything_is_stored():
    page = stuur(telefoon="", themas=["taal", "werk"])
    rows = {row.one("dt").text: row.all("dd")[0].text for row in page.one("dl", class_="overzicht").all("div")}
    assert rows["Jouw naam"] == ANTWOORDEN["naam"]
    assert (rows["Telefoon"], rows["Website"]) == ("Niet ingevuld", "https://www.buurttafel.example")
    assert rows["Welke thema’s passen bij jullie?"] == "Taal oefenen, Werk en ondernemen"
    assert page.one("button", name="verstuur").text == "Verstuur de aanvraag"
    assert Aanvraag.objects.count() == 0


def test_what_is_checked_goes_along_and_can_be_changed():
    page = stuur()
    hidden = page.one("form", id="aanvraag").all("input", type="hidden")
    sent: dict[str, list[str]] = {}
    for field in hidden:
        sent.setdefault(field.get("name"), []).append(field.get("value"))
    assert sent == {name: [v] if isinstance(v, str) else v for name, v in ANTWOORDEN.items()}
    change = page.one("button", value="naam")
    assert (change.get("form"), change.get("formaction")) == ("aanvraag", f"{ADRES}#id_naam")
    again = stuur(wijzig="naam")
    assert (said(again), typed_in(again, "naam"), typed_in(again, "themas")) == (
        [],
        [ANTWOORDEN["naam"]],
        ANTWOORDEN["themas"],
    )
