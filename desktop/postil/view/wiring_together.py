"""Who hears whom around the windows of Together and Timeline. Each is made when it is first asked for."""

from collections.abc import Callable
from functools import partial

from postil.view import acts_together
from postil.view.parts import Parts
from postil.view.timeline.window import TimelineWindow
from postil.view.together.frame import Frame
from postil.view.together.window import TogetherWindow
from postil_db.changes import Changes
from postil_db.records import Passage


def together_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """Give what the two commands do, by name."""
    made: dict[str, Frame] = {}

    def show(name: str, make: Callable[[Parts], Frame]) -> None:
        if name not in made:
            made[name] = make(parts)
            _connect(parts, made[name])
        frame = made[name]
        frame.set_here(parts.desk.document is not None)
        frame.asked.emit()
        if frame.isVisible():
            frame.raise_()
        frame.show()
        frame.activateWindow()

    return {"together": partial(show, "together", _together), "timeline": partial(show, "timeline", _timeline)}


def _connect(parts: Parts, frame: Frame) -> None:
    """What both have in common."""

    def go(passage: Passage) -> None:
        parts.journey.leave()
        parts.desk.open(passage.document_id, passage.start, passage.end)
        parts.window.activateWindow()
        parts.page.setFocus()

    def follow(changes: Changes, _initiator: object = None) -> None:
        if frame.isVisible() and (changes.mentions or changes.annotations or changes.tags or changes.documents):
            frame.asked.emit()

    def turn(*_: object) -> None:
        frame.set_here(parts.desk.document is not None)
        if frame.isVisible() and frame.here:
            frame.asked.emit()

    frame.opened.connect(go)
    frame.closed.connect(parts.halves.to(lambda half: half.page.setFocus))
    parts.work.changed.connect(follow)
    parts.appearance.theme_changed.connect(frame.set_theme)
    parts.halves.switched.connect(turn)
    parts.halves.hear(lambda half: half.desk.document_opened, turn)
    parts.halves.hear(lambda half: half.desk.document_closed, turn)
    parts.window.closed.connect(frame.close)


def _together(parts: Parts) -> TogetherWindow:
    window = TogetherWindow(parts.appearance.theme)

    def ask() -> None:
        question = window.question(parts.desk.document_id)
        parts.work.query(acts_together.load_together(asked=question), window.show_sight)

    def ask_passages(asked: acts_together.Asked, first: int, other: int | str) -> None:
        parts.work.query(
            acts_together.load_passages(asked=asked, entity_id=first, other=other),
            lambda passages: window.show_passages(asked, first, other, passages),
        )

    window.asked.connect(ask)
    window.passages_asked.connect(ask_passages)
    return window


def _timeline(parts: Parts) -> TimelineWindow:
    window = TimelineWindow(parts.appearance.theme)

    def ask() -> None:
        document = parts.desk.document_id if window.here else None
        parts.work.query(acts_together.load_timeline(document=document), window.show_marks)

    window.asked.connect(ask)
    return window
