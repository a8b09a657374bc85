import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.anchors.find import find_quote, find_quotes

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
        ("office; the partners", 1, "oﬃce; the partners"),
        ("ice; the partners", 1, "ﬃce; the partners"),
        ("icy", 1, None),
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


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("The ofﬁce", "office", "ofﬁce"),
        ("The ofﬁce", "The offi", "The ofﬁ"),
        ("mari\u00adtime and sea", "maritime", "mari\u00adtime"),
        ("zero\u200bwidth", "rowid", "ro\u200bwid"),
        ("the end\u200b of it", "the end", "the end"),
        ("one\u00a0\u200b\n two", "one two", "one\u00a0\u200b\n two"),
        ("wait… what", "wait...", "wait…"),
    ],
)
def test_what_is_written_otherwise_is_found_to_the_sign(text: str, quote: str, expected: str) -> None:
    found = find_quote(text, quote)
    assert found is not None
    assert text[slice(*found)] == expected


WRITTEN = {" ": " \n\u00a0\t", "'": "'‘’", '"': '"“”', "-": "-–—\u2011"}
SPELT = {"fi": "ﬁ", "ffl": "ﬄ", "...": "…"}


@given(
    st.lists(st.sampled_from(["sea", "fi", "ffl", "...", "'", '"', "-", "🦉", "e", " "]), min_size=1, max_size=15),
    st.data(),
)
def test_any_spelling_of_a_passage_is_found_whole(pieces: list[str], data: st.DataObject) -> None:
    def written(piece: str) -> str:
        sign = data.draw(st.sampled_from(WRITTEN.get(piece, piece) if len(piece) == 1 else [piece]))
        if piece == " ":
            return sign * data.draw(st.integers(1, 3))
        return data.draw(st.sampled_from([sign, SPELT.get(piece, sign)])) + data.draw(st.sampled_from(["", "\u00ad"]))

    passage = "«".join(map(written, pieces)).strip().strip("\u00ad")
    typed = '"'.join(pieces).strip()
    if not typed:
        return
    found = find_quote(f"xyz {passage} xyz", typed)
    assert found is not None
    assert f"xyz {passage} xyz"[slice(*found)] == passage


@given(LETTERS, LETTERS)
def test_places_are_counted_in_the_order_of_the_text(text: str, quote: str) -> None:
    places = list(find_quotes(text, quote))
    assert places == sorted(set(places))
    assert [find_quote(text, quote, nth) for nth in range(1, len(places) + 2)] == [*places, None]
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_a_book_takes_no_time() -> None:
    text = "the “sides” agreed\n to the terms of the  partner\u00adship, " * 20_000
    began = time.process_time()
    assert find_quote(text + "it’s  done", "it's done") is not None
    assert find_quote(text, " ".join(["the sides"] * 500)) is None
    assert sum(1 for _ in find_quotes(text, 'the "sides" agreed to')) == 20_000
    assert time.process_time() - began < 3
