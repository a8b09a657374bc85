"""The clauses in force, as chips: each can be turned into its contrary or taken away."""

from collections.abc import Mapping
from typing import override

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from postil.view.look.theme import Theme
from postil.view.panels import card_style as style
from postil.view.panels.flow_row import FlowRow
from postil.view.search.coloring import ink_of
from postil_db.index.language import Clause, clauses, drop_clause

_CROSS = 16
WIDEST = 260
MOST = 12
"""More clauses than these stand in the box alone."""


class ClauseChip(QWidget):
    """One clause. A click turns it into its contrary and back, one on the cross (or Delete) takes it away.

    `title`: of a document that is meant by its number; shown instead of that.
    """

    turned = Signal()
    removed = Signal()

    def __init__(self, clause: Clause, theme: Theme, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        self.clause, self._theme = clause, theme
        shown = f"document: {title}" if title else f"{clause.field}: {clause.value}"
        self.words = f"not {shown}" if clause.negated else shown
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.words)
        contrary = "include" if clause.negated else "exclude"
        self.setAccessibleDescription(f"Enter: {contrary} it. Delete: take it away.")
        self.setToolTip(f"{self.words}\nClick: {contrary} it. ×: take it away.")

    @override
    def sizeHint(self) -> QSize:
        """Its words and the cross."""
        font = self.font()
        return QSize(style.chip_width(self.words, font, WIDEST, _CROSS), style.chip_height(font))

    @override
    def minimumSizeHint(self) -> QSize:
        """A letter or two."""
        return QSize(48, style.chip_height(self.font()))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chip, a bar through its edge where it is turned, the cross, and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, theme = QRectF(self.rect()), self._theme
        ink = ink_of("negation" if self.clause.negated else "field", theme)
        edge = QPen(theme.color("accent"), 2) if self.hasFocus() else QPen(ink, 1)
        if self.clause.negated and not self.hasFocus():
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(theme.color("raised"))
        inner = box.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        font = style.chip_font(self.font())
        painter.setFont(font)
        painter.setPen(ink)
        words = box.adjusted(style.CHIP_PAD, 0, -style.CHIP_PAD - _CROSS + 4, 0)
        if self._mirrored():
            words.translate(_CROSS - 4, 0)
        shown = QFontMetricsF(font).elidedText(self.words, Qt.TextElideMode.ElideRight, words.width() + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        middle, arm = self._cross().center(), 3.0
        painter.setPen(QPen(ink, 1.3))
        painter.drawLine(middle - QPointF(arm, arm), middle + QPointF(arm, arm))
        painter.drawLine(middle - QPointF(arm, -arm), middle + QPointF(arm, -arm))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press: the release decides."""
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turn it or take it away."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            (self.removed if self._cross().contains(event.position()) else self.turned).emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or space turns, Delete or Backspace takes away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.turned.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _cross(self) -> QRectF:
        """Where the cross is: the whole end of the chip, so that it is easy to hit."""
        width = style.CHIP_PAD + _CROSS - 2
        return QRectF(0 if self._mirrored() else self.width() - width, 0, width, self.height())


class ClauseChips(FlowRow):
    """A chip for each clause with a field; changing one gives another query."""

    query_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._query = theme, ""
        self._titles: Mapping[int, str] = {}
        self.chips: list[ClauseChip] = []
        self.setAccessibleName("Conditions of the search")

    def show_query(self, query: str, titles: Mapping[int, str] | None = None) -> None:
        """Show a query's clauses; `titles`: of documents, as far as they are known."""
        self._titles = {**self._titles, **(titles or {})}
        held = next((number for number, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        self._query = query
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        fielded = [(number, clause) for number, clause in enumerate(clauses(query)) if clause.field]
        for number, clause in fielded[:MOST]:
            self._add(clause, number)
        self.setVisible(bool(self.chips))
        if held >= 0 and self.chips:
            self.chips[min(held, len(self.chips) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.show_query(self._query)

    def _add(self, clause: Clause, number: int) -> None:
        number_of = int(clause.value) if clause.field == "doc" and clause.value.isdecimal() else 0
        chip = ClauseChip(clause, self._theme, self, title=self._titles.get(number_of, ""))
        chip.turned.connect(lambda: self.query_changed.emit(turn_clause(self._query, number)))
        chip.removed.connect(lambda: self.query_changed.emit(drop_clause(self._query, number)))
        self._flow.addWidget(chip)
        self.chips.append(chip)
        chip.show()

    @override
    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(60, style.chip_height(self.font()) if self.chips else 0)


def turn_clause(query: str, number: int) -> str:
    """A query with one of its clauses turned into its contrary."""
    one = clauses(query)[number]
    if not one.negated:
        return f"{query[: one.start]}-{query[one.start :]}"
    body = query[one.start : one.end]
    body = body[1:] if body.startswith("-") else body.removeprefix("NOT").lstrip()
    return f"{query[: one.start]}{body}{query[one.end :]}"
