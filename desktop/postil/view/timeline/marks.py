"""What stands on the timeline: a stretch of days, and the passage that it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from postil_db.records import Annotation, NamedDate, Passage

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A mark from its first day to its last one. `yours`: the reader made it then; else a text names that time.

    `note`: what the reader wrote there, or "".
    """

    first: date
    last: date
    yours: bool
    passage: Passage
    note: str = ""

    @classmethod
    def of_date(cls, named: NamedDate) -> Self | None:
        """A date that a text names; None for what has no place in time ("5 p.m.")."""
        days = stretch(named.value)
        return cls(*days, yours=False, passage=named.passage) if days else None


def yours(annotation: Annotation, titles: Mapping[int, str]) -> TimeMark:
    """Something that the reader marked, on the day they did it."""
    selector, day = annotation.selector, annotation.created_at.astimezone().date()
    title = titles.get(annotation.document_id, "")
    passage = Passage(annotation.document_id, title, selector.start, selector.end, selector.quote)
    return TimeMark(day, day, yours=True, passage=passage, note=annotation.note)


def stretch(value: str) -> tuple[date, date] | None:
    """The first and the last day of an ISO 8601 value: a day, week, month, year, or two of them ("1990/1999")."""
    first, _, last = value.partition("/")
    try:
        start, end = _stretch(first), _stretch(last or first)
    except ValueError:
        return None
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _stretch(value: str) -> tuple[date, date] | None:
    match value.count("-"), len(value):
        case 0, 4:
            return date(int(value), 1, 1), date(int(value), 12, 31)
        case 1, 7:
            first = date(int(value[:4]), int(value[5:]), 1)
            return first, month_end(first)
        case 1, 8 if value[5] == "W":
            monday = date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
            return monday, monday + timedelta(days=6)
        case 2, 10:
            day = date.fromisoformat(value)
            return day, day
        case _:
            return None


def month_end(first: date) -> date:
    """The last day of the month that begins then."""
    return date(first.year, 12, 31) if first.month == 12 else date(first.year, first.month + 1, 1) - DAY
