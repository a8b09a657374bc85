"""What the library says of names: what was found, with the reader's decisions replayed on it."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from postil_db.deciding import Named, Replay, Span, occurrences
from postil_db.keeping import ledger
from postil_db.records import Decision, NewDecision, Origin
from postil_db.store import documents
from postil_db.tables import DecisionRow, EntityRow, MentionRow
from postil_db.touched import batches


@dataclass(frozen=True, slots=True)
class State:
    """A mention as it is stored, or (`id` None) as it should be; `now` is what it names, None for nothing."""

    id: int | None
    span: Span
    now: Named | None


def decisions(session: Session) -> list[Decision]:
    """All decisions, in the order in which they were made."""
    return [decision_of(row) for row in session.scalars(select(DecisionRow).order_by(DecisionRow.id))]


def decision_of(row: DecisionRow) -> Decision:
    """A row as a record."""
    what = NewDecision(
        row.ruling, row.kind, row.name, row.text, row.document_id, row.start, row.end, row.to_kind, row.to_name
    )
    return Decision(row.id, what, row.created_at)


def derive(session: Session, document_ids: Iterable[int]) -> None:
    """Make the mentions of these documents what the decisions that stand say."""
    replay = Replay(decisions(session))
    for document_id in document_ids:
        before = stored(session, document_id)
        after = wanted(session, document_id, replay, before)
        if _write(session, document_id, before, after):
            ledger(session).mentions.add(document_id)
    _prune(session)


def stored(session: Session, document_id: int) -> list[State]:
    """A document's mentions as they are stored, in the order of the text."""
    found, named = aliased(EntityRow), aliased(EntityRow)
    rows = session.execute(
        select(MentionRow, found.kind, found.name, named.kind, named.name)
        .join(found, found.id == MentionRow.found_id)
        .join(named, named.id == MentionRow.entity_id)
        .where(MentionRow.document_id == document_id)
        .order_by(MentionRow.start, MentionRow.end)
        .execution_options(populate_existing=True)
    )
    states = []
    for row, found_kind, found_name, kind, name in rows:
        ours = row.origin is Origin.YOU
        span = Span(row.start, row.end, row.text, None if ours else (found_kind, found_name))
        states.append(State(row.id, span, None if row.hidden else (kind, name)))
    return states


def wanted(session: Session, document_id: int, replay: Replay, before: Sequence[State]) -> list[State]:
    """A document's mentions as they should be."""
    found = [one for one in before if one.span.found is not None]
    after = [State(one.id, one.span, replay.of(document_id, one.span)) for one in found]
    taught = _taught(session, document_id, replay, after)
    if not taught:
        return after
    over = _Places(one.span for one in taught)
    covered = [State(one.id, one.span, None if over.overlapping(one.span) else one.now) for one in after]
    return sorted([*covered, *taught], key=lambda one: (one.span.start, one.span.end))


def ids_of(session: Session, named: set[Named]) -> dict[Named, int]:
    """The ids of these entities, which are made where they are missing."""
    known = _known(session, named)
    missing = sorted(named - known.keys())
    if missing:
        session.execute(insert(EntityRow), [{"kind": kind, "name": name} for kind, name in missing])
        known |= _known(session, set(missing))
    return known


def _known(session: Session, named: set[Named]) -> dict[Named, int]:
    known: dict[Named, int] = {}
    for names in batches({name for _kind, name in named}):
        rows = session.execute(select(EntityRow.kind, EntityRow.name, EntityRow.id).where(EntityRow.name.in_(names)))
        known |= {(kind, name): entity_id for kind, name, entity_id in rows if (kind, name) in named}
    return known


def _taught(session: Session, document_id: int, replay: Replay, found: Sequence[State]) -> list[State]:
    """The mentions that only a decision makes: where no longer name stands, and the longest where several do."""
    if not replay.always:
        return []
    text = documents.content(session, document_id).text
    taken = {(one.span.start, one.span.end) for one in found}
    names = _Places(one.span for one in found if one.now is not None)
    chosen = _Places(())
    taught: list[State] = []
    spans = [Span(start, end, phrase, None) for phrase in replay.always for start, end in occurrences(text, phrase)]
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        named = replay.of(document_id, span)
        inside = any(_length(other) > _length(span) for other in names.overlapping(span))
        if named and not inside and (span.start, span.end) not in taken and not chosen.overlapping(span):
            chosen.add(span)
            taught.append(State(None, span, named))
    return taught


class _Places:
    """Spans by their place, to ask which of them share a character with another one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=_start)
        self._longest = max(map(_length, self._spans), default=0)

    def add(self, span: Span) -> None:
        insort(self._spans, span, key=_start)
        self._longest = max(self._longest, _length(span))

    def overlapping(self, span: Span) -> list[Span]:
        first = bisect_left(self._spans, span.start - self._longest, key=_start)
        last = bisect_left(self._spans, span.end, key=_start)
        return [one for one in self._spans[first:last] if one.end > span.start]


def _start(span: Span) -> int:
    return span.start


def _length(span: Span) -> int:
    return span.end - span.start


def _write(session: Session, document_id: int, before: Sequence[State], after: Sequence[State]) -> bool:
    """Store what differs; whether anything did."""
    was = {one.id: one.now for one in before if one.span.found is not None}
    ours = {(one.span.start, one.span.end): one for one in before if one.span.found is None}
    changed = [one for one in after if one.id is not None and was[one.id] != one.now]
    new = [one for one in after if one.id is None and _standing(ours, one) is None]
    kept = {id(_standing(ours, one)) for one in after if one.id is None}
    gone = [one.id for one in ours.values() if id(one) not in kept]
    ids = ids_of(session, {one.now for one in [*changed, *new] if one.now is not None})
    if changed:
        # A hidden mention keeps the entity it had: what it names then does not matter.
        session.connection().execute(
            update(MentionRow).where(MentionRow.id == bindparam("of")).values(hidden=bindparam("hide")),
            [{"of": one.id, "hide": one.now is None} for one in changed],
        )
        named = [{"of": one.id, "is": ids[one.now]} for one in changed if one.now is not None]
        if named:
            session.connection().execute(
                update(MentionRow).where(MentionRow.id == bindparam("of")).values(entity_id=bindparam("is")), named
            )
    for some in batches([one for one in gone if one is not None]):
        session.execute(delete(MentionRow).where(MentionRow.id.in_(some)))
    rows = [_row(document_id, one.span, ids[one.now]) for one in new if one.now is not None]
    if rows:
        session.execute(insert(MentionRow), rows)
    return bool(changed or gone or rows)


def _standing(ours: dict[tuple[int, int], State], one: State) -> State | None:
    """The stored mention that says the same as this one."""
    stands = ours.get((one.span.start, one.span.end))
    return stands if stands is not None and stands.now == one.now else None


def _row(document_id: int, span: Span, entity_id: int) -> dict[str, object]:
    return {
        "document_id": document_id,
        "entity_id": entity_id,
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "origin": Origin.YOU,
        "value": "",
        "found_id": entity_id,
        "hidden": False,
    }


def _prune(session: Session) -> None:
    """Forget the entities that nothing names any more."""
    unnamed = [
        ~select(column).where(column == EntityRow.id).exists() for column in (MentionRow.entity_id, MentionRow.found_id)
    ]
    session.execute(delete(EntityRow).where(*unnamed).execution_options(synchronize_session=False))
