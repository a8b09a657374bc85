"""Whatever the bytes: a document that keeps the rules, or one of the named faults."""

import unicodedata
from contextlib import suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st

from postil.documents.canonical import LONGEST_BLOCK, clean
from postil.documents.faults import DocumentError
from postil.documents.parse import parse_bytes, parse_pasted
from postil_db.records import BlockKind, NewDocument

PIECES = st.sampled_from(
    [
        "<p>",
        "<div>",
        "</div>",
        "<table><tr><td>",
        "</table>",
        "<li>",
        "<pre>",
        "</pre>",
        "<!--",
        "<a href=javascript:x>",
        "<script>",
        "&#0;",
        "&#xD800;",
        "&#x301;",
        "e",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "> ",
        "```\n",
        "|",
        "---\n",
        "*",
        "`",
        "\t",
        "\x00",
        "\u2028",
        "\ufeff",
        "שלום",
        "🦉",
        "word ",
        "[x](y)",
        "<svg><title>",
        "<br>",
        "&nbsp;",
        "\x1b$B",
    ]
)


def check(document: NewDocument) -> None:
    text = document.content.text
    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)
    first = document.content.blocks[0]
    assert (first.kind, first.level, first.text) == (BlockKind.HEADING, 1, document.title)
    for block in document.content.blocks:
        assert "\n" not in block.text
        assert "\t" not in block.text or block.kind in (BlockKind.CODE, BlockKind.TABLE_ROW)
        assert len(block.text) <= LONGEST_BLOCK
        assert block.text or block.kind in (BlockKind.RULE, BlockKind.CODE, BlockKind.IMAGE)
        for style in block.styles:
            assert 0 <= style.start < style.end <= len(block.text)
            assert style.href.lower().startswith(("http://", "https://", "mailto:", "#")) or not style.href


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.lists(PIECES, max_size=60).map(lambda pieces: "".join(pieces).encode()), st.binary(max_size=400)),
    st.sampled_from(["a.txt", "a.md", "a.html", "a", ".html"]),
)
@example(b"\x00\x00\x00\x00", "a.txt")
@example(b"\xff\xfe", "a.txt")
@example(b"<", "a.html")
@example(b"---\n", "a.md")
@example(b"\x1b$B\xff", "a")
def test_any_file(data: bytes, name: str) -> None:
    with suppress(DocumentError):
        check(parse_bytes(data, name).document)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map("".join), st.text(max_size=20))
def test_anything_pasted(text: str, html: str, title: str) -> None:
    with suppress(DocumentError):
        check(parse_pasted(text, html, title).document)
