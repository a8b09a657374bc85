"""From a question to an answer: asks the indexes, and reads what they found from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from postil_db.faceting import facets as facets_of
from postil_db.index.bulk import Order, Ranked, fitting, notes, rank
from postil_db.index.catalogue import Catalogue, Facts
from postil_db.index.context import Context, Holding, Segment
from postil_db.index.flat import Array
from postil_db.index.nearness import Neighbours
from postil_db.index.nodes import Dated, Near, Passage, Whole
from postil_db.index.places import Spans
from postil_db.index.query import parse
from postil_db.index.snippet import Marker, excerpt, snippet
from postil_db.records import Annotation, Answer, Facet, Group, Hit, Hits, Result
from postil_db.shelf import Reading, Shelf
from postil_db.store import annotations, entity_notes, entries_entities, entries_texts
from postil_db.suggesting import suggestion

type Rows = list[tuple[int, float]]

UNKNOWN = Facts(0, "", (), "", "", "", "", opened=False, removed=True)


@dataclass(frozen=True, slots=True)
class FoundAll:
    """What the indexes say: the best ids of each group, how many there are, and all that fits of two groups.

    `starts`: where the paragraphs among the best begin.
    """

    rows: Mapping[Group, Rows]
    totals: Mapping[Group, int]
    annotations: tuple[tuple[Segment, Array], ...]
    texts: tuple[tuple[Segment, Array], ...]
    starts: Mapping[int, int]


class Asking:
    """One question, and the indexes as they are at this moment."""

    def __init__(self, query: str, shelf: Shelf, catalogue: Catalogue, document: int | None, read: Reading) -> None:
        self.query, self.parsed = query, parse(query)
        self._shelf, self._catalogue, self._document, self._read = shelf, catalogue, document, read
        self._marker = Marker(self.parsed.terms)
        self._neighbours: Neighbours | None = None

    def _context(self, holding: Holding) -> Context:
        return Context(holding, self._catalogue, self._near, self.parsed.words)

    def _near(self, tree: Near, holding: Holding, segment: Segment) -> Array | None:
        """What stands near what in the texts; looked up when it is first asked for."""
        if self._neighbours is None:
            places, marked = self._shelf.places(), self._shelf.annotations.index.views()
            also = None if self.parsed.trashed else _kept
            self._neighbours = Neighbours(places, marked, self._context, self._mentions, also)
        return self._neighbours.near(tree, holding, segment)

    def _mentions(self, tree: Passage | Whole | Dated) -> Spans:
        """Where the entities are named that fit."""
        if isinstance(tree, Dated):
            return _columns(self._read(lambda session: entries_entities.places_of_dates(session, tree.days)))
        views, context = self._shelf.entities.index.views(), self._context(Holding.ENTITIES)
        found = fitting(views, tree, document=None, context=context)
        ids = [number for segment, fits in found for number in segment.columns["id"][fits].tolist()]
        return _columns(self._read(lambda session: entries_entities.places(session, ids)))

    def annotations(self, limit: int, sort: str) -> Ranked:
        """The annotations that fit: those in the trash only if that is asked for."""
        return self._shelf.annotations.index.ranked(
            self.parsed,
            limit=limit,
            sort=sort,
            document=self._document,
            context=self._context(Holding.ANNOTATIONS),
            also=None if self.parsed.trashed else _kept,
        )

    def find(self, page: slice, sort: str) -> FoundAll:
        """Ask all indexes: these of each group, the best first."""
        limit = page.stop
        views, context = self._shelf.annotations.index.views(), self._context(Holding.ANNOTATIONS)
        also = None if self.parsed.trashed else _kept
        found = fitting(views, self.parsed.tree, document=self._document, context=context, also=also)
        noted = [(segment, fits & notes(segment, context)) for segment, fits in found]
        plain = [(segment, fits & ~note) for (segment, fits), (_, note) in zip(found, noted, strict=True)]
        order = Order(sort, self.parsed.words)
        rows = {
            group: rank(views, some, limit=limit, order=order, context=context)[page]
            for group, some in ((Group.HIGHLIGHT, plain), (Group.NOTE, noted))
        }
        totals = {Group.HIGHLIGHT: _count(plain), Group.NOTE: _count(noted)}
        for group, book, holding, shown in (
            (Group.ENTITY, self._shelf.entities, Holding.ENTITIES, None),
            (Group.TEXT, self._shelf.texts, Holding.TEXTS, self._shown),
        ):
            ranked = book.index.ranked(
                self.parsed, limit=limit, sort=sort, document=self._document, context=self._context(holding), also=shown
            )
            rows[group], totals[group] = ranked.rows[page], ranked.total
        return FoundAll(rows, totals, found, ranked.fitting, _starts(ranked, rows[Group.TEXT]))

    def _shown(self, segment: Segment) -> Array:
        """Which paragraphs may be shown; where no word is asked for, the first one stands for its document."""
        start = segment.columns["start"]
        shown = start >= 0 if self.parsed.words or self.parsed.near else start == 0
        if len(self._catalogue.removed):
            shown &= ~np.isin(segment.columns["document"], self._catalogue.removed)
        return np.asarray(shown)

    def answer(self, session: Session, found: FoundAll, *, facets: bool) -> Answer:
        """What was found, read from the database."""
        results = [
            *self._marked(session, found),
            *self._named(session, found.rows[Group.ENTITY]),
            *self._said(session, found),
        ]
        counted: Sequence[Facet] = (
            facets_of(session, found.annotations, found.texts, found.totals, self._catalogue, self._shelf.labels())
            if facets
            else ()
        )
        views = [*self._shelf.annotations.index.views(), *self._shelf.texts.index.views()]
        meant = suggestion(self.query, self.parsed, [view.segment for view in views if view.segment.count])
        return Answer(self.query, tuple(results), found.totals, tuple(counted), meant, self._shelf.ready)

    def hits(self, session: Session, ranked: Ranked) -> Hits:
        """Annotations as the older search gives them."""
        scores = dict(ranked.rows)
        found = []
        for one in annotations.many(session, list(scores), trashed=self.parsed.trashed):
            text, marks = self._snippet(one, Group.NOTE)
            found.append(Hit(one, self._of(one.document_id).title, scores[one.id], text, marks))
        return Hits(tuple(found), ranked.total)

    def _of(self, document_id: int) -> Facts:
        return self._catalogue.by_id.get(document_id, UNKNOWN)

    def _snippet(self, one: Annotation, group: Group) -> tuple[str, tuple[tuple[int, int], ...]]:
        quote, note = one.selector.quote, one.note
        first = (note, quote) if group is Group.NOTE else (quote, note)
        parts = (*first, "; ".join(one.tags), self._of(one.document_id).title)
        return snippet(self._marker, [part for part in parts if part])

    def _marked(self, session: Session, found: FoundAll) -> list[Result]:
        groups = {key: group for group in (Group.HIGHLIGHT, Group.NOTE) for key, _ in found.rows[group]}
        scores = {key: score for group in (Group.HIGHLIGHT, Group.NOTE) for key, score in found.rows[group]}
        results = []
        for one in annotations.many(session, list(groups), trashed=self.parsed.trashed):
            group = groups[one.id]
            facts, (text, marks) = self._of(one.document_id), self._snippet(one, group)
            place = one.selector
            results.append(
                Result(
                    group, facts.id, facts.title, facts.date, place.start, place.end, text, marks, scores[one.id], one
                )
            )
        return results

    def _named(self, session: Session, rows: Rows) -> list[Result]:
        known = self._shelf.named(session, [key for key, _ in rows])
        written = entity_notes.every(session) if known else {}
        results = []
        for key, score in rows:
            if key not in known:
                continue
            entity, (document_id, start, end) = known[key]
            note = written.get((entity.kind, entity.name))
            parts = (entity.name, *entity.aliases, note.note if note else "")
            text, marks = snippet(self._marker, [part for part in parts if part])
            facts = self._of(document_id)
            results.append(
                Result(
                    Group.ENTITY, document_id, facts.title, facts.date, start, end, text, marks, score, entity=entity
                )
            )
        return results

    def _said(self, session: Session, found: FoundAll) -> list[Result]:
        rows = found.rows[Group.TEXT]
        texts = entries_texts.block_texts(session, [key for key, _ in rows])
        results = []
        for key, score in rows:
            if key not in texts:
                continue
            place, text = found.starts[key], texts[key]
            facts = self._of(key >> entries_texts.SHIFT)
            window, marks, (start, end) = excerpt(self._marker, text)
            results.append(
                Result(Group.TEXT, facts.id, facts.title, facts.date, place + start, place + end, window, marks, score)
            )
        return results


def _columns(places: list[tuple[int, int, int]]) -> Spans:
    rows = np.array(places, "i8").reshape(-1, 3)
    return rows[:, 0], rows[:, 1], rows[:, 2]


def _kept(segment: Segment) -> Array:
    trashed = segment.postings("is", "trashed").ids
    kept = np.ones(segment.count, bool)
    kept[trashed] = False
    return kept


def _starts(ranked: Ranked, rows: Rows) -> dict[int, int]:
    found: dict[int, int] = {}
    wanted = np.array([key for key, _ in rows], "i8")
    for segment, fits in ranked.fitting if len(wanted) else ():
        here = np.flatnonzero(fits)
        here = here[np.isin(segment.columns["id"][here], wanted)]
        found.update(zip(segment.columns["id"][here].tolist(), segment.columns["start"][here].tolist(), strict=True))
    return found


def _count(found: Sequence[tuple[Segment, Array]]) -> int:
    return sum(int(fits.sum()) for _, fits in found)
