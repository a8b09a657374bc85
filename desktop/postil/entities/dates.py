"""Dates by rule, for languages without a model: 2026-01-27, 27.01.2026, "27. Januar 2026"."""

import re

from postil.entities.passage import Passage
from postil.entities.span import Span

NUMERIC = re.compile(r"(?<![\w.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?![\w])")


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
