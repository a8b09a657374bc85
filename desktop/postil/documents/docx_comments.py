"""Comments in a Word file: found by marks that travel with the text through its conversion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from lxml import etree

from postil.documents.archive import Archive
from postil.documents.canonical import clean
from postil.documents.office import xml
from postil.documents.parsed import Remark
from postil_db.records import Block

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BEGIN, END, STOP = "\ue0f0", "\ue0f1", "\ue0f2"
_MARK = re.compile(f"([{BEGIN}{END}])(\\d{{1,9}}){STOP}")
OURS = re.compile(f"[{BEGIN}{END}{STOP}]")


@dataclass
class Comments:
    """The comments of one file. `texts`: by id; `found`: where they stand, once `lift` went through the blocks."""

    texts: dict[str, str]
    found: list[Remark] = field(default_factory=list)

    @classmethod
    def of(cls, archive: Archive, name: str) -> Self:
        """Read what was commented; where, the text says."""
        if "word/comments.xml" not in archive:
            return cls({})
        texts = {}
        for comment in xml(archive.read("word/comments.xml"), name).iter(f"{_WORD}comment"):
            paragraphs = (
                "".join(node.text or "" for node in one.iter(f"{_WORD}t")) for one in comment.iter(f"{_WORD}p")
            )
            text = clean("\n".join(paragraphs)).strip()
            author = clean(comment.get(f"{_WORD}author") or "").strip()
            if text:
                texts[comment.get(f"{_WORD}id") or ""] = f"{author}: {text}" if author else text
        return cls(texts)

    def mark(self, root: etree._Element) -> None:
        """Put marks into a document's text where the ranges of comments begin and end."""
        for node in root.iter(f"{_WORD}t"):
            if node.text and OURS.search(node.text):
                node.text = OURS.sub("\ufffd", node.text)
        for tag, sign in (("commentRangeStart", BEGIN), ("commentRangeEnd", END)):
            for place in list(root.iter(f"{_WORD}{tag}")):
                number, parent = place.get(f"{_WORD}id") or "", place.getparent()
                # Between paragraphs a run would not be valid, and would be dropped.
                if number in self.texts and number.isdigit() and parent is not None and parent.tag == f"{_WORD}p":
                    run = etree.Element(f"{_WORD}r")
                    etree.SubElement(run, f"{_WORD}t").text = f"{sign}{number}{STOP}"
                    parent.replace(place, run)

    def lift(self, blocks: Sequence[Block]) -> list[Block]:
        """Take the marks out of the blocks' texts and note where they stood."""
        begun: dict[str, tuple[int, int]] = {}
        plain = []
        for index, block in enumerate(blocks):
            text, cuts = "", list[tuple[int, int]]()
            last = 0
            for match in _MARK.finditer(block.text):
                text += block.text[last : match.start()]
                last = match.end()
                cuts.append((match.start(), match.end()))
                if match[1] == BEGIN:
                    begun[match[2]] = (index, len(text))
                elif match[2] in begun:
                    self.found.append(Remark(*begun.pop(match[2]), index, len(text), self.texts[match[2]]))
            plain.append(_without(block, text + block.text[last:], cuts) if cuts else block)
        return plain


def _without(block: Block, text: str, cuts: Sequence[tuple[int, int]]) -> Block:
    def moved(offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in cuts if start < offset)

    styles = (replace(style, start=moved(style.start), end=moved(style.end)) for style in block.styles)
    return replace(block, text=text, styles=tuple(style for style in styles if style.start < style.end))
