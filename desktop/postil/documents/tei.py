"""What trafilatura hands over (a dialect of TEI) back to the HTML it came from."""

import re
from copy import deepcopy

from lxml import etree

from postil.documents.embedded import held

_TAGS = {
    "quote": "blockquote",
    "item": "li",
    "row": "tr",
    "lb": "br",
    "del": "s",
    "ref": "a",
    "list": "ul",
    "head": "h2",
    "hi": "span",
    "cell": "td",
    "graphic": "img",
}
_HIGHLIGHTS = {"#b": "b", "#i": "i", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}


def as_html(body: etree._Element) -> str:
    """Return the article as HTML."""
    body = deepcopy(body)
    for node in body.iter(etree.Element):
        tag, rend = node.tag, node.get("rend") or ""
        target, picture, alt = node.get("target"), held(node.get("src") or ""), node.get("alt") or ""
        if tag == "code":
            lines = "\n" in "".join(node.itertext()) or len(node) > 0
            outer = node.getparent()
            node.tag = "pre" if lines and (outer is None or outer.tag not in ("pre", "code")) else "code"
        elif (tag == "list" and rend in ("ol", "ul", "dl")) or (tag == "head" and re.fullmatch("h[1-6]", rend)):
            node.tag = rend
        elif tag == "hi":
            node.tag = _HIGHLIGHTS.get(rend, "span")
        elif tag == "item" and rend.startswith("d"):
            node.tag = rend[:2]
        elif tag in _TAGS:  # spoilt pages have names that could not be given again
            node.tag = _TAGS[str(tag)]
        node.attrib.clear()
        if tag == "ref" and target:
            node.set("href", target)
        if tag == "graphic" and picture:
            node.set("src", picture)
            node.set("alt", alt)
    return str(etree.tostring(body, encoding="unicode", method="html"))
