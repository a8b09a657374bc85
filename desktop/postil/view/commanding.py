"""What each command of the menus does."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from postil.settings import STRENGTHS, SYSTEM
from postil.view.parts import Parts
from postil.view.window import enter
from postil_db.records import Color

ZOOM_STEP = 1.1


def connect_commands(parts: Parts) -> None:
    """Connect every command of the menus with what it does."""
    window, work, asking, look = parts.window, parts.work, parts.asking, parts.appearance
    page, desk = window.page, parts.desk

    does: dict[str, Callable[[], object]] = {
        "open": asking.open_files,
        "paste": partial(paste, parts),
        "export": lambda: asking.export(parts.searching.query),
        "close": _in_turn(window.notes_panel.save, desk.close_document),
        "quit": window.close,
        "undo": _in_turn(window.notes_panel.save, work.undo),
        "redo": work.redo,
        "copy": page.text.copy_selection,
        "copy_citation": page.text.copy_citation,
        "copy_markdown": page.text.copy_markdown,
        "find": page.show_find,
        "search": window.to_search,
        "settings": asking.settings,
        "zoom_in": lambda: look.set_zoom(look.typography.zoom * ZOOM_STEP),
        "zoom_out": lambda: look.set_zoom(look.typography.zoom / ZOOM_STEP),
        "zoom_reset": lambda: look.set_zoom(1.0),
        "keys": asking.keys,
        "about": asking.about,
        "sample": partial(parts.first_run.offer, again=True),
        **_marking(parts),
        **_going(parts),
    }
    for theme in (SYSTEM, *look.themes):
        does[f"theme_{theme}"] = partial(look.set_theme, theme)
    for strength in STRENGTHS:
        does[f"strength_{strength}"] = partial(look.set_strength, strength)
    for name, do in does.items():
        window.commands[name].triggered.connect(lambda _checked=False, do=do: do())
    window.commands["full_screen"].triggered.connect(lambda on: window.showFullScreen() if on else window.showNormal())
    parts.journey.changed.connect(lambda back, _forward: window.commands["back"].setEnabled(back))
    parts.journey.changed.connect(lambda _back, forward: window.commands["forward"].setEnabled(forward))
    for which in (desk.document_opened, desk.document_closed):
        which.connect(partial(_enable, parts))
    page.selection_changed.connect(partial(_enable, parts))
    _enable(parts)
    parts.journey.changed.emit(False, False)
    for name in ("undo", "redo"):
        window.commands[name].setEnabled(False)


def _marking(parts: Parts) -> dict[str, Callable[[], object]]:
    marking = parts.marking
    return {
        **{f"mark_{color}": partial(marking.mark, color) for color in Color},
        "tag": marking.tag,
        "note": marking.note,
        "remove": marking.remove,
    }


def _going(parts: Parts) -> dict[str, Callable[[], object]]:
    window = parts.window

    def show(panel: QWidget) -> None:
        window.show_panel(panel)
        enter(panel)

    return {
        "back": parts.journey.back,
        "forward": parts.journey.forward,
        "next_annotation": partial(parts.marking.step, 1),
        "previous_annotation": partial(parts.marking.step, -1),
        "next_name": partial(parts.naming.step, 1),
        "previous_name": partial(parts.naming.step, -1),
        "to_library": partial(show, window.library_panel),
        "to_contents": partial(show, window.contents_panel),
        "to_tags": partial(show, window.tags_panel),
        "to_notes": partial(show, window.notes_panel),
        "to_names": partial(show, window.names_panel),
        "next_pane": partial(window.step_pane, 1),
        "previous_pane": partial(window.step_pane, -1),
    }


def _enable(parts: Parts, *_: object) -> None:
    opened = parts.desk.document is not None
    marks = (f"mark_{color}" for color in Color)
    steps = ("next_annotation", "previous_annotation", "next_name", "previous_name")
    for name in ("close", "find", "tag", "note", "remove", *marks, *steps):
        parts.window.commands[name].setEnabled(opened)
    start, end = parts.window.page.selection()
    for name in ("copy", "copy_citation", "copy_markdown"):
        parts.window.commands[name].setEnabled(opened and start != end)


def paste(parts: Parts) -> None:
    """Make a document out of the clipboard, or add the files that were copied."""
    # Qt gives nothing at all for an empty clipboard, whatever its types say.
    data = QGuiApplication.clipboard().mimeData() or QMimeData()
    if data.hasUrls() and any(url.isLocalFile() for url in data.urls()):
        parts.files.add([_path(url) for url in data.urls() if url.isLocalFile()])
    elif data.hasText() or data.hasHtml():
        parts.files.paste(data.text(), data.html())
    else:
        parts.window.messages.show_news("There is no text on the clipboard.")


def _path(url: QUrl) -> Path:
    return Path(url.toLocalFile())


def _in_turn(*calls: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        for call in calls:
            call()

    return run
