"""A library as a plain list of all that may be found in it, read from the database without any index."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from postil_db.index.fold import placed, words
from postil_db.library import Session
from postil_db.records import Annotation
from postil_db.store import annotations, documents, entities
from postil_db.tables import AnnotationRow

type Span = tuple[int, int]
"""The first and the last word of something, counted through its document."""


@dataclass
class Book:
    """The words of a document, where each begins, and what is marked and named among them."""

    title: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    tagged: list[tuple[tuple[str, ...], Span]] = field(default_factory=list)
    named: list[tuple[tuple[str, ...], Span]] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """The words that a passage begins and ends with."""
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1


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
    made: date | None = None
    trashed: bool = False
    book: Book | None = None
    span: Span = (0, 0)


def things(session: Session) -> list[Thing]:
    """All of them, annotations in the trash included."""
    books = {info.id: _book(session, info.id, info.title) for info in documents.every(session)}
    marked = _marked(session, books)
    return [*marked, *_named(session), *_said(session, books)]


def _book(session: Session, number: int, title: str) -> Book:
    book, base = Book(title), 0
    for block in documents.content(session, number).blocks:
        for word in placed(block.text):
            book.words.append(word.text)
            book.starts.append(base + word.start)
        base += len(block.text) + 1
    for mention in entities.in_span(session, number, 0, base):
        (name,) = [one.name for one in entities.every(session) if one.id == mention.entity_id]
        book.named.append(((name, mention.text), book.span(mention.start, mention.end)))
    return book


def _every(session: Session) -> list[Annotation]:
    ids = list(session.scalars(select(AnnotationRow.id)))
    return annotations.many(session, ids, trashed=True)


def _marked(session: Session, books: dict[int, Book]) -> list[Thing]:
    found = []
    live = {one.id for one in annotations.every(session)}
    for one in _every(session):
        place, book = one.selector, books.get(one.document_id)
        mentions = entities.in_span(session, one.document_id, place.start, place.end) if book else []
        every = {each.id: each.name for each in entities.every(session)}
        names = tuple(name for each in mentions for name in (every[each.entity_id], each.text))
        parts = (
            ("title", words(book.title if book else "")),
            ("quote", words(place.quote)),
            ("note", words(one.note)),
            *(("tag", words(tag)) for tag in one.tags),
            *(("name", words(name)) for name in names),
        )
        span = book.span(place.start, place.end) if book else (-1, -1)
        if book and one.id in live:
            book.tagged.append((one.tags, span))
        found.append(
            Thing(
                "annotation",
                one.id,
                parts,
                (book.title if book else "",),
                one.tags,
                one.color.value,
                has_note=bool(one.note.strip()),
                names=names,
                made=one.created_at.astimezone().date(),
                trashed=one.id not in live,
                book=book,
                span=span,
            )
        )
    return found


def _named(session: Session) -> list[Thing]:
    found = []
    for one in entities.every(session):
        inside = {each.document_id for each in entities.of_entity(session, one.id)}
        titles = tuple(documents.title(session, number) for number in inside)
        names = (one.name, *one.aliases)
        found.append(Thing("entity", one.id, tuple(("name", words(name)) for name in names), titles, names=names))
    return found


def _said(session: Session, books: dict[int, Book]) -> list[Thing]:
    found = []
    for number, book in books.items():
        word = 0
        for at, block in enumerate(documents.content(session, number).blocks):
            held = words(block.text)
            span = (word, word + len(held) - 1)
            word += len(held)
            parts = (("text", held),)
            found.append(Thing("text", number, parts, (book.title,), first=at == 0, book=book, span=span))
    return found
