import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import pdf_files
from tests.postil.view.at_the_window import Reader

from postil.view.page.printed.reading import PrintedReading
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def printed(reader: Reader) -> PrintedReading:
    """The printed pages, once those in view are drawn and their characters known."""
    now = reader.window.page.faces.now
    assert isinstance(now, PrintedReading)
    rasters = now.rasters
    assert rasters is not None
    reader.wait(lambda: all(rasters.image(page) is not None and page in now._leaves for page in now.in_view()))
    return now


def test_a_pdf_is_read_as_it_is_printed_and_a_mark_made_there_is_in_its_text(
    start: Callable[..., Reader], tmp_path: Path
) -> None:
    file = tmp_path / "paper.pdf"
    shutil.copy(pdf_files.SAMPLE, file)
    reader = start(file)
    commands, page = reader.window.commands, reader.window.page
    reader.wait(commands["printed_pages"].isEnabled)
    commands["printed_pages"].trigger()
    assert commands["printed_pages"].isChecked()
    view = printed(reader)
    start_, end = view.pages[0].start, view.pages[0].start + 30
    assert not view.bounds(start_, end).isEmpty()
    page.select(start_, end)
    reader.parts.marking.mark(Color.BLUE)
    reader.wait(lambda: len(reader.stored()) == 1)
    assert reader.stored()[0].selector.quote == reader.document.text[start_:end]

    before = view.zoom
    commands["zoom_in"].trigger()
    assert view.zoom > before
    commands["two_pages"].trigger()
    assert view.two
    commands["printed_pages"].trigger()
    assert not commands["printed_pages"].isChecked()
    assert not commands["two_pages"].isEnabled()

    commands["printed_pages"].trigger()
    reader.settle()
    document = reader.document.id
    reader.parts.desk.close_document()
    assert not commands["printed_pages"].isEnabled()
    reader.parts.desk.open(document)
    reader.wait(lambda: page.printed)
    assert printed(reader).two
