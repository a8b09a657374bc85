import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postil.documents.canonical import LONGEST_BLOCK, clean, contents, normalized, one_line, pieces
from postil.documents.inline import Inline
from postil_db.records import Block, BlockKind, Style, StyleKind

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u2028\u2029\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)
ANY_TEXT = st.text(st.characters(categories=None), max_size=200)


@given(ANY_TEXT)
@example("e\u0301\r\nx\r\ry\u2028z\x00\ud800 so\u00adft\ufeff")
def test_clean_text_holds_nothing_forbidden_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert not FORBIDDEN.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\n\nf"),
        ("cafe\u0301", "café"),
        ("so\u00adft \ufeffBOM", "soft BOM"),
        ("👩\u200d👩\u200d👧 \u200fשלום", "👩\u200d👩\u200d👧 \u200fשלום"),
        ("a\ud800b", "a\ufffdb"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_what_becomes_of_odd_characters(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_a_title_is_one_line_in_one_direction() -> None:
    assert one_line(" The\n \u202etitle\u202c ") == "The title"


@given(st.lists(st.tuples(st.sampled_from(["b", "i", ""]), ANY_TEXT), max_size=12))
@example([("b", "\u00a0")])
@example([("b", "e"), ("i", "\u0301x"), ("", "  y ")])
def test_styled_runs_keep_their_text(runs: list[tuple[str, str]]) -> None:
    inline = Inline()
    for style, text in runs:
        if style:
            inline.open(StyleKind.BOLD if style == "b" else StyleKind.ITALIC)
        inline.add(text)
        if style:
            inline.close()
    text, styles = inline.finish()
    joined = clean("".join(clean(run) for _style, run in runs))
    kept = re.sub("[ \t\n]+", " ", joined).strip(" \u00a0")
    assert text == (kept if re.search("[^\\s\u200b-\u200f]", kept) else "")
    assert all(0 <= style.start < style.end <= len(text) for style in styles)


def test_styles_lie_where_their_words_are() -> None:
    inline = Inline()
    inline.add("  Say ")
    inline.open(StyleKind.BOLD)
    inline.add(" cafe\u0301 \n")
    inline.close()
    inline.add("now")
    text, styles = inline.finish()
    assert text == "Say café now"
    assert styles == (Style(4, 8, StyleKind.BOLD),)


@given(st.integers(1, 5), st.sampled_from(["A sentence ends. ", "word ", "中", "e", "。字"]), st.booleans())
def test_long_blocks_are_split_without_losing_a_word(times: int, piece: str, styled: bool) -> None:
    text = (piece * (times * LONGEST_BLOCK // len(piece))).strip()
    styles = (Style(0, len(text), StyleKind.BOLD),) if styled else ()
    parts = [part for _start, part in pieces(Block(BlockKind.LIST_ITEM, text, 1, "•", styles))]
    assert all(len(part.text) <= LONGEST_BLOCK for part in parts)
    assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
    assert [part.marker for part in parts] == ["•"] + [""] * (len(parts) - 1)
    if styled:
        assert all(part.styles == (Style(0, len(part.text), StyleKind.BOLD),) for part in parts)
    if piece.startswith("A"):
        assert all(part.text.endswith("ends.") for part in parts)


@pytest.mark.parametrize(
    "blocks",
    [
        [Block(BlockKind.PARAGRAPH, "Body.")],
        [Block(BlockKind.HEADING, "The Title!", 3), Block(BlockKind.PARAGRAPH, "Body.")],
        [Block(BlockKind.PARAGRAPH, "Kicker"), Block(BlockKind.HEADING, "the title", 1)],
        [Block(BlockKind.PARAGRAPH, "The title"), Block(BlockKind.PARAGRAPH, "Body.")],
    ],
)
def test_a_document_begins_with_its_title_once(blocks: list[Block]) -> None:
    content = contents("The title", blocks).content
    assert content.blocks[0].text == "The title"
    assert [block.text.casefold().strip("!") for block in content.blocks].count("the title") == 1
    assert (content.blocks[0].kind, content.blocks[0].level) == (BlockKind.HEADING, 1)
    assert content.sections[0].block == 0


def test_styles_stay_where_they_belong_when_accents_are_composed() -> None:
    text = "e\u0301 \u0915\u093c\u1100\u1161x" * 9
    spans = [(start, end) for start in range(0, 54, 5) for end in range(start + 3, 60, 7)]
    composed, styles = normalized(text, tuple(Style(*span, StyleKind.BOLD) for span in spans))
    told = [tuple(len(unicodedata.normalize("NFC", text[:at])) for at in span) for span in spans]
    assert composed == unicodedata.normalize("NFC", text)
    assert [(style.start, style.end) for style in styles] == [span for span in told if span[0] < span[1]]
