"""The query language as a text: what is coloured how, and how a clause comes and goes."""

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil_db.index.dates import days
from postil_db.index.language import add_clause, clauses, drop_clause, tokens


@pytest.mark.parametrize(
    ("query", "roles"),
    [
        ("sea", ["text"]),
        ('sea "two words" ', ["text", "phrase"]),
        ("-tag:policy/sea", ["negation", "field", "value"]),
        ("(a OR b)", ["bracket", "text", "operator", "text", "bracket"]),
        ("OR", ["text"]),
        ("secur* wo?d sae~", ["wildcard", "wildcard", "fuzzy"]),
        ("created:2026-01..2026-03", ["field", "date"]),
        ('created:"last week"', ["field", "date"]),
        ("created:soon is:wrong", ["field", "error", "field", "error"]),
        ('person:"Kaja Kallas" NEAR/10 tag:x', ["field", "value", "operator", "field", "value"]),
        ("https://example.org a:b", ["text", "text"]),
    ],
)
def test_every_piece_has_its_role(query: str, roles: list[str]) -> None:
    assert [token.role for token in tokens(query)] == roles


def test_clauses_are_told_with_their_fields() -> None:
    found = clauses('sea -tag:"to read" NOT colour:blue')
    assert [(one.field, one.value, one.negated) for one in found] == [
        ("", "sea", False),
        ("tag", "to read", True),
        ("color", "blue", True),
    ]


@pytest.mark.parametrize(
    ("query", "clause", "expected"),
    [
        ("", "tag:x", "tag:x "),
        ("sea", "tag:x", "sea tag:x "),
        ("sea OR law", "tag:x", "(sea OR law) tag:x "),
        ("(sea OR law) b", "tag:x", "(sea OR law) b tag:x "),
        ('"two wor', "tag:x", '"two wor" tag:x '),
        ("tag:x sea", "tag:x", "tag:x sea"),
    ],
)
def test_a_clause_is_added(query: str, clause: str, expected: str) -> None:
    assert add_clause(query, clause) == expected


@pytest.mark.parametrize(
    ("query", "index", "expected"),
    [
        ("sea tag:x law", 1, "sea law "),
        ("sea -tag:x", 1, "sea "),
        ("sea OR law", 1, "sea "),
        ("(sea) law", 0, "law "),
        ("sea", 0, ""),
        ("sea", 3, "sea"),
    ],
)
def test_a_clause_is_dropped(query: str, index: int, expected: str) -> None:
    assert drop_clause(query, index) == expected


@given(query=st.text(alphabet='ab"()-: ORtag*~', max_size=40))
def test_pieces_follow_each_other_and_any_clause_can_go(query: str) -> None:
    found = tokens(query)
    assert all(one.start < one.end for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    every = clauses(query)
    for number in range(len(every)):
        assert len(clauses(drop_clause(query, number))) < len(every) + 1
    assert "tag:zz" in add_clause(query, "tag:zz")


@pytest.mark.parametrize(
    ("typed", "first", "after"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-01..2026-03", date(2026, 1, 1), date(2026, 4, 1)),
        ("..2025", None, date(2026, 1, 1)),
        (">2025", date(2026, 1, 1), None),
        (">=2025", date(2025, 1, 1), None),
        ("<2025-06", None, date(2025, 6, 1)),
        ("<=2025-06-30", None, date(2025, 7, 1)),
        ("today", date(2026, 3, 4), date(2026, 3, 5)),
        ("yesterday", date(2026, 3, 3), date(2026, 3, 4)),
        ("last week", date(2026, 2, 23), date(2026, 3, 2)),
        ("Last  Month", date(2026, 2, 1), date(2026, 3, 1)),
        ("last year", date(2025, 1, 1), date(2026, 1, 1)),
        ("last 7 days", date(2026, 2, 26), date(2026, 3, 5)),
    ],
)
def test_a_span_of_time_is_understood(typed: str, first: date | None, after: date | None) -> None:
    span = days(typed, date(2026, 3, 4))
    assert span is not None
    assert (span.first, span.after) == (first, after)


@pytest.mark.parametrize("typed", ["", "soon", "..", "2026-13", "2026-02-30", ">", "0000", "12345"])
def test_what_is_no_time_is_none(typed: str) -> None:
    assert days(typed, date(2026, 3, 4)) is None


def test_the_language_loads_nothing_heavy() -> None:
    program = (
        "import sys, postil_db.index.language; "
        "print([name for name in ('numpy', 'whoosh', 'sqlalchemy', 'rapidfuzz') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
