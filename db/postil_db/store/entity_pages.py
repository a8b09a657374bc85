"""All that the library knows of one entity: where it is named, what is written of it, and what stands beside it."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from postil_db.deciding import Named, Replay, occurrences
from postil_db.errors import NotFound
from postil_db.linking import links
from postil_db.records import DocumentInfo, Entity, EntityKind, Mention, Passage
from postil_db.records.entity_page import Beside, EntityPage, Met, Quoting, Shown
from postil_db.store import annotations, documents, entities, entity_notes
from postil_db.store.derive import decisions
from postil_db.store.live import live
from postil_db.tables import AnnotationRow, BlockRow, DocumentRow, EntityRow, MentionRow
from postil_db.touched import batches

FEW = 12
"""Passages of one document that a page gives at first."""
MORE = 300
"""Passages of one document that are given at once when more are asked for."""
NOTES = 100
"""Annotations on passages with the name, given at most."""
BESIDE = 6
"""Entities that stand together with this one, given at most."""
AROUND = 90
"""Characters of context on each side of a mention."""


def page(session: Session, entity_id: int, *, first: int | None = None) -> EntityPage:
    """The page of an entity, or of what it was renamed to or merged into.

    `first`: the document that comes before all others; the rest stand by their dates.
    """
    entity = now(session, entity_id)
    entity_id = entity.id
    by_document: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in entities.of_entity(session, entity_id):
        by_document[mention.document_id].append(mention)
    infos = {info.id: info for info in documents.every(session) if info.id in by_document}
    order = sorted(infos.values(), key=lambda info: (info.id != first, _dated(info), info.id))
    met = tuple(
        Met(
            info.id,
            info.title,
            _dated(info),
            len(by_document[info.id]),
            tuple(around(session, by_document[info.id][:FEW])),
        )
        for info in order
    )
    dates = sorted(one.date for one in met) or [""]
    linking, linking_names = _backlinks(session, entity)
    return EntityPage(
        entity,
        entity_notes.of(session, entity_id),
        dates[0],
        dates[-1],
        met,
        _quoting(session, by_document),
        linking,
        linking_names,
        _beside(session, entity_id, by_document),
    )


def now(session: Session, entity_id: int) -> Entity:
    """An entity, or what decisions made of it, where nothing is named by it any more."""
    entity = one(session, entity_id)
    if not entity.count:
        kind, name = Replay(decisions(session)).renamed((entity.kind, entity.name))
        other = session.scalar(select(EntityRow.id).where(EntityRow.kind == kind, EntityRow.name == name))
        if other is not None and other != entity_id:
            return one(session, other)
    return entity


def one(session: Session, entity_id: int) -> Entity:
    """An entity of the library with its forms and the number of its mentions, 0 if nothing names it now."""
    row = session.get(EntityRow, entity_id)
    if row is None:
        raise NotFound("This name is in the library no more. It may have been merged or renamed.")
    forms = session.execute(
        select(MentionRow.text, func.count())
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(MentionRow.entity_id == entity_id, MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None))
        .group_by(MentionRow.text)
        .order_by(func.count().desc(), MentionRow.text)
    ).all()
    aliases = tuple(text for text, _count in forms if text != row.name)
    return Entity(row.id, row.kind, row.name, aliases, sum(count for _text, count in forms))


def more(session: Session, entity_id: int, document_id: int, after: int = -1) -> list[Shown]:
    """The next passages of one document that name an entity: those that begin behind `after`, MORE at most."""
    return around(session, entities.of_entity_after(session, entity_id, document_id, after, MORE))


def around(session: Session, places: Sequence[Mention] | Sequence[Passage]) -> list[Shown]:
    """Places of one document with the words around them, cut at the ends of their paragraph."""
    if not places:
        return []
    text = _Text(session, places[0].document_id)
    return [text.shown(one.start, one.end) for one in places]


def places_of_text(session: Session, phrase: str) -> list[Met]:
    """Where a phrase stands as words of their own, in every document, in its exact spelling."""
    with_it = (
        select(BlockRow.document_id)
        .join(DocumentRow, DocumentRow.id == BlockRow.document_id)
        .where(DocumentRow.removed_at.is_(None), func.instr(BlockRow.text, phrase) > 0)
        .distinct()
    )
    wanted = set(session.scalars(with_it))
    found = []
    for info in documents.every(session):
        if info.id in wanted:
            text = _Text(session, info.id)
            here = tuple(text.shown(*place) for place in occurrences(text.whole, phrase))
            if here:
                found.append(Met(info.id, info.title, _dated(info), len(here), here))
    return found


def places_of(session: Session, entity_id: int) -> list[Met]:
    """Every place that names an entity, document by document."""
    by_document: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in entities.of_entity(session, entity_id):
        by_document[mention.document_id].append(mention)
    return [
        Met(info.id, info.title, _dated(info), len(by_document[info.id]), tuple(around(session, by_document[info.id])))
        for info in documents.every(session)
        if info.id in by_document
    ]


def named(session: Session, name: str, kind: EntityKind | None = None) -> Entity | None:
    """The entity that a link leads to: of that name, or renamed or merged since, or known by that form.

    `kind`: that very entity, of this kind and name.
    """
    exact = select(EntityRow.id).where(EntityRow.kind == kind, EntityRow.name == name)
    found = session.scalar(exact) if kind is not None else _Names(session).find(name)
    return one(session, found) if found is not None else None


def names(session: Session) -> list[tuple[str, EntityKind, int]]:
    """The name, kind and number of mentions of every entity, the most often named ones first."""
    rows = session.execute(
        select(EntityRow.name, EntityRow.kind, func.count(MentionRow.id))
        .join(MentionRow, MentionRow.entity_id == EntityRow.id)
        .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
        .where(MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None))
        .group_by(EntityRow.id)
        .order_by(func.count(MentionRow.id).desc(), EntityRow.name)
    )
    return [(name, kind, count) for name, kind, count in rows]


class _Text:
    """A document's text by its blocks, without their styles."""

    def __init__(self, session: Session, document_id: int) -> None:
        self._document = document_id
        texts = select(BlockRow.text).where(BlockRow.document_id == document_id).order_by(BlockRow.ordinal)
        self._blocks = list(session.scalars(texts))
        self._starts = [0, *accumulate(len(text) + 1 for text in self._blocks)]

    @property
    def whole(self) -> str:
        return "\n".join(self._blocks)

    def block_at(self, offset: int) -> int:
        return min(max(0, bisect_right(self._starts, offset) - 1), len(self._blocks) - 1)

    def shown(self, start: int, end: int) -> Shown:
        block = self.block_at(start)
        base, text = self._starts[block], self._blocks[block]
        a, e = start - base, min(end - base, len(text))
        left = max(0, a - AROUND)
        if left:
            left = text.find(" ", left, a) + 1 or left
        right = min(len(text), e + AROUND)
        if right < len(text):
            right = max(text.rfind(" ", e, right), e) if text.rfind(" ", e, right) > 0 else right
        before, after = "… " if left else "", " …" if right < len(text) else ""
        words = f"{before}{text[left:right]}{after}".replace("\t", " ").replace("\n", " ")
        return Shown(self._document, start, base + e, words, len(before) + a - left)


