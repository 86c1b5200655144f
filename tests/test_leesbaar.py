"""Advice on plain language: what is long or hard is named, in both languages, and an easy text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisaties import leesbaar

EASY = {"nl": "Kom eten. Je hoeft niets mee te nemen. Wij koken.", "en": "Come and eat. You need to bring nothing."}
LONG = "Kom op dinsdag langs in het buurthuis aan de kade want daar drinken wij samen met iedereen koffie."


@pytest.mark.parametrize("language", EASY)
def test_an_easy_text_gets_no_advice(language):
    assert leesbaar.advies(EASY[language], language) == []


def test_a_long_sentence_is_named_with_its_words():
    (found,) = leesbaar.advies(f"Kom eten. {LONG}", "nl")
    assert (LONG.startswith(found.waar.removesuffix(" …")), found.wat) == (True, "18 woorden. Maak er twee zinnen van.")


def test_fifteen_words_are_not_too_many():
    assert leesbaar.advies(" ".join(["woord"] * 15) + ".", "nl") == []
    assert len(leesbaar.advies(" ".join(["woord"] * 16) + ".", "nl")) == 1


@pytest.mark.parametrize(
    ("language", "text", "word", "easier"),
    [("nl", "Dit is Kosteloos.", "Kosteloos", "gratis"), ("en", "You may participate.", "participate", "take part")],
)
def test_a_hard_word_gets_an_easier_one(language, text, word, easier):
    (found,) = leesbaar.advies(text, language)
    assert (found.waar, easier in found.wat) == (word, True)


def test_a_hard_word_of_the_other_language_is_left_alone():
    assert leesbaar.advies("You reside here.", "nl") == []


def test_a_long_paragraph_is_named():
    found = leesbaar.advies("Kom bij ons eten. " * 15, "nl")
    assert [each.wat for each in found] == ["Dit stuk is lang. Laat ergens een regel leeg."]


def test_lix_is_as_its_maker_counted():
    """Eight sentences of four words of which one is long: 4 + 25."""
    assert leesbaar.lix("Wij gaan samen wandelen. " * 8) == 29


@given(st.text(max_size=500), st.sampled_from(["nl", "en"]))
def test_no_text_breaks_it(text, language):
    assert len(leesbaar.advies(text, language)) <= 5
