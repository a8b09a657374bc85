import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.anchors.find import find_quote

TEXT = "The “partners” met – at last – in New\nDelhi.\nIt’s  the first oﬃce; the partners’ aim… is peace. Partners met."


@pytest.mark.parametrize(
    ("quote", "nth", "expected"),
    [
        ("partners", 1, "partners"),
        ("partners", 2, "partners"),
        ("in New Delhi.", 1, "in New\nDelhi."),
        ('The "partners" met - at last', 1, "The “partners” met – at last"),
        ("It's the first office", 1, "It’s  the first oﬃce"),
        ("aim... is", 1, "aim… is"),
        ("  Part\u00adners met. ", 1, "Partners met."),
        ("« partners »", 1, None),
        ("partners", 3, None),
        ("PARTNERS", 1, None),
        ("", 1, None),
        ("\u00ad", 1, None),
        ("partners", 0, None),
    ],
)
def test_quotes_are_found_as_typed(quote: str, nth: int, expected: str | None) -> None:
    found = find_quote(TEXT, quote, nth)
    assert (found and TEXT[slice(*found)]) == expected


def test_the_second_place_is_behind_the_first() -> None:
    assert find_quote("aXaXa", "aXa", 2) == (2, 5)


def test_a_decomposed_quote_is_found_in_composed_text() -> None:
    assert find_quote("café noir", "cafe\u0301") == (0, 4)


def test_a_quote_that_is_typed_exactly_somewhere_counts_only_exact_places() -> None:
    assert find_quote("it’s and it's", "it's") == (9, 13)
    assert find_quote("it’s and it's", "it's", 2) is None


LETTERS = st.text(alphabet="ab '’-–\n\t🦉中𠀋", max_size=30)


@given(LETTERS, LETTERS.map(str.strip).filter(bool), LETTERS)
def test_every_passage_is_found_where_it_first_stands(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    found = find_quote(text, quote)
    assert found == (text.index(quote), text.index(quote) + len(quote))


@given(st.lists(st.sampled_from(["it’s", "a – b", "“so”", "🦉", "שָׁלוֹם", "𠀋", "end"]), min_size=1, max_size=12))
def test_a_retyped_passage_is_found(words: list[str]) -> None:
    text = "\n".join(words)
    typed = " ".join(words).translate(str.maketrans("’–“”", '\'-""'))
    found = find_quote(text, typed)
    assert found is not None
    assert text[slice(*found)] == text


def test_a_long_text_takes_no_time() -> None:
    text = "the sides agreed to the terms of the partnership, " * 20_000
    began = time.process_time()
    assert find_quote(text + "it’s  done", "it's done") is not None
    assert find_quote(text, " ".join(["the sides"] * 500)) is None
    assert time.process_time() - began < 1
