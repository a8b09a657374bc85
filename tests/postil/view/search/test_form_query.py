"""A query as a form, and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme
from postil.view.search.form import SearchForm
from postil.view.search.form_query import Form, ends, read, span, write
from postil_db.index.language import clauses

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise")

PIECES = st.sampled_from(
    ["sea", "tag:policy/defence", 'tag:"to read"', "-trade", "-tag:x", '"maritime security"', "in:note", "color:pink",
     "created:2026-01..2026-03", "published:>=2025", "(a OR b)", "person:modi", "wro*", "is:orphan", "NOT y", "f~"]
)  # fmt: skip


def said(query: str) -> list[tuple[str, str, bool]]:
    return sorted((one.field, one.value, one.negated) for one in clauses(query))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=6, unique=True))
def test_what_the_form_writes_asks_the_same(pieces: list[str]) -> None:
    query = " ".join(pieces)
    written = write(read(query))
    assert said(written) == said(query)
    assert write(read(written)) == written, "and it stays as it is from then on"


def test_the_form_lifts_what_it_has_a_field_for() -> None:
    form = read('sea "to read" -trade tag:a tag:"b c" created:2026-01..2026-03 -tag:z in:note')
    assert form == Form(
        "sea -tag:z", "to read", "trade", {"tag": ("a", "b c"), "in": ("note",)}, {"created": "2026-01..2026-03"}
    )


@pytest.mark.parametrize("query", ["a OR tag:b", "entity:x NEAR/10 tag:y", "tag:a OR (b in:note)"])
def test_what_is_joined_stays_together(query: str) -> None:
    assert read(query) == Form(words=query)
    more = write(Form(words=query, values={"in": ("text",)}))
    assert more.endswith("in:text")
    assert said(more) == sorted([*said(query), ("in", "text", False)])


@pytest.mark.parametrize(
    ("value", "pair"),
    [
        ("2026..2027", ("2026", "2027")),
        (">=2025", ("2025", "")),
        ("<=2025-01", ("", "2025-01")),
        ("2026", ("2026", "2026")),
    ],
)
def test_spans_of_time(value: str, pair: tuple[str, str]) -> None:
    assert ends(value) == pair
    assert span(*pair) == value


def test_box_and_form_show_the_same_both_ways(qtbot: QtBot, theme: Theme) -> None:
    form = SearchForm(theme)
    qtbot.addWidget(form)
    with qtbot.assertNotEmitted(form.query_changed):
        form.show_query('sea tag:"to read" color:pink created:2026')
    assert form.lines["tag"].text() == "to read"
    assert form.checks["color"]["pink"].isChecked()
    with qtbot.waitSignal(form.query_changed) as changed:
        form.checks["color"]["pink"].setChecked(False)
    assert said(changed.args[0]) == said('sea tag:"to read" created:2026')
    with qtbot.waitSignal(form.query_changed) as changed:
        form.lines["words"].setText("sea ")
        form.lines["words"].setText("sea port")
    form.show_query(changed.args[0])
    assert form.lines["words"].text() == "sea port"
    with qtbot.waitSignal(form.query_changed) as changed:
        form._clear()
    assert changed.args == [""]
    assert form.form() == Form(values=form.form().values, spans=form.form().spans)
    assert not any(form.form().values.values())
