"""What a date in a text means: "last week" in an article of 27 January 2026 is 2026-W04.

Values are ISO 8601: a day (2026-01-27), a month (2026-01), a year (2026), a week (2026-W05), a time of day (T17:00),
or, for longer and crooked stretches, first/last (1990/1999, 2026-01/2026-03). What could mean several things means
nothing here.
"""

import re
from datetime import date

from postil.entities.date_readers import ABSOLUTE, RELATIVE

OPENING = re.compile(
    r"^(?:on|in|by|since|until|till|before|after|during|from|of|as of|for|about|around|mid|early(?: in| on)?|"
    r"later?(?: in| on)?|earlier(?: in| on)?|the (?:beginning|start|middle|end|night|morning|evening|day|month) of|"
    r"the early|the late|the mid)(?:[ -]+)(?=\S)"
)
CLOSING = re.compile(r"(?:['’]s|['’])?(?:,? (?:early |late )?(?:morning|afternoon|evening|night|noon|midnight))?[,.]?$")
FIGURES = re.compile(
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2})|"
    r"(?P<year_zh>\d{4})年(?P<month_zh>\d{1,2})月(?P<day_zh>\d{1,2})日"
)
_DAYS = (
    r"(?P<first>\d{1,2})(?:st|nd|rd|th)?(?: to | until | through |\s?[–—-]\s?|(?P<both> and ))"
    r"(?P<last>\d{1,2})(?:st|nd|rd|th)?"
)
DAYS = re.compile(rf"(?P<between>between )?(?:from )?(?P<before>){_DAYS}(?P<after> [a-z].*)")
DAYS_AFTER = re.compile(rf"(?P<between>between )?(?:from )?(?P<before>[a-z]+\.? ){_DAYS}(?P<after>(?:,? \d{{4}})?)")
RANGE = re.compile(
    r"(?:from |between )?(?P<first>.+?)(?: to | and | until | through |\s?[–—]\s?| - |(?<=\d)-(?=\d))(?P<last>.+)"
)


def iso_date(text: str, reference: date | None) -> str:
    """The ISO 8601 value of a date as it is written in English, or "" where nobody can be sure.

    `reference`: the day of publication; without it only what says its own year has a value.
    """
    plain = " ".join(text.casefold().replace("’", "'").split()).strip(" ,;()")
    try:
        return _value(plain, reference) or _range(plain, reference)
    except (ValueError, OverflowError):  # the 31st of February, the year 0
        return ""


def date_value(text: str, *, language: str, reference: date | None) -> str:
    """The ISO 8601 value of a date in a text of this language ("" or "en": English), or "".

    In other languages only what is written in figures has one: the day comes first there.
    """
    if language in ("", "en"):
        return iso_date(text, reference)
    match = FIGURES.fullmatch(text)
    if match is None:
        return ""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"]).isoformat()
        year, month, day = filter(None, match.group("year", "year_zh", "month", "month_zh", "day", "day_zh"))
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # the 31st of February
        return ""


def day_of(published: str) -> date | None:
    """The day of an ISO 8601 date or date-time; None for anything less exact."""
    try:
        return date.fromisoformat(published[:10]) if len(published) >= 10 else None
    except ValueError:
        return None


def _value(plain: str, reference: date | None) -> str:
    """The value of one date, read as it stands, then without the words around it."""
    for phrase in dict.fromkeys((plain, _bare(plain))):
        for pattern, read in ABSOLUTE:
            if match := pattern.fullmatch(phrase):
                return read(match, reference or date.min)
        for pattern, read in RELATIVE:
            if reference and (match := pattern.fullmatch(phrase)):
                return read(match, reference)
    return ""


def _bare(phrase: str) -> str:
    phrase = CLOSING.sub("", phrase)
    while (opening := OPENING.match(phrase)) is not None:
        phrase = phrase[opening.end() :]
    return phrase


def _range(plain: str, reference: date | None) -> str:
    if days := DAYS.fullmatch(plain) or DAYS_AFTER.fullmatch(plain):
        return _days(days, reference)
    match = RANGE.fullmatch(plain)
    if match is None:
        return ""
    last = match["last"]
    if re.fullmatch(r"\d{2}", last) and re.fullmatch(r"\d{4}", match["first"]):
        last = match["first"][:2] + last  # 2015-16
    first_value, last_value = _value(match["first"], reference), _value(last, reference)
    alike = len(first_value) == len(last_value) and "/" not in first_value + last_value
    return f"{first_value}/{last_value}" if first_value and alike and first_value < last_value else ""


def _days(match: re.Match[str], reference: date | None) -> str:
    """The days of "25 to 27 January", of which only the last says its month; "3 and 5 May" is no stretch."""
    last = _value(f"{match['before']}{match['last']}{match['after']}", reference)
    first = f"{last[:8]}{int(match['first']):02}"
    if (match["both"] and not match["between"]) or len(last) != len("2026-01-27") or first >= last:
        return ""
    return f"{date.fromisoformat(first)}/{last}"
