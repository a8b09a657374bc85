"""Reviewing: the annotations of the open document whose passage changed or is lost, gone through one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from postil.view import acts_versions
from postil.view.acts_versions import Review
from postil.work.run import Work
from postil_db.records import AnchorState, Annotation, Document


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation to look at, and what it marked before. `number`: which of how many, from 1."""

    annotation: Annotation
    before: str
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to look at. `item`: the one that is looked at, None before the reader began."""

    changed: int = 0
    lost: int = 0
    moved: int = 0
    item: Item | None = None

    @property
    def total(self) -> int:
        """How many there are to go through."""
        return self.changed + self.lost


class Reviewing(QObject):
    """Knows what is to be looked at, and turns what the reader says of it into acts.

    `review`: what the library said last of the open document.
    """

    shown = Signal(object)  # Shown
    passage_wanted = Signal(int)  # id of an annotation
    advice = Signal(str)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._document: Document | None = None
        self._all: Sequence[Annotation] = ()
        self.review = Review(0, {}, (), 0)
        self._at: int | None = None  # an annotation's id
        self._place = 0  # among those to go through: where to go on when that one is done

    def take_document(self, document: Document | None) -> None:
        """Hear which document is open."""
        self._document, self._all, self._at, self._place = document, (), None, 0
        self.review = Review(document.id if document else 0, {}, (), document.id if document else 0)
        self._load()
        self._show()

    def take_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Hear what is marked in it now."""
        before, self._all = self._ids(), annotations
        if self._ids() != before or self._ids():
            self._load()
        self._show()

    def step(self, direction: int) -> None:
        """Go to the next or previous one to look at."""
        ids = self._ids()
        if not ids:
            self.advice.emit("Every note stands where it was: there is nothing to review.")
            return
        if self._at in ids:
            self._place = (ids.index(self._at) + direction) % len(ids)
        else:
            self._place = min(self._place, len(ids) - 1) if direction > 0 else (self._place - 1) % len(ids)
        self._at = ids[self._place]
        self._show()
        self.passage_wanted.emit(self._at)

    def accept(self) -> None:
        """Take the change that is looked at."""
        one = self._current()
        if one is None:
            return
        if one.anchor_state is AnchorState.ORPHAN:
            self.advice.emit("This passage is lost: select where it belongs, and pin it there.")
            return
        self._work.act(acts_versions.accept_changes(annotation_ids=[one.id]), self._go_on, initiator=self)

    def accept_all(self) -> None:
        """Take all changes, and what moved as well."""
        states = (AnchorState.CHANGED, AnchorState.MOVED)
        if ids := [one.id for one in self._all if one.anchor_state in states]:
            self._work.act(acts_versions.accept_changes(annotation_ids=ids), initiator=self)
        else:
            self.advice.emit("There is no change to accept.")

    def keep_as_lost(self) -> None:
        """Say that the change is none: the passage is gone."""
        one = self._current()
        if one is not None and one.anchor_state is AnchorState.ORPHAN:
            self.step(1)
        elif one is not None:
            self._work.act(acts_versions.lose_passages(annotation_ids=[one.id]), self._go_on, initiator=self)

    def pin(self, start: int, end: int) -> None:
        """Put the one that is looked at where the reader selected."""
        one = self._current()
        if one is None or self._document is None:
            return
        if start == end:
            self.advice.emit("Select the passage where this note belongs first, then pin it.")
            return
        act = acts_versions.pin_passage(annotation_id=one.id, document=self._document, start=start, end=end)
        self._work.act(act, self._go_on, initiator=self)

    # inside

    def _current(self) -> Annotation | None:
        found = next((one for one in self._to_see() if one.id == self._at), None)
        if found is None:
            self.step(1)  # nothing is looked at yet: begin
        return found

    def _to_see(self) -> list[Annotation]:
        states = (AnchorState.CHANGED, AnchorState.ORPHAN)
        found = [one for one in self._all if one.anchor_state in states]
        return sorted(found, key=lambda one: states.index(one.anchor_state))

    def _ids(self) -> list[int]:
        return [one.id for one in self._to_see()]

    def _go_on(self, _done: object) -> None:
        self._at = None

    def _load(self) -> None:
        if self._document is not None:
            self._work.query(acts_versions.load_review(document_id=self._document.id), self._take)

    def _take(self, review: Review) -> None:
        if self._document is not None and review.document_id == self._document.id:
            self.review = review
            self._show()

    def _show(self) -> None:
        found = self._to_see()
        if self._at is None and self._place and found:  # one was done: go on with the next
            self._place = min(self._place, len(found) - 1)
        at = next((number for number, one in enumerate(found) if one.id == self._at), None)
        item = None
        if at is not None:
            one = found[at]
            item = Item(one, self._before(one, self.review.former), at + 1)
        count = {state: sum(one.anchor_state is state for one in self._all) for state in AnchorState}
        changed, lost, moved = (count[one] for one in (AnchorState.CHANGED, AnchorState.ORPHAN, AnchorState.MOVED))
        self.shown.emit(Shown(changed, lost, moved, item))

    def _before(self, one: Annotation, former: Mapping[int, str]) -> str:
        return one.selector.quote if one.anchor_state is AnchorState.ORPHAN else former.get(one.id, "")
