"""Icons: our own line drawings, tinted by the theme. The only file that knows where they are."""

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap

from postil.view.look.bundled import bundled, drawing
from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil_db.records import Color


def icon(name: str, theme: Theme, color: QColor | None = None) -> QIcon:
    """The icon of that name in the theme's ink, or in `color`; drawn afresh for each size, so crisp on every screen.

    Selected and checked ones take the accent, disabled ones go pale. An unknown name is a bug: `FileNotFoundError`.
    """
    return QIcon(_Drawing(drawing(name), color or theme.color("text"), theme))


def dot(color: Color, theme: Theme) -> QIcon:
    """A round swatch of a highlight colour."""
    return QIcon(_Dot(color, theme))


def names() -> list[str]:
    """Every icon there is."""
    folder = bundled("icons")
    return sorted(file.name.removesuffix(".svg") for file in folder.iterdir() if file.name.endswith(".svg"))


class _Engine(QIconEngine):
    """Draws into a pixmap of exactly the size that Qt asks for, once for each: it has one colour for good."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[tuple[int, int, QIcon.Mode, QIcon.State], QPixmap] = {}

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = size.width(), size.height(), mode, state
        if (known := self._drawn.get(key)) is not None:
            return known
        pixmap = self._drawn[key] = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


class _Drawing(_Engine):
    def __init__(self, drawing: str, color: QColor, theme: Theme) -> None:
        super().__init__()
        self._drawing, self._color, self._theme = drawing, color, theme

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        from PySide6.QtSvg import QSvgRenderer  # a library that the first page may not need

        if mode is QIcon.Mode.Disabled:
            color = mix(self._color, self._theme.color("panel"), 0.62)
        elif state is QIcon.State.On:
            color = self._theme.color("accent")
        else:
            color = self._color
        svg = self._drawing.replace("currentColor", color.name())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(rect))

    def clone(self) -> QIconEngine:
        return _Drawing(self._drawing, self._color, self._theme)


class _Dot(_Engine):
    def __init__(self, color: Color, theme: Theme) -> None:
        super().__init__()
        self._color, self._theme = color, theme

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        fill, line = self._theme.highlight(self._color)
        width = max(1.0, rect.width() / 14)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line, width))
        painter.setBrush(mix(fill, line, 0.35))
        inset = width / 2 + rect.width() * 0.1
        painter.drawEllipse(QRectF(rect).adjusted(inset, inset, -inset, -inset))

    def clone(self) -> QIconEngine:
        return _Dot(self._color, self._theme)
