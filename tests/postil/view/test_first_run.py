"""An empty library is given a sample once; what the reader does with it is final."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.postil.view.at_the_window import Reader

from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_an_empty_library_opens_the_sample_with_its_examples_and_a_hint(start: Callable[..., Reader]) -> None:
    reader = start()
    reader.wait(lambda: len(reader.shown()) == 3)
    assert all(one.selector.quote in reader.document.text for one in reader.stored())
    reader.wait(reader.window.hint.isVisible)
    assert not reader.window.commands["undo"].text().endswith("mark passage"), "the examples are not the reader's acts"


def test_deleting_the_sample_is_final(start: Callable[..., Reader]) -> None:
    reader = start()
    reader.window.library_panel.remove_requested.emit([reader.document.id])
    reader.wait(lambda: reader.parts.desk.document is None)
    reader.settle()
    reader.running.close()
    again = start(wait=False)
    again.wait(lambda: again.parts.stock.shelf is not None)
    again.settle()
    assert again.parts.stock.shelf
    assert not again.parts.stock.shelf.documents
    assert again.parts.desk.document is None


def test_the_menu_brings_the_sample_back(start: Callable[..., Reader]) -> None:
    reader = start()
    reader.window.library_panel.remove_requested.emit([reader.document.id])
    reader.wait(lambda: reader.parts.desk.document is None)
    reader.window.commands["sample"].trigger()
    reader.opened()
    reader.wait(lambda: len(reader.shown()) == 3)


def test_the_first_mark_ends_the_hint_for_good(start: Callable[..., Reader]) -> None:
    reader = start()
    reader.wait(reader.window.hint.isVisible)
    reader.select("European Commission")
    reader.window.page.mark_requested.emit(Color.GREEN)
    reader.wait(lambda: not reader.window.hint.isVisible())
    reader.settle()
    reader.running.close()
    again = start()
    again.settle()
    assert not again.window.hint.isVisible()


def test_whoever_brings_a_file_is_not_given_the_sample(start: Callable[..., Reader], tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    path.write_text("# An own article\n\nIt has a paragraph of its own, and that is enough.\n")
    reader = start(path, wait=False)
    reader.wait(lambda: reader.parts.desk.document is not None, timeout=60_000)
    assert reader.document.info.title == "An own article"
    reader.settle()
    assert reader.parts.stock.shelf
    assert len(reader.parts.stock.shelf.documents) == 1
