"""Records for the panels' tests: name only what the test is about."""

from collections.abc import Sequence
from datetime import UTC, datetime

from postil_db.records import (
    AnchorState,
    Annotation,
    Color,
    DocumentInfo,
    Entity,
    EntityKind,
    Hit,
    Selector,
    Tag,
)

WHEN = datetime(2026, 1, 27, 10, 30, tzinfo=UTC)


def make_annotation(
    number: int,
    quote: str = "",
    note: str = "",
    tags: Sequence[str] = (),
    color: Color = Color.YELLOW,
    document: int = 1,
) -> Annotation:
    words = quote or f"Passage number {number}"
    place = Selector(number * 100, number * 100 + len(words), words, "", "", "", "")
    return Annotation(number, document, place, color, note, tuple(tags), AnchorState.EXACT, WHEN, WHEN)


def make_info(number: int, title: str = "", source: str = "", authors: tuple[str, ...] = ()) -> DocumentInfo:
    name = title or f"Document {number}"
    return DocumentInfo(number, name, authors, "en", "2026-01-27", source, "text/html", "", "", 900, 0, 2, WHEN, None)


def make_entity(number: int, name: str, kind: EntityKind = EntityKind.PERSON, *aliases: str, count: int = 3) -> Entity:
    return Entity(number, kind, name, aliases, count)


def make_tag(number: int, name: str, color: Color | None = None, count: int = 1) -> Tag:
    return Tag(number, name, color, count)


def make_hit(annotation: Annotation, word: str, title: str = "Partners sign in New Delhi") -> Hit:
    snippet = annotation.selector.quote
    at = snippet.index(word)
    return Hit(annotation, title, 1.0, snippet, ((at, at + len(word)),))


RECORDS = [
    make_annotation(1, "Kallas met Singh in New Delhi", "A first **note**", ["policy/defence"]),
    make_annotation(2, "Maritime security comes first", "", [], Color.GREEN),
    make_annotation(3, "The partnership was signed", "Compare with Japan", ["india", "policy/defence"], Color.BLUE),
]
