"""What a saved page says of itself, and what stands behind its article."""

import json
import time

import pytest
from lxml.html import document_fromstring

from postil.documents.about import About
from postil.documents.ends import without_tail
from postil.documents.parse import parse_bytes
from postil_db.records import Block, BlockKind, Style, StyleKind

SITE = "https://news.example.org/2026/harbour"
WORDS = "The harbour was closed on Monday because the ice had moved in from the north overnight. " * 3


def about(head: str = "", body: str = "") -> About:
    return About(document_fromstring(f"<html><head>{head}</head><body>{body}<p>x</p></body></html>"))


@pytest.mark.parametrize(
    ("found", "title", "headings", "expected"),
    [
        ("Ice closes the harbour – The Gazette", "", ["Ice closes the harbour"], "Ice closes the harbour"),
        ("Gazette | Ice closes the harbour", "", ["Ice closes the harbour"], "Ice closes the harbour"),
        (
            "Read us every day!",
            "Ice closes the harbour - Gazette",
            ["Ice closes the harbour"],
            "Ice closes the harbour",
        ),
        ("Ice closes harbour", "Ice closes harbour", ["The Gazette of Northern Towns"], "Ice closes harbour"),
        ("Ports: ice and its long history", "Ports - Ports: ice and its long history", ["Ports"], None),
        ("Ice closes harbour | Harbours", "Ice closes harbour | Harbours", [], None),
        ("Ice &amp; water", "", [], "Ice & water"),
        ("", "Only the title", ["Something else"], "Only the title"),
        ("", "", [], ""),
    ],
)
def test_a_title_is_what_the_page_says_twice(found: str, title: str, headings: list[str], expected: str | None) -> None:
    page = about(f"<title>{title}</title>", "".join(f"<h1>{heading}</h1>" for heading in headings))
    assert page.title(found) == (found if expected is None else expected)


def test_the_name_of_the_site_is_no_title() -> None:
    page = about('<meta property="og:site_name" content="The Gazette">', "<h1>The Gazette</h1>")
    assert page.title("Ice closes harbour — The Gazette") == "Ice closes harbour"


def test_titles_without_end_take_no_time() -> None:
    page = about(f"<title>{'| a ' * 20_000}</title>", "<h1>a | b</h1>" * 5_000)
    began = time.process_time()
    assert page.title("| b " * 20_000)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (("Username",), ()),
        (("Authority control",), ()),
        (("Ana Sand March", "February"), ("Ana Sand",)),
        (("Joe Wee Monday 12.2.2026",), ("Joe Wee",)),
        (("Theresa May", "Fredric March"), ("Theresa May", "Fredric March")),
        (("Troy Smith", "Gazette com", "www.example.org", "t@example.org"), ("Troy Smith",)),
        (("By Maria Lindqvist", "Maria Lindqvist"), ("Maria Lindqvist",)),
        (("Bradley Kuhn http://kuhn.example",), ("Bradley Kuhn",)),
        (("The Gazette",), ()),
        (("x" * 200, ""), ()),
    ],
)
def test_authors_are_people_and_agencies(found: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert about('<meta property="og:site_name" content="The Gazette">').authors(found) == expected


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Person", "name": "Troy L. O&#039;Hara"},
        [{"name": ["Troy L. O'Hara"]}],
        "Troy L. O'Hara",
    ],
)
def test_what_is_meant_for_machines_has_names_to_the_letter(author: object) -> None:
    data = {"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "author": author}]}
    page = about(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert page.authors(("Troy L OHara",)) == ("Troy L. O'Hara",)


@pytest.mark.parametrize("data", ["{", "[[[[", "7", '{"@type": "Article", "author": {"name": {}}, "headline": [1]}'])
def test_broken_data_for_machines_is_no_harm(data: str) -> None:
    page = about(f'<script type="application/ld+json">{data}</script>')
    assert (page.title("Found"), page.authors(("Ana Sand",)), page.published("")) == ("Found", ("Ana Sand",), "")


@pytest.mark.parametrize(
    ("head", "found", "expected"),
    [
        ('<meta property="article:published_time" content="2026-01-27T08:30:00Z">', "", "2026-01-27T08:30:00+00:00"),
        ('<meta name="date" content="2026-01-27T08:30+05:30">', "2026-01-27", "2026-01-27T08:30:00+05:30"),
        ('<meta name="date" content="2026-01-27T08:30+05:30">', "2026-01-20", "2026-01-20"),
        ('<meta name="date" content="2026-01-27T08:30">', "2026-01-27", "2026-01-27"),
        ('<meta name="date" content="2026-13-27T08:30Z">', "2026-01-27", "2026-01-27"),
    ],
)
def test_the_time_of_day_is_kept_with_its_zone(head: str, found: str, expected: str) -> None:
    assert about(head).published(found) == expected


def paragraph(text: str, href: str = "", kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, text, styles=(Style(0, len(text), StyleKind.LINK, href),) if href else ())


def test_what_leads_on_to_other_pages_is_no_part_of_the_article() -> None:
    article = [paragraph(WORDS), paragraph(WORDS)]
    tail = [
        paragraph("You may also like..."),
        paragraph("Ice on the lake", "https://www.news.example.org/lake"),
        Block(BlockKind.HEADING, "More news", 3),
        paragraph("Snow", "https://news.example.org/snow", BlockKind.LIST_ITEM),
        Block(BlockKind.HEADING, "Newsletter", 3),
    ]
    assert without_tail(article + tail, SITE) == article


def test_links_to_elsewhere_and_pages_of_links_stay() -> None:
    sources = [paragraph(WORDS), Block(BlockKind.HEADING, "Sources", 2), paragraph("A study", "https://other.example/")]
    assert without_tail(sources, SITE) == sources
    links = [paragraph("What is new", ""), *[paragraph(f"Page {n}", f"{SITE}/{n}") for n in range(9)]]
    assert without_tail(links, SITE) == links
    assert without_tail([], SITE) == []
    assert without_tail([paragraph("See:")], "") == [paragraph("See:")]


def test_blanks_alone_are_no_paragraph() -> None:
    page = (
        f"<h1>T</h1><p>&nbsp;</p><p>&nbsp;&nbsp;{WORDS}&nbsp;</p><p>\u200b</p><p>{WORDS}</p><p>last <b>&nbsp;</b></p>"
    )
    document = parse_bytes(f"<html><body><article>{page}</article></body></html>".encode(), "/a.html").document
    texts = [block.text for block in document.content.blocks]
    assert all(text == text.strip() and text.strip("\u200b") for text in texts), texts


@pytest.mark.parametrize(
    "comment",
    [f"saved from url=(0042){SITE}", f"\n Page saved with SingleFile \n url: {SITE} \n saved date: Monday\n"],
)
def test_a_page_that_a_browser_saved_keeps_its_address_and_its_numbers(comment: str) -> None:
    rules = '<ol start="4"><li>The <b>fourth</b> rule</li><li>The fifth rule</li></ol>'
    text = f"<h1>Rules of the harbour</h1><p>{WORDS}</p><p>{WORDS}</p>{rules}<p>{WORDS}</p><ol><li>Again</li></ol>"
    page = f"<!DOCTYPE html>\n<!-- {comment} -->\n<html><body><article>{text}<p>{WORDS}</p></article></body></html>"
    document = parse_bytes(page.encode(), "/saved/Page.html").document
    assert document.source == SITE
    items = [block for block in document.content.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.marker, item.text) for item in items] == [
        ("4.", "The fourth rule"),
        ("5.", "The fifth rule"),
        ("1.", "Again"),
    ]