class _Names:
    """Finds entities by the names that notes call them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._replay = Replay(decisions(session))
        self._found: dict[str, int | None] = {}
        self._by_case: defaultdict[str, list[str]] | None = None

    def find(self, name: str) -> int | None:
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> int | None:
        exact = self._most_named(EntityRow.name == name)
        if exact is not None:
            return exact
        for kind in EntityKind:
            now: Named = self._replay.renamed((kind, name))
            if now != (kind, name):
                row = select(EntityRow.id).where(EntityRow.kind == now[0], EntityRow.name == now[1])
                if (found := self._session.scalar(row)) is not None:
                    return found
        loose = self._most_named(EntityRow.name.in_(self._alike(name)))
        return loose if loose is not None else self._most_named(MentionRow.text == name)

    def _alike(self, name: str) -> list[str]:
        """The names that differ in case alone, in any script: SQLite knows the case of plain Latin letters only."""
        if self._by_case is None:
            self._by_case = defaultdict(list)
            for known in self._session.scalars(select(EntityRow.name).distinct()):
                self._by_case[known.casefold()].append(known)
        return self._by_case.get(name.casefold(), [])

    def _most_named(self, which: object) -> int | None:
        found = (
            select(MentionRow.entity_id)
            .join(EntityRow, EntityRow.id == MentionRow.entity_id)
            .join(DocumentRow, DocumentRow.id == MentionRow.document_id)
            .where(which, MentionRow.hidden.is_(False), DocumentRow.removed_at.is_(None))  # type: ignore[arg-type]
            .group_by(MentionRow.entity_id)
            .order_by(func.count().desc())
            .limit(1)
        )
        return self._session.scalar(found)


def _backlinks(session: Session, entity: Entity) -> tuple[tuple[Quoting, ...], tuple[Entity, ...]]:
    finder = _Names(session)

    def leads_here(note: str) -> bool:
        return any(finder.find(link.name) == entity.id for link in links(note))

    rows = session.execute(
        live().with_only_columns(AnnotationRow.id, AnnotationRow.note).where(func.instr(AnnotationRow.note, "[[") > 0)
    )
    ids = [number for number, note in rows if leads_here(note)]
    others = []
    for (kind, name), kept in entity_notes.every(session).items():
        if leads_here(kept.note):
            row = session.scalar(select(EntityRow).where(EntityRow.kind == kind, EntityRow.name == name))
            if row is not None and row.id != entity.id:
                others.append(Entity(row.id, row.kind, row.name, (), 0))
    return _titled(session, ids), tuple(others)


def _quoting(session: Session, by_document: Mapping[int, Sequence[Mention]]) -> tuple[Quoting, ...]:
    """The first annotations whose passage names the entity."""
    ids: list[int] = []
    for document_id, mine in by_document.items():
        starts = [one.start for one in mine]
        longest = max(one.end - one.start for one in mine)
        wanted = live().with_only_columns(AnnotationRow.id, AnnotationRow.start, AnnotationRow.end)
        for number, start, end in session.execute(
            wanted.where(AnnotationRow.document_id == document_id).order_by(AnnotationRow.start)
        ):
            near = mine[bisect_left(starts, start - longest) : bisect_left(starts, end)]
            if any(one.end > start for one in near):
                ids.append(number)
        if len(ids) >= NOTES:
            break
    return _titled(session, ids[:NOTES])


def _titled(session: Session, ids: Sequence[int]) -> tuple[Quoting, ...]:
    titles: dict[int, str] = {}
    found = []
    for annotation in annotations.many(session, ids):
        if annotation.document_id not in titles:
            titles[annotation.document_id] = documents.title(session, annotation.document_id)
        found.append(Quoting(annotation, titles[annotation.document_id]))
    return tuple(found)


def _beside(session: Session, entity_id: int, by_document: Mapping[int, Sequence[Mention]]) -> tuple[Beside, ...]:
    """The entities that stand in the most paragraphs with this one."""
    counts: Counter[int] = Counter()
    for document_id, mine in by_document.items():
        text = _Text(session, document_id)
        blocks = {text.block_at(one.start) for one in mine}
        pairs = session.execute(
            select(MentionRow.entity_id, MentionRow.start).where(
                MentionRow.document_id == document_id,
                MentionRow.hidden.is_(False),
                MentionRow.entity_id != entity_id,
            )
        )
        near = {(other, text.block_at(start)) for other, start in pairs}
        counts.update(other for other, block in near if block in blocks)
    wanted = [other for other, _count in counts.most_common(BESIDE)]
    rows = {row.id: row for row in _rows(session, wanted)}
    return tuple(Beside(Entity(one, rows[one].kind, rows[one].name, (), 0), counts[one]) for one in wanted)


def _rows(session: Session, ids: Iterable[int]) -> Iterable[EntityRow]:
    for some in batches(ids):
        yield from session.scalars(select(EntityRow).where(EntityRow.id.in_(some)))


def _dated(info: DocumentInfo) -> str:
    """The day a document came out; if it does not say, when it came into the library."""
    return (info.published or info.added_at.isoformat())[:10]
