"""The passes over texts that nobody wrote for reading: always a sound result, and in bounded time."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.postil.entities.passages import passage

from postil.entities.edges import clean
from postil.entities.passage import Passage
from postil.entities.refine import PASSES, WITHOUT_MODEL, Named, mentions, refine
from postil.entities.span import Span, SpanSet
from postil.entities.truecase import Spelling

ARTICLE = (
    "VIENNA, Jan 27 (Reuters) - President Ana Kovač of Ruritania met Mr Lee in Kiel on Tuesday night.\n"
    "The European Union (EU) and the U.S. signed the Water Treaty, said Kovač’s spokesman (48-year-old) at WeWork."
)
LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "DATE", "TIME", "EVENT", "NORP", "FAC", "LAW", "CARDINAL"])
ROUGH = st.lists(st.tuples(st.integers(0, 250), st.integers(1, 30), LABELS), max_size=20)


def _spans(text: str, rough: list[tuple[int, int, str]]) -> list[Span]:
    return [Span(start, min(len(text), start + length), label) for start, length, label in rough if start < len(text)]


def _refined(text: str, rough: list[tuple[int, int, str]]) -> list[Named]:
    worked = Passage(text, clean(text, _spans(text, rough)))
    assert [*refine(worked)] == [each.__name__ for each in PASSES]
    return mentions(worked)


def _assert_sound(text: str, found: list[Named]) -> None:
    assert all(0 <= each.start < each.end <= len(text) and each.name.strip() for each in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert not any("\n" in text[each.start : each.end] for each in found)


TEXTS = st.text(st.sampled_from("Aa Bb.\n'’-(),&😀éßİ漢א\t1 2026 (EU) Summit"), max_size=120)


@given(
    TEXTS,
    st.lists(
        st.tuples(st.integers(0, 120), st.integers(1, 20), st.sampled_from(["PERSON", "ORG", "GPE", "DATE", "EVENT"]))
    ),
)
def test_any_text_and_spans_give_sorted_mentions_within_the_text(text: str, rough: list[tuple[int, int, str]]) -> None:
    raw = _spans(text, rough)
    for passes in (PASSES, WITHOUT_MODEL):
        worked = Passage(text, clean(text, raw))
        assert [*refine(worked, passes)] == [each.__name__ for each in passes]
        found = mentions(worked)
        _assert_sound(text, found)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))))
def test_a_span_set_never_overlaps(rough: list[tuple[int, int]]) -> None:
    given_spans = [Span(start, start + length, "ORG") for start, length in rough]
    kept = SpanSet(given_spans)
    for span in given_spans:
        assert any(each.meets(span.start, span.end) for each in kept)
        assert list(kept.over(span.start, span.end)) == [each for each in kept if each.meets(span.start, span.end)]
    ordered = list(kept)
    assert all(before.end <= after.start for before, after in itertools.pairwise(ordered))


@given(st.text(max_size=250), ROUGH)
def test_any_unicode_gives_sound_mentions(text: str, rough: list[tuple[int, int, str]]) -> None:
    assert len(Spelling([text]).calm(text)) == len(text)
    _assert_sound(text, _refined(text, rough))


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE.upper(),
        ARTICLE.lower(),
        "".join(letter for letter in ARTICLE if letter.isalnum() or letter.isspace()),
        ARTICLE.replace(" ", "\u00a0"),
        ARTICLE[::-1],
        "Kiel",
        "\u202bالقاهرة\u202c and Kiel 😀 and 北京",
    ],
    ids=["capitals", "small letters", "no punctuation", "hard blanks", "backwards", "one word", "mixed scripts"],
)
@settings(max_examples=30)
@given(rough=ROUGH)
def test_any_spans_over_oddly_set_texts_give_sound_mentions(text: str, rough: list[tuple[int, int, str]]) -> None:
    _assert_sound(text, _refined(text, rough))


@pytest.mark.slow
def test_fifty_thousand_mentions_of_one_name_are_found_soon() -> None:
    text = "Kaja Kallas spoke. Kallas left. " * 25_000
    began = time.process_time()
    found = _refined(text, [(0, 11, "PERSON")])
    assert time.process_time() - began < 15
    assert (len(found), {each.name for each in found}) == (50_000, {"Kaja Kallas"})


@pytest.mark.parametrize(
    "text", ["A-" * 20_000, "A " * 20_000, "A of " * 20_000, "(A" * 20_000, "New York " * 5_000, "A’s " * 20_000]
)
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    worked = passage(text)
    worked.spans.add(Span(0, 1, "ORG"))
    began = time.process_time()
    assert len([*refine(worked)]) == len(PASSES)
    assert time.process_time() - began < 5
