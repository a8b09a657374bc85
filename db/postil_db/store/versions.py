"""Newer copies of documents: one takes the place of another, and what was marked moves along.

The older one is kept, out of sight like a removed one, with a row that says which took its place. What an annotation
marked before is kept beside it until the reader accepts what it marks now.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from postil_db.describing import CONTEXT, describe
from postil_db.errors import NotFound, Refused
from postil_db.records import AnchorState, Content, DocumentInfo, Selector
from postil_db.store import documents
from postil_db.store.live import require_all
from postil_db.tables import (
    ActRow,
    ActState,
    AnnotationRow,
    ChangeRow,
    DecisionRow,
    DocumentRow,
    FormerQuoteRow,
    VersionRow,
)
from postil_db.tables.base import now


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage is in another text; where it would stand, twice the same, for an orphan."""

    state: AnchorState
    start: int
    end: int


type Finder = Callable[[str, str, Sequence[Selector]], Sequence[Found]]
"""Finds passages of an old text ("" if nobody knows it any more) in a new one."""


def replace(session: Session, old_id: int, new_id: int, find: Finder) -> Mapping[AnchorState, int]:
    """Let a newer copy take a document's place; how many annotations ended in which state.

    Annotations, the place in it, and what was ruled about names in it alone go over to the newer one.
    """
    if old_id == new_id:
        raise Refused("A document cannot take its own place. Name another one.")
    old, new = _listed(session, old_id), _listed(session, new_id)
    before, after = documents.content(session, old_id), documents.content(session, new_id)
    theirs = _annotations(session, new_id)
    counts = Counter(_move_annotations(session, old, new, after, find))
    _drop_doubles(session, new_id, theirs)
    _move_decisions(session, old_id, new_id, before, after, find)
    if _was_renamed(session, old_id):
        new.title = old.title
    if old.position:
        new.position = _position(before.text, after.text, old.position, find)
    new.opened_at = max(filter(None, (old.opened_at, new.opened_at)), default=None)
    old.removed_at = now()
    session.add(VersionRow(document_id=old_id, newer_id=new_id))
    session.flush()
    return {state: counts[state] for state in AnchorState}


@dataclass(frozen=True, slots=True)
class Question:
    """Passages of one text that are to be found in another."""

    old: str
    new: str
    selectors: tuple[Selector, ...]


def questions(session: Session, old_id: int, new_id: int) -> list[Question]:
    """What `replace` will ask its finder about annotations and rulings; nothing is changed."""
    old, after = _listed(session, old_id), documents.content(session, new_id).text
    before = documents.content(session, old_id)
    asked = [
        Question(_text_of(session, old, text_hash), after, tuple(_selector(row) for row in rows))
        for text_hash, rows in _by_text(session, old_id).items()
    ]
    return [*asked, Question(before.text, after, tuple(one for _, one in _ruled_places(session, old_id, before)))]


def earlier(session: Session, document_id: int) -> list[DocumentInfo]:
    """The copies whose place a document took, the last one first."""
    found, wanted = list[int](), [document_id]
    while wanted:
        rows = session.scalars(
            select(VersionRow.document_id)
            .where(VersionRow.newer_id.in_(wanted))
            .order_by(VersionRow.document_id.desc())
        )
        wanted = [one for one in rows if one not in found]
        found += wanted
    return [documents.info(session, one) for one in found]


def newest(session: Session, document_id: int) -> int:
    """The document that has a document's place now; itself, if none took it."""
    seen = {document_id}
    while (row := session.get(VersionRow, document_id)) is not None and row.newer_id not in seen:
        document_id = row.newer_id
        seen.add(document_id)
    return document_id


def former(session: Session, document_id: int) -> dict[int, str]:
    """What the changed annotations of a document marked before, by their ids."""
    rows = session.execute(
        select(FormerQuoteRow.annotation_id, FormerQuoteRow.quote)
        .join(AnnotationRow, AnnotationRow.id == FormerQuoteRow.annotation_id)
        .where(AnnotationRow.document_id == document_id, AnnotationRow.removed_at.is_(None))
    )
    return {annotation_id: quote for annotation_id, quote in rows}  # noqa: C416 - a Row is no pair to mypy


