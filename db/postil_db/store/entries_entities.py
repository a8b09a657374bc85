"""What the index is told about entities: their names and other forms, what is written about them, where they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Integer, func, select, type_coerce
from sqlalchemy.orm import Session

from postil_db.index.dates import Days, meant
from postil_db.index.entry import Entry, Named
from postil_db.records import Entity, EntityNote
from postil_db.store import entity_notes
from postil_db.tables import DocumentRow, EntityNoteRow, EntityRow, EntityTagRow, MentionRow, TagRow
from postil_db.touched import batches

FORMS = 50  # that are kept of one entity
FAR = 1 << 40  # more than any text is long


def stamp(session: Session) -> str:
    """Another text whenever anything was changed from which the entries of entities are made."""
    sums = (func.count(), func.max(MentionRow.id), func.sum(MentionRow.id), func.sum(MentionRow.entity_id))
    spans = (
        func.sum(MentionRow.start),
        func.sum(MentionRow.document_id * MentionRow.id),
        func.sum(type_coerce(MentionRow.hidden, Integer)),
    )
    mentions = session.execute(select(*sums, *spans)).one()
    removed = session.execute(
        select(func.count(), func.sum(DocumentRow.id * DocumentRow.rev)).where(DocumentRow.removed_at.is_not(None))
    ).one()
    written = [
        session.execute(select(func.count(), func.sum(row.rev))).one() for row in (EntityNoteRow, EntityTagRow, TagRow)
    ]
    return repr((tuple(mentions), tuple(removed), *map(tuple, written)))


def ids(session: Session) -> list[int]:
    """All entities, also those that no mention is left of."""
    return list(session.scalars(select(EntityRow.id).order_by(EntityRow.id)))


def of_documents(session: Session, document_ids: Iterable[int]) -> set[int]:
    """The entities that these documents name."""
    found: set[int] = set()
    for some in batches(document_ids):
        found |= set(session.scalars(select(MentionRow.entity_id).where(MentionRow.document_id.in_(some)).distinct()))
    return found


def noted(session: Session) -> set[int]:
    """The entities that something is written about."""
    names = entity_notes.every(session)
    found: set[int] = set()
    for kind, name in names:
        found |= set(session.scalars(select(EntityRow.id).where(EntityRow.kind == kind, EntityRow.name == name)))
    return found


def entries(session: Session, entity_ids: Iterable[int]) -> Iterator[Entry]:
    """The entries of those of these entities that some document names."""
    written = entity_notes.every(session)
    for some in batches(entity_ids):
        forms: defaultdict[int, dict[str, None]] = defaultdict(dict)
        values: defaultdict[int, dict[str, None]] = defaultdict(dict)
        inside: defaultdict[int, set[int]] = defaultdict(set)
        rows = session.execute(
            select(MentionRow.entity_id, MentionRow.text, MentionRow.document_id, MentionRow.value)
            .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
            .where(MentionRow.entity_id.in_(some), MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None))
            .group_by(MentionRow.entity_id, MentionRow.text, MentionRow.document_id, MentionRow.value)
            .order_by(MentionRow.entity_id, MentionRow.text)
        )
        for entity_id, text, document_id, value in rows:
            if value:
                values[entity_id][value] = None
            forms[entity_id][text] = None
            inside[entity_id].add(document_id)
        for row in session.scalars(select(EntityRow).where(EntityRow.id.in_(some)).order_by(EntityRow.id)):
            if inside[row.id]:
                note = written.get((row.kind, row.name), EntityNote())
                named = Named(
                    row.kind.value, row.name, tuple(list(forms[row.id])[:FORMS]), tuple(sorted(values[row.id]))
                )
                yield _entry(row.id, named, sorted(inside[row.id]), note)


def _entry(number: int, named: Named, inside: list[int], note: EntityNote) -> Entry:
    content = repr((named, inside, note))
    return Entry(
        id=number,
        rev=int.from_bytes(sha256(content.encode("utf-8", "surrogatepass")).digest()[:7]),
        document_id=inside[0],
        title="",
        quote="",
        note=note.note,
        tags=note.tags,
        entities=(),
        color="",
        created=len(inside),
        named=(replace(named, forms=tuple(form for form in named.forms if form != named.name)),),
        inside=tuple(inside),
        marks=(
            "entity",
            *(mark for mark, is_so in (("noted", note != EntityNote()), ("note", note.note.strip())) if is_so),
        ),
    )


def places(session: Session, entity_ids: list[int]) -> list[tuple[int, int, int]]:
    """Where these entities are named: document, start, end."""
    found: list[tuple[int, int, int]] = []
    for some in batches(entity_ids):
        here = (MentionRow.entity_id.in_(some), MentionRow.hidden.is_(False))
        rows = session.execute(select(MentionRow.document_id, MentionRow.start, MentionRow.end).where(*here))
        found += [(document_id, start, end) for document_id, start, end in rows]
    return found


def places_of_dates(session: Session, days: Days) -> list[tuple[int, int, int]]:
    """Where dates are named that mean some of these days and no others: document, start, end."""
    written = session.scalars(select(MentionRow.value).where(MentionRow.value != "").distinct())
    values = [value for value in written if (means := meant(value)) is not None and days.holds_all(means)]
    found: list[tuple[int, int, int]] = []
    for some in batches(values):
        here = (MentionRow.value.in_(some), MentionRow.hidden.is_(False))
        rows = session.execute(select(MentionRow.document_id, MentionRow.start, MentionRow.end).where(*here))
        found += [(document_id, start, end) for document_id, start, end in rows]
    return found


def records(session: Session, entity_ids: list[int]) -> dict[int, tuple[Entity, tuple[int, int, int]]]:
    """Entities with the place of their first mention: document, start, end."""
    found: dict[int, tuple[Entity, tuple[int, int, int]]] = {}
    removed = select(DocumentRow.id).where(DocumentRow.removed_at.is_not(None))
    first, often = func.min(MentionRow.document_id * FAR + MentionRow.start), func.count()
    for some in batches(entity_ids):
        here = (MentionRow.entity_id.in_(some), MentionRow.hidden.is_(False), MentionRow.document_id.not_in(removed))
        named = select(MentionRow.entity_id, MentionRow.text, often, first, MentionRow.end)  # the end of that first one
        grouped = named.where(*here).group_by(MentionRow.entity_id, MentionRow.text)
        forms: defaultdict[int, list[tuple[str, int, int, int]]] = defaultdict(list)
        for number, text, count, place, end in session.execute(grouped.order_by(often.desc(), MentionRow.text)):
            forms[number].append((text, count, place, end))
        for row in session.scalars(select(EntityRow).where(EntityRow.id.in_(forms))):
            held = forms[row.id]
            _, _, place, end = min(held, key=lambda form: form[2])
            aliases = tuple(text for text, *_ in held if text != row.name)
            entity = Entity(row.id, row.kind, row.name, aliases, sum(form[1] for form in held))
            found[row.id] = (entity, (place // FAR, place % FAR, end))
    return found
