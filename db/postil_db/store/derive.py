"""What the library says of names: what was found, with the reader's decisions replayed on it.

A document may name somebody fifty thousand times. What was found under one name in one form fares alike, wherever it
stands, unless a decision is about one place or marks words of its own there: so decisions are replayed on forms, not on
mentions, and only those few mentions are looked at one by one.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Select, column, delete, func, insert, select, update
from sqlalchemy.orm import Session

from postil_db.deciding import Named, Replay, Span
from postil_db.keeping import ledger
from postil_db.records import Decision, NewDecision, Origin
from postil_db.store.taught import Places, State, taught
from postil_db.tables import DecisionRow, EntityRow, MentionRow
from postil_db.touched import batches

FEW = 300
"""So many passages are asked about one by one; for more, every mention of the document is looked at."""

type Within = tuple[int, int]
"""A part of a text: what begins in it."""


@dataclass(frozen=True, slots=True)
class Form:
    """Mentions that were found under one entity, are written alike, and name the same: `now`, None for nothing."""

    found_id: int
    text: str
    entity_id: int
    hidden: bool
    now: Named | None
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decisions would change in a document: forms and single mentions with what they should name.

    `lone`: the ids of the mentions that are no part of their form. `new`: to be made; `gone`: ids, to be deleted.
    """

    forms: Sequence[tuple[Form, Named | None]]
    singles: Sequence[tuple[State, Named | None]]
    lone: Sequence[int]
    new: Sequence[State]
    gone: Sequence[State]

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.forms or self.singles or self.new or self.gone)

    def count(self) -> int:
        """How many places name something else than before."""
        places = {(one.span.start, one.span.end) for one in (*self.new, *self.gone)}
        places |= {(one.span.start, one.span.end) for one, _ in self.singles}
        return sum(form.count for form, _ in self.forms) + len(places)


def decisions(session: Session) -> list[Decision]:
    """All decisions, in the order in which they were made."""
    return [decision_of(row) for row in session.scalars(select(DecisionRow).order_by(DecisionRow.id))]


def decision_of(row: DecisionRow) -> Decision:
    """A row as a record."""
    what = NewDecision(
        row.ruling, row.kind, row.name, row.text, row.document_id, row.start, row.end, row.to_kind, row.to_name
    )
    return Decision(row.id, what, row.created_at)


def derive(session: Session, document_ids: Iterable[int], within: Within | None = None) -> None:
    """Make the mentions of these documents what the decisions that stand say. `within`: only those that begin there."""
    replay = Replay(decisions(session))
    for document_id in document_ids:
        came = outcome(session, document_id, replay, within)
        if came:
            _write(session, document_id, came, within)
            ledger(session).mentions.add(document_id)
    if within is None:
        prune(session)


def outcome(session: Session, document_id: int, replay: Replay, within: Within | None = None) -> Outcome:
    """What these decisions would change in a document."""
    here = _here(document_id, within)
    ours = _singles(session, [*here, MentionRow.origin == Origin.YOU])
    marked = taught(session, document_id, replay, lambda spans: _touching(session, here, spans), within)
    over = Places(one.span for one in marked)
    lone = {one.id: one for one in _touching(session, here, [one.span for one in marked])}
    lone |= {one.id: one for one in _at(session, here, replay.places(document_id))}
    single = []
    for one in lone.values():
        named = None if over.overlapping(one.span) else replay.of(document_id, one.span)
        if named != one.now:
            single.append((one, named))
    forms = []
    for form, found in _forms(session, here, lone):
        named = replay.of(document_id, Span(-1, -1, form.text, found))
        if named != form.now:
            forms.append((form, named))
    stands = {(one.span.start, one.span.end, one.now) for one in ours}
    wanted = {(one.span.start, one.span.end, one.now) for one in marked}
    new = [one for one in marked if (one.span.start, one.span.end, one.now) not in stands]
    gone = [one for one in ours if (one.span.start, one.span.end, one.now) not in wanted]
    return Outcome(forms, single, [*lone], new, gone)


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


# what is stored


def _here(document_id: int, within: Within | None) -> list[ColumnElement[bool]]:
    here: list[ColumnElement[bool]] = [MentionRow.document_id == document_id]
    if within is not None:
        here += [MentionRow.start >= within[0], MentionRow.start < within[1]]
    return here


def _singles(session: Session, where: Iterable[ColumnElement[bool]]) -> list[State]:
    rows = session.execute(
        select(
            MentionRow.id, MentionRow.start, MentionRow.end, MentionRow.text, MentionRow.origin, MentionRow.hidden,
            MentionRow.found_id, MentionRow.entity_id,
        ).where(*where)
    ).all()  # fmt: skip
    names = names_of(session, {number for row in rows for number in (row.found_id, row.entity_id)})
    states = []
    for number, start, end, text, origin, hidden, found_id, entity_id in rows:
        span = Span(start, end, text, None if origin is Origin.YOU else names[found_id])
        states.append(State(number, span, None if hidden else names[entity_id]))
    return states


