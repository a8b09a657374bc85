"""The patterns that dates are written in, and what each of them says."""

import re
from collections.abc import Callable
from datetime import date, timedelta

_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
WEEKDAYS = {day: number for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
NUMBERS = {word: number for number, word in enumerate(_CARDINALS.split(), 1)}
NUMBERS |= {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {"final": 4, "last": 4}
FEASTS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1)}
FEASTS |= {"new year's eve": (12, 31), "valentine's day": (2, 14), "may day": (5, 1), "halloween": (10, 31)}

AHEAD = timedelta(days=92)
"""A month or day without a year lies in the past, unless it comes within so long."""

_MONTH = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?(?![a-z])"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|r|rs|ur)?(?:day)?\.?"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})"
_ORDINAL = rf"(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})"
_WHICH = r"(?P<which>last|this|next|the previous|previous|past|the following|the coming|coming|current|the current)"
_OF_YEAR = rf"(?:,? (?:of |in )?(?:{_YEAR}|(?P<near>this|last|next) year|the year))?"

type Reader = Callable[[re.Match[str], date], str]


def _number(text: str) -> int:
    return NUMBERS.get(text) or int(text)


def _ordinal(text: str) -> int:
    return ORDINALS.get(text) or int(text.rstrip("stndrh"))


def _full(match: re.Match[str], _reference: date) -> str:
    return date(int(match["year"]), MONTHS[match["month"]], int(match["day"])).isoformat()


def _figures(match: re.Match[str], _reference: date) -> str:
    return date(int(match["year"]), int(match["number"]), int(match["day"])).isoformat()


def _month_of_year(match: re.Match[str], _reference: date) -> str:
    return f"{match['year']}-{MONTHS[match['month']]:02}"


def _decade(match: re.Match[str], reference: date) -> str:
    digits = match["decade"].lstrip("'")
    if len(digits) == 2:
        century = reference.year // 100 if reference != date.min else 20
        first = 100 * century + int(digits)
        first -= 100 if first > reference.year or reference == date.min else 0
    else:
        first = int(digits)
    return f"{first:04}/{first + 9:04}" if digits[-2:] != "00" or match["part"] else f"{first:04}/{first + 99:04}"


def _century(match: re.Match[str], _reference: date) -> str:
    last = 100 * _ordinal(match["ordinal"])
    return f"{last - 99:04}/{last:04}"


def _clock(match: re.Match[str], _reference: date) -> str:
    hour = int(match["hour"])
    if hour > 12 or hour == 0:
        return ""
    return f"T{hour % 12 + (12 if match['half'] == 'p' else 0):02}:{match['minute'] or '00'}"


def _weekday(match: re.Match[str], reference: date) -> str:
    back = (reference.weekday() - WEEKDAYS[match["weekday"]]) % 7
    which = match["which"]
    if which == "last" and back == 0:
        back = 7
    elif which in ("next", "this", "coming", "the coming"):
        back = back - 7 if back or which == "next" else 0
    return (reference - timedelta(days=back)).isoformat()


def _day_of_month(match: re.Match[str], reference: date) -> str:
    month, day = MONTHS[match["month"]], int(match["day"])
    year = _year_near(match, reference, lambda year: date(year, month, day))
    return date(year, month, day).isoformat()


def _feast(match: re.Match[str], reference: date) -> str:
    month, day = FEASTS[match["feast"]]
    return date(_year_near(match, reference, lambda year: date(year, month, day)), month, day).isoformat()


def _month_alone(match: re.Match[str], reference: date) -> str:
    month = MONTHS[match["month"]]
    which = match["which"]
    if which:
        step = {"next": 1, "last": -1}.get(which, 0)
        at = reference.month
        year = reference.year + (step if (month - at) * step <= 0 else 0)
    else:
        year = _year_near(match, reference, lambda year: date(year, month, 1))
    return f"{year:04}-{month:02}"


def _year_near(match: re.Match[str], reference: date, on: Callable[[int], date]) -> int:
    """The year that is said, or the one that makes the day the last before the reference, or one soon after it."""
    said = match.groupdict()
    if said.get("year"):
        return int(said["year"])
    if said.get("near"):
        return reference.year + {"last": -1, "this": 0, "next": 1}[said["near"]]
    years = range(reference.year + 1, reference.year - 2, -1)
    return next(year for year in years if on(year) - reference < AHEAD)


def _shifted_month(reference: date, by: int) -> str:
    year, month = divmod(12 * reference.year + reference.month - 1 + by, 12)
    return f"{year:04}-{month + 1:02}"


