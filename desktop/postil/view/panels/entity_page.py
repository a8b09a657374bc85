"""The page of an entity: what it is, what the reader wrote of it, and every place and note that has to do with it."""

from collections.abc import Mapping, Sequence
from typing import override

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil.view.page.tips import kind_name
from postil.view.panels import card_style as style
from postil.view.panels.entity_page_rows import DocumentRow, MoreRow, PageDelegate, PageModel, rows_of
from postil.view.panels.furniture import GAP, ElidedLabel, column, tint, tool_button
from postil.view.panels.note_editor import NoteEditor
from postil.view.panels.note_view import NoteView
from postil.view.panels.tag_row import TagRow
from postil.view.panels.words import plural
from postil_db.records import Color, Entity
from postil_db.records.entity_page import Beside, EntityPage, Quoting, Shown

_ALIASES = 12


class EntityPageView(QWidget):
    """Shows one page. What the reader does goes out as signals; pages come back in."""

    place_asked = Signal(int, int, int)  # document, start, end
    document_asked = Signal(int)
    note_asked = Signal(int, int)  # document, annotation
    entity_asked = Signal(int)
    more_asked = Signal(int, int)  # entity, document
    back_asked = Signal()
    menu_asked = Signal(object)  # where on the screen
    note_changed = Signal(int, str)
    tag_added = Signal(int, str)
    tag_removed = Signal(int, str)
    tag_clicked = Signal(str)
    link_clicked = Signal(str)
    editor_made = Signal(object)  # NoteEditor

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colors: Mapping[str, Color | None] = {}
        self.page: EntityPage | None = None
        self.setAccessibleName("Page of a name")

    @property
    def made(self) -> bool:
        """Whether there is anything in it yet."""
        return self.layout() is not None

    def make(self) -> None:
        """Put in what it consists of; before the first page there is nothing, for many sessions open none."""
        if self.made:
            return
        theme = self._theme
        self.back = tool_button("previous", theme, "Back", "Back to the names (Esc)")
        self.crumb = ElidedLabel(role="faint")
        self.menu_button = tool_button("more", theme, "What to do with this name")
        self.sign, self.name, self.facts, self.forms = QLabel(), QLabel(), QLabel(), QLabel()
        self.note_view, self.editor = NoteView(), NoteEditor()
        self.note_button = QPushButton("Write a note on this name", flat=True)
        self.note_button.setStyleSheet(style.SMALL_BUTTON)
        self.tags = TagRow(theme, self.note_button)
        self._model = PageModel(self)
        self._delegate = PageDelegate(theme, self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self._lay_out()
        self._connect()
        self.tags.edit.set_names(list(self._colors))
        self.editor_made.emit(self.editor)

    def _lay_out(self) -> None:
        self.name.setProperty("role", "heading")
        for label in (self.name, self.facts, self.forms):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        for label in (self.facts, self.forms):
            label.setProperty("role", "faint")
        self.sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP, GAP, GAP, 0)
        for part, stretch in ((self.back, 0), (self.crumb, 1), (self.menu_button, 0)):
            bar.addWidget(part, stretch)
        title = QHBoxLayout()
        title.setSpacing(GAP)
        title.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(self.name, 1)
        self._head = QWidget()
        inside = QVBoxLayout(self._head)
        inside.setContentsMargins(style.PAD, GAP // 2, style.PAD, GAP)
        inside.setSpacing(GAP // 2 + 2)
        inside.addLayout(title)
        for below in (self.facts, self.forms, self.note_view, self.editor, self.tags):
            inside.addWidget(below)
        self._area = _Head(self._head)
        self.editor.hide()
        self.editor.setPlaceholderText("What to know about this name… Markdown works, [[ links another name.")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Passages and notes with this name")
        layout = column(self)
        layout.addLayout(bar)
        layout.addWidget(self._area)
        layout.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.menu_button.clicked.connect(
            lambda: self.menu_asked.emit(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
        )
        self.list.clicked.connect(self._follow)
        self.list.installEventFilter(self)
        self.note_view.edit_requested.connect(self.edit_note)
        self.note_view.link_clicked.connect(self.link_clicked)
        self.note_button.clicked.connect(self.edit_note)
        self.editor.typed.connect(self._tell_note)
        self.editor.done.connect(self._close_editor)
        self.tags.added.connect(lambda name: self._tell(self.tag_added, name))
        self.tags.removed.connect(lambda name: self._tell(self.tag_removed, name))
        self.tags.clicked.connect(self.tag_clicked)

    # --- what it shows

    def show_page(self, page: EntityPage) -> None:
        """Show a page. Of the entity already shown, whatever is being typed stays, and the place in the list."""
        self.make()
        same = self.page is not None and self.page.entity.id == page.entity.id
        if not same:
            self.save()
            self.editor.hide()
        self.page = page
        entity, theme = page.entity, self._theme
        self.sign.setPixmap(icon(entity.kind, theme, theme.entity(entity.kind)[1]).pixmap(QSize(18, 18)))
        self.name.setText(entity.name)
        self.setAccessibleName(f"Page of {entity.name}")
        self.facts.setText(_facts(page))
        forms = ", ".join(entity.aliases[:_ALIASES]) + (" …" if len(entity.aliases) > _ALIASES else "")
        self.forms.setText(f"Also written {forms}")
        self.forms.setVisible(bool(forms))
        self.note_view.show_note(page.note.note, theme)
        self.tags.show_tags(page.note.tags, self._colors, theme)
        place, current = self.list.verticalScrollBar().value(), self.list.currentIndex().row()
        self._model.kind = entity.kind
        self._model.show(rows_of(page))
        if same:
            self.list.setCurrentIndex(self._model.index(current, 0))
            self.list.verticalScrollBar().setValue(place)
        else:
            self.list.scrollToTop()
        self._arrange()

    def last_of(self, document_id: int) -> int:
        """Where the last passage that is shown of a document begins; -1 for none."""
        shown = (row for row in self._model.records() if isinstance(row, Shown) and row.document_id == document_id)
        return max((row.start for row in shown), default=-1)

    def show_more(self, entity_id: int, document_id: int, passages: Sequence[Shown]) -> None:
        """Show further passages of one document."""
        if self.page is None or self.page.entity.id != entity_id:
            return
        rows, last = self._model.records(), self.last_of(document_id)
        at = next((n for n, row in enumerate(rows) if isinstance(row, MoreRow) and row.document_id == document_id), -1)
        new = [one for one in passages if one.start > last]  # what was asked for twice comes twice
        if at < 0 or not isinstance(rest := rows[at], MoreRow):
            return
        left = rest.left - len(new)
        place = self.list.verticalScrollBar().value()
        self._model.show(
            [*rows[:at], *new, *([MoreRow(document_id, left)] if new and left > 0 else ()), *rows[at + 1 :]]
        )
        self.list.setCurrentIndex(self._model.index(at, 0))
        self.list.verticalScrollBar().setValue(place)

    def set_tag_colors(self, colors: Mapping[str, Color | None]) -> None:
        """What colours tags have, and which there are to offer."""
        self._colors = dict(colors)
        if not self.made:
            return
        self.tags.edit.set_names(list(colors))
        if self.page is not None:
            self.tags.show_tags(self.page.note.tags, self._colors, self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        if not self.made:
            return
        self._delegate.theme = theme
        tint([self.back, self.menu_button], theme)
        if self.page is not None:
            self.show_page(self.page)
        self.list.viewport().update()

    def edit_note(self) -> None:
        """Begin to write the note."""
        if self.page is None:
            return
        if self.editor.isHidden():
            self.editor.start(self.page.note.note)
            self.editor.show()
            self._arrange()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Tell whatever is typed and not told yet."""
        if self.made and not self.editor.isHidden():
            self.editor.save()

    def focus(self) -> None:
        """Put the keyboard on the first passage."""
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(1, 0))
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- inside

    def _arrange(self) -> None:
        note = bool(self.page and self.page.note.note.strip())
        writing = not self.editor.isHidden()
        self.note_view.setVisible(note and not writing)
        self.note_button.setVisible(not note and not writing)
        self._area.fit(self.height())

    def _follow(self, index: QModelIndex) -> None:
        page = self.page
        match self._model.record(index):
            case Shown() as shown:
                self.place_asked.emit(shown.document_id, shown.start, shown.end)
            case Quoting(annotation):
                self.note_asked.emit(annotation.document_id, annotation.id)
            case DocumentRow() as row:
                self.document_asked.emit(row.id)
            case MoreRow(document_id) if page is not None:
                self.more_asked.emit(page.entity.id, document_id)
            case Beside(entity):
                self.entity_asked.emit(entity.id)
            case Entity() as entity:
                self.entity_asked.emit(entity.id)
            case _:
                pass

    def _tell_note(self, text: str) -> None:
        if self.page is not None:
            self.note_changed.emit(self.page.entity.id, text)

    def _tell(self, signal: object, name: str) -> None:
        if self.page is not None:
            signal.emit(self.page.entity.id, name)  # type: ignore[attr-defined]

    def _close_editor(self) -> None:
        if not self.editor.isHidden():
            had_focus = self.editor.hasFocus()
            self.editor.hide()
            self._arrange()
            if had_focus:
                self.focus()

    @override
    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Enter in the list follows a row."""
        pressed = event.key() if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else 0
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow(self.list.currentIndex())
            return True
        return False

    @override
    def event(self, event: QEvent) -> bool:
        """Alt+Left leads back from here, before the window's own Back takes it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _leads_back(event):
            event.accept()
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.made:
            self._area.fit(self.height())
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Backspace and Alt+Left lead back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace) or _leads_back(event):
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)


class _Head(QScrollArea):
    """What stands above the list: as high as it needs, half of the panel at most."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside, self._most = inside, 400
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: self.fit(2 * self._most))
        inside.installEventFilter(self)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")

    def fit(self, height: int) -> None:
        """Take the height that is needed, of the panel's."""
        self._most = max(60, height // 2)
        layout = self._inside.layout()
        if layout is not None:
            wanted = layout.totalHeightForWidth(max(self.width(), 80))
            policy = Qt.ScrollBarPolicy
            over = wanted > self._most
            self._inside.setMinimumHeight(wanted)  # what its labels ask for would be the height of a narrow column
            self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff)
            if self.height() != (fitting := self._most if over else max(60, wanted)):
                self.setFixedHeight(fitting)

    @override
    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """What is inside needs another height."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._soon.start()  # the layout knows it only after this
        return False


def _leads_back(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Left and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def _facts(page: EntityPage) -> str:
    entity = page.entity
    counts = f"{plural(entity.count, 'mention')} in {plural(len(page.met), 'document')}"
    seen = page.first_seen if page.first_seen == page.last_seen else f"{page.first_seen} – {page.last_seen}"
    return " · ".join(part for part in (kind_name(entity.kind), counts, seen) if part)
