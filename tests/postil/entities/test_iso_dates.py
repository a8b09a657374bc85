"""What dates in a text mean, seen from the day on which the text was published."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.entities.dates import date_value, day_of, iso_date
from postil.entities.passage import Passage
from postil.entities.refine import mentions
from postil.entities.span import Span

PUBLISHED = date(2026, 1, 27)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tuesday", "2026-01-27"),
        ("Monday", "2026-01-26"),
        ("yesterday", "2026-01-26"),
        ("today", "2026-01-27"),
        ("later today", "2026-01-27"),
        ("March 2022", "2022-03"),
        ("on Friday", "2026-01-23"),
        ("last Friday", "2026-01-23"),
        ("next Monday", "2026-02-02"),
        ("tomorrow", "2026-01-28"),
        ("last week", "2026-W04"),
        ("this week", "2026-W05"),
        ("last month", "2025-12"),
        ("this year", "2026"),
        ("last year", "2025"),
        ("next year", "2027"),
        ("2019", "2019"),
        ("the 1990s", "1990/1999"),
        ("January 26", "2026-01-26"),
        ("26 January 2026", "2026-01-26"),
        ("Jan. 26, 2026", "2026-01-26"),
        ("1996-12-06", "1996-12-06"),
        ("December", "2025-12"),
        ("two weeks ago", "2026-01-13"),
        ("three days ago", "2026-01-24"),
        ("Sept. 11, 2001", "2001-09-11"),
        ("the first quarter", "2026-01/2026-03"),
        ("Saturday night", "2026-01-24"),
        ("2015-2016", "2015/2016"),
        ("mid-2024", "2024"),
        ("the 19th century", "1801/1900"),
        ("Christmas", "2025-12-25"),
        ("20 years", ""),
        ("the past two years", ""),
        ("early March", "2026-03"),
        ("October 7", "2025-10-07"),
        ("5 p.m.", "T17:00"),
        ("Wednesday", "2026-01-21"),
    ],
)
def test_the_dates_of_newspapers(text: str, value: str) -> None:
    assert iso_date(text, PUBLISHED) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tuesday, January 20", "2026-01-20"),
        ("Tuesday 15 October 2019", "2019-10-15"),
        ("the 3rd of May 1998", "1998-05-03"),
        ("15 November", "2025-11-15"),
        ("April", "2026-04"),
        ("June", "2025-06"),
        ("last March", "2025-03"),
        ("next March", "2026-03"),
        ("October of 2006", "2006-10"),
        ("the end of 2017", "2017"),
        ("the end of May last year", "2025-05"),
        ("November 3 last year", "2025-11-03"),
        ("earlier this month", "2026-01"),
        ("later this week", "2026-W05"),
        ("Tuesday afternoon", "2026-01-27"),
        ("last Tuesday", "2026-01-20"),
        ("next Tuesday", "2026-02-03"),
        ("this Friday", "2026-01-30"),
        ("this weekend", "2026-01-31/2026-02-01"),
        ("last weekend", "2026-01-24/2026-01-25"),
        ("last quarter", "2025-10/2025-12"),
        ("next quarter", "2026-04/2026-06"),
        ("the third quarter", "2025-07/2025-09"),
        ("the first half of 2019", "2019-01/2019-06"),
        ("the fourth quarter of last year", "2025-10/2025-12"),
        ("the early 1900s", "1900/1909"),
        ("the 1900s", "1900/1999"),
        ("'90s", "1990/1999"),
        ("1980s", "1980/1989"),
        ("the fourteenth century", "1301/1400"),
        ("18th-century", "1701/1800"),
        ("a year ago", "2025"),
        ("three years ago", "2023"),
        ("three months ago", "2025-10"),
        ("a decade ago", "2010/2019"),
        ("from 2002 to 2005", "2002/2005"),
        ("between 2008 to 2016", "2008/2016"),
        ("2015–16", "2015/2016"),
        ("Tuesday to Friday", ""),
        ("summer 2020", "2020"),
        ("10.30 a.m.", "T10:30"),
        ("12 a.m.", "T00:00"),
        ("next year’s", "2027"),
        ("31 February 2020", ""),
        ("30 February", ""),
        ("25:00", ""),
        ("17 p.m.", ""),
        ("recent years", ""),
        ("every day", ""),
        ("a week", ""),
        ("the day", ""),
        ("night", ""),
        ("the season", ""),
        ("winter", ""),
        ("48-year-old", ""),
        ("more than a decade", ""),
        ("3/4/2020", ""),
        ("", ""),
    ],
)
def test_more_dates_and_what_is_none(text: str, value: str) -> None:
    assert iso_date(text, PUBLISHED) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 1944 they met. On August 7 she left.", ["1944", ""]),
        ("In 2025 they met. On August 7 she left.", ["2025", "2025-08-07"]),
        ("In 1944 they met.\nOn August 7 she left.", ["1944", "2025-08-07"]),
    ],
)
def test_a_day_of_long_ago_is_not_counted_from_the_publication(text: str, values: list[str]) -> None:
    dates = [Span(*match.span(), "DATE") for match in re.finditer(r"\d{4}|August 7", text)]
    assert [named.value for named in mentions(Passage(text, dates), "2026-01-27")] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25 to 27 January", "2026-01-25/2026-01-27"),
        ("January 25-27, 2026", "2026-01-25/2026-01-27"),
        ("between 3 and 5 March 2024", "2024-03-03/2024-03-05"),
        ("3 and 5 March 2024", ""),
        ("27 to 25 January", ""),
        ("10 to 15 years", ""),
        ("2 to 3 weeks", ""),
    ],
)
def test_days_of_one_month(text: str, value: str) -> None:
    assert iso_date(text, PUBLISHED) == value


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("27.01.2026", "de", "2026-01-27"),
        ("2026-01-27", "fr", "2026-01-27"),
        ("2026年1月27日", "zh", "2026-01-27"),
        ("31.02.2026", "de", ""),
        ("Tuesday", "de", ""),
        ("Tuesday", "", "2026-01-27"),
    ],
)
def test_other_languages_have_values_for_figures_alone(text: str, language: str, value: str) -> None:
    assert date_value(text, language=language, reference=PUBLISHED) == value


def test_a_document_counts_from_the_day_it_was_published() -> None:
    assert day_of("2026-01-27T08:00:00+01:00") == PUBLISHED
    assert [day_of(published) for published in ("", "2026", "2026-01", "tomorrow or so")] == [None] * 4
    text = "She left on Tuesday."
    worked = Passage(text, [Span(12, 19, "DATE")])
    assert [named.value for named in mentions(worked, "2026-01-27")] == ["2026-01-27"]
    assert [named.value for named in mentions(worked)] == [""]


@pytest.mark.parametrize(
    ("text", "value"),
    [("26 January 2026", "2026-01-26"), ("2019", "2019"), ("the 1960s", "1960/1969"), ("Tuesday", ""), ("May", "")],
)
def test_without_a_day_of_publication_only_what_says_its_year_has_a_value(text: str, value: str) -> None:
    assert iso_date(text, None) == value


@given(
    st.text() | st.from_regex(r"(?:the |last |next )?\d{0,5}(?:st|th|s)? ?(?:May|quarter|century|weeks ago|p\.m\.)?")
)
def test_any_text_has_a_value_or_none(text: str) -> None:
    for reference in (None, PUBLISHED, date.min, date.max, date(2024, 2, 29)):
        assert isinstance(iso_date(text, reference), str)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_weekday_lies_in_the_week_that_ends_with_the_publication(published: date) -> None:
    days = [
        iso_date(day, published)
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
    assert len(set(days)) == 7
    assert all(0 <= (published - date.fromisoformat(day)).days < 7 for day in days)
