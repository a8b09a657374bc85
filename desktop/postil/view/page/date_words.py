"""What a date in a text means, in words: "26 January 2026" for 2026-01-26, "March 2022" for 2022-03."""

import re
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

WEEK = re.compile(r"(\d{4})-W(\d{2})")


def spoken_value(value: str) -> str:
    """An ISO 8601 value as the reader's language says it; a stretch as its first and last day, month or year."""
    first, _, last = value.partition("/")
    return f"{_spoken(first)} – {_spoken(last)}" if last else _spoken(first)


def _spoken(value: str) -> str:
    if week := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return f"week of {_day(monday)} – {_day(monday + timedelta(days=6))}"
    match value.count("-"), len(value):
        case 2, 10:
            return _day(date.fromisoformat(value))
        case 1, 7:
            return QLocale().toString(QDate(int(value[:4]), int(value[5:]), 1), "MMMM yyyy")
        case _:
            return value.removeprefix("T")


def _day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