def accept(session: Session, ids: Iterable[int]) -> None:
    """Take annotations as they stand now; lost ones stay lost."""
    for row in require_all(session, ids):
        if row.anchor_state in (AnchorState.MOVED, AnchorState.CHANGED):
            row.anchor_state = AnchorState.EXACT
            _forget_quote(session, row.id)
    session.flush()


def pin(session: Session, annotation_id: int, selector: Selector) -> None:
    """Put an annotation where the reader says."""
    (row,) = require_all(session, [annotation_id])
    content = documents.content(session, row.document_id)
    if content.text[selector.start : selector.end] != selector.quote or not selector.quote.strip():
        raise Refused("That passage is in another document. Select one in the document of the note.")
    _put(row, selector, AnchorState.EXACT)
    _forget_quote(session, row.id)
    session.flush()


def lose(session: Session, ids: Iterable[int]) -> None:
    """Say of changed annotations that what they stand at is not what was marked: they are lost, with the old quote."""
    for row in require_all(session, ids):
        kept = session.get(FormerQuoteRow, row.id)
        if row.anchor_state is AnchorState.ORPHAN:
            continue
        quote = kept.quote if kept is not None else row.quote
        _put(row, _as_it_was(session, row, quote), AnchorState.ORPHAN)
        _forget_quote(session, row.id)
    session.flush()


# annotations


def _listed(session: Session, document_id: int) -> DocumentRow:
    row = session.get(DocumentRow, document_id)
    if row is None or row.removed_at is not None:
        raise NotFound(f"There is no document {document_id} in this library.")
    return row


def _annotations(session: Session, document_id: int) -> list[AnnotationRow]:
    """All of a document, those in the trash too: they come back to the newer copy."""
    return list(session.scalars(select(AnnotationRow).where(AnnotationRow.document_id == document_id)))


def _move_annotations(
    session: Session, old: DocumentRow, new: DocumentRow, content: Content, find: Finder
) -> list[AnchorState]:
    told = []
    for text_hash, rows in _by_text(session, old.id).items():
        text = _text_of(session, old, text_hash)
        found = find(text, content.text, [_selector(row) for row in rows])
        for row, one in zip(rows, found, strict=True):
            state = _placed(session, row, one, content)
            row.document_id = new.id
            if row.removed_at is None:
                told.append(state)
    return told


def _by_text(session: Session, document_id: int) -> Mapping[str, list[AnnotationRow]]:
    """The annotations of a document by the hash of the text that each was made on."""
    made_on: defaultdict[str, list[AnnotationRow]] = defaultdict(list)
    for row in _annotations(session, document_id):
        made_on[row.text_hash].append(row)
    return made_on


def _text_of(session: Session, old: DocumentRow, text_hash: str) -> str:
    """The text that annotations were made on: the older copy's, or one of an older one still."""
    if old.text_hash == text_hash:
        return documents.content(session, old.id).text
    known = session.scalars(select(DocumentRow.id).where(DocumentRow.text_hash == text_hash).limit(1)).first()
    return documents.content(session, known).text if known is not None else ""


def _placed(session: Session, row: AnnotationRow, found: Found, content: Content) -> AnchorState:
    """Put an annotation where it was found; its state now."""
    if found.state is AnchorState.ORPHAN:
        if (kept := session.get(FormerQuoteRow, row.id)) is not None:  # what the reader marked, not what it became
            row.quote = kept.quote
            session.delete(kept)
        row.start = row.end = found.start
        row.anchor_state = AnchorState.ORPHAN
        return AnchorState.ORPHAN
    before, was = row.anchor_state, row.quote
    state = found.state
    if before is AnchorState.CHANGED or (before is AnchorState.MOVED and state is AnchorState.EXACT):
        state = before  # as long as the reader has not looked at it
    _put(row, describe(content, found.start, found.end), state)
    if row.quote != was and session.get(FormerQuoteRow, row.id) is None:
        session.add(FormerQuoteRow(annotation_id=row.id, quote=was))
    return state