def _touching(session: Session, here: Sequence[ColumnElement[bool]], spans: Sequence[Span]) -> list[State]:
    """The mentions that were found and share a character with one of these spans."""
    if not spans:
        return []
    longest = session.scalar(select(func.max(MentionRow.end - MentionRow.start)).where(*here)) or 0
    found = select(MentionRow.id, MentionRow.start, MentionRow.end).where(*here, MentionRow.origin != Origin.YOU)
    near: set[int] = set()
    if len(spans) <= FEW:
        for one in spans:
            about = found.where(MentionRow.start.between(one.start - longest, one.end - 1), MentionRow.end > one.start)
            near.update(session.scalars(about))
    else:
        places = Places(spans)
        near.update(number for number, start, end in session.execute(found) if places.meet(start, end))
    return _singles(session, [MentionRow.id.in_(listed(near))])


def _at(session: Session, here: Sequence[ColumnElement[bool]], places: Iterable[tuple[int, int]]) -> list[State]:
    """The mentions that were found at these very places."""
    wanted = set(places)
    if not wanted:
        return []
    starts = listed(start for start, _end in wanted)
    found = _singles(session, [*here, MentionRow.start.in_(starts), MentionRow.origin != Origin.YOU])
    return [one for one in found if (one.span.start, one.span.end) in wanted]


def _forms(session: Session, here: Sequence[ColumnElement[bool]], lone: Iterable[int]) -> list[tuple[Form, Named]]:
    """The forms of a document, the mentions `lone` left out, with what each was found as."""
    by = (MentionRow.found_id, MentionRow.text, MentionRow.entity_id, MentionRow.hidden)
    counted = session.execute(
        select(MentionRow.found_id, MentionRow.text, MentionRow.entity_id, MentionRow.hidden, func.count())
        .where(*here, MentionRow.origin != Origin.YOU, MentionRow.id.not_in(listed(lone)))
        .group_by(*by)
    ).all()
    names = names_of(session, {number for row in counted for number in (row[0], row[2])})
    return [
        (Form(found_id, text, entity_id, hidden, None if hidden else names[entity_id], count), names[found_id])
        for found_id, text, entity_id, hidden, count in counted
    ]


def names_of(session: Session, ids: Iterable[int]) -> dict[int, Named]:
    """What these entities are, by their ids."""
    rows = session.execute(select(EntityRow.id, EntityRow.kind, EntityRow.name).where(EntityRow.id.in_(listed(ids))))
    return {number: (kind, name) for number, kind, name in rows}


def listed(numbers: Iterable[int]) -> Select[int]:
    """However many numbers, as one value of a statement."""
    return select(func.json_each(json.dumps([*numbers])).table_valued(column("value", Integer)).c.value)


# what is written


def _write(session: Session, document_id: int, came: Outcome, within: Within | None) -> None:
    named = {now for _, now in (*came.forms, *came.singles)} | {one.now for one in came.new}
    ids = ids_of(session, {one for one in named if one is not None})
    moved: dict[Named | None, list[int]] = {}
    for one, now in came.singles:
        moved.setdefault(now, []).append(one.id)
    if came.forms:
        wanted = {(form.found_id, form.text, form.entity_id, form.hidden): now for form, now in came.forms}
        rows = session.execute(
            select(MentionRow.id, MentionRow.found_id, MentionRow.text, MentionRow.entity_id, MentionRow.hidden).where(
                *_here(document_id, within),
                MentionRow.origin != Origin.YOU,
                MentionRow.found_id.in_(listed({form.found_id for form, _ in came.forms})),
                MentionRow.id.not_in(listed(came.lone)),
            )
        )
        for number, *form in rows:
            if (key := tuple(form)) in wanted:
                moved.setdefault(wanted[key], []).append(number)
    for now, numbers in moved.items():
        # A hidden mention keeps the entity it had: what it names then does not matter.
        values = {"hidden": True} if now is None else {"hidden": False, "entity_id": ids[now]}
        change = update(MentionRow).where(MentionRow.id.in_(listed(numbers))).values(values)
        session.execute(change.execution_options(synchronize_session=False))
    if came.gone:
        gone = delete(MentionRow).where(MentionRow.id.in_(listed(one.id for one in came.gone)))
        session.execute(gone.execution_options(synchronize_session=False))
    rows_new = [_row(document_id, one.span, ids[one.now]) for one in came.new if one.now is not None]
    if rows_new:
        session.execute(insert(MentionRow), rows_new)


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


def prune(session: Session) -> None:
    """Forget the entities that nothing names any more."""
    unnamed = [
        ~select(column).where(column == EntityRow.id).exists() for column in (MentionRow.entity_id, MentionRow.found_id)
    ]
    session.execute(delete(EntityRow).where(*unnamed).execution_options(synchronize_session=False))
