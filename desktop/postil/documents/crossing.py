"""Documents as the JSON that crosses from the child process to the window's."""

from collections.abc import Iterator, Mapping
from itertools import batched
from typing import Any

from postil_db.records import Block, BlockKind, Content, NewDocument, Section, Style, StyleKind

_BATCH = 500


def sent(document: NewDocument, notes: tuple[str, ...]) -> Iterator[Mapping[str, object]]:
    """Yield a document in answers of moderate size, its blocks first."""
    for blocks in batched(document.content.blocks, _BATCH):
        yield {"blocks": [_packed(block) for block in blocks]}
    yield {
        "document": {
            "title": document.title,
            "media_type": document.media_type,
            "sha256": document.sha256,
            "authors": document.authors,
            "language": document.language,
            "published": document.published,
            "source": document.source,
        },
        "sections": [(section.title, section.level, section.block) for section in document.content.sections],
        "notes": notes,
    }


def received(answers: Iterator[dict[str, Any]]) -> tuple[NewDocument, tuple[str, ...]]:
    """Put a document together again from its answers."""
    blocks: list[Block] = []
    for answer in answers:
        blocks += [_unpacked(packed) for packed in answer.get("blocks", ())]
        if "document" in answer:
            about = answer["document"]
            content = Content(tuple(blocks), tuple(Section(*section) for section in answer["sections"]))
            document = NewDocument(content=content, **about | {"authors": tuple(about["authors"])})
            notes = tuple(answer["notes"])
    return document, notes


def _packed(block: Block) -> list[object]:
    styles = [(style.start, style.end, style.kind, style.href) for style in block.styles]
    return [block.kind, block.text, block.level, block.marker, styles]


def _unpacked(packed: list[Any]) -> Block:
    kind, text, level, marker, styles = packed
    runs = tuple(Style(start, end, StyleKind(style), href) for start, end, style, href in styles)
    return Block(BlockKind(kind), text, level, marker, runs)
