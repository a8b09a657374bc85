"""Spans of time as a reader types them: 2026, 2026-01..2026-03, >2025, today, last week. Pure, and quick to load."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_POINT = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_LAST = re.compile(r"(?:last|past) (\d{1,4}) (day|week|month|year)s?$")
_WEEK = re.compile(r"(\d{4})-W(\d{2})$")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` up to, but not with, `after`; None: without end on that side."""

    first: date | None
    after: date | None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.first is None or day >= self.first) and (self.after is None or day < self.after)

    def holds_all(self, others: "Days") -> bool:
        """Whether all of some other days, which have a beginning and an end, are among them."""
        if others.first is None or others.after is None:
            return False
        return self.holds(others.first) and self.holds(others.after - _DAY)


def days(typed: str, today: date) -> Days | None:
    """What a value of a date field means, or None where it means nothing."""
    text = " ".join(typed.replace("_", " ").casefold().split())
    if ".." in text:
        low, high = (part.strip() for part in text.split("..", 1))
        first, last = _named(low, today), _named(high, today)
        if (low and first is None) or (high and last is None) or not (low or high):
            return None
        return Days(first.first if first else None, last.after if last else None)
    sign = text[:2] if text[:2] in (">=", "<=") else text[:1] if text[:1] in (">", "<") else ""
    span = _named(text[len(sign) :].strip(), today)
    if span is None or not sign:
        return span
    starts = {">": span.after, ">=": span.first}
    ends = {"<": span.first, "<=": span.after}
    return Days(starts.get(sign), ends.get(sign))


def first_day(written: str) -> date | None:
    """The first day that a date in ISO 8601 may mean ("2026", "2026-01", "2026-01-27T10:00"), or None."""
    span = _point(written[:10].split("T", maxsplit=1)[0].strip())
    return span.first if span else None


@lru_cache(maxsize=1 << 14)
def meant(value: str) -> Days | None:
    """The days that a date in a text means: a day, a month, a year, a week (2026-W05), or a stretch (1990/1999)."""
    first, stretches, last = value.partition("/")
    low, high = _stretch(first), _stretch(last if stretches else first)
    return Days(low.first, high.after) if low and high else None


def _stretch(value: str) -> Days | None:
    week = _WEEK.match(value)
    if not week:
        return _point(value.split("T", maxsplit=1)[0])
    try:
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return Days(monday, monday + 7 * _DAY)
    except (ValueError, OverflowError):
        return None


def is_span(typed: str) -> bool:
    """Whether what is typed is a span by its signs, which no text is meant to hold: 2025..2026, >2025."""
    return ".." in typed or typed.strip()[:1] in ("<", ">")


def _named(text: str, today: date) -> Days | None:
    monday, month, year = today - timedelta(days=today.weekday()), _month(today, 0), today.replace(month=1, day=1)
    known = {
        "today": (today, today + _DAY),
        "yesterday": (today - _DAY, today),
        "this week": (monday, monday + 7 * _DAY),
        "last week": (monday - 7 * _DAY, monday),
        "this month": (month, _month(today, 1)),
        "last month": (_month(today, -1), month),
        "this year": (year, _year(year, 1)),
        "last year": (_year(year, -1), year),
    }
    if text in known:
        return Days(*known[text])
    match = _LAST.match(text)
    return _last(int(match[1]), match[2], today) if match else _point(text)


def _last(count: int, unit: str, today: date) -> Days | None:
    steps = {"day": count, "week": 7 * count, "month": 30 * count, "year": 365 * count}[unit]
    try:
        return Days(today - timedelta(days=steps) + _DAY, today + _DAY)
    except OverflowError:
        return Days(None, today + _DAY)


def _point(text: str) -> Days | None:
    match = _POINT.match(text)
    if not match:
        return None
    month, day = (int(part) if part else None for part in match.groups()[1:])
    try:
        first = date(int(match[1]), 1 if month is None else month, 1 if day is None else day)
        if day:
            return Days(first, first + _DAY)
        return Days(first, _month(first, 1) if month else _year(first, 1))
    except (ValueError, OverflowError):
        return None


def _month(day: date, by: int) -> date:
    months = day.year * 12 + day.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def _year(day: date, by: int) -> date:
    return day.replace(year=day.year + by)
