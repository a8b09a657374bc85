"""The search box and the sheet that drops from it."""

import pytest
from PySide6.QtWidgets import QApplication
from tests.postil.view.at_the_window import Reader

from postil.view.dialogs.export import ExportDialog
from postil.view.dialogs.export_scope import ScopeKind
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def marked(reader: Reader) -> Reader:
    for words in ("Security and Defence Partnership", "New Delhi", "maritime security"):
        reader.select(words)
        reader.window.page.mark_requested.emit(Color.YELLOW)
        reader.settle()
    reader.settle()
    return reader


def search(reader: Reader, words: str) -> list[str]:
    """The quotes found, in the order shown."""
    reader.window.search_bar.set_text(words)
    reader.wait(lambda: reader.window.search_results.query() == words)
    return quotes(reader)


def quotes(reader: Reader) -> list[str]:
    return [hit.annotation.selector.quote for hit in reader.window.search_results._model.records()]


def test_results_can_be_put_in_another_order(marked: Reader) -> None:
    found = search(marked, "security")
    order = marked.window.search_results.order
    assert sorted(found) == ["Security and Defence Partnership", "maritime security"]
    for sort, expected in (("newest", "maritime security"), ("document", "Security and Defence Partnership")):
        order.setCurrentIndex(order.findData(sort))
        order.activated.emit(order.currentIndex())
        marked.settle()
        assert quotes(marked)[0] == expected
        current = marked.window.search_results.current()
        assert current
        assert current.annotation.selector.quote == expected, "the first one is the current one again"


def test_the_first_sheet_hangs_right_under_the_box_and_ends_below_the_last_hit(marked: Reader) -> None:
    drop, box, results = marked.window.search_drop, marked.window.search_bar, marked.window.search_results
    search(marked, "security")
    parent = drop.parentWidget()
    assert parent
    assert drop.y() == box.mapTo(parent, box.rect().bottomLeft()).y() + 2
    rows = results.list
    last = rows.visualRect(rows.model().index(1, 0))
    assert 0 <= rows.viewport().height() - last.bottom() <= 24
    first = drop.geometry()
    assert len(search(marked, "maritime")) == 1
    assert drop.height() < first.height()
    search(marked, "security")
    assert drop.geometry() == first


def test_what_was_searched_for_can_be_exported(marked: Reader) -> None:
    search(marked, "maritime")
    marked.window.commands["export"].trigger()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, ExportDialog)]
    marked.wait(dialog.export_button.isEnabled)
    assert dialog.scope().kind is ScopeKind.SEARCH
    assert dialog.count.text() == "1 annotation"
    dialog.close()
