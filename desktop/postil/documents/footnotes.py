"""Notes known by how they are linked: a number in the text leads to one, and the same number there leads back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from postil_db.records import Block, BlockKind, Style, StyleKind

_SIGN = re.compile(r"\s*[\[(]?\s*(\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])]?[.:]?\s*", re.IGNORECASE)
_OPENED = re.compile(r"\s*[\[(]?\s*")
_CLOSED = re.compile(r"\s*(?:[\])]?[.:]|[\])])?(?=\s|[\])]|$)\s*")
_LEADING = re.compile(r"[\[(]?(\d{1,4}|[*†‡§¶]{1,4})[\])]?[.:]?\s+")


def with_notes(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with notes as such: with the sign that refers to them as marker, and without it in the text."""
    signs: dict[str, str] = {}
    leads: dict[str, frozenset[str]] = {}  # from the names of a block to those that it has links to
    made = []
    for block in blocks:
        links = [style for style in block.styles if style.href.startswith("#")]
        for style in links:
            sign = _SIGN.fullmatch(block.text[style.start : style.end])
            if sign:
                signs.setdefault(style.href[1:], sign[1])
        # What refers to a note stands before it: what comes later leads to nothing yet.
        made.append(_note(block, signs, leads))
        targets = frozenset(style.href[1:] for style in links)
        leads.update(dict.fromkeys(block.anchor.split(), targets))
    return made


def _note(block: Block, signs: Mapping[str, str], leads: Mapping[str, frozenset[str]]) -> Block:
    """The block as a note, if it is one."""
    names = block.anchor.split()
    sign = next((signs[name] for name in names if name in signs), "")
    if block.kind is BlockKind.FOOTNOTE:
        if not sign and names:
            leading = _LEADING.match(block.text)
            sign = leading[1] if leading else ""
        return _signed(block, sign)
    if not sign or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return block
    for style in block.styles:
        led = style.kind is StyleKind.LINK and style.start == 0 and _SIGN.fullmatch(block.text[: style.end])
        # It leads back to where it is referred to: were it a list of contents, nothing there would lead here.
        if led and led[1] == sign and not leads.get(style.href[1:], frozenset()).isdisjoint(names):
            return _signed(block, sign)
    return block


def _signed(block: Block, sign: str) -> Block:
    """A note with its sign before it instead of in its text."""
    end = 0
    if sign:
        opened = _OPENED.match(block.text)
        at = opened.end() if opened else 0
        found = _CLOSED.match(block.text, at + len(sign)) if block.text.startswith(sign, at) else None
        end = found.end() if found and found.end() < len(block.text) else 0
    styles = tuple(
        replace(style, start=max(0, style.start - end), end=style.end - end)
        for style in block.styles
        if style.end > end
    )
    return replace(block, kind=BlockKind.FOOTNOTE, level=0, marker=sign, text=block.text[end:], styles=styles)


def linked_only(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the anchors that something leads to, and the links that lead somewhere."""
    there = {name for block in blocks for name in block.anchor.split()}
    wanted = {style.href[1:] for block in blocks for style in block.styles if style.href.startswith("#")}
    return [_linked(block, there, wanted) for block in blocks]


def _linked(block: Block, there: set[str], wanted: set[str]) -> Block:
    def leads(style: Style) -> bool:
        return not style.href.startswith("#") or style.href[1:] in there

    anchor = " ".join(name for name in block.anchor.split() if name in wanted)
    styles = tuple(style for style in block.styles if leads(style))
    if anchor == block.anchor and len(styles) == len(block.styles):
        return block
    return replace(block, anchor=anchor, styles=styles)
