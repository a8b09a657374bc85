"""A saved web page to the blocks of its article: what its author wrote, without the site around it."""

import re
from copy import deepcopy
from typing import Any

import nh3
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from postil.documents.about import About
from postil.documents.article import container, without_surroundings
from postil.documents.canonical import clean
from postil.documents.elements import ALLOWED, WITHOUT_TEXT
from postil.documents.embedded import Find, PagePictures, held
from postil.documents.ends import without_tail
from postil.documents.footnotes import linked_only, with_notes
from postil.documents.nesting import flatten
from postil.documents.numbers import renumbered
from postil.documents.parsed import Parsed
from postil.documents.tei import as_html
from postil.documents.tree import blocks_of, safe_link
from postil_db.records import Block, BlockKind

_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "li": {"value"}}
_PREPARED = {**_ATTRIBUTES, "*": {"id", "data-note"}, "img": {"src", "alt"}}
_PAGE_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_CODE_MARK = re.compile(r"postilcode(\d+)mark ?")
_LARGE_PAGE = 50_000  # elements; to find the article among more takes minutes
_SHORT_ARTICLE = 250
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)")


def parse_html(text: str, *, whole_page: bool = False, find: Find | None = None) -> Parsed:
    """Read a page: its article, or all of its text where no article is found or `whole_page` is asked for.

    `find`: gives the files that came with it. `title` may stay "".
    """
    pictures = PagePictures(find)
    page = page_tree(pictures.without_data(text))
    if page is None:
        return Parsed([], "text/html")
    pictures.hold(page)
    source = _address(page) or _saved_from(text)
    large = sum(1 for _ in page.iter()) > _LARGE_PAGE
    found = None if large else _extract(page)
    parsed = Parsed(
        [],
        "text/html",
        language=page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        source=source,
    )
    about = About(page)
    parsed.title = about.title(getattr(found, "title", None) or "")
    parsed.authors = about.authors(tuple((getattr(found, "author", None) or "").split(";")))
    parsed.published = about.published(getattr(found, "date", None) or "")
    if found is not None:
        codes = [blocks_of(pre) for pre in page.iter("pre")]
        article = without_tail(sanitised_blocks(as_html(found.body), source, prepared=True), source)
        parsed.blocks = renumbered(_restore_code(article, codes), page)
    if large and not whole_page:
        parsed.notes.append("The page is very large: all of its text was taken, not its article alone.")
    found_text = _length(parsed.blocks)
    running = sum(block.kind is not BlockKind.HEADING for block in parsed.blocks)
    named = container(page) if running == 1 and not whole_page else None
    if named is not None:
        # The extractor's last resort is all text in one paragraph, each word once: the page knows its own paragraphs.
        inner = sanitised_blocks(_prepared(named), source, prepared=True)
        if found_text <= _length(inner):
            parsed.blocks, found_text = inner, max(_length(inner), _SHORT_ARTICLE)
    if whole_page or found_text < _SHORT_ARTICLE or len(parsed.blocks) == 1:
        whole = sanitised_blocks(_prepared(page), source, prepared=True)
        # The extractor's last resort is all text in one paragraph: the page's own paragraphs are better.
        if whole_page or found_text < _SHORT_ARTICLE or _length(whole) < 1.5 * found_text:
            parsed.blocks = whole
    parsed.blocks = linked_only(parsed.blocks)
    parsed.images = pictures.kept.images
    parsed.notes += pictures.kept.notes()
    return parsed


def parse_fragment(text: str) -> Parsed:
    """Read a piece of a page, as the clipboard holds it: all of it is wanted."""
    blocks = sanitised_blocks(flatten(clean(text)), "")
    first = blocks[0] if blocks else None
    title = first.text if first is not None and first.kind is BlockKind.HEADING else ""
    return Parsed(blocks, "text/html", title=title)


def all_blocks(html: str, find: Find | None = None) -> tuple[list[Block], dict[str, bytes]]:
    """All blocks of a page of our own making, with its notes and inner links, and its pictures.

    `find`: gives those that it does not embed.
    """
    pictures = PagePictures(find)
    page = page_tree(pictures.without_data(html))
    if page is None:
        return [], {}
    pictures.hold(page)
    return linked_only(with_notes(sanitised_blocks(_prepared(page), "", prepared=True))), pictures.kept.images


def sanitised_blocks(html: str, base: str, *, prepared: bool = False) -> list[Block]:
    """Return the blocks of HTML that went through the allow list first: nothing active is even parsed by us.

    `prepared`: a reader of ours has put the names of anchors, notes and kept pictures into it (see `tree.blocks_of`).
    """
    safe = nh3.clean(
        html,
        tags={*ALLOWED, "img"} if prepared else set(ALLOWED),
        clean_content_tags=set(WITHOUT_TEXT),
        attributes={tag: set(names) for tag, names in (_PREPARED if prepared else _ATTRIBUTES).items()},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    root = page_tree(f"<html><body>{safe}</body></html>")
    return blocks_of(root, base, prepared=prepared) if root is not None else []


def page_tree(text: str) -> HtmlElement | None:
    """Parse a page leniently; None if there is nothing in it."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        # What stands behind the end of the page is on the page too; this parser would lose it.
        return document_fromstring(_PAGE_ENDS.sub("", flatten(clean(text))).encode(), parser=parser)
    except etree.ParserError:
        return None


def _extract(page: HtmlElement) -> Any:  # noqa: ANN401 - trafilatura gives no type that says more
    """The article as trafilatura finds it, or None.

    Code goes in as a marked paragraph each, because the extractor joins, splits and drops what is preformatted.
    """
    # Imported here: it takes a third of a second, and the command line reads plain text without it.
    from trafilatura import bare_extraction

    page = without_surroundings(page)
    for number, pre in enumerate(list(page.iter("pre"))):
        words = " ".join("".join(pre.itertext()).split())
        tail, attributes = pre.tail, dict(pre.attrib)
        pre.clear()
        pre.tag, pre.text, pre.tail = "p", f"postilcode{number}mark {words}", tail
        pre.attrib.update({name: value for name, value in attributes.items() if name in ("class", "id")})
    return bare_extraction(
        page,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        include_images=any(held(picture.get("src") or "") for picture in page.iter("img")),
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _restore_code(blocks: list[Block], codes: list[list[Block]]) -> list[Block]:
    """Put the code back in the place of its marks."""
    whole: list[Block] = []
    for block in blocks:
        mark = _CODE_MARK.match(block.text)
        if mark and int(mark[1]) < len(codes):
            whole += codes[int(mark[1])]
        else:
            whole.append(block)
    return whole


def _prepared(page: HtmlElement) -> str:
    """The whole page, its pictures and the places in it named as the walk expects them."""
    page = deepcopy(page)
    for node in page.iter(etree.Element):
        node.attrib.pop("data-note", None)
        name = node.get("id") or (node.get("name") if node.tag == "a" else None)
        if name is not None:
            node.set("id", "".join(clean(name).split()))
        if node.tag == "img":
            node.set("src", held(node.get("src") or ""))
    return str(etree.tostring(page, encoding="unicode", method="html"))


def _address(page: HtmlElement) -> str:
    """Where the page says that it lives."""
    for path in (".//link[@rel='canonical']/@href", ".//meta[@property='og:url']/@content"):
        for address in page.xpath(path):
            link = safe_link(str(address))
            if link.startswith(("http://", "https://")):
                return link
    return ""


def _saved_from(text: str) -> str:
    """Where the browser that saved the page says that it found it."""
    saved = _SAVED.search(text[:4096])
    return safe_link(saved[1]) if saved else ""


def _length(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)
