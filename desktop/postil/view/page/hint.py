"""The page before there is anything to read: a quiet word on how to begin."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from postil.view.look.fonts import READING
from postil.view.look.icons import icon
from postil.view.look.theme import Theme
from postil_db.records import Color


class Hint(QWidget):
    """A drawn page with one highlighted line, and two sentences."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = "Nothing open yet"
        self._text = "Open a file, drop one here, or paste a text.\nPages, notes and articles are welcome."
        self.setAccessibleName(f"{self._title}. {self._text}")
        self._silent = False

    def set_silent(self, silent: bool) -> None:
        """Say nothing as long as something may be about to open."""
        if silent != self._silent:
            self._silent = silent
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("page"))
        if self._silent:
            return
        middle = QPointF(self.width() / 2, self.height() / 2 - 60)
        self._sheet(painter, middle)
        title = QFont(READING)
        title.setPixelSize(23)
        title.setBold(True)
        painter.setFont(title)
        painter.setPen(self._theme.color("text"))
        area = QRectF(20, middle.y() + 92, self.width() - 40, 34)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._title)
        text = QFont(self.font())
        text.setPixelSize(14)
        painter.setFont(text)
        painter.setPen(self._theme.color("faint"))
        area = QRectF(20, area.bottom() + 8, self.width() - 40, 60)
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._text)

    def _sheet(self, painter: QPainter, middle: QPointF) -> None:
        theme = self._theme
        sheet = QRectF(middle.x() - 56, middle.y() - 74, 112, 146)
        painter.setPen(QPen(theme.color("line"), 1.5))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(sheet, 8, 8)
        fill, line = theme.highlight(Color.YELLOW)
        painter.setPen(Qt.PenStyle.NoPen)
        marked = QRectF(sheet.left() + 18, sheet.top() + 57, 62, 15)
        painter.setBrush(fill)
        painter.drawRect(marked)
        painter.setBrush(line)
        painter.drawRect(QRectF(marked.left(), marked.bottom(), marked.width(), 2))
        painter.drawRoundedRect(QRectF(sheet.left() + 8, marked.top(), 3, 17), 1.5, 1.5)
        ink = QPen(theme.color("line"), 4)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        for row, width in enumerate((44, 76, 70, 58, 76, 72, 34)):
            ink.setColor(theme.color("faint") if row in (0, 3) else theme.color("line"))
            painter.setPen(ink)
            y = sheet.top() + 24 + row * (13.4 if row < 3 else 13.5)
            painter.drawLine(QPointF(sheet.left() + 20, y), QPointF(sheet.left() + 18 + width, y))
        pen = icon("edit", theme, theme.color("accent")).pixmap(QSize(48, 48), self.devicePixelRatio())
        painter.drawPixmap(QPointF(sheet.right() - 30, sheet.top() + 26), pen)
