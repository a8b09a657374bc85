import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.documents.text import parse_text
from postil_db.records import Block, BlockKind

PROSE = (
    "The partnership that was signed in New Delhi in January gives a shared frame to work which used to be spread over "
    "many separate dialogues, and it names the fields in which both sides want to do more together in the years ahead."
)
SECOND, THIRD = PROSE.split(" ", 5)[5], PROSE.split(" ", 11)[11]


def shape(text: str) -> list[tuple[BlockKind, int, str, str]]:
    return [(block.kind, block.level, block.marker, block.text) for block in parse_text(text).blocks]


@pytest.mark.parametrize("width", [50, 66, 72, 80, 100])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in (PROSE, SECOND, THIRD))
    assert [block.text for block in parse_text(text).blocks] == [PROSE, SECOND, THIRD]


def test_verse_stays_in_lines() -> None:
    verse = (
        "Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\n"
        "Rough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date;"
    )
    assert [block.text for block in parse_text(verse + "\n\n" + verse).blocks] == verse.split("\n") * 2


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert [block.text for block in parse_text(f"{PROSE}\n{SECOND}\nEnd.").blocks] == [PROSE, SECOND, "End."]


def test_chinese_lines_are_not_joined_with_blanks() -> None:
    lines = ["这是一个很长的段落" * 6 + "。"] * 3
    assert [block.text for block in parse_text("\n".join(lines)).blocks] == lines


def test_paragraphs_set_in_without_a_blank_line_between() -> None:
    lines = textwrap.fill(PROSE, 70, initial_indent="   ") + "\n" + textwrap.fill(SECOND, 70, initial_indent="   ")
    assert [block.text for block in parse_text(lines).blocks] == [PROSE, SECOND]


def test_lists_mail_and_headings() -> None:
    text = (
        "Notes from the summit\n\nThree points:\n- the first one\n  goes on here\n- the second\n\n1. one\n2) two\n\n"
        "> what they wrote\n>> what we had written\nour answer\n\nCHAPTER IV. The end\n\nAims\n====\n\n* * *\n\nBye."
    )
    assert shape(text) == [
        (BlockKind.HEADING, 1, "", "Notes from the summit"),
        (BlockKind.PARAGRAPH, 0, "", "Three points:"),
        (BlockKind.LIST_ITEM, 0, "•", "the first one goes on here"),
        (BlockKind.LIST_ITEM, 0, "•", "the second"),
        (BlockKind.LIST_ITEM, 0, "1.", "one"),
        (BlockKind.LIST_ITEM, 0, "2)", "two"),
        (BlockKind.QUOTE, 0, "", "what they wrote"),
        (BlockKind.QUOTE, 1, "", "what we had written"),
        (BlockKind.PARAGRAPH, 0, "", "our answer"),
        (BlockKind.HEADING, 2, "", "CHAPTER IV. The end"),
        (BlockKind.HEADING, 1, "", "Aims"),
        (BlockKind.RULE, 0, "", ""),
        (BlockKind.PARAGRAPH, 0, "", "Bye."),
    ]


def test_a_number_at_the_start_of_a_wrapped_line_is_no_list() -> None:
    text = f"{'word ' * 13}more\n12. {'word ' * 12}more\nend."
    assert [block.kind for block in parse_text(text).blocks] == [BlockKind.PARAGRAPH]


@pytest.mark.parametrize("first", ["It was a dark and stormy night.", "- a list", "> a quote", "x" * 200])
def test_not_every_first_line_is_a_title(first: str) -> None:
    assert parse_text(f"{first}\n\nAnd more.").title == ""


@given(st.text(alphabet="ab .\n\t>-*1)#=é中", max_size=300))
def test_no_letter_is_lost_and_no_block_breaks(text: str) -> None:
    blocks: list[Block] = parse_text(text).blocks
    assert not any("\n" in block.text or "\t" in block.text for block in blocks)
    letters = "".join(block.text for block in blocks)
    for letter in "abé中":
        assert letters.count(letter) + sum(block.marker.count(letter) for block in blocks) == text.count(letter)


GUTENBERG = """The Project Gutenberg eBook of The Ferry

This ebook is for the use of anyone anywhere in the United States and
most other parts of the world at no cost.

Title: The Ferry
        or, The Long Way Home

Author: Ann Example and Bob Sample

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE FERRY ***




CHAPTER I

The ferry sailed again on Tuesday, and everybody who had waited for it in
the harbour was glad to see the sound again, for the storm had been long
and the nights cold.

_To be read aloud._

*** END OF THE PROJECT GUTENBERG EBOOK THE FERRY ***

Updated editions will replace the previous one.
"""


def test_a_book_of_project_gutenberg_without_its_frame() -> None:
    parsed = parse_text(GUTENBERG)
    assert (parsed.title, parsed.authors, parsed.language) == (
        "The Ferry or, The Long Way Home",
        ("Ann Example", "Bob Sample"),
        "en",
    )
    assert parsed.blocks[0].text == "CHAPTER I"
    assert "in the harbour was glad" in parsed.blocks[1].text
    assert len(parsed.blocks) == 3
    assert parsed.notes == ["Left out: what Project Gutenberg says before and after the book (it is in the original)."]
    kept = parse_text(GUTENBERG.replace("*** START", "START"))
    assert "most other parts" in " ".join(block.text for block in kept.blocks)


def test_a_mail_is_called_after_its_subject() -> None:
    mail = """From: "Ann Example" <ann@example.org>
Date: Tue, 3 Mar 2026 10:00:00 +0100
Subject: The ferry

Dear Bob,

> the ferry sails again on Tuesday, as everybody in the harbour who waits
> for it knows by now, and many more besides

so it does, and we shall all be there to see it come in, wet or dry, with
the band and the mayor.
"""
    parsed = parse_text(mail)
    assert (parsed.title, parsed.authors) == ("The ferry", ("Ann Example",))
    texts = [block.text for block in parsed.blocks]
    assert "who waits for it knows by now" in " ".join(texts)
    assert any("10:00:00" in text for text in texts)
