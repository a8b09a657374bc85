import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import document_fromstring

from postil.documents.html import parse_fragment, parse_html
from postil.documents.nesting import DEEPEST, flatten
from postil.documents.parse import parse_bytes
from postil.documents.tree import blocks_of, safe_link
from postil_db.records import Block, BlockKind, Style, StyleKind

SAMPLES = Path(__file__).parents[2] / "samples"


def blocks(html: str, base: str = "") -> list[Block]:
    return blocks_of(document_fromstring(f"<body>{html}</body>"), base)


def test_a_saved_page_becomes_its_article() -> None:
    read = parse_bytes((SAMPLES / "article.html").read_bytes(), "/saved/article.html")
    document, notes = read.document, read.notes
    assert document.title == "River towns prepare for the spring flood"
    assert document.authors == ("Maria Lindqvist",)
    assert document.published == "2026-03-14T08:30:00+01:00"
    assert document.language == "en"
    assert document.source == "https://gazette.example.org/2026/river-towns"
    assert notes == ()
    shapes = [(block.kind, block.level, block.text[:22]) for block in document.content.blocks]
    assert shapes == [
        (BlockKind.HEADING, 1, "River towns prepare fo"),
        (BlockKind.PARAGRAPH, 0, "OSTERBRO – The towns a"),
        (BlockKind.PARAGRAPH, 0, "The river authority ex"),
        (BlockKind.HEADING, 2, "What is known"),
        (BlockKind.LIST_ITEM, 0, "Snow in the hills lies"),
        (BlockKind.LIST_ITEM, 0, "The reservoirs above N"),
        (BlockKind.QUOTE, 0, "We have seen this rive"),
        (BlockKind.HEADING, 2, "How to follow the gaug"),
        (BlockKind.PARAGRAPH, 0, "The gauge at Osterbro "),
        (BlockKind.CODE, 0, 'level = gauge("osterbr'),
        (BlockKind.CODE, 0, "if level > 4.2:"),
        (BlockKind.CODE, 0, ""),
        (BlockKind.CODE, 0, "\twarn(level)"),
        (BlockKind.TABLE_ROW, 0, "Town\tWall (m)"),
        (BlockKind.TABLE_ROW, 0, "Osterbro\t4.8"),
        (BlockKind.TABLE_ROW, 0, "Norrdal\t5.1"),
        (BlockKind.PARAGRAPH, 0, "The last word belongs "),
    ]
    text = document.content.text
    assert not re.search("never|Most read|All rights|Sport|alert|pixel", text)
    assert [section.title for section in document.content.sections] == [
        "River towns prepare for the spring flood",
        "What is known",
        "How to follow the gauge",
    ]


def test_styles_and_links_of_a_page() -> None:
    parsed = parse_html((SAMPLES / "article.html").read_text())
    styled = {
        (block.text[style.start : style.end], style.kind, style.href)
        for block in parsed.blocks
        for style in block.styles
    }
    assert ("Lower Aalen", StyleKind.BOLD, "") in styled
    assert ("more than four hundred", StyleKind.ITALIC, "") in styled
    assert ("outlook", StyleKind.LINK, "https://weather.example.org/outlook") in styled
    assert ("report", StyleKind.LINK, "https://gazette.example.org/reports/aalen.pdf") in styled
    assert not any("javascript" in href for _text, _kind, href in styled)


def test_a_page_without_an_article_gives_all_its_text() -> None:
    parsed = parse_html("<title>Menu</title><table><tr><td><b>Soup</b><td>4.50</table><p>Open daily<div>Call us")
    assert [block.text for block in parsed.blocks] == ["Soup\t4.50", "Open daily", "Call us"]
    assert parsed.title == "Menu"


def test_a_pasted_piece_is_taken_whole() -> None:
    parsed = parse_fragment("<meta charset='utf-8'><h2>Part</h2><span>One </span><b>two</b><script>x()</script>")
    assert [block.text for block in parsed.blocks] == ["Part", "One two"]
    assert parsed.title == "Part"


def test_the_walk() -> None:
    html = (
        "<p>one<br>two <p>three<ol start=4><li>a<ul><li>b</ul><li value=9><p>c<p>d</ol><dl><dt>t<dd>e</dl>"
        "<blockquote>q<blockquote>r</blockquote></blockquote><hr><pre>x\n y</pre><h3>h<br>i</h3><s>g</s>"
    )
    assert [(block.kind, block.level, block.marker, block.text) for block in blocks(html)] == [
        (BlockKind.PARAGRAPH, 0, "", "one"),
        (BlockKind.PARAGRAPH, 0, "", "two"),
        (BlockKind.PARAGRAPH, 0, "", "three"),
        (BlockKind.LIST_ITEM, 0, "4.", "a"),
        (BlockKind.LIST_ITEM, 1, "•", "b"),
        (BlockKind.LIST_ITEM, 0, "9.", "c"),
        (BlockKind.LIST_ITEM, 0, "", "d"),
        (BlockKind.LIST_ITEM, 0, "", "t"),
        (BlockKind.LIST_ITEM, 0, "•", "e"),
        (BlockKind.QUOTE, 0, "", "q"),
        (BlockKind.QUOTE, 1, "", "r"),
        (BlockKind.RULE, 0, "", ""),
        (BlockKind.CODE, 0, "", "x"),
        (BlockKind.CODE, 0, "", " y"),
        (BlockKind.HEADING, 3, "", "h i"),
        (BlockKind.PARAGRAPH, 0, "", "g"),
    ]


