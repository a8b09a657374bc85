"""Dates by rule: years that the model missed; elsewhere "27.01.2026" and "27. Januar 2026"."""

import re
from itertools import pairwise

from postil.entities.passage import Passage
from postil.entities.span import Span

NUMERIC = re.compile(r"(?<![\w.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?![\w])")
YEAR = re.compile(
    r"\b(?:in|by|since|until|till|before|after|from|during|late|early|mid)[ -]((?:1[5-9]|20)\d\d)\b"
    r"(?![-–.,]?\d| \w+s\b)|\bthe ((?:19|20)\d\d)\b(?![-–.,]?\d)",
    re.IGNORECASE,
)
TIMES = ("DATE", "TIME")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TIMED = re.compile(
    rf"(?:(?:last|next|late|early) )?{_DAY}(?:,? (?:early |late )?(?:mornings?|afternoons?|evenings?|nights?)|"
    rf",? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)",
    re.IGNORECASE,
)


def join_times(passage: Passage) -> None:
    """Make a day and its time of day one mention: "Thursday night"."""
    for first, second in pairwise(span for span in passage.spans.list() if span.label in TIMES):
        joined = Span(first.start, second.end, "DATE", ruled=True)
        if TIMED.fullmatch(passage.text, *joined[:2]):
            passage.spans.put(joined)


def mark_years(passage: Passage) -> None:
    """Mark a year after a word of time ("by 2028") that is no count of things ("in 2000 cases")."""
    for match in YEAR.finditer(passage.text):
        start, end = match.span(match.lastindex or 0)
        if all(span.label == "CARDINAL" and span.start == start for span in passage.spans.over(start, end)):
            passage.spans.put(Span(start, end, "DATE", ruled=True))


def mark_dates(passage: Passage) -> None:
    """Mark dates that are written in figures or with the name of a month."""
    for pattern in (NUMERIC, _written(passage.gazetteer.months)):
        for match in pattern.finditer(passage.text) if pattern else ():
            passage.spans.add(Span(*match.span(), "DATE", ruled=True))


def _written(months: tuple[str, ...]) -> re.Pattern[str] | None:
    if not months:
        return None
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day, year = r"(?:\d{1,2}(?:\.|º|er|-го)? (?:de |d')?)", r"(?:,? (?:de )?\d{4})"
    return re.compile(rf"(?<!\w)(?:{day}(?:{names}){year}?|(?:{names}){year})(?!\w)", re.IGNORECASE)
