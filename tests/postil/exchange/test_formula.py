import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postil.exchange.formula import guard, unguard

TRIGGERS = "=+-@＝＋－＠"
SKIPPED = " \u00a0\ufeff\u200b\u3000\t\r\n\x00"
NASTY = st.text(alphabet=st.one_of(st.sampled_from(TRIGGERS + SKIPPED + "'a1"), st.characters()), max_size=12)


def runs_as_formula(cell: str) -> bool:
    """What spreadsheets are known to run, told independently of the code under test."""
    return (
        cell.startswith(("\t", "\r", "\n"))
        or re.match(rf"[\s\ufeff\u200b\x00]*[{re.escape(TRIGGERS)}]", cell) is not None
    )


@given(NASTY)
@example("''=1")
@example("'\t'=1")
def test_any_cell_is_safe_and_comes_back(cell: str) -> None:
    safe = guard(cell)
    assert not runs_as_formula(safe)
    assert unguard(safe) == cell


@given(st.lists(NASTY, min_size=2, max_size=2, unique=True))
def test_two_cells_never_become_one(cells: list[str]) -> None:
    assert guard(cells[0]) != guard(cells[1])


def dangerous() -> Iterator[str]:
    for trigger in TRIGGERS:
        yield f"{trigger}1+1"
        yield f"  {trigger}HYPERLINK()"
        yield f"\ufeff\u00a0{trigger}x"
        yield f"'{trigger}x"
    yield from ("\tplain", "\rplain", "\nplain", "- a list item", "''=x", "'\nx")


@pytest.mark.parametrize("cell", list(dangerous()))
def test_what_would_run_gets_one_apostrophe(cell: str) -> None:
    assert guard(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", " ", "plain", "a=b", "1-2", "'quoted'", "'tis", "„=“", "é-", "#=1", "“-”"])
def test_what_is_only_text_stays_as_it_is(cell: str) -> None:
    assert guard(cell) == cell
    assert unguard(cell) == cell
