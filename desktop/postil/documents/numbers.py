"""The numbers of ordered lists that do not begin with 1: the extractor forgets them."""

import re
from dataclasses import replace

from lxml.html import HtmlElement

from postil_db.records import Block, BlockKind

_NUMBER = re.compile(r"(\d+)\.$")


def renumbered(blocks: list[Block], page: HtmlElement) -> list[Block]:
    """Number lists as the page does; a list is known again by the text of its first item."""
    firsts = dict[str, int]()
    for items in page.iter("ol"):
        start, first = items.get("start") or "", next(items.iter("li"), None)
        if re.fullmatch(r"\d{1,6}", start) and first is not None:
            firsts[_joined(str(first.text_content()))] = int(start)
    if not firsts:
        return blocks
    whole, moved, level = list[Block](), 0, 0
    for block in blocks:
        number = _NUMBER.match(block.marker) if block.kind is BlockKind.LIST_ITEM else None
        if block.kind is not BlockKind.LIST_ITEM:
            moved = 0
        elif number and int(number[1]) == 1 and (block.level == level or not moved):
            moved, level = firsts.get(_joined(block.text), 1) - 1, block.level
        if number and moved and block.level == level:
            whole.append(replace(block, marker=f"{int(number[1]) + moved}."))
        else:
            whole.append(block)
    return whole


def _joined(text: str) -> str:
    return "".join(text.split())
