"""Whole documents that nobody would call articles, through the real child: offsets exact, no error, soon done."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import factories

from postil.entities.client import Batch, Finished, Recogniser
from postil.entities.languages import version_for
from postil_db.records import Content

pytestmark = pytest.mark.model

SENTENCE = "Kaja Kallas met Rajnath Singh of India in New Delhi on Tuesday."


def read(recogniser: Recogniser, content: Content, language: str = "") -> Finished:
    batches = list[Batch]()
    for step in recogniser.recognise(content, language=language, published="2026-01-27"):
        if isinstance(step, Finished):
            covered = sorted(place for batch in batches for place in batch.places)
            assert all(before[1] <= after[0] for before, after in itertools.pairwise(covered))
            assert_sound(content.text, step)
            assert step.version == version_for(language)
            return step
        batches.append(step)
        assert all(any(a <= one.start and one.end <= b for a, b in step.places) for one in step.mentions)
    raise AssertionError("no end")


def assert_sound(text: str, end: Finished) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in end.mentions)
    assert all(before.end <= after.start for before, after in itertools.pairwise(end.mentions))
    assert all(text[one.start : one.end] == text[one.start : one.end].strip() != "" for one in end.mentions)
    assert not any("\n" in text[one.start : one.end] for one in end.mentions)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nothing and nobody is named here, only rain and wind and the long road", set()),
        (SENTENCE.upper(), None),
        ("".join(letter for letter in f"{SENTENCE} " * 20 if letter.isalnum() or letter == " "), {"Kaja Kallas"}),
        (f"زارت كايا كالاس الهند. {SENTENCE} 卡拉斯在新德里。 Кая Каллас", {"Kaja Kallas", "New Delhi"}),
        (f"\u202e{SENTENCE}\u202c \u2067{SENTENCE}\u2069", {"Kaja Kallas"}),
        (f"😀👩‍👩‍👧 {SENTENCE} 🇮🇳🇪🇺 e\u0301 {SENTENCE}", {"Kaja Kallas", "India"}),
        ("\u200b\u200d\ufeff\u00ad" * 100, None),
    ],
    ids=["nobody", "capitals", "no punctuation", "scripts", "right to left", "emoji", "invisible"],
)
def test_odd_texts_are_read_soundly(recogniser: Recogniser, text: str, found: set[str] | None) -> None:
    end = read(recogniser, factories.make_content("Odd", text))
    if found is not None:
        assert found <= {one.name for one in end.mentions}
        assert found or not end.mentions


@pytest.mark.parametrize("language", ["ar", "de", "xx", "tlh"])
def test_any_text_in_any_language_is_read_soundly(recogniser: Recogniser, language: str) -> None:
    read(recogniser, factories.make_content("Odd", f"{SENTENCE} القاهرة 27.01.2026 北京 😀"), language)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=80) | st.just(SENTENCE) | st.just(SENTENCE.upper()), min_size=1, max_size=4))
def test_random_unicode_through_the_real_child(recogniser: Recogniser, paragraphs: list[str]) -> None:
    # As a document holds it: no line breaks inside blocks, nothing that no text may hold.
    texts = ["".join(one for one in text if one.isprintable() or one == " ") for text in paragraphs]
    read(recogniser, factories.make_content("Odd", *texts))


def test_thousands_of_mentions_of_one_name_in_bounded_time(recogniser: Recogniser) -> None:
    content = factories.make_content("Many", *["Kallas, " * 250] * 20, SENTENCE)
    began = time.monotonic()
    end = read(recogniser, content)
    assert sum(one.name == "Kaja Kallas" for one in end.mentions) > 0
    assert time.monotonic() - began < 60
