"""Comments in an OpenDocument text: found, as in Word files, by marks that travel with the text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from postil.documents.canonical import clean
from postil.documents.docx_comments import BEGIN, END, OURS, STOP, Comments
from postil.documents.parsed import Remark
from postil_db.records import Block

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_INLINE = frozenset(f"{_TEXT}{name}" for name in ("p", "h", "span", "a"))
_WORD_BEFORE = re.compile(r"\S+\s*$")


def mark_comments(root: etree._Element) -> Comments:
    """Take the comments out of a document's text, with marks in it where they begin and end."""
    for node in root.iter(etree.Element):
        node.text = OURS.sub("\ufffd", node.text) if node.text else node.text
        node.tail = OURS.sub("\ufffd", node.tail) if node.tail else node.tail
    ends = {node.get(f"{_OFFICE}name"): node for node in root.iter(f"{_OFFICE}annotation-end")}
    comments = Comments({})
    for number, node in enumerate(list(root.iter(f"{_OFFICE}annotation"))):
        parent, text = node.getparent(), _said(node)
        if not text or parent is None or parent.tag not in _INLINE:
            continue
        comments.texts[str(number)] = text
        end = ends.get(node.get(f"{_OFFICE}name"))
        ranged = end is not None and getattr(end.getparent(), "tag", "") in _INLINE
        if end is not None and ranged:
            _replace(end, f"{END}{number}{STOP}")
        # A comment on a place, not on words, belongs to the word before: `lift_comments` finds it.
        _replace(node, f"{BEGIN}{number}{STOP}" + ("" if ranged else f"{END}{number}{STOP}"))
    return comments


def lift_comments(comments: Comments, blocks: Sequence[Block]) -> tuple[list[Block], list[Remark]]:
    """Take the marks out of the blocks, and give what the comments stand on."""
    plain = comments.lift(blocks)
    return plain, [_on_words(one, plain) for one in comments.found]


def _on_words(remark: Remark, blocks: Sequence[Block]) -> Remark:
    if (remark.block, remark.start) != (remark.last_block, remark.end):
        return remark
    text = blocks[remark.block].text
    before = _WORD_BEFORE.search(text[: remark.start])
    if before:
        return replace(remark, start=before.start())
    after = re.match(r"\s*\S+", text[remark.start :])
    return replace(remark, end=remark.start + after.end()) if after else remark


def _said(node: etree._Element) -> str:
    text = clean("\n".join("".join(map(str, one.itertext())) for one in node.iter(f"{_TEXT}p"))).strip()
    author = clean(node.findtext(_CREATOR) or "").strip()
    return f"{author}: {text}" if author and text else text


def _replace(node: etree._Element, text: str) -> None:
    """Put a text in an element's place."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    text += node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(node)
