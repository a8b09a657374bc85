"""Notes and tags on entities: rows to records and back.

They are kept under the kind and name that the entity had when they were written, and follow it through the decisions
made since: what was renamed or merged brings its notes along, and takes them back when that is undone.
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.deciding import Named, Replay
from postil_db.errors import NotFound
from postil_db.records import EntityNote
from postil_db.store.derive import decisions
from postil_db.store.tags import ensure_all, require
from postil_db.store.text import clean
from postil_db.tables import EntityNoteRow, EntityRow, EntityTagRow, TagRow
from postil_db.tables.base import now


def every(session: Session) -> dict[Named, EntityNote]:
    """What is written about entities, by the kind and name that they have now."""
    replay = Replay(decisions(session))
    notes: defaultdict[Named, list[str]] = defaultdict(list)
    tags: defaultdict[Named, dict[str, None]] = defaultdict(dict)
    for row in session.scalars(select(EntityNoteRow).order_by(EntityNoteRow.id)):
        notes[replay.renamed((row.kind, row.name))].append(row.note)
    tagged = select(EntityTagRow, TagRow.name).join(TagRow, TagRow.id == EntityTagRow.tag_id)
    for link, name in session.execute(tagged.order_by(EntityTagRow.ordinal, EntityTagRow.id)):
        tags[replay.renamed((link.kind, link.name))][name] = None
    return {named: EntityNote("\n\n".join(notes[named]), tuple(tags[named])) for named in [*notes, *tags]}


def of(session: Session, entity_id: int) -> EntityNote:
    """What is written about one entity."""
    return every(session).get(_named(session, entity_id), EntityNote())


def set_note(session: Session, entity_id: int, note: str) -> None:
    """Write about an entity, in the place of all that was written about it before; "" takes the note away."""
    named = _named(session, entity_id)
    replay = Replay(decisions(session))
    rows = [row for row in session.scalars(select(EntityNoteRow)) if replay.renamed((row.kind, row.name)) == named]
    own = next((row for row in rows if (row.kind, row.name) == named), None)
    for row in rows:
        if row is not own or not note.strip():
            session.delete(row)
    if note.strip():
        if own is None:
            own = EntityNoteRow(kind=named[0], name=named[1])
            session.add(own)
        own.note, own.modified_at = clean(note), now()
    session.flush()


def attach(session: Session, entity_ids: Iterable[int], name: str) -> None:
    """Give entities a tag, which is made if there is none of that name."""
    (tag,) = ensure_all(session, [name]).values()
    written = every(session)
    for named in dict.fromkeys(_named(session, entity_id) for entity_id in entity_ids):
        if tag.name not in written.get(named, EntityNote()).tags:
            last = select(func.coalesce(func.max(EntityTagRow.ordinal), -1)).where(
                EntityTagRow.kind == named[0], EntityTagRow.name == named[1]
            )
            ordinal = session.execute(last).scalar_one() + 1
            session.add(EntityTagRow(kind=named[0], name=named[1], tag_id=tag.id, ordinal=ordinal))
    session.flush()


def detach(session: Session, entity_ids: Iterable[int], name: str) -> None:
    """Take a tag from entities; the tag itself stays in the library."""
    tag = require(session, name)
    replay = Replay(decisions(session))
    wanted = {_named(session, entity_id) for entity_id in entity_ids}
    for link in session.scalars(select(EntityTagRow).where(EntityTagRow.tag_id == tag.id)):
        if replay.renamed((link.kind, link.name)) in wanted:
            session.delete(link)
    session.flush()


def with_tag(session: Session, name: str) -> list[Named]:
    """The entities that carry a tag, by name."""
    tag = require(session, name)
    return sorted(named for named, kept in every(session).items() if tag.name in kept.tags)


def _named(session: Session, entity_id: int) -> Named:
    row = session.get(EntityRow, entity_id)
    if row is None:
        raise NotFound(f"There is no name {entity_id} in this library any more. Choose it anew in the list.")
    return row.kind, row.name