def _put(row: AnnotationRow, place: Selector, state: AnchorState) -> None:
    row.start, row.end, row.quote = place.start, place.end, place.quote
    row.prefix, row.suffix = place.prefix, place.suffix
    row.section, row.text_hash, row.anchor_state = place.section, place.text_hash, state


def _selector(row: AnnotationRow) -> Selector:
    return Selector(row.start, row.end, row.quote, row.prefix, row.suffix, row.section, row.text_hash)


def _forget_quote(session: Session, annotation_id: int) -> None:
    if (kept := session.get(FormerQuoteRow, annotation_id)) is not None:
        session.delete(kept)


def _as_it_was(session: Session, row: AnnotationRow, quote: str) -> Selector:
    """The selector of a lost annotation: its old quote with what stood around it, if an older copy still says."""
    for info in earlier(session, row.document_id):
        content = documents.content(session, info.id)
        at = content.text.find(quote)
        if at >= 0:
            old = describe(content, at, at + len(quote))
            return Selector(row.start, row.start, quote, old.prefix, old.suffix, old.section, old.text_hash)
    return Selector(row.start, row.start, quote, row.prefix, row.suffix, row.section, row.text_hash)


def _drop_doubles(session: Session, document_id: int, theirs: Sequence[AnnotationRow]) -> None:
    """Remove what the newer copy brought along (comments), where the older one's say the same of the same passage."""
    own = {row.id for row in theirs}
    said = {
        (row.start, row.end, row.note)
        for row in _annotations(session, document_id)
        if row.id not in own and row.removed_at is None
    }
    for row in theirs:
        if (row.start, row.end, row.note) in said and row.note and row.removed_at is None:
            row.removed_at = now()


# what else goes over


def _move_decisions(session: Session, old_id: int, new_id: int, before: Content, after: Content, find: Finder) -> None:
    """What was ruled about single mentions goes where they are now; one whose mention is lost stays behind."""
    local = _rulings(session, old_id)
    told = _ruled_places(session, old_id, before)
    found = find(before.text, after.text, [one for _, one in told])
    for (row, _), place in zip(told, found, strict=True):
        if place.state in (AnchorState.EXACT, AnchorState.MOVED):
            row.document_id, row.start, row.end = new_id, place.start, place.end
    for row in local:
        if row.start is None:
            row.document_id = new_id


def _rulings(session: Session, document_id: int) -> list[DecisionRow]:
    return list(session.scalars(select(DecisionRow).where(DecisionRow.document_id == document_id)))


def _ruled_places(session: Session, document_id: int, content: Content) -> list[tuple[DecisionRow, Selector]]:
    """What was ruled about single mentions, with their places."""
    local = _rulings(session, document_id)
    placed = [(row, row.start, row.end) for row in local if row.start is not None and row.end is not None]
    return [(row, one) for row, start, end in placed if (one := _described(content, start, end)) is not None]


def _was_renamed(session: Session, document_id: int) -> bool:
    """Whether its title is of the reader's own making, as far back as the log of changes goes."""
    here = (ChangeRow.table == "document", ChangeRow.key == json.dumps([document_id]))
    changes = select(ChangeRow.before, ChangeRow.after).join(ActRow, ActRow.id == ChangeRow.act_id)
    for before, after in session.execute(changes.where(*here, ActRow.state == ActState.DONE)):
        if before and after and json.loads(before)["title"] != json.loads(after)["title"]:
            return True
    return False


def _described(content: Content, start: int, end: int) -> Selector | None:
    try:
        return describe(content, start, end)
    except ValueError:
        return None


def _position(before: str, after: str, position: int, find: Finder) -> int:
    """Where in the new text the reader was."""
    start = min(position, max(0, len(before) - 1))
    quote = before[start : start + 4 * CONTEXT]
    place = Selector(start, start + len(quote), quote, before[max(0, start - CONTEXT) : start], "", "", "")
    return find(before, after, [place])[0].start
