import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import pdf_files

from postil.documents.faults import Broken, DocumentError, Stopped
from postil.documents.printing import Printer, Raster


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    printer = Printer(pdf_files.SAMPLE)
    yield printer
    printer.stop()


def inked(raster: Raster, left: float, top: float, right: float, bottom: float) -> int:
    """How many pixels of a part of the picture, given in shares of its sides, are darker than paper."""
    rows = range(int(top * raster.height), int(bottom * raster.height))
    first, last = int(left * raster.width) * 4, int(right * raster.width) * 4
    return sum(
        value < 128
        for row in rows
        for value in raster.pixels[row * raster.stride + first : row * raster.stride + last : 4]
    )


def test_a_page_is_drawn_as_wide_as_it_was_asked_for(printer: Printer) -> None:
    drawn = printer.draw(0, 800)
    assert (drawn.width, drawn.height, drawn.stride, len(drawn.pixels)) == (800, 1120, 3200, 800 * 1120 * 4)
    assert inked(drawn, 0.1, 0.1, 0.8, 0.2) > 500
    assert inked(drawn, 0.1, 0.6, 0.9, 0.9) == 0


def test_a_turned_page_is_drawn_as_it_is_shown(printer: Printer) -> None:
    drawn = printer.draw(2, 560)
    assert (drawn.width, drawn.height) == (560, 400)
    # The running head, at the top of the paper, is now at the right.
    assert inked(drawn, 0.93, 0.3, 0.97, 0.7) > 20


def test_an_enormous_picture_is_made_smaller(printer: Printer) -> None:
    drawn = printer.draw(0, 100_000)
    assert 3_000 < drawn.width < 6_000
    assert len(drawn.pixels) == drawn.stride * drawn.height


def test_a_page_that_is_not_there_is_told(printer: Printer) -> None:
    with pytest.raises(Broken, match="no page 4"):
        printer.draw(3, 100)
    assert printer.draw(0, 100).width == 100


def test_it_starts_again_after_it_was_stopped(printer: Printer) -> None:
    printer.stop()
    printer.stop()
    assert printer.draw(1, 100).width == 100


def test_whoever_waits_while_it_is_stopped_is_told(tmp_path: Path) -> None:
    # A page of so many letters that it takes a while.
    slow = pdf_files.Page()
    slow.texts = [(at % 390, at % 550, 9, "roman", "slow " * 200) for at in range(4000)]
    file = tmp_path / "slow.pdf"
    file.write_bytes(pdf_files.pdf([slow]))
    printer = Printer(file)
    told: list[DocumentError] = []
    waiting = threading.Thread(target=lambda: told.append(_fault(printer)))
    waiting.start()
    while waiting.is_alive():
        printer.stop()
        waiting.join(0.05)
    assert isinstance(told[0], Stopped)


def _fault(printer: Printer) -> DocumentError:
    with pytest.raises(DocumentError) as raised:
        printer.draw(0, 4000)
    return raised.value


def test_no_picture_stays_behind(printer: Printer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    printer.draw(0, 100)
    with pytest.raises(Broken):
        printer.draw(99, 100)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("data", "said"), [(b"%PDF-1.7\nnothing", "damaged"), (b"", "damaged"), (None, "not there")])
def test_a_file_that_does_not_open_is_told(tmp_path: Path, data: bytes | None, said: str) -> None:
    file = tmp_path / "file.pdf"
    if data is not None:
        file.write_bytes(data)
    printer = Printer(file)
    try:
        with pytest.raises(Broken, match=said):
            printer.draw(0, 100)
    finally:
        printer.stop()