def _stretch(reference: date, unit: str, by: int) -> str:
    """The day, week, month, year... that lies `by` of them from the reference."""
    if unit == "day":
        return (reference + timedelta(days=by)).isoformat()
    if unit == "week":
        year, week, _ = (reference + timedelta(weeks=by)).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "month":
        return _shifted_month(reference, by)
    if unit == "quarter":
        return _part(
            reference.year + (reference.month - 1 + 3 * by) // 3 // 4, (reference.month - 1 + 3 * by) // 3 % 4 + 1, 3
        )
    first = reference.year // 10 * 10 + 10 * by
    return f"{first:04}/{first + 9:04}" if unit == "decade" else f"{date(reference.year + by, 1, 1).year:04}"


def _which(match: re.Match[str], reference: date) -> str:
    which = match["which"].removeprefix("the ")
    by = {"last": -1, "previous": -1, "past": -1, "next": 1, "following": 1, "coming": 1}.get(which, 0)
    if match["unit"] == "weekend":
        saturday = reference + timedelta(days=5 - reference.weekday(), weeks=by)
        return f"{saturday}/{saturday + timedelta(days=1)}"
    return _stretch(reference, match["unit"], by)


def _distant(match: re.Match[str], reference: date) -> str:
    by = _number(match["count"]) * (-1 if match["way"] in ("ago", "earlier") else 1)
    if match["unit"] == "week" and match["way"] == "ago":
        return _stretch(reference, "day", 7 * by)
    return _stretch(reference, match["unit"], by)


def _near_day(match: re.Match[str], reference: date) -> str:
    by = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    return (reference + timedelta(days=by.get(match["when"], 0))).isoformat()


def _part(year: int, number: int, months: int) -> str:
    last = number * months
    return f"{year:04}-{last - months + 1:02}/{year:04}-{last:02}" if 1 <= last <= 12 else ""


def _quarter(match: re.Match[str], reference: date) -> str:
    number, months = _ordinal(match["ordinal"]), 3 if match["unit"] == "quarter" else 6
    number = min(number, 12 // months) if match["ordinal"] in ("final", "last") else number
    if reference == date.min and not match["year"]:
        return ""
    year = _year_near(match, reference, lambda year: date(year, (number - 1) * months + 1, 1))
    return _part(year, number, months)


def _year(match: re.Match[str], _reference: date) -> str:
    return match["year"]


def _same(match: re.Match[str], _reference: date) -> str:
    return match.group().upper()


_ABSOLUTE: tuple[tuple[str, Reader], ...] = (
    (r"\d{4}-(?:0\d|1[0-2])|\d{4}-w\d{2}", _same),
    (r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})", _figures),
    (rf"(?:{_WEEKDAY},? )?{_MONTH},? {_DAY},? {_YEAR}", _full),
    (rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}", _full),
    (rf"{_MONTH},? (?:of )?{_YEAR}", _month_of_year),
    (rf"(?:the )?(?:(?:year|summer|spring|autumn|fall|winter) (?:of )?)?{_YEAR}", _year),
    (r"(?:the )?(?P<part>early |late |mid-?)?(?P<decade>'?\d{2}0|\d0|[12]\d{2}0|'\d0)'?s", _decade),
    (rf"(?:the )?{_ORDINAL}[ -]century", _century),
    (r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\.?", _clock),
    (rf"(?:the )?{_ORDINAL} (?P<unit>quarter|half)(?: of)? {_YEAR}", _quarter),
)
_RELATIVE: tuple[tuple[str, Reader], ...] = (
    (rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}{_OF_YEAR}", _day_of_month),
    (rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY} (?:of )?{_MONTH}{_OF_YEAR}", _day_of_month),
    (r"(?P<when>the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow)", _near_day),
    (rf"(?:{_WHICH} )?{_WEEKDAY}", _weekday),
    (rf"{_MONTH} (?P<near>this|last|next) year|(?!)(?P<which>)", _month_alone),
    (rf"(?:(?P<which>last|this|next) )?{_MONTH}", _month_alone),
    (rf"(?P<feast>{'|'.join(FEASTS)}){_OF_YEAR}", _feast),
    (rf"{_WHICH} (?P<unit>week|weekend|month|quarter|year|decade)", _which),
    (rf"{_COUNT} (?P<unit>day|week|month|year|decade)s? (?P<way>ago|from now|from today)", _distant),
    (rf"(?:the )?{_ORDINAL} (?P<unit>quarter|half){_OF_YEAR}", _quarter),
)
ABSOLUTE = tuple((re.compile(pattern), read) for pattern, read in _ABSOLUTE)
RELATIVE = tuple((re.compile(pattern), read) for pattern, read in _RELATIVE)
