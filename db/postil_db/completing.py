"""What may stand at the caret of a query: fields, values of fields, tags, entities, titles."""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.index.fields import CHOICES, DATES, FIELDS, KINDS, MEANINGS
from postil_db.index.fold import fold, label
from postil_db.index.language import Piece, clause_text, pieces
from postil_db.records import Completion, EntityKind
from postil_db.store import tags
from postil_db.tables import DocumentRow, EntityRow, MentionRow

MOST = 12
SPANS = ("today", "yesterday", "this week", "last week", "last month", "this year", "last year")


def completions(session: Session, query: str, at: int) -> tuple[Completion, ...]:
    """The likeliest first."""
    piece = next((one for one in pieces(query) if one.start < at <= one.end and one.kind == "clause"), None)
    if piece is None:
        return ()
    if piece.field and at >= piece.at:
        return tuple(
            islice(_values(session, piece.field, query[piece.at : at].strip('"'), piece.start, piece.end), MOST)
        )
    return tuple(islice(_begun(session, query[piece.start : at], piece), MOST))


def _begun(session: Session, typed: str, piece: Piece) -> Iterator[Completion]:
    """What a word that is being typed may become."""
    name, colon, rest = typed.partition(":")
    if colon and name.lower() in FIELDS:
        yield from _values(session, name.lower(), rest, piece.start, piece.end)
        return
    begun = fold(typed)
    for field in FIELDS:
        if begun and field.startswith(begun):
            yield Completion(f"{field}:", piece.start, piece.end, MEANINGS[field], 0)
    if len(begun) > 1:
        yield from islice(_values(session, "tag", typed, piece.start, piece.end), 4)
        yield from islice(_values(session, "entity", typed, piece.start, piece.end), 4)


def _values(session: Session, field: str, typed: str, start: int, end: int) -> Iterator[Completion]:
    """The values of a field that begin with, or hold a word that begins with, what is typed."""
    if field == "tag":
        wanted = label(typed)
        for tag in sorted(tags.every(session), key=lambda one: -one.count):
            if _begins(wanted, label(tag.name)):
                yield Completion(f"{clause_text('tag', tag.name)} ", start, end, tag.name, tag.count)
    elif field in CHOICES or field in DATES:
        for value in CHOICES.get(field, SPANS):
            if value.startswith(fold(typed)):
                yield Completion(f"{clause_text(field, value)} ", start, end, value, 0)
    elif field == "entity" or field in KINDS:
        yield from _entities(session, field, typed, start, end)
    elif field in ("title", "lang"):
        column = DocumentRow.title if field == "title" else DocumentRow.language
        rows = session.execute(
            select(column, func.count())
            .where(DocumentRow.removed_at.is_(None), column != "")
            .group_by(column)
            .order_by(func.count().desc(), column)
        )
        for value, count in rows:
            if _begins(fold(typed), fold(value)):
                quoted = value.replace('"', " ")
                text = f'title:"{quoted}" ' if field == "title" else f"lang:{value} "
                yield Completion(text, start, end, value, count)


def _entities(session: Session, field: str, typed: str, start: int, end: int) -> Iterator[Completion]:
    wanted = select(EntityRow.id, EntityRow.kind, EntityRow.name)
    if field != "entity":
        wanted = wanted.where(EntityRow.kind == EntityKind(field))
    begun = fold(typed)
    fitting = {key: (kind, name) for key, kind, name in session.execute(wanted) if _begins(begun, fold(name))}
    shortest = sorted(fitting, key=lambda key: (len(fitting[key][1]), fitting[key][1]))[:200]
    counts = session.execute(
        select(MentionRow.entity_id, func.count())
        .where(MentionRow.entity_id.in_(shortest), MentionRow.hidden.is_(False))
        .group_by(MentionRow.entity_id)
        .order_by(func.count().desc(), MentionRow.entity_id)
    )
    for key, count in counts:
        kind, name = fitting[key]
        quoted = name.replace('"', " ")
        yield Completion(f'{kind.value}:"{quoted}" ', start, end, name, count)


def _begins(wanted: str, name: str) -> bool:
    return name.startswith(wanted) or any(word.startswith(wanted) for word in name.replace("/", " ").split())
