"""The card of the annotation that the reader is at: the same look as a painted one, and everything in it works."""

from collections.abc import Mapping
from typing import override

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from postil.view.look.icons import dot
from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.furniture import ICON, tint, tool_button
from postil.view.panels.note_editor import NoteEditor
from postil.view.panels.note_view import NoteView
from postil.view.panels.quote import Quote
from postil.view.panels.tag_row import TagRow
from postil.view.panels.words import full_time, short_time, stand
from postil_db.records import Annotation, Color


class AnnotationCard(QWidget):
    """One annotation, open: its note can be edited, its tags changed, its colour chosen."""

    activated = Signal(int)
    note_changed = Signal(int, str)
    color_chosen = Signal(object)
    tag_added = Signal(str)
    tag_removed = Signal(int, str)
    tag_clicked = Signal(str)
    link_clicked = Signal(str)
    remove_requested = Signal()
    resized = Signal()  # it needs another height
    left = Signal()  # an editor closed: the keys belong to the list again

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.annotation: Annotation | None = None
        self.focused = False
        self.quote, self.note_view, self.editor = Quote(theme), NoteView(), NoteEditor()
        self.more = QPushButton("Show all", flat=True)
        self.note_button = QPushButton("+ note", flat=True)
        self.tags = TagRow(theme, self.note_button)
        self.date = QLabel()
        self.color_button = QToolButton()
        self.delete_button = tool_button("trash", theme, "Delete this highlight", "Delete (Del)")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for button, tip in ((self.more, "Show the whole passage"), (self.note_button, "Add a note (N)")):
            button.setStyleSheet(style.SMALL_BUTTON)
            button.setToolTip(tip)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.more.setStyleSheet("QPushButton { padding: 0; min-height: 0; }")
        self.note_button.setAccessibleName("Add a note")
        self.date.setProperty("role", "faint")
        self.color_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.color_button.setAccessibleName("Colour")
        self.color_button.setToolTip("Colour (1 to 5)")
        self.color_button.setIconSize(ICON)
        for small in (self.color_button, self.delete_button):
            small.setStyleSheet("QToolButton { padding: 3px; }")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(2)
        foot.addWidget(self.date, 1)
        foot.addWidget(self.color_button)
        foot.addWidget(self.delete_button)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        layout = QVBoxLayout(self)
        layout.setSpacing(style.GAP)
        for part in (self.quote, self.more, self.note_view, self.editor, self.tags, self._foot):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading if part is self.more else Qt.AlignmentFlag(0))
        self.editor.hide()

    def _connect(self) -> None:
        self.more.clicked.connect(self._toggle_quote)
        self.note_button.clicked.connect(self.edit_note)
        self.note_view.edit_requested.connect(self.edit_note)
        self.note_view.link_clicked.connect(self.link_clicked)
        self.editor.typed.connect(self._tell_note)
        self.editor.done.connect(self._close_editor)
        self.tags.added.connect(self.tag_added)
        self.tags.removed.connect(self._tell_removed)
        self.tags.clicked.connect(self.tag_clicked)
        self.tags.done.connect(self._tags_done)
        self.delete_button.clicked.connect(self.remove_requested)

    # --- what it shows

    def show_annotation(self, annotation: Annotation, colors: Mapping[str, Color | None]) -> None:
        """Show an annotation. Of the one already shown, whatever is being typed stays."""
        if self.annotation is not None and self.annotation.id != annotation.id:
            self.close_editors()
            self.quote.show_whole(False)
        self.annotation = annotation
        theme = self._theme
        self.quote.show_text(annotation.selector.quote, theme)
        self.note_view.show_note(annotation.note, theme)
        self.tags.show_tags(annotation.tags, colors, theme)
        self.date.setText(stand(annotation) + short_time(annotation.created_at))
        self.date.setToolTip(f"Marked {full_time(annotation.created_at)}\nChanged {full_time(annotation.modified_at)}")
        self.date.setFont(style.meta_font(self.font()))
        self.color_button.setIcon(dot(annotation.color, theme))
        self._foot.setFixedHeight(style.meta_height(self.font()))
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme; the panel shows the annotation again afterwards."""
        self._theme = theme
        tint([self.delete_button], theme)
        if (old := self.color_button.menu()) is not None:
            old.deleteLater()  # the button does not own it
        menu = QMenu(self.color_button)
        for number, color in enumerate(Color, 1):
            act = QAction(dot(color, theme), f"{color.capitalize()}\t{number}", menu)
            act.triggered.connect(lambda _on=False, chosen=color: self.color_chosen.emit(chosen))
            menu.addAction(act)
        self.color_button.setMenu(menu)

    def edit_note(self) -> None:
        """Begin to write the note."""
        if self.annotation is None:
            return
        if self.editor.isHidden():
            self.editor.start(self.annotation.note)
            self.editor.show()
            self._arrange()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_tags(self) -> None:
        """Begin to type a tag."""
        self.tags.start()
        self.resized.emit()

    def editing(self) -> bool:
        """Whether a note or a tag is being typed."""
        return not self.editor.isHidden() or self.tags.editing()

    def close_editors(self) -> None:
        """Save what is typed, and show the note again."""
        self.editor.save()
        if self.editor.hasFocus() or self.tags.edit.hasFocus():
            self.left.emit()
        self.editor.hide()
        if self.tags.editing():
            self.tags.edit.take()
            self.tags.edit.done.emit()

    def save(self) -> None:
        """Tell what is typed in the note, now."""
        if not self.editor.isHidden():
            self.editor.save()

    # --- inside

    def _arrange(self) -> None:
        note = bool(self.annotation and self.annotation.note.strip())
        writing = not self.editor.isHidden()
        self.note_view.setVisible(note and not writing)
        self.note_button.setVisible(not note and not writing)
        self.more.setVisible(self.quote.cut(style.text_width(self.width())) or self.quote.whole)
        self.more.setText("Show less" if self.quote.whole else "Show all")
        self.updateGeometry()
        self.resized.emit()

    def _toggle_quote(self) -> None:
        self.quote.show_whole(not self.quote.whole)
        self._arrange()

    def _tell_note(self, text: str) -> None:
        if self.annotation is not None:
            self.note_changed.emit(self.annotation.id, text)

    def _tell_removed(self, name: str) -> None:
        if self.annotation is not None:
            self.tag_removed.emit(self.annotation.id, name)

    def _close_editor(self) -> None:
        if not self.editor.isHidden():
            had_focus = self.editor.hasFocus()
            self.editor.hide()
            self._arrange()
            if had_focus:
                self.left.emit()

    def _tags_done(self) -> None:
        self.resized.emit()
        self.left.emit()

    @override
    def sizeHint(self) -> QSize:
        """As wide as the list, as high as its parts."""
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    @override
    def hasHeightForWidth(self) -> bool:
        """Its parts wrap."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """The height of the row it stands in."""
        self._set_margins()
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def _set_margins(self) -> None:
        edge, bar = style.GAP + style.PAD, style.BAR
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (edge, edge + bar) if mirrored else (edge + bar, edge)
        self.setContentsMargins(0, 0, 0, 0)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(left, style.PAD, right, style.PAD + style.GAP)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card that its parts stand on."""
        if self.annotation is None:
            return
        painter = QPainter(self)
        style.paint_card(
            painter,
            style.card_rect(self.rect()),
            self._theme,
            bar=self._theme.highlight(self.annotation.color)[1],
            selected=True,
            focused=self.focused,
            mirrored=self.layoutDirection() == Qt.LayoutDirection.RightToLeft,
        )

    @override
    def event(self, event: QEvent) -> bool:
        """Ask for another height when a part does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the parts goes to the passage."""
        if event.button() == Qt.MouseButton.LeftButton and self.annotation is not None:
            self.activated.emit(self.annotation.id)
            event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may cut the quote or not."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.annotation is not None:
            self.more.setVisible(self.quote.cut(style.text_width(self.width())) or self.quote.whole)
