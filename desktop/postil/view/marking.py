"""Marking: what the keys and the toolbar do to the selected passage, or to the annotation the reader is at.

With a selection, a new annotation is made of it; without one, the current annotation is meant.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from postil.view import acts
from postil.view.desk import Desk
from postil.work.run import Work
from postil_db.records import Annotation, Color


class Marking(QObject):
    """Turns the reader's requests into acts; see the module's text."""

    marked = Signal(int)  # the annotation that was just made
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
        self._awaited: tuple[int, Callable[[int], object] | None] | None = None

    def set_selection(self, start: int, end: int) -> None:
        """Hear what is selected on the page."""
        self._selection = (start, end)

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
        self._selection = (0, 0)
        self._position = 0
        self.set_current(None)

    def take_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Go to the annotation that was just made; let go of a current one that is no more."""
        if self._awaited is not None and any(one.id == self._awaited[0] for one in annotations):
            (made, then), self._awaited = self._awaited, None
            self.marked.emit(made)
            self.set_current(made)
            if then is not None:
                then(made)
        if self.current is not None and all(one.id != self.current for one in annotations):
            self.set_current(None)

    def mark(self, color: Color) -> None:
        """Mark the selection with a colour, or recolour the current annotation."""
        self._color = color
        if self._has_selection():
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
        if self._has_selection():
            self._mark(then)
        elif self.current is not None:
            then(self.current)
        else:
            self.advice.emit("Select a passage first.")

    def _mark(self, then: Callable[[int], object] | None = None) -> None:
        if self._desk.document is None:
            return

        def done(annotation: Annotation) -> None:
            # What the panel shows is loaded anew after this; only then is there a card to go to.
            self._awaited = (annotation.id, then)

        start, end = self._selection
        act = acts.mark_passage(document=self._desk.document, start=start, end=end, color=self._color)
        self._work.act(act, done, initiator=self)
