"""The graph: names as dots, lines between those that stand together. Arrow keys, Space and Enter walk through it."""

from math import hypot, sqrt
from typing import override

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.page.tips import kind_name
from postil.view.panels.card_style import meta_font
from postil.view.together.layout import Drawing

EDGE = 64
"""Room around the outermost dots, in pixels."""
NEAR = 7
"""How far from a line a click may be."""
WIDEST, WIDTH = 7.0, 150
_BELOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Graph(QWidget):
    """Paints a Drawing. One dot is the current one; Space goes through its lines, Enter to the line's passages."""

    chosen = Signal(object, object)  # the keys of two nodes: a line was chosen
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.drawing = Drawing()
        self.node: int | None = None
        self.line: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(320, 260)
        self._say()

    def show_drawing(self, drawing: Drawing) -> None:
        """Take another graph; its strongest line is the current one."""
        self.drawing, self.node, self.line = drawing, None, None
        if drawing.lines:
            self.node = max(range(len(drawing.nodes)), key=lambda at: drawing.nodes[at].count)
            self.line = next(iter(self._lines_of(self.node)), None)
        self._say()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Room for some dozens of names."""
        return QSize(820, 600)

    def choose_line(self, line: int, node: int | None = None) -> None:
        """Make a line the current one, and one of its ends the current dot."""
        one = self.drawing.lines[line]
        self.line = line
        if node is not None:
            self.node = node
        elif self.node not in (one.first, one.second):
            self.node = one.first
        first, second = self.drawing.nodes[one.first], self.drawing.nodes[one.second]
        keys = (first.key, second.key)
        self._say()
        self.update()
        # an entity comes before a tag
        self.chosen.emit(*(keys if isinstance(keys[0], int) else keys[::-1]))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next dot that way, Space through its lines, Enter to the passages."""
        key = Qt.Key(event.key())
        if key in KEYS and self.drawing.nodes:
            self._step(*KEYS[key])
        elif key == Qt.Key.Key_Space and self.node is not None:
            lines = self._lines_of(self.node)
            at = lines.index(self.line) if self.line in lines else -1
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.choose_line(lines[(at + (-1 if back else 1)) % len(lines)], self.node)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the dot or line there."""
        point = event.position()
        node = self._node_at(point)
        if node is not None:
            self._choose_node(node)
        elif (line := self._line_at(point)) is not None:
            self.choose_line(line)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say by the pointer what can be chosen."""
        point = event.position()
        there = self._node_at(point) is not None or self._line_at(point) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)

    @override
    def event(self, event: QEvent) -> bool:
        """Say what a dot or line is."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """What a dot or line there is, or ""."""
        node, line = self._node_at(point), self._line_at(point)
        if node is not None:
            kind = self.drawing.nodes[node].kind
            return self.drawing.nodes[node].label + (f" · {kind_name(kind)}" if kind else "")
        return self._words(line) if line is not None else ""

    def place(self, node: int) -> QPointF:
        """Where a dot is."""
        below = QFontMetricsF(meta_font(self.font())).height() if self.drawing.left_out else 0
        wide, high = max(1, self.width() - 2 * EDGE), max(1, self.height() - EDGE - below)
        one = self.drawing.nodes[node]
        return QPointF(EDGE + one.x * wide, EDGE / 3 + one.y * (high - 12))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, then dots and words; what belongs to the current dot above the rest."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        mine = set(self._lines_of(self.node)) if self.node is not None else set[int]()
        for at in sorted(range(len(self.drawing.lines)), key=lambda at: (at in mine, at == self.line)):
            self._paint_line(painter, at, mine=at in mine)
        near = {self.node} | {end for at in mine for end in self._ends(at)}
        for at in range(len(self.drawing.nodes)):
            self._paint_node(painter, at, near=at in near)
        self._paint_rest(painter)
        painter.end()

    def _paint_rest(self, painter: QPainter) -> None:
        """Below all: how many pairs are not drawn."""
        if words := left_out_words(self.drawing):
            painter.setFont(meta_font(self.font()))
            painter.setPen(self._theme.color("faint"))
            painter.drawText(self.rect().adjusted(12, 0, -12, -8), _BELOW, words)

    def _paint_line(self, painter: QPainter, at: int, *, mine: bool) -> None:
        line, theme = self.drawing.lines[at], self._theme
        most = max(one.count for one in self.drawing.lines)
        width = 1 + (WIDEST - 1) * sqrt(line.count / most)
        color = mix(theme.color("raised"), theme.color("text"), 0.2)
        if mine:
            color = mix(theme.color("raised"), theme.color("accent"), 0.55)
        if at == self.line:
            color = theme.color("accent")
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._segment(at))

    def _paint_node(self, painter: QPainter, at: int, *, near: bool) -> None:
        node, theme, place = self.drawing.nodes[at], self._theme, self.place(at)
        radius = self._radius(at)
        fill = theme.entity(node.kind)[1] if node.kind else theme.color("faint")
        painter.setPen(QPen(theme.color("raised"), 2))
        painter.setBrush(fill)
        if node.kind is None:
            painter.drawRoundedRect(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius), 3, 3)
        else:
            painter.drawEllipse(place, radius, radius)
        if at == self.node:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "text"), 2))
            painter.drawEllipse(place, radius + 4, radius + 4)
        font = QFont(self.font())
        font.setBold(at == self.node)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(node.label, Qt.TextElideMode.ElideRight, WIDTH)
        wide = metrics.horizontalAdvance(words)
        left = min(max(2.0, place.x() - wide / 2), self.width() - wide - 2)
        box = QRectF(left, place.y() + radius + 3, wide, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        ground = theme.color("raised")
        ground.setAlphaF(0.82)
        painter.setBrush(ground)
        painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 3, 3)
        painter.setFont(font)
        painter.setPen(theme.color("text") if near or self.node is None else theme.color("faint"))
        painter.drawText(box.adjusted(0, 0, 1, 0), Qt.AlignmentFlag.AlignCenter, words)

    def _radius(self, at: int) -> float:
        most = max(node.count for node in self.drawing.nodes)
        return 4 + 7 * sqrt(self.drawing.nodes[at].count / most)

    def _segment(self, at: int) -> QLineF:
        first, second = self._ends(at)
        return QLineF(self.place(first), self.place(second))

    def _ends(self, at: int) -> tuple[int, int]:
        line = self.drawing.lines[at]
        return line.first, line.second

    def _lines_of(self, node: int) -> list[int]:
        return [at for at in range(len(self.drawing.lines)) if node in self._ends(at)]

    def _choose_node(self, node: int) -> None:
        lines = self._lines_of(node)
        if lines:
            self.choose_line(lines[0], node)

    def _step(self, across: int, down: int) -> None:
        """Go to the nearest dot that way: distance counts, and twice what lies beside the way."""
        here = self.place(self.node or 0)
        best, found = 0.0, None
        for at in range(len(self.drawing.nodes)):
            way = self.place(at) - here
            ahead = way.x() * across + way.y() * down
            beside = abs(way.x() * down) + abs(way.y() * across)
            cost = ahead + 2 * beside
            if at != self.node and ahead > 0 and (found is None or cost < best):
                best, found = cost, at
        if found is not None:
            self._choose_node(found)

    def _node_at(self, point: QPointF) -> int | None:
        for at in range(len(self.drawing.nodes)):
            way = point - self.place(at)
            if hypot(way.x(), way.y()) <= self._radius(at) + 4:
                return at
        return None

    def _line_at(self, point: QPointF) -> int | None:
        found = [(_distance(self._segment(at), point), at) for at in range(len(self.drawing.lines))]
        nearest = min(found, default=None)
        return nearest[1] if nearest and nearest[0] <= NEAR else None

    def _words(self, line: int) -> str:
        first, second = (self.drawing.nodes[at].label for at in self._ends(line))
        return f"{first} and {second}: {self.drawing.lines[line].count:,}"

    def _say(self) -> None:
        """Tell a screen reader where we are."""
        chosen = self._words(self.line) if self.line is not None else "nothing is drawn"
        told = (f"Graph of {len(self.drawing.nodes)} names", chosen, left_out_words(self.drawing).rstrip("."))
        self.setAccessibleName("; ".join(part for part in told if part))


def left_out_words(drawing: Drawing) -> str:
    """What is said of the pairs that are not drawn; "" if all are."""
    if not drawing.left_out:
        return ""
    return (
        "1 more pair is in the table."
        if drawing.left_out == 1
        else f"{drawing.left_out:,} more pairs are in the table."
    )


def _distance(line: QLineF, point: QPointF) -> float:
    """How far a point is from a line between two dots."""
    way, length = line.p2() - line.p1(), line.length()
    if length == 0:
        return QLineF(line.p1(), point).length()
    share = QPointF.dotProduct(point - line.p1(), way) / length**2
    return QLineF(line.pointAt(min(1.0, max(0.0, share))), point).length()
