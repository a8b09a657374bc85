"""The shortcuts page: every command with its keys, to be searched and changed; each change takes effect at once."""

from typing import override

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from postil.view.commands import Commands
from postil.view.dialogs.fitting import FittingDialog
from postil.view.dialogs.key_catcher import KeyCatcher
from postil.view.dialogs.shortcut_rows import ROW, Row, ShortcutDelegate, ShortcutModel
from postil.view.keys import native, refusal, typed
from postil.view.look import keycaps
from postil.view.look.theme import Theme
from postil.view.panels.furniture import FilterBox
from postil.view.panels.row_delegate import PAD

IDLE = "Enter, or a click on the keys, changes them."

LEAST = 80
"""Pixels at the end of a row that a click on its keys may hit, however few there are."""


class ShortcutList(QListView):
    """The rows. Enter or a double click asks for other keys, Delete for none."""

    change_asked = Signal()
    clear_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.change_asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the keys of a row, or where they would stand, changes them."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW)
        if isinstance(row, Row) and row.name and event.button() is Qt.MouseButton.LeftButton:
            room = max(LEAST, round(keycaps.width(row.keys, self.font())) + PAD)
            if event.position().x() > self.viewport().width() - room:
                self.change_asked.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change the keys of what was clicked."""
        if self.indexAt(event.position().toPoint()).data(ROW):
            self.change_asked.emit()


class ShortcutsDialog(FittingDialog):
    """Shows and changes the keys that `commands` hold."""

    def __init__(self, theme: Theme, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self._commands = commands
        self._adding = False
        self._caught = ""
        self._model = ShortcutModel(commands, self)
        self._delegate = ShortcutDelegate(theme, self)
        self.filter = FilterBox(theme, "Find a command or a key")
        self.list = ShortcutList()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Commands and their keys")
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.strip = QStackedWidget()
        for page in (self._make_idle(), self._make_catcher(), self._make_question()):
            self.strip.addWidget(page)
        self.all_usual = _button("All usual keys", "Give every command its usual keys")
        self.close_button = _button("Close")
        foot = QHBoxLayout()
        foot.addWidget(self.all_usual)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.strip)
        layout.addLayout(foot)
        self._connect()
        self.set_theme(theme)
        self._choose("")
        self.resize(660, 680)

    def _make_idle(self) -> QWidget:
        self.words = QLabel(IDLE)
        self.words.setProperty("role", "faint")
        self.words.setWordWrap(True)
        self.change = _button("Change…", "Press other keys for this command")
        self.add = _button("Add…", "Press further keys for this command")
        self.clear = _button("No keys", "Take this command's keys away")
        self.usual = _button("Usual keys", "Give this command its usual keys")
        return _strip(self.words, self.change, self.add, self.clear, self.usual)

    def _make_catcher(self) -> QWidget:
        self.catcher = KeyCatcher()
        return _strip(self.catcher)

    def _make_question(self) -> QWidget:
        self.question = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        self.take_over = _button("Take it over")
        self.leave = _button("Cancel")
        return _strip(self.question, self.take_over, self.leave)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.filter.left.connect(self.list.setFocus)
        self.list.change_asked.connect(lambda: self.ask(adding=False))
        self.list.clear_asked.connect(lambda: self._set(()))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self.change.clicked.connect(lambda: self.ask(adding=False))
        self.add.clicked.connect(lambda: self.ask(adding=True))
        self.clear.clicked.connect(lambda: self._set(()))
        self.usual.clicked.connect(self._reset)
        self.catcher.caught.connect(self.take)
        self.catcher.left.connect(self._go_back)
        self.take_over.clicked.connect(lambda: self._give(self._caught))
        self.leave.clicked.connect(self._go_back)
        self.all_usual.clicked.connect(self._reset_all)
        self.close_button.clicked.connect(self.reject)
        self._commands.keys_changed.connect(self._refresh)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self.filter.set_theme(theme)
        self._delegate.theme = theme
        self.catcher.setStyleSheet(
            f"#key_catcher {{ border: 2px solid {theme.color('accent').name()};"
            " border-radius: 6px; padding: 6px 10px; }"
        )
        self.list.viewport().update()

    def chosen(self) -> Row | None:
        """The row of the command that is chosen."""
        row = self.list.currentIndex().data(ROW)
        return row if isinstance(row, Row) and row.name else None

    def shown(self) -> list[tuple[str, str]]:
        """The keys and names of the commands that the filter lets through."""
        return [(", ".join(row.keys), row.title) for row in self._model.rows if row.name]

    def choose(self, name: str) -> None:
        """Choose a command of the list."""
        self._choose(name)
        self.list.setFocus()

    def ask(self, *, adding: bool) -> None:
        """Wait for the new keys of the command that is chosen, in place of its keys or besides them."""
        row = self.chosen()
        if row is None:
            return
        self._adding = adding
        what = "Press further keys for" if adding else "Press the new keys for"
        self.catcher.setText(f"{what} “{row.title}”. Esc leaves them as they are.")
        self.catcher.setAccessibleName(self.catcher.text())
        self.strip.setCurrentIndex(1)
        self.catcher.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, key: str) -> None:
        """Give the command the keys that were pressed, unless they cannot be had or are another's: then say so."""
        row = self.chosen()
        if row is None:
            return
        if why := refusal(key):
            self.catcher.setText(f"{why} Press other keys for “{row.title}”, or Esc.")
            return
        self._caught = key
        owner = self._commands.bindings.owner(key)
        if not owner or owner == row.name:
            self._give(key)
            return
        other = self._commands.listed[owner].command.title
        self.question.setText(f"{native(key)} is the key of “{other}”.")
        self.strip.setCurrentIndex(2)
        self.take_over.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self, key: str) -> None:
        row = self.chosen()
        if row is not None:
            before = self._commands.bindings.keys(row.name) if self._adding else ()
            self._set((*before, key))
            if typed(key):
                self.words.setText(f"{native(key)} works on the page, where nobody is typing.")

    def _set(self, keys: tuple[str, ...]) -> None:
        if (row := self.chosen()) is not None:
            self._commands.set_keys(row.name, keys)
        self._go_back()

    def _reset(self) -> None:
        if (row := self.chosen()) is not None:
            self._commands.reset_keys(row.name)

    def _reset_all(self) -> None:
        self._commands.reset_keys()

    def _go_back(self) -> None:
        """Show what can be done with the chosen command, and leave the keyboard on it."""
        if self.strip.currentIndex():
            self.strip.setCurrentIndex(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self, wanted: str) -> None:
        row = self.chosen()
        self._model.filter(wanted)
        self._choose(row.name if row else "")

    def _refresh(self) -> None:
        row = self.chosen()
        self._model.refresh()
        self._choose(row.name if row else "")

    def _choose(self, name: str) -> None:
        index = self._model.index(self._model.row_of(name))
        self.list.setCurrentIndex(index if index.isValid() else QModelIndex())
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.chosen()
        self.words.setText(IDLE if self._model.rows else "No command is called that, and none has such a key.")
        for button in (self.change, self.add):
            button.setEnabled(row is not None)
        self.clear.setEnabled(row is not None and bool(row.keys))
        self.usual.setEnabled(row is not None and row.changed)
        self.all_usual.setEnabled(bool(self._commands.bindings.chosen))


def _button(text: str, description: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setToolTip(description)
    button.setAccessibleDescription(description)
    return button


def _strip(words: QLabel, *buttons: QPushButton) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(words, 1)
    for button in buttons:
        row.addWidget(button)
    return made
