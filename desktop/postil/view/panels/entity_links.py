"""Links to names in notes: how `[[Kaja Kallas]]` becomes a link, and how names are offered while one is typed."""

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit

from postil_db.linking import links

SCHEME = "name:"
"""What the address of such a link begins with."""
MOST = 5_000
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!~|<>])")
_OPEN = re.compile(r"\[\[([^\[\]\n|]*)$")


def with_links(note: str) -> str:
    """A note's Markdown with its links to names as links that Markdown knows."""
    parts, at = [], 0
    for link in links(note):
        parts += [note[at : link.start], f"[{_SPECIAL.sub(r'\\\1', link.shown)}]({SCHEME}{quote(link.name, safe='')})"]
        at = link.end
    return "".join([*parts, note[at:]]) if parts else note


def named(address: str) -> str:
    """The name that an address leads to; "" if it leads to none."""
    return unquote(address.removeprefix(SCHEME)) if address.startswith(SCHEME) else ""


class LinkCompleter(QObject):
    """Offers names as soon as `[[` is typed in an editor, and puts the chosen one in."""

    wanted = Signal()  # names are needed: `set_names` is to be called

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._names = QStringListModel(self)
        self._asked = False
        self._completer = QCompleter(self._names, self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._completer.setWidget(editor)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(8)
        self._completer.activated.connect(self._put)
        editor.textChanged.connect(self._offer)

    @property
    def offering(self) -> bool:
        """Whether names are on offer now: Enter, Tab and Escape are for them."""
        return self._popup.isVisible()

    def set_names(self, names: Sequence[str]) -> None:
        """Take the names to offer, the most likely first."""
        self._names.setStringList(list(dict.fromkeys(names))[:MOST])
        if self._asked:
            self._offer()

    def _typed(self) -> str | None:
        """What stands behind `[[` before the caret; None where there is none."""
        cursor = self._editor.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _OPEN.search(before)
        return found[1] if found else None

    def _offer(self) -> None:
        typed = self._typed() if self._editor.hasFocus() else None
        if typed is None:
            self._asked = False
            self._popup.hide()
            return
        if not self._asked:
            self._asked = True
            self.wanted.emit()
        self._completer.setCompletionPrefix(typed)
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        box = self._editor.cursorRect()
        box.setWidth(max(180, min(320, self._editor.width())))
        self._completer.complete(box)

    def _put(self, name: str) -> None:
        typed = self._typed()
        if typed is None:
            return
        cursor = self._editor.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed.encode("utf-16-le")) // 2
        )
        rest = self._editor.textCursor().block().text()[self._editor.textCursor().positionInBlock() :]
        cursor.insertText(name if rest.startswith("]]") else f"{name}]]")
        self._asked = False
        self._editor.setTextCursor(cursor)
