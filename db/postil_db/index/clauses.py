"""Fields with their values -> nodes of a query tree."""

from datetime import date, datetime

from postil_db.index.dates import Days, days, is_span
from postil_db.index.entry import NAMES, Part
from postil_db.index.fields import KINDS
from postil_db.index.fold import Step, fold
from postil_db.index.language import Piece
from postil_db.index.nodes import About, Dated, Inside, Only, Passage, Range, Whole
from postil_db.index.schema import name_label
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query

FAR = 1 << 62
_EPOCH = date(1970, 1, 1)


def conditioned(piece: Piece, found: tuple[Step, ...], today: date) -> Untyped:  # noqa: PLR0911 - a table of fields
    """The condition of a clause that its field understands. `found`: the words of its value, where it takes words."""
    value = piece.text.strip().casefold()
    match piece.field:
        case "is" if value == "unread":
            return Inside(About("unread"))
        case "is" | "has":
            return whoosh_query.Term("is", value)
        case "in":
            return Only(value)
        case "published":
            return _published(days(piece.text, today))
        case "created" | "modified":
            return _made(piece.field, days(piece.text, today))
        case "lang" | "source" | "doc":
            return Inside(About(piece.field, fold(value)))
        case "date":
            return _date(piece, found, today)
        case "title" | "author":
            return Inside(About(piece.field, value, found))
        case _:
            return _named(piece, found)


def any_named(field: str) -> Untyped:
    """Whatever names an entity (`entity`), or one of a kind."""
    return whoosh_query.Term("is", "entity") if field == "entity" else whoosh_query.Term("kind", field)


def _date(piece: Piece, found: tuple[Step, ...], today: date) -> Untyped:
    """A date by its words, or by what it means."""
    span = days(piece.text, today)
    if span is None:
        return _named(piece, found)
    dated = Dated(span)
    return dated if is_span(piece.text) else whoosh_query.Or([_named(piece, found), dated])


def _named(piece: Piece, found: tuple[Step, ...]) -> Untyped:
    kinds = KINDS if piece.field == "entity" else (piece.field,)
    parts = NAMES if piece.field == "entity" else (Part[piece.field.upper()],)
    words = Passage(found, parts)
    if not (piece.phrase and piece.closed) or piece.tail:
        return words
    return Whole(tuple(name_label(kind, piece.text) for kind in kinds), words)


def _published(span: Days | None) -> Untyped:
    if span is None:
        return whoosh_query.Every()
    first = None if span.first is None else (span.first - _EPOCH).days
    after = None if span.after is None else (span.after - _EPOCH).days
    return Inside(About("published", first=first, after=after))


def _made(column: str, span: Days | None) -> Untyped:
    if span is None:
        return whoosh_query.Every()
    low = None if span.first is None else start_of(span.first)
    return Range(column, low, None if span.after is None else start_of(span.after))


def start_of(day: date) -> int:
    """When a day begins on the reader's clock, in microseconds since 1970."""
    try:
        return int(datetime(day.year, day.month, day.day).astimezone().timestamp()) * 1_000_000
    except (OverflowError, ValueError, OSError):  # the year 1, and the years before 1970 on Windows
        return -FAR if day < _EPOCH else FAR
