"""What on a page is surely not its article, taken out before the article is looked for; and where it surely is."""

import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_PLAYER = re.compile(
    r"(?:^|\s)(?:video-js|vjs-[\w-]+|jw-?player|yvp-[\w-]+|type-gallery|full-gallery|inline-gallery|"
    r"js-stream-content|stream-item[\w-]*|visually-?hidden|sr-only|screen-reader-text)(?:\s|$)",
    re.IGNORECASE,
)
_LEAST = 0.25
"""The share of a page's running text that must be left; else what looks like the surroundings is the page itself."""

_BESIDE = ("nav", "aside", "footer", "form", "button", "input", "figure", "iframe", "video")
_PARAGRAPH = 80  # characters; what is shorter may be a button or a label


def without_surroundings(page: HtmlElement) -> HtmlElement:
    """A copy of a page without what is hidden on it, the controls of its players, and its galleries and streams.

    What is hidden stays where nearly all is: such pages show their text by a script.
    """
    cleared = page
    for is_beside in (_is_hidden, _is_player):
        smaller = deepcopy(cleared)
        beside = [node for node in smaller.iter(etree.Element) if is_beside(node)]
        for node in beside:
            _drop(node)
        if beside and _running_text(smaller) >= _LEAST * _running_text(cleared):
            cleared = smaller
    return deepcopy(page) if cleared is page else cleared


def container(page: HtmlElement) -> HtmlElement | None:
    """The one element that the page itself calls its article, or its main part, if nothing else stands in it."""
    for path in (".//article", ".//main", ".//*[@role='main']", ".//*[@itemprop='articleBody']"):
        found = page.findall(path)
        if len(found) == 1:
            return None if any(True for _ in found[0].iter(*_BESIDE)) else found[0]
    return None


def _is_hidden(node: etree._Element) -> bool:
    if node.tag in ("body", "html"):
        return False
    if node.get("hidden") is not None and node.get("hidden") != "until-found":
        return True
    return bool(_HIDDEN.search(node.get("style") or "")) or (node.tag == "dialog" and node.get("open") is None)


def _is_player(node: etree._Element) -> bool:
    return node.tag not in ("body", "html", "article", "main") and bool(_PLAYER.search(node.get("class") or ""))


def _drop(node: etree._Element) -> None:
    """Take an element out, not the text behind it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _running_text(page: etree._Element) -> int:
    """How many characters stand in pieces of text as long as those of paragraphs."""
    return sum(len(piece) for piece in page.itertext("*") if len(piece.strip()) >= _PARAGRAPH)
