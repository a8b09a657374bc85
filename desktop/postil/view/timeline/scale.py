"""Days to pixels and back, and what stretches of time the marks are gathered by at each size."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from postil.view.timeline.marks import DAY, TimeMark, month_end

LEAST = 20
"""Pixels that a stretch needs at least, to be told from the next."""


class Step(StrEnum):
    """What marks are gathered by."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"

    @property
    def days(self) -> float:
        """About how many days it has."""
        return {Step.DAY: 1.0, Step.MONTH: 30.4, Step.YEAR: 365.25, Step.DECADE: 3652.5}[self]


SMALLEST, LARGEST = LEAST / Step.DECADE.days, 48.0
"""Pixels a day: from decades that stand side by side to days that are wide enough for their names."""


def step_for(scale: float) -> Step:
    """The finest step that is wide enough at so many pixels a day."""
    return next((step for step in Step if step.days * scale >= LEAST), Step.DECADE)


def around(day: date, step: Step) -> tuple[date, date]:
    """The stretch of one step that holds a day."""
    match step:
        case Step.DAY:
            return day, day
        case Step.MONTH:
            first = day.replace(day=1)
            return first, month_end(first)
        case Step.YEAR:
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case Step.DECADE:
            first_year = max(1, day.year // 10 * 10)
            return date(first_year, 1, 1), date(min(9999, day.year // 10 * 10 + 9), 12, 31)


def stretches(first: date, last: date, step: Step) -> Iterator[tuple[date, date]]:
    """The stretches of one step that share a day with first..last."""
    day = first
    while day <= last:
        stretch = around(day, step)
        yield stretch
        if stretch[1] >= date.max:
            return
        day = stretch[1] + DAY


@dataclass(frozen=True, slots=True)
class Bar:
    """Marks that stand together; `wide`: a stretch longer than a step, as a text named it. `row`: of the wide ones."""

    first: date
    last: date
    yours: bool
    wide: bool
    marks: tuple[TimeMark, ...]
    row: int = 0

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1


def bars(marks: Iterable[TimeMark], step: Step, rows: int) -> list[Bar]:
    """The marks gathered by a step, in the order of time; longer stretches stay what they are, in at most `rows`."""
    gathered: dict[tuple[date, date, bool, bool], list[TimeMark]] = {}
    for mark in marks:
        first, last = around(mark.first, step)
        wide = mark.last > last
        key = (mark.first, mark.last, mark.yours, True) if wide else (first, last, mark.yours, False)
        gathered.setdefault(key, []).append(mark)
    ends: list[date] = []
    found = []
    for (first, last, yours, wide), here in sorted(gathered.items(), key=lambda item: item[0]):
        row = 0
        if wide:
            row = next((at for at, end in enumerate(ends) if end < first), len(ends))
            if row >= rows:
                row = min(range(rows), key=lambda at: ends[at])
            ends[row : row + 1] = [max(last, ends[row]) if row < len(ends) else last]
        found.append(Bar(first, last, yours, wide, tuple(here), row))
    return found


def spoken(bar: Bar) -> str:
    """What a bar is called: "2026", "January 2026", "1990s", "26 January 2026", or a first and a last day."""
    from PySide6.QtCore import QDate, QLocale

    first, last = bar.first, bar.last
    day = QDate(first.year, first.month, first.day)
    if first == last:
        return QLocale().toString(day, QLocale.FormatType.LongFormat)
    for step in (Step.MONTH, Step.YEAR, Step.DECADE):
        if around(first, step) == (first, last):
            return {Step.MONTH: QLocale().toString(day, "MMMM yyyy"), Step.YEAR: f"{first.year}"}.get(
                step, f"{first.year}s"
            )
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}–{last.year}"
    end = QLocale().toString(QDate(last.year, last.month, last.day), QLocale.FormatType.LongFormat)
    return f"{QLocale().toString(day, QLocale.FormatType.LongFormat)} – {end}"


def extent(marks: Sequence[TimeMark]) -> tuple[date, date]:
    """The days from the first mark to the last, without the few that lie far off at either end."""
    firsts = sorted(mark.first for mark in marks)
    lasts = sorted(mark.last for mark in marks)
    cut = len(marks) // 50
    return firsts[cut], max(lasts[len(lasts) - 1 - cut], firsts[cut] + timedelta(days=6))
