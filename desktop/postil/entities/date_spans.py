"""What each date of a document means, where the paragraph around it leaves no doubt."""

from datetime import date

from postil.entities.date_marks import TIMES
from postil.entities.dates import date_value
from postil.entities.passage import Passage

NEAR_YEARS = 1


def date_values(passage: Passage, published: date | None) -> dict[int, str]:
    """The ISO 8601 values of the dates that have one, by where they start.

    "August 7" after a year that is long gone, in the same paragraph, belongs to that time: what counts from the day of
    publication has no value there.
    """
    values: dict[int, str] = {}
    long_gone, at = False, 0
    for span in passage.spans:
        if span.label not in TIMES:
            continue
        if long_gone and "\n" in passage.text[at : span.start]:
            long_gone = False
        at = span.end
        written = passage.name(span)
        value = date_value(written, language=passage.language, reference=None)
        if value[:4].isdigit():
            long_gone = published is not None and abs(int(value[:4]) - published.year) > NEAR_YEARS
        elif not value and not long_gone:
            value = date_value(written, language=passage.language, reference=published)
        if value:
            values[span.start] = value
    return values
