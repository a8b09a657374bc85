"""The search without any index: less than the indexes know, but right."""

from sqlalchemy.orm import Session

from postil_db.index.entry import Terms
from postil_db.records import Annotation, Answer, Group, Hit, Hits, Result
from postil_db.store import annotations, documents


def hits_without(session: Session, query: str, limit: int, document: int | None) -> Hits:
    """The annotations that hold every word of the query somewhere, newest first."""
    from postil_db.index.snippet import snippet

    words = query.casefold().replace('"', " ").split()
    newest_first = sorted(annotations.every(session), key=lambda one: one.created_at, reverse=True)
    found = [one for one in newest_first if document in (None, one.document_id) and _holds(one, words)]
    terms = Terms(words=frozenset(words))
    hits = []
    for one in found[:limit]:
        title = documents.title(session, one.document_id)
        parts = (one.note, one.selector.quote, "; ".join(one.tags), title)
        text, marks = snippet(terms, [part for part in parts if part])
        hits.append(Hit(one, title, 0.0, text, marks))
    return Hits(tuple(hits), len(found))


def _holds(one: Annotation, words: list[str]) -> bool:
    text = "\n".join((one.selector.quote, one.note, *one.tags)).casefold()
    return all(word in text for word in words)


def answer_without(session: Session, query: str, page: slice, document: int | None) -> Answer:
    """The same as an answer."""
    hits = hits_without(session, query, page.stop, document)
    results = []
    for hit in hits.hits[page]:
        place, info = hit.annotation.selector, documents.info(session, hit.annotation.document_id)
        date = info.published or info.added_at.date().isoformat()
        results.append(
            Result(
                Group.HIGHLIGHT, info.id, hit.title, date, place.start, place.end, hit.snippet, hit.marks, 0.0,
                hit.annotation,
            )
        )  # fmt: skip
    totals = {Group.HIGHLIGHT: hits.total, Group.NOTE: 0, Group.ENTITY: 0, Group.TEXT: 0}
    return Answer(query, tuple(results), totals)