def test_styles_of_table_cells_lie_where_their_words_are() -> None:
    row = blocks("<table><tr><td>one<td>a <b>bold</b> word</table>")[0]
    assert row == Block(BlockKind.TABLE_ROW, "one\ta bold word", styles=(Style(6, 10, StyleKind.BOLD),))


def test_a_table_that_only_lays_out_is_no_table() -> None:
    found = blocks("<table><tr><td><h1>Head</h1><td><p>Body one<p>Body two</table>")
    assert [block.kind for block in found] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://a.b/c", "https://a.b/c"),
        (" HTTP://a.b ", "HTTP://a.b"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("/x", "https://base.org/x"),
        ("//h.org/x", "https://h.org/x"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("vbscript:x", ""),
        ("\\\\server\\share", "https://base.org/\\\\server\\share"),
        ("http://", ""),
        ("http://[bad", ""),
        ("https://a.b/\u202egpj.exe", "https://a.b/gpj.exe"),
    ],
)
def test_which_links_stay(href: str, safe: str) -> None:
    assert safe_link(href, "https://base.org/y") == safe


def test_without_a_base_a_relative_link_leads_nowhere() -> None:
    assert safe_link("/x") == ""


@pytest.mark.parametrize("name", ["div", "b", "span", "blockquote", "ul", "table", "x-y"])
def test_deep_nesting_loses_no_text(name: str) -> None:
    html = f"<p>before</p>{f'<{name}>' * 20_000}deep down{f'</{name}>' * 20_000}<p>after</p>"
    parsed = parse_html(html)
    assert " ".join(block.text for block in parsed.blocks) == "before deep down after"


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<b>", "</b>", "<p>", "<ul>", "<li>", "</ul>", "word ", "<!--", "-->", "<x"]
        ),
        max_size=400,
    )
)
def test_flat_pages_are_left_alone_and_deep_ones_are_cut(pieces: list[str]) -> None:
    html = "".join(pieces)
    flat = flatten(html)
    if html.count("<") <= DEEPEST:
        assert flat == html
    assert flat.count("word") == html.count("word")
    assert flatten(flat) == flat


def test_nothing_active_survives(corpora: Path) -> None:
    """No element or attribute can leave the walk; what could is an address, or text that is read as HTML again."""
    payloads = json.loads((corpora / "sanitise" / "payloads.json").read_text())
    for payload in payloads:
        for parse in (parse_html, parse_fragment):
            for block in parse(f"<p>Some words before.</p>{payload['p']}<p>Some words after.</p>").blocks:
                assert all(re.match("(?i)https?://|mailto:", style.href) for style in block.styles if style.href)
                assert all(style.kind is StyleKind.LINK or not style.href for style in block.styles)
    assert len(payloads) > 100


def test_every_hostile_page_ends_in_content(corpora: Path) -> None:
    pages = sorted((corpora / "hostile").rglob("*.html"))
    assert pages
    for page in pages:
        document = parse_bytes(page.read_bytes(), str(page)).document
        assert document.content.text.strip()
        assert "<script" not in document.content.text


def test_real_pages_keep_the_rules_of_canonical_text(corpora: Path) -> None:
    for page in sorted((corpora / "readability-pages").glob("*/source.html"))[:25]:
        document = parse_bytes(page.read_bytes(), str(page)).document
        for block in document.content.blocks:
            assert "\n" not in block.text
            assert "\t" not in block.text or block.kind in (BlockKind.CODE, BlockKind.TABLE_ROW)
            assert all(0 <= style.start < style.end <= len(block.text) for style in block.styles)
            assert block.text or block.kind in (BlockKind.RULE, BlockKind.CODE)
        assert document.content.blocks[0].text == document.title
    etree.clear_error_log()


def test_a_page_with_its_pictures_inside_is_read_like_any_other() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 12_000_000}">'
    html = (SAMPLES / "article.html").read_text().replace("<h2>What is known", f"{picture}<h2>What is known")
    assert parse_html(html).blocks == parse_html((SAMPLES / "article.html").read_text()).blocks


def test_a_page_too_large_to_find_its_article_is_taken_whole_and_says_so() -> None:
    parsed = parse_html("<nav>Home</nav><article>" + "<p>Some <b>words</b>.</p>" * 26_000)
    assert len(parsed.blocks) == 26_001
    assert "all of its text" in parsed.notes[0]
