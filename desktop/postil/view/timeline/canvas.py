"""The timeline's picture: bars over an axis of time, what texts name above, what the reader marked below.

Wheel with Ctrl, + and - change the size from decades to days; arrow keys go from bar to bar, Enter to its passages.
"""

from collections.abc import Sequence
from datetime import date
from typing import override

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.timeline.marks import TimeMark
from postil.view.timeline.measure import MARGIN, Measure
from postil.view.timeline.paint import Brush
from postil.view.timeline.scale import LARGEST, SMALLEST, Bar, Step, bars, extent, spoken, step_for

ROWS = 4
"""Of stretches longer than a step, one above another."""
ZOOM = 1.5


class Timeline(QAbstractScrollArea):
    """Paints marks by time. One bar is the current one."""

    chosen = Signal(object)  # Bar
    entered = Signal()
    step_changed = Signal(object)  # Step

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: Sequence[TimeMark] = ()
        self._scale = SMALLEST
        self._origin, self._end = date(2000, 1, 1), date(2001, 1, 1)
        self._step = Step.DECADE
        self.bars: list[Bar] = []
        self.current: int | None = None
        self._fitted = False
        self._rows = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self._say()

    @property
    def step(self) -> Step:
        """What marks are gathered by at this size."""
        return self._step

    def show_marks(self, marks: Sequence[TimeMark]) -> None:
        """Take other marks; they are fitted into the width."""
        self._marks, self.current, self._fitted = marks, None, False
        if marks:
            self._origin = min(mark.first for mark in marks)
            self._end = max(mark.last for mark in marks)
            self.fit()
        self.viewport().update()

    def fit(self) -> None:
        """Show all of the time there is, but for a few marks far off."""
        if not self._marks:
            return
        first, last = extent(self._marks)
        room = max(100, self.viewport().width() - 2 * MARGIN)
        self._fitted = True
        self._set_scale(room / ((last - first).days + 1))
        self.horizontalScrollBar().setValue(round((first - self._origin).days * self._scale))

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Make days wider or narrower; what is at `about` (pixels in the viewport) stays there."""
        bar, middle = self.current_bar, self.viewport().width() / 2
        day = (self.horizontalScrollBar().value() + (middle if about is None else about) - MARGIN) / self._scale
        if about is None and bar is not None:
            day = (bar.marks[0].first - self._origin).days  # what is chosen comes to the middle
        self._fitted = False
        self._set_scale(self._scale * factor)
        self.horizontalScrollBar().setValue(round(day * self._scale + MARGIN - (middle if about is None else about)))

    def zoom_to(self, scale: float) -> None:
        """Have so many pixels a day."""
        self.zoom(scale / self._scale)

    @property
    def current_bar(self) -> Bar | None:
        """The bar whose passages are shown."""
        return self.bars[self.current] if self.current is not None else None

    def choose(self, at: int) -> None:
        """Make a bar the current one, and bring it into view."""
        self.current = at
        rect, bar = self._measure().rect(self.bars[at]), self.horizontalScrollBar()
        if rect.left() < 0 or rect.right() > self.viewport().width():
            bar.setValue(round(bar.value() + rect.center().x() - self.viewport().width() / 2))
        self._say()
        self.viewport().update()
        self.chosen.emit(self.bars[at])

    def set_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.viewport().update()

    @override
    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(820, 480)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what was fitted fitting."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._set_scale(self._scale)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move through time; with Ctrl change the size."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM ** (turn.y() / 120), event.position().x())
        else:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turn.x() or turn.y()))
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End, Enter, + and -, 0."""
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._walk(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._cross(yours=event.key() == Qt.Key.Key_Down)
            case Qt.Key.Key_Home | Qt.Key.Key_End if self.bars:
                self.choose(0 if event.key() == Qt.Key.Key_Home else len(self.bars) - 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(1 / ZOOM)
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar there."""
        at = self._at(event.position())
        if at is not None:
            self.choose(at)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say by the pointer what can be chosen."""
        there = self._at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a bar is."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), _words(self.bars[at]) if at is not None else "", self)
            return True
        return super().viewportEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The axis, then the bars."""
        painter = QPainter(self.viewport())
        brush = Brush(painter, self._theme, self.font(), self._measure())
        brush.axis(self._step)
        brush.lanes()
        brush.bars(self.bars, self.current)
        painter.end()

    def _measure(self) -> Measure:
        """Where everything stands now."""
        return Measure(
            self._origin,
            self._scale,
            self.horizontalScrollBar().value(),
            self.viewport().size(),
            QFontMetricsF(meta_font(self.font())).height(),
            max((len(one.marks) for one in self.bars if not one.wide), default=1),
            self._rows,
        )

    def _set_scale(self, scale: float) -> None:
        self._scale = min(max(scale, SMALLEST), LARGEST)
        step = step_for(self._scale)
        if step is not self._step or not self.bars or self.current is None:
            self._step = step
            self._gather()
            self.step_changed.emit(step)
        width = ((self._end - self._origin).days + 1) * self._scale + 2 * MARGIN
        bar = self.horizontalScrollBar()
        bar.setPageStep(self.viewport().width())
        bar.setSingleStep(40)
        bar.setRange(0, max(0, round(width) - self.viewport().width()))
        self.viewport().update()

    def _gather(self) -> None:
        """Gather the marks anew; the current bar is then the one that holds its first mark."""
        held = self.current_bar.marks[0] if self.current_bar else None
        self.bars = bars(self._marks, self._step, ROWS)
        self._rows = max((bar.row + 1 for bar in self.bars if bar.wide), default=0)
        self.current = next((at for at, bar in enumerate(self.bars) if held in bar.marks), None) if held else None
        if self.current is not None:
            self.chosen.emit(self.bars[self.current])
        self._say()

    def _at(self, point: QPointF) -> int | None:
        return self._measure().at(self.bars, point.x(), point.y())

    def _walk(self, direction: int) -> None:
        if not self.bars:
            return
        if self.current is None:
            middle = self._measure().day_at(self.viewport().width() / 2)
            self.choose(min(range(len(self.bars)), key=lambda at: abs((self.bars[at].first - middle).days)))
        elif 0 <= self.current + direction < len(self.bars):
            self.choose(self.current + direction)

    def _cross(self, *, yours: bool) -> None:
        """Go to the nearest bar of the other half."""
        here = self.current_bar.first if self.current_bar else self._measure().day_at(self.viewport().width() / 2)
        other = [at for at, bar in enumerate(self.bars) if bar.yours == yours]
        if other and (self.current is None or self.bars[self.current].yours != yours):
            self.choose(min(other, key=lambda at: abs((self.bars[at].first - here).days)))

    def _say(self) -> None:
        """Tell a screen reader where we are."""
        bar = self.current_bar
        self.setAccessibleName(f"Timeline by {self._step}; {_words(bar) if bar else f'{len(self.bars)} bars'}")


def _words(bar: Bar) -> str:
    what = "of your marks" if bar.yours else "dates in the texts"
    one = "of your marks" if bar.yours else "date in the texts"
    return f"{spoken(bar)}: {len(bar.marks):,} {one if len(bar.marks) == 1 else what}"
