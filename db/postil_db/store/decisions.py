"""What the reader ruled about entities: rows to records and back, and what each ruling would change."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.deciding import Replay, related
from postil_db.errors import NotFound, Refused
from postil_db.records import Decision, Effect, NewDecision, Ruling
from postil_db.store import derive, documents
from postil_db.store.derive import decision_of, decisions
from postil_db.store.text import clean_name
from postil_db.tables import BlockRow, DecisionRow, DocumentRow, EntityRow, MentionRow
from postil_db.tables.base import EPOCH, Image, now
from postil_db.touched import batches

every = decisions
"""All decisions, in the order in which they were made."""

UNSAVED = 1 << 62  # the id of a decision that is only being thought about: after all others


def decide(session: Session, new: NewDecision) -> Decision:
    """Store a decision; mentions everywhere follow when the write ends."""
    new = _checked(session, new)
    row = DecisionRow(
        ruling=new.ruling,
        kind=new.kind,
        name=new.name,
        text=new.text,
        document_id=new.document_id,
        start=new.start,
        end=new.end,
        to_kind=new.to_kind,
        to_name=new.to_name,
        created_at=now(),
    )
    session.add(row)
    session.flush()
    return decision_of(row)


def withdraw(session: Session, ids: Iterable[int]) -> None:
    """Take decisions back."""
    for decision_id in ids:
        row = session.get(DecisionRow, decision_id)
        if row is None:
            raise NotFound(f"There is no decision {decision_id} in this library.")
        session.delete(row)
    session.flush()


def effect(session: Session, *new: NewDecision, without: Iterable[int] = ()) -> Effect:
    """What decisions would change, were they made now and those `without` (their ids) taken back."""
    checked = [_checked(session, one) for one in new]
    made, left_out = decisions(session), set(without)
    gone = [one.what for one in made if one.id in left_out]
    kept = [one for one in made if one.id not in left_out]
    replay = Replay([*kept, *(Decision(UNSAVED + at, one, EPOCH) for at, one in enumerate(checked))])
    mentions, places = 0, 0
    live = set(session.scalars(select(DocumentRow.id).where(DocumentRow.removed_at.is_(None))))
    for document_id in sorted(affected(session, [*checked, *gone], made) & live):
        changed = derive.outcome(session, document_id, replay).count()
        mentions += changed
        places += changed > 0
    return Effect(mentions, places)


def follow(session: Session, images: Sequence[Image]) -> None:
    """Make mentions follow the decisions that came, went or changed; `images`: their rows, as they were and are."""
    touched = [_of_image(image) for image in images]
    derive.derive(session, sorted(affected(session, touched, decisions(session))))


def affected(session: Session, touched: Sequence[NewDecision], made: Sequence[Decision]) -> set[int]:
    """The documents in which these decisions can change anything."""
    local = {one.document_id for one in touched if one.document_id is not None}
    everywhere = [one for one in touched if one.document_id is None]
    if not everywhere:
        return local
    names, texts = related([one.what for one in made], *everywhere)
    ids: set[int] = set()
    for some in batches(names):
        called = select(EntityRow.id).where(EntityRow.name.in_(some))
        for entity in (MentionRow.found_id, MentionRow.entity_id):  # one by one: each has its index
            ids |= set(session.scalars(select(MentionRow.document_id).where(entity.in_(called)).distinct()))
    for some in batches(texts):
        ids |= set(session.scalars(select(MentionRow.document_id).where(MentionRow.text.in_(some)).distinct()))
    taught = [one for one in (*everywhere, *(one.what for one in made)) if one.ruling is Ruling.ALWAYS]
    for phrase in {one.text for one in taught if one.text in texts or (one.to_name or one.text) in names}:
        here = func.instr(BlockRow.text, phrase) > 0
        ids |= set(session.scalars(select(BlockRow.document_id).where(here).distinct()))
    return local | ids


def _of_image(image: Image) -> NewDecision:
    columns = {column.name: column.type for column in DecisionRow.__table__.columns}
    names = ("ruling", "kind", "name", "text", "document_id", "start", "end", "to_kind", "to_name")

    def value(name: str) -> object:
        kind = columns[name]
        read = getattr(kind, "process_result_value", None)
        return read(image[name], None) if read else image[name]

    return NewDecision(*(value(name) for name in names))  # type: ignore[arg-type]


def _checked(session: Session, new: NewDecision) -> NewDecision:
    """A decision that says all that its ruling needs."""
    if new.document_id is not None:
        documents.title(session, new.document_id)
    to_name = clean_name(new.to_name, "A name") if new.to_name else ""
    missing = {
        Ruling.NOT_ENTITY: not (new.name or new.start is not None),
        Ruling.KIND: not new.to_kind or not (new.name or new.start is not None),
        Ruling.RENAME: not (new.name and to_name),
        Ruling.MERGE: not (new.name and to_name),
        Ruling.SPLIT: not (new.name and new.text),
        Ruling.ALWAYS: not (new.text.strip() and new.to_kind) or len(new.text) > LONGEST,
        Ruling.IGNORE: not new.text,
    }
    if missing[new.ruling]:
        raise Refused("This says too little about which name is meant. Choose a name in the text or in the list.")
    if "\n" in new.text:
        raise Refused("A name stands in one paragraph. Select the words of one paragraph only.")
    same = (new.to_kind or new.kind, to_name or new.name) == (new.kind, new.name)
    if new.ruling in (Ruling.RENAME, Ruling.MERGE) and same:
        raise Refused(f"“{new.name}” is called that already.")
    return NewDecision(
        new.ruling, new.kind, new.name, new.text, new.document_id, new.start, new.end, new.to_kind, to_name
    )


LONGEST = 200
"""Code points in a text that is always to be marked."""
