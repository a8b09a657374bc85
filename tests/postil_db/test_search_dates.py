"""`date:` finds what a text calls a day by what it means, not only by the words that stand there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from tests import factories

from postil_db.index.dates import Days, meant
from postil_db.library import Library
from postil_db.records import EntityKind, Group
from postil_db.store import annotations, entities

TEXT = ("They met last March in Tallinn.", "On Friday they left, after decades at sea.", "In 2025 nobody came.")
VALUES = {"last March": "2026-03", "Friday": "2026-04-03", "decades": "1990/2009", "2025": "2025"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("dates")
    with Library.open(folder / "library", cache=folder / "cache") as opened:
        new = factories.make_document(*TEXT)
        number = opened.add(new, new.content.text.encode()).result.info.id
        found = [
            replace(factories.make_found(new.content, text, EntityKind.DATE), value=value)
            for text, value in VALUES.items()
        ]
        opened.write("", partial(entities.replace, document_id=number, recogniser="v", found=found))
        for text in TEXT:
            place = factories.make_selector(new.content, text)
            opened.write("", partial(annotations.add, document_id=number, selector=place))
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date:2026-03", {"last March"}),
        ("date:2026", {"last March", "Friday"}),
        ("date:2026-04-03", {"Friday"}),
        ("date:2026-04-04", set()),
        ("date:2026-03..2026-04", {"last March", "Friday"}),
        ("date:>2025", {"last March", "Friday"}),
        ("date:<=2025", {"decades", "2025"}),
        ("date:1990..2009", {"decades"}),
        ("date:1990..2005", set()),
        ("date:march", {"last March"}),
        ('date:"last March"', {"last March"}),
        ("date:2025", {"2025"}),
    ],
)
def test_a_date_is_found_by_what_it_means(library: Library, query: str, found: set[str]) -> None:
    answer = library.ask(f"{query} ")
    assert {one.entity.name for one in answer.results if one.entity} == found
    quotes = {one.annotation.selector.quote for one in answer.results if one.annotation}
    assert quotes == {text for text in TEXT if any(name in text for name in found)}


def test_what_stands_near_a_date_is_found_by_its_meaning(library: Library) -> None:
    answer = library.ask("date:2026-03 NEAR/3 tallinn ")
    assert answer.totals[Group.TEXT] == 1
    assert not library.ask("date:2026-04 NEAR/3 met ").totals[Group.TEXT]


@pytest.mark.parametrize("value", ["", "T17:00", "2026-W99", "2026-13", "P3Y", "0000-W01", "1990/", "/1990"])
def test_what_means_no_days_means_none(value: str) -> None:
    assert meant(value) is None


def test_a_week_is_in_a_year_and_not_in_a_month_that_holds_only_a_part_of_it() -> None:
    week = meant("2026-W05")  # 26 January to 1 February
    assert week is not None
    assert Days(date(2026, 1, 1), date(2027, 1, 1)).holds_all(week)
    assert not Days(date(2026, 1, 1), date(2026, 2, 1)).holds_all(week)
