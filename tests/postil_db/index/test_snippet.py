"""The piece that is shown holds the hits, and its marks lie on them exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil_db.index.entry import Terms
from postil_db.index.query import parse
from postil_db.index.snippet import snippet


def marked(query: str, *parts: str, width: int = 160) -> list[str]:
    text, marks = snippet(parse(query).terms, parts, width)
    return [text[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("cafe ", "Le Café, 2 cafés", ["Café", "cafés"]),
        ("cafe ", "Le Cafe\u0301!", ["Cafe\u0301"]),
        ("strasse ", "Die Straße hier", ["Straße"]),
        ("finding ", "Our ﬁnding is", ["ﬁnding"]),
        ("istanbul ", "In İstanbul gewesen", ["İstanbul"]),
        ("naivete ", "so naïve\u00adté, no", ["naïve\u00adté"]),
        ("sec", "Security and sector", ["Security", "sector"]),
        ('"security first"', "security, then security first", ["security", "first"]),
        ('"security fir', "security firmly", ["security", "firmly"]),
        ("方法", "研究方法論", ["方法"]),
        ("研", "研究方法", ["研"]),
        ('"方法論 a"', "研究方法論 a b", ["方法論", "a"]),
        ("हिन्दी ", "यह हिन्दी है", ["हिन्दी"]),
        ("self-report ", "a self-report form", ["self", "report"]),
        ("good -bad ", "good and bad", ["good"]),
        ("one OR two ", "one two three", ["one", "two"]),
        ("(nested (deep)) ", "a deep nested thing", ["deep", "nested"]),
        ("tag:x note:word ", "a word", ["word"]),
    ],
)
def test_hits_are_marked_as_they_are_written(query: str, text: str, hits: list[str]) -> None:
    assert marked(query, text) == hits


def test_the_best_part_is_the_one_with_most_different_hits() -> None:
    text, marks = snippet(parse("sea law ").terms, ["sea sea sea", "the law of the sea", "law"])
    assert text == "the law of the sea"
    assert len(marks) == 2


def test_of_equal_parts_the_first_is_shown() -> None:
    assert snippet(parse("sea ").terms, ["a sea", "the sea"])[0] == "a sea"


def test_a_long_part_is_cut_to_the_densest_window() -> None:
    filler = "lorem ipsum dolor sit amet " * 40
    text, marks = snippet(parse("maritime security ").terms, [f"{filler}security {filler}maritime security {filler}"])
    assert [text[start:end] for start, end in marks] == ["maritime", "security"]
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) <= 170
    assert text[1].isalpha()


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert snippet(Terms(), ["  ", "first line\nsecond"]) == ("first line second", ())
    assert snippet(Terms(), []) == ("", ())
    text, marks = snippet(parse("absent ").terms, ["word " * 100])
    assert (text[:9], text[-1], marks) == ("word word", "…", ())


def test_one_endless_word_is_cut() -> None:
    text, marks = snippet(parse("a* ").terms, ["a" * 5000])
    assert len(text) < 200
    assert len(marks) == 1


@given(st.text(max_size=400), st.lists(st.text(max_size=600), max_size=3), st.integers(20, 200))
def test_marks_always_lie_in_the_text_in_order(query: str, parts: list[str], width: int) -> None:
    text, marks = snippet(parse(query).terms, parts, width)
    assert len(text) <= width + 2
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(text)
        last = end
    assert "\n" not in text
