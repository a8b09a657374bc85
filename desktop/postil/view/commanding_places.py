"""What the commands do that lead somewhere: to a position, and to or from a second half of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from postil.view import acts
from postil.view.parts import Parts
from postil.view.whereabouts import Nowhere, Whereabouts
from postil_db.records import PrintedPage


def place_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """Give what each of these commands does, by name; keep their ticks in step."""
    window, halves, focus = parts.window, parts.halves, parts.focus
    split, focused = window.commands["split"], window.commands["focus_mode"]
    halves.arranged.connect(split.setChecked)
    focus.changed.connect(focused.setChecked)

    def toggle_split() -> None:
        if halves.split:
            halves.close_other()
        else:
            halves.split_here()
        split.setChecked(halves.split)

    def turn() -> None:
        if (other := halves.other) is not None:
            other.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
            halves.activate(other)

    return {
        "split": toggle_split,
        "other_half": turn,
        "go_to": lambda: ask_where(parts),
        "focus_mode": lambda: focus.set_on(not focus.on),
    }


def leap(parts: Parts, offset: int) -> None:
    """Go to a place in the active half; Back leads here again."""
    parts.journey.leave()
    parts.page.go_to(offset)
    parts.page.setFocus(Qt.FocusReason.OtherFocusReason)


def ask_where(parts: Parts) -> None:
    """Ask for a position in the open document, and go there."""
    document = parts.desk.document
    if document is None:
        return
    here, asked = parts.halves.active, parts.asking

    def ask(pages: Sequence[PrintedPage]) -> None:
        places = Whereabouts(document.content, pages)

        def fault(typed: str) -> str:
            try:
                places.find(typed)
            except Nowhere as error:
                return str(error)
            return ""

        def go(typed: str) -> None:
            if here is parts.halves.active and here.desk.document_id == document.id:
                leap(parts, places.find(typed))

        asked.line("Go to", places.examples, "Go there", fault, go, names=places.names)

    parts.work.query(acts.load_pages(document_id=document.id), ask)


def ask_title(parts: Parts, document_id: int) -> None:
    """Ask for another title for a document, and give it that."""
    shelf = parts.stock.shelf
    info = next((one for one in shelf.documents if one.id == document_id), None) if shelf else None
    if info is None:
        return

    def rename(title: str) -> None:
        if title != info.title:
            parts.work.act(acts.rename_document(document_id=document_id, title=title))

    def fault(title: str) -> str:
        return "" if title else "A document needs a title."

    parts.asking.line("Rename document", "The title of this document:", "Rename", fault, rename, line=info.title)


def beside() -> bool:
    """Whether the reader holds Ctrl: what they open now is meant for the other half."""
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
