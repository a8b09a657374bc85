"""Marking: what the keys and the toolbar do to the selected passage, or to the annotation the reader is at.

With a selection, a new annotation is made of it; without one, the current annotation is meant. While the mark of a
selection is being written, whatever else is asked for that selection is meant for this mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from postil.view import acts
from postil.view.desk import Desk
from postil.work.run import Work
from postil_db.errors import LibraryError
from postil_db.records import Annotation, Color


@dataclass(slots=True)
class Fresh:
    """A mark on its way into the library and onto the page, and what is wanted of it once it is there."""

    passage: tuple[int, int]
    color: Color
    id: int = 0  # 0 until it is written
    then: list[Callable[[int], object]] = field(default_factory=list)


class Marking(QObject):
    """Turns the reader's requests into acts; see the module's text."""

    marked = Signal(int, int)  # start, end of the passage that was just marked
    note_wanted = Signal(int)  # open this annotation's note for writing
    tags_wanted = Signal(int)
    current_changed = Signal(object)  # id or None
    step_made = Signal(int, int)  # start, end of the passage stepped to
    advice = Signal(str)

    def __init__(self, work: Work, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._desk = desk
        self._selection = (0, 0)
        self._position = 0
        self._color = Color.YELLOW
        self.current: int | None = None
        self._fresh: list[Fresh] = []
        self._in_hand: Fresh | None = None  # the one that was made of the present selection

    def set_selection(self, start: int, end: int) -> None:
        """Hear what is selected on the page."""
        if self._selection != (start, end):
            self._selection, self._in_hand = (start, end), None

    def set_position(self, offset: int) -> None:
        """Hear where the page stands."""
        self._position = offset

    def set_current(self, annotation_id: int | None) -> None:
        """Make an annotation the current one, on the page and in the panel."""
        if annotation_id != self.current:
            self.current = annotation_id
            self.current_changed.emit(annotation_id)

    def forget(self) -> None:
        """Start afresh with another document."""
        self._selection, self._in_hand = (0, 0), None
        self._position = 0
        self._fresh.clear()
        self.set_current(None)

    def take_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Go to the annotation that was just made; let go of a current one that is no more."""
        ids = {one.id for one in annotations}
        arrived = [(one.id, one) for one in self._fresh if one.id in ids]
        self._fresh = [one for one in self._fresh if one.id not in ids]
        for number, fresh in arrived:
            self.marked.emit(*fresh.passage)
            self.set_current(number)
            for wish in fresh.then:
                wish(number)
        if self.current is not None and self.current not in ids:
            self.set_current(None)

    def mark(self, color: Color) -> None:
        """Mark the selection with a colour, or recolour the current annotation."""
        self._color = color
        if self._in_hand is not None:
            self._recolor_fresh(self._in_hand, color)
        elif self._has_selection():
            self._mark()
        elif self.current is not None:
            self._work.act(acts.recolor(annotation_ids=[self.current], color=color), initiator=self)
        else:
            self.advice.emit("Select a passage first, then press 1 to 5 to mark it.")

    def tag(self) -> None:
        """Ask for tags for the selection or the current annotation."""
        self._on_annotation(self.tags_wanted.emit)

    def note(self) -> None:
        """Ask for a note for the selection or the current annotation."""
        self._on_annotation(self.note_wanted.emit)

    def remove(self) -> None:
        """Remove the current annotation."""
        if self.current is not None:
            self._work.act(acts.remove_annotations(annotation_ids=[self.current]), initiator=self)
        else:
            self.advice.emit("Click on a marked passage first, then it can be removed.")

    def step(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) annotation in the text, from the current one or the page's top."""
        annotations = self._desk.annotations
        if not annotations:
            self.advice.emit("Nothing is marked in this document yet.")
            return
        ids = [one.id for one in annotations]
        if self.current in ids:
            at = (ids.index(self.current) + direction) % len(ids)
        else:
            later = [index for index, one in enumerate(annotations) if one.selector.start >= self._position]
            first = later[0] if later else 0
            at = first if direction > 0 else (first - 1) % len(ids)
        chosen = annotations[at]
        self.set_current(chosen.id)
        self.step_made.emit(chosen.selector.start, chosen.selector.end)

    def go_to(self, annotation_id: int) -> None:
        """Show an annotation's passage."""
        if (chosen := self._desk.annotation(annotation_id)) is not None:
            self.set_current(annotation_id)
            self.step_made.emit(chosen.selector.start, chosen.selector.end)

    def _has_selection(self) -> bool:
        start, end = self._selection
        return start != end

    def _on_annotation(self, then: Callable[[int], object]) -> None:
        if self._in_hand is not None:
            self._in_hand.then.append(then)
        elif self._has_selection():
            self._mark(then)
        elif self.current is not None:
            then(self.current)
        else:
            self.advice.emit("Select a passage first.")

    def _mark(self, *then: Callable[[int], object]) -> None:
        document = self._desk.document
        if document is None:
            return
        fresh = self._in_hand = Fresh(self._selection, self._color, then=list(then))

        def done(annotation: Annotation) -> None:
            fresh.id = annotation.id
            if fresh.color != annotation.color:
                self._work.act(acts.recolor(annotation_ids=[annotation.id], color=fresh.color), initiator=self)
            # What the panel shows is loaded anew after this; only then is there a card to go to.
            if self._desk.document_id == document.id:
                self._fresh.append(fresh)

        def failed(_error: LibraryError) -> None:
            if self._in_hand is fresh:
                self._in_hand = None

        act = acts.mark_passage(document=document, start=fresh.passage[0], end=fresh.passage[1], color=fresh.color)
        self._work.act(act, done, failed, initiator=self)

    def _recolor_fresh(self, fresh: Fresh, color: Color) -> None:
        if fresh.id and fresh.color != color:
            self._work.act(acts.recolor(annotation_ids=[fresh.id], color=color), initiator=self)
        fresh.color = color
