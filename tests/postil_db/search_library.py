"""A library as a plain list of all that may be found in it, read from the database without any index."""

from dataclasses import dataclass

from postil_db.index.fold import words
from postil_db.library import Session
from postil_db.store import annotations, documents, entities


@dataclass(frozen=True)
class Thing:
    """Something that may be found: an annotation, an entity or a paragraph ("text"). `parts`: its words."""

    group: str
    id: int
    parts: tuple[tuple[str, list[str]], ...]
    titles: tuple[str, ...]
    tags: tuple[str, ...] = ()
    color: str = ""
    has_note: bool = False
    names: tuple[str, ...] = ()
    first: bool = False


def things(session: Session) -> list[Thing]:
    """All of them."""
    return [*_marked(session), *_named(session), *_said(session)]


def _marked(session: Session) -> list[Thing]:
    found = []
    for one in annotations.every(session):
        place = one.selector
        mentions = entities.in_span(session, one.document_id, place.start, place.end)
        every = {each.id: each.name for each in entities.every(session)}
        names = tuple(name for each in mentions for name in (every[each.entity_id], each.text))
        title = documents.title(session, one.document_id)
        parts = (
            ("title", words(title)),
            ("quote", words(place.quote)),
            ("note", words(one.note)),
            *(("tag", words(tag)) for tag in one.tags),
            *(("name", words(name)) for name in names),
        )
        color, noted = one.color.value, bool(one.note.strip())
        found.append(Thing("annotation", one.id, parts, (title,), one.tags, color, noted, names))
    return found


def _named(session: Session) -> list[Thing]:
    found = []
    for one in entities.every(session):
        inside = {each.document_id for each in entities.of_entity(session, one.id)}
        titles = tuple(documents.title(session, number) for number in inside)
        names = (one.name, *one.aliases)
        found.append(Thing("entity", one.id, tuple(("name", words(name)) for name in names), titles, names=names))
    return found


def _said(session: Session) -> list[Thing]:
    found = []
    for info in documents.every(session):
        for number, block in enumerate(documents.content(session, info.id).blocks):
            parts = (("text", words(block.text)),)
            found.append(Thing("text", info.id, parts, (info.title,), first=number == 0))
    return found
