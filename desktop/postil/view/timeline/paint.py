"""How the timeline looks: the axis with its ticks, the words at its ends, the bars."""

from collections.abc import Sequence
from datetime import date
from math import log

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil.view.panels.card_style import meta_font
from postil.view.timeline.measure import GAP, TICKS, Measure
from postil.view.timeline.scale import Bar, Step, stretches
from postil_db.records import Color, EntityKind

LEAST_WORDS = 22


class Brush:
    """Paints one state of the picture."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont, measure: Measure) -> None:
        self._painter, self._theme, self._measure = painter, theme, measure
        self._font = meta_font(font)
        self._metrics = QFontMetricsF(self._font)
        self._view = QRectF(0, 0, measure.size.width(), measure.size.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self._view, theme.color("raised"))
        painter.setFont(self._font)

    def axis(self, step: Step) -> None:
        """The axis, with a tick for each step and as many words as there is room for."""
        painter, theme, measure, metrics = self._painter, self._theme, self._measure, self._metrics
        axis = measure.axis
        view = QRectF(0, axis, self._view.width(), TICKS)
        painter.fillRect(view, theme.color("panel"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(0, axis), QPointF(view.width(), axis))
        painter.drawLine(QPointF(0, axis + TICKS), QPointF(view.width(), axis + TICKS))
        free = -1e9
        for first, last in stretches(measure.day_at(0), measure.day_at(view.width()), step):
            left = measure.x(first)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(left, axis), QPointF(left, axis + 5))
            words = _tick(first, step)
            wide = metrics.horizontalAdvance(words)
            middle = (left + measure.x(last) + measure.scale) / 2
            if middle - wide / 2 > free + 10:
                painter.setPen(theme.color("text" if _is_main(first, step) else "faint"))
                painter.drawText(QPointF(middle - wide / 2, axis + 8 + metrics.ascent()), words)
                free = middle + wide / 2

    def lanes(self) -> None:
        """What stands above the axis, and what below."""
        self._painter.setPen(self._theme.color("faint"))
        self._painter.drawText(QPointF(GAP, GAP + self._metrics.ascent()), "Dates in the texts")
        below = QPointF(GAP, self._view.height() - GAP)
        self._painter.drawText(below, "Your notes and highlights, by the day you made them")

    def bars(self, bars: Sequence[Bar], current: int | None) -> None:
        """The bars in view."""
        most = {wide: max((len(bar.marks) for bar in bars if bar.wide == wide), default=1) for wide in (True, False)}
        for at, bar in enumerate(bars):
            rect = self._measure.rect(bar)
            if rect.right() >= 0 and rect.left() <= self._view.width():
                self._bar(bar, rect, most[bar.wide], current=at == current)

    def _bar(self, bar: Bar, rect: QRectF, most: int, *, current: bool) -> None:
        theme, painter, metrics = self._theme, self._painter, self._metrics
        tint, line = theme.highlight(Color.YELLOW) if bar.yours else theme.entity(EntityKind.DATE)
        painter.setPen(QPen(theme.color("accent") if current else line, 3 if current else 1))
        painter.setBrush(mix(tint, line, 0.25 + 0.35 * log(1 + len(bar.marks)) / log(1 + most)))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        words = f"{len(bar.marks):,}"
        wide = metrics.horizontalAdvance(words)
        painter.setPen(theme.color("text"))
        if bar.wide:
            shown = rect.intersected(self._view)
            if shown.width() > wide + 6:
                painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, words)
        elif wide <= max(rect.width(), LEAST_WORDS):
            top = rect.bottom() + metrics.ascent() + 2 if bar.yours else rect.top() - 4
            painter.drawText(QPointF(rect.center().x() - wide / 2, top), words)


def _tick(first: date, step: Step) -> str:
    match step:
        case Step.DAY:
            return f"{first.day} {_month(first)} {first.year}" if first.day == 1 else f"{first.day}"
        case Step.MONTH:
            return f"{first.year}" if first.month == 1 else _month(first)
        case Step.YEAR:
            return f"{first.year}"
        case Step.DECADE:
            return f"{first.year // 10 * 10}s"


def _month(day: date) -> str:
    return QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)


def _is_main(first: date, step: Step) -> bool:
    """Whether a tick is one of those that begin something larger."""
    return {
        Step.DAY: first.day == 1,
        Step.MONTH: first.month == 1,
        Step.YEAR: first.year % 10 == 0,
        Step.DECADE: first.year % 100 < 10,
    }[step]
