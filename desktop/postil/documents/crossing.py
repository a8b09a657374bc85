"""Documents as the JSON that crosses from the child process to the window's."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from postil_db.records import Block, BlockKind, Comment, Content, NewDocument, PrintedPage, Section, Style, StyleKind

_BATCH, _PAGES = 500, 20


@dataclass(frozen=True)
class Crossing:
    """What a child made of a file: the document, sentences for the reader, and its pictures by their SHA-256."""

    document: NewDocument
    notes: tuple[str, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)


def sent(crossing: Crossing) -> Iterator[Mapping[str, object]]:
    """Yield a document in answers of moderate size, its blocks first."""
    document = crossing.document
    for blocks in batched(document.content.blocks, _BATCH):
        yield {"blocks": [_packed(block) for block in blocks]}
    for pages in batched(document.pages, _PAGES):
        yield {"pages": [(one.width, one.height, one.start, one.end, _as_text(one.glyphs)) for one in pages]}
    for digest, data in crossing.images.items():
        yield {"image": digest, "bytes": _as_text(data)}
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
        "comments": [(comment.start, comment.end, comment.text) for comment in document.comments],
        "notes": crossing.notes,
    }


def received(answers: Iterator[dict[str, Any]]) -> Crossing:
    """Put a document together again from its answers."""
    blocks: list[Block] = []
    pages: list[PrintedPage] = []
    images: dict[str, bytes] = {}
    for answer in answers:
        blocks += [_unpacked(packed) for packed in answer.get("blocks", ())]
        pages += [_page(*packed) for packed in answer.get("pages", ())]
        if "image" in answer:
            images[answer["image"]] = b64decode(answer["bytes"])
        if "document" in answer:
            about = answer["document"]
            content = Content(tuple(blocks), tuple(Section(*section) for section in answer["sections"]))
            about |= {"authors": tuple(about["authors"]), "pages": tuple(pages)}
            about["comments"] = tuple(Comment(*comment) for comment in answer["comments"])
            document = NewDocument(content=content, **about)
            notes = tuple(answer["notes"])
    return Crossing(document, notes, images)


def _page(width: float, height: float, start: int, end: int, glyphs: str) -> PrintedPage:
    return PrintedPage(width, height, start, end, b64decode(glyphs))


def _as_text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _packed(block: Block) -> list[object]:
    styles = [(style.start, style.end, style.kind, style.href) for style in block.styles]
    return [block.kind, block.text, block.level, block.marker, styles, block.image, block.anchor]


def _unpacked(packed: list[Any]) -> Block:
    kind, text, level, marker, styles, image, anchor = packed
    runs = tuple(Style(start, end, StyleKind(style), href) for start, end, style, href in styles)
    return Block(BlockKind(kind), text, level, marker, runs, image, anchor)
