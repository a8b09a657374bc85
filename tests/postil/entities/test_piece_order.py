"""What the model is given, and when."""

from hypothesis import given
from hypothesis import strategies as st

from postil.entities.order import BATCH_LENGTH, FIRST_BATCH, LATER_BATCH, LONGEST, batches, pieces_of
from postil.entities.truecase import Spelling, shouted


def test_what_is_on_screen_comes_first_then_the_rest_then_what_is_before() -> None:
    pieces = pieces_of([f"Paragraph {number}." for number in range(200)])
    made = list(batches(pieces, first_block=150))
    assert [piece.block for batch in made for piece in batch] == [*range(150, 200), *range(150)]
    assert [len(batch) for batch in made] == [FIRST_BATCH, LATER_BATCH, LATER_BATCH, LATER_BATCH]


def test_a_first_block_beyond_the_end_starts_at_the_beginning() -> None:
    assert [piece.block for piece in next(batches(pieces_of(["one", "two"]), first_block=9))] == [0, 1]


def test_a_long_block_is_cut_where_a_sentence_ends() -> None:
    block = "A sentence of some length. " * 1000
    pieces = pieces_of(["short", block])
    assert all(len(piece.text) <= LONGEST and piece.text.endswith(". ") for piece in pieces[1:])
    assert max(sum(len(piece.text) for piece in batch) for batch in batches(pieces)) < BATCH_LENGTH + LONGEST


@given(st.lists(st.text(st.sampled_from("ab .\n漢😀"), max_size=40), max_size=8), st.integers(0, 3))
def test_pieces_are_the_text_at_their_places(blocks: list[str], repeat: int) -> None:
    blocks = [block * 10 ** (repeat + 1) for block in blocks]
    text = "\n".join(blocks)
    pieces = pieces_of(blocks)
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in pieces)
    kept = sum(len(piece.text.replace(" ", "").replace("\n", "")) for piece in pieces)
    assert kept == len(text.replace(" ", "").replace("\n", ""))


def test_a_shouted_line_is_spelled_as_the_body_spells_it() -> None:
    spelling = Spelling(["NEW DELHI MEETS THE EU", "The EU and New Delhi want to meet. McDonald is in."])
    assert spelling.calm("NEW DELHI MEETS THE EU") == "New Delhi Meets the EU"
    assert spelling.calm("MCDONALD LEFT\nNot Shouted") == "McDonald Left\nNot Shouted"


def test_a_dateline_is_calmed_and_an_acronym_that_opens_a_line_is_not() -> None:
    report, unesco = "NEW DELHI, Jan 27 (ANI): Talks began.", "UNESCO (Paris) - UNESCO met."
    spelling = Spelling([report, unesco])
    assert spelling.calm(report) == "New Delhi, Jan 27 (ANI): Talks began."
    assert spelling.calm(unesco) == unesco
    assert spelling.calm("NATO allies - and others - met.") == "NATO allies - and others - met."


def test_an_acronym_alone_is_not_shouted() -> None:
    assert not shouted("EU")
    assert not shouted("UN 2026")
    assert shouted("UNITED")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_calming_keeps_every_offset(text: str) -> None:
    assert len(Spelling([text]).calm(text.upper())) == len(text.upper())
