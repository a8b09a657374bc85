"""The card of a name under the list: what the reader wrote about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.furniture import ElidedLabel
from postil.view.panels.note_view import NoteView
from postil_db.records import Entity, EntityNote

_MOST = 180
"""Pixels: a longer note scrolls, or is read on its page."""


class EntityCard(QFrame):
    """Shows note and tags of a name; hidden where there are none."""

    opened = Signal(int)
    link_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Entity, EntityNote] | None = None
        self.setObjectName("entity_card")
        self.setAccessibleName("Note on the name")
        self.hide()

    def _build(self) -> None:
        """Make what is in it, for the first name that has a note: most readers have written none yet."""
        self.name = QPushButton(flat=True)
        self.name.setStyleSheet(style.SMALL_BUTTON + "QPushButton { text-align: left; }")
        self.name.setToolTip("Open the page of this name (P)")
        self.note = NoteView()
        self.note.setToolTip("Click to open the page of this name (P)")
        self.tags = ElidedLabel(role="faint")
        area = QScrollArea()
        area.setWidget(self.note)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self._area = area
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.PAD, style.GAP, style.PAD, style.GAP)
        layout.setSpacing(style.GAP // 2)
        for part in (self.name, area, self.tags):
            layout.addWidget(part)
        self.name.clicked.connect(self._open)
        self.note.edit_requested.connect(self._open)
        self.note.link_clicked.connect(self.link_clicked)
        self._dress()

    def show_entity(self, entity: Entity | None, written: EntityNote | None) -> None:
        """Show what is written about an entity, or nothing."""
        self._shown = (entity, written) if entity is not None and written is not None else None
        if self._shown is None or entity is None or written is None:
            self.hide()
            return
        if self.layout() is None:
            self._build()
        self.name.setText(self.fontMetrics().elidedText(entity.name, Qt.TextElideMode.ElideRight, 220))
        self.note.show_note(written.note, self._theme)
        self._area.setVisible(bool(written.note.strip()))
        self.tags.set_whole(", ".join(f"#{tag}" for tag in written.tags))
        self.tags.setVisible(bool(written.tags))
        self.show()
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        if self.layout() is not None:
            self._dress()
        if self._shown is not None:
            self.show_entity(*self._shown)

    def _dress(self) -> None:
        line, ground = self._theme.color("line").name(), self._theme.color("raised").name()
        self.setStyleSheet(f"#entity_card {{ background: {ground}; border: none; border-top: 1px solid {line}; }}")

    def resizeEvent(self, event: object) -> None:
        """Another width, another height."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self.layout() is not None:
            self._fit()

    def _fit(self) -> None:
        width = max(80, self.width() - 2 * style.PAD)
        self._area.setFixedHeight(max(20, min(self.note.heightForWidth(width) + 2, _MOST)))

    def _open(self) -> None:
        if self._shown is not None:
            self.opened.emit(self._shown[0].id)
