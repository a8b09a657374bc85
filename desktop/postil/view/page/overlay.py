"""All marks on the document that is shown, and the shapes made of them for the blocks on screen."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QTextBlock

from postil.anchors.offsets import Utf16
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.mention_list import MentionList
from postil.view.page.decoration import Decoration, Manner, decorate
from postil.view.page.formats import SIZE
from postil.view.page.geometry import BlockGeometry, Known, goes_right_to_left
from postil.view.page.marks import LANES, BlockIndex, Highlight, Interval, Layers, Name, Place, as_name, compose, lanes
from postil.view.page.tiles import end_of_tile, tiles
from postil_db.records import Annotation, Content, EntityKind, EntityNote, Mention


class Overlay:
    """Marks by block, and a cache of decorations. What changes a mark gives the blocks to paint again."""

    def __init__(self, theme: Theme, em: float) -> None:
        self.manner = Manner(theme, em)
        self.kinds: frozenset[EntityKind] = frozenset(EntityKind)
        self._written: Mapping[int, EntityNote] = {}
        self._changed: Callable[[], None] = _nobody
        self.clear(Content(()))

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever there are other marks than before."""
        self._changed = changed

    @property
    def content(self) -> Content:
        """The text that the marks are on."""
        return self._content

    @property
    def length(self) -> int:
        """How long the text is; 1 for an empty one."""
        return max(1, len(self._content.text))

    def kept[T](self, block: int, key: Hashable, make: Callable[[], T]) -> T:
        """What another face of the page made of a block's marks; made anew after they changed."""
        made = self._others.setdefault(block, {})
        if key not in made:
            made[key] = make()
        found: T = made[key]
        return found

    def clear(self, content: Content) -> None:
        """Start afresh for another document."""
        self._content = content
        self._highlights: dict[int, Highlight] = {}
        self._records: dict[int, Annotation] = {}
        self._by_block = BlockIndex[Highlight](content)
        self._names, self._names_ours = MentionList(), True
        self.hits: list[Interval] = []
        self._forget_all()
        self.manner = replace(self.manner, current=None, entity=None, hit=None)
        self._changed()

    def forget(self, blocks: Iterable[int] | None = None) -> None:
        """Drop shapes: those of some blocks, or all (after a change of size, width or theme)."""
        if blocks is None:
            self._forget_all()
            return
        for block in blocks:
            self._runs.pop(block, None)
            self._reshape((block,))

    def _reshape(self, blocks: Iterable[int]) -> None:
        """Drop the shapes of blocks whose marks changed; where their characters stand did not."""
        for block in blocks:
            self._made.pop(block, None)
            self._others.pop(block, None)

    def _reshape_all(self) -> None:
        """Drop the shapes of every block; where characters stand did not change."""
        self._made: dict[int, dict[int, Decoration | None]] = {}
        self._others: dict[int, dict[Hashable, Any]] = {}

    def _forget_all(self) -> None:
        self._runs: dict[int, Known] = {}
        self._reshape_all()

    def set_annotations(self, annotations: Sequence[Annotation]) -> set[int]:
        """Take the document's annotations; gives the blocks where something changed."""
        limit = len(self._content.text)
        now = {a.id: a for a in annotations}
        differing = [a for id_, a in now.items() if self._records.get(id_) is not a and not self._shows(a)]
        old = {a.id: self._highlights.pop(a.id) for a in differing if a.id in self._highlights}
        gone = {id_: self._highlights.pop(id_) for id_ in self._highlights.keys() - now.keys()}
        changed = [a for a in differing if a.selector.start < min(a.selector.end, limit)]
        touched: set[int] = set()
        for mark in (*old.values(), *gone.values()):
            touched.update(self._by_block.blocks_of(mark))
            self._by_block.drop(mark)
        changed.sort(key=lambda a: (a.selector.start, -a.selector.end, a.id))
        ends = [min(a.selector.end, limit) for a in changed]
        places = [(a.selector.start, end) for a, end in zip(changed, ends, strict=True)]
        swept = lanes(places) if not self._highlights else None
        for at, record in enumerate(changed):
            start, end = places[at]
            before = old.get(record.id)
            if before is not None and (before.start, before.end) == (start, end):
                lane = before.lane
            else:
                lane = swept[at] if swept is not None else self._free_lane(start, end)
            mark = Highlight(start, end, record.color, record.id, record.note, lane)
            self._highlights[record.id] = mark
            self._by_block.add(mark)
            touched.update(self._by_block.blocks_of(mark))
        self._records = now
        self._reshape(touched)
        self._changed()
        return touched

    def _shows(self, record: Annotation) -> bool:
        """Whether an annotation is on the page just as it is."""
        mark, place = self._highlights.get(record.id), record.selector
        return mark is not None and (mark.start, mark.end, mark.color, mark.note) == (
            place.start,
            min(place.end, len(self._content.text)),
            record.color,
            record.note,
        )

    def _free_lane(self, start: int, end: int) -> int:
        """The lowest lane that no highlight there has; those that are there keep theirs."""
        here = Place(start, end)
        taken = {
            mark.lane
            for block in self._by_block.blocks_of(here)
            for mark in self._by_block.in_block(block)
            if mark.start < end and mark.end > start
        }
        return next((lane for lane in range(LANES) if lane not in taken), LANES - 1)

    def set_mentions(self, mentions: Iterable[Mention]) -> None:
        """Take the document's mentions, instead of those it had."""
        self._names, self._names_ours = MentionList.of(mentions), False
        self._reshape_all()
        self._changed()

    def add_mentions(self, mentions: Sequence[Mention]) -> set[int]:
        """Take further mentions; gives the blocks they are in."""
        if not self._names_ours:
            self._names, self._names_ours = self._names.copy(), True
        self._names.add(mentions)
        touched = {block for mention in mentions for block in self._by_block.blocks_of(mention)}
        self._reshape(touched)
        return touched

    def set_written(self, written: Mapping[int, EntityNote]) -> None:
        """Take what the reader wrote about entities, by their ids."""
        if written != self._written:
            self._written = written
            self._reshape_all()

    def _as_name(self, found: Mention) -> Name:
        name = as_name(found)
        return replace(name, written=self._written[name.entity]) if name.entity in self._written else name

    def set_hits(self, hits: list[Interval], current: Interval | None) -> None:
        """Take what the find bar found, in order, and the one the reader is at."""
        self.hits = hits
        self.manner = replace(self.manner, hit=current)
        self._reshape_all()
        self._changed()

    def set_current(self, annotation: int | None) -> set[int]:
        """Emphasise one annotation; gives the blocks to paint again."""
        marks = [self._highlights[id_] for id_ in (self.manner.current, annotation) if id_ in self._highlights]
        self.manner = replace(self.manner, current=annotation)
        touched = {block for mark in marks for block in self._by_block.blocks_of(mark)}
        self.forget(touched)
        return touched

    def set_entity(self, entity: int | None) -> None:
        """Emphasise every mention of one entity."""
        self.manner = replace(self.manner, entity=entity)
        self._reshape_all()
        self._changed()

    def set_marking(self, strength: Strength, kinds: frozenset[EntityKind]) -> None:
        """Say how strongly names show, and which kinds do."""
        self.manner, self.kinds = replace(self.manner, strength=strength), kinds
        self._forget_all()

    def set_look(self, theme: Theme, em: float, leading: float) -> None:
        """Take another theme or size, or another height of lines in ems."""
        self.manner = replace(self.manner, theme=theme, em=em, unit=em / SIZE, leading=leading)
        self._forget_all()

    def highlight(self, annotation: int | None) -> Highlight | None:
        """The mark of an annotation, if it is on the page."""
        return self._highlights.get(annotation) if annotation is not None else None

    def highlights(self) -> Iterable[Highlight]:
        """Every highlight, in no order."""
        return self._highlights.values()

    def chosen_names(self) -> Sequence[Mention]:
        """The mentions of the entity that is emphasised, in the order of the text."""
        return self._names.of_entity(self.manner.entity)

    def names_at(self, offset: int) -> list[Mention]:
        """Every mention over a character whose kind is shown, the shortest first."""
        found = (one for one in self._names.within(offset, offset + 1) if one.kind in self.kinds)
        return sorted(found, key=lambda one: (one.end - one.start, -one.start))

    def names_in(self, block: int) -> list[Mention]:
        """The mentions that touch a block and whose kind is shown, in the order of the text."""
        start = self._content.starts[block]
        return self._shown(start, start + len(self._content.blocks[block].text))

    def _shown(self, start: int, end: int) -> list[Mention]:
        return [found for found in self._names.within(start, end) if found.kind in self.kinds]

    def marks_in(self, block: int) -> tuple[Sequence[Highlight], list[Mention]]:
        """The highlights and the shown mentions that touch a block."""
        return self._by_block.in_block(block), self.names_in(block)

    def highlights_at(self, offset: int) -> list[Highlight]:
        """The highlights over a character, the shortest first."""
        return self._by_block.at(offset)

    def hovered(self, offset: int) -> tuple[Interval, QColor] | None:
        """The mark over a character that a click there would mean, the shortest: its place and its line's colour."""
        marks, name = self.highlights_at(offset), self.name_at(offset)
        if marks and (name is None or marks[0].end - marks[0].start <= name.end - name.start):
            return (marks[0].start, marks[0].end), self.manner.theme.highlight(marks[0].color)[1]
        return ((name.start, name.end), self.manner.theme.entity(name.kind)[1]) if name is not None else None

    def name_at(self, offset: int) -> Name | None:
        """The mention over a character, if its kind is shown."""
        return next(map(self._as_name, self.names_at(offset)), None)

    def decorations(self, index: int, laid: QTextBlock, units: Utf16, size: float, view: QRectF) -> list[Decoration]:
        """The shapes of one block, laid out in the window in a font of `size`; none if it has no mark.

        Of a very long block only the tiles that `view`, in the block's coordinates, touches.
        """
        made = self._made.setdefault(index, {})
        found = []
        for since in tiles(len(self._content.blocks[index].text), laid, units, view):
            if since not in made:
                made[since] = self._decorate(index, since, laid, units, size)
            decoration = made[since]
            if decoration is not None:
                found.append(decoration)
        return found

    def _decorate(self, index: int, since: int, laid: QTextBlock, units: Utf16, size: float) -> Decoration | None:
        start, text = self._content.starts[index], self._content.blocks[index].text
        until = end_of_tile(since, len(text))
        layers = self.layers(index, since, until)
        if not layers:
            return None
        # The runs alone are kept: of a layout that Qt has deleted not even the wrapper may be.
        known = self._runs.setdefault(index, {})
        geometry = BlockGeometry(laid.layout(), units.to_utf16, bidi=goes_right_to_left(text), known=known)
        return decorate(layers, geometry, replace(self.manner, em=size), start)

    def layers(self, index: int, since: int, until: int) -> Layers:
        """What marks show in a part of a block, counted in code points from its start."""
        start = self._content.starts[index]
        low, high = start + since, start + until
        return compose(
            start,
            until,
            [mark for mark in self._by_block.in_block(index) if mark.start < high and mark.end > low],
            [self._as_name(found) for found in self._shown(low, high)],
            self._hits_in(low, high),
            self.manner.entity,
            since,
        )

    def _hits_in(self, start: int, end: int) -> list[Interval]:
        at = bisect_left(self.hits, (start, 0))
        while at > 0 and self.hits[at - 1][1] > start:
            at -= 1
        found = []
        while at < len(self.hits) and self.hits[at][0] < end:
            found.append(self.hits[at])
            at += 1
        return found


def _nobody() -> None:
    """Nobody listens yet."""
