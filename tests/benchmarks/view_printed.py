"""How fast printed pages scroll: 3,000 pages with 20,000 marks, their pictures drawn by another thread meanwhile.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/view_printed.py [--pages 3000] [--marks 20000]

Prints a table and, as the last line, one JSON object. Times are milliseconds of the window's thread's processor time.
frame: one step of the wheel, 60 pixels; page: a whole page at once; turn: from the text to the printed pages and the
first paint; zoom: one step larger or smaller, painted. `measure` is for whoever wants the figures in another table.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SIZE = (1000, 1000)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def timed(act: Callable[[], object], app: "QApplication") -> float:
    since = time.thread_time()
    act()
    app.processEvents()
    return (time.thread_time() - since) * 1000


def measure(pages: int = 3_000, marks: int = 20_000) -> dict[str, float]:
    """The figures, of a process of its own."""
    from PySide6.QtWidgets import QApplication
    from tests.postil.view.page import pages as texts
    from tests.postil.view.page.printed import paper

    from postil.view.page.page import Page

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    sheets = paper.sheets(pages, lines=44, columns=72)
    highlights, mentions = texts.spread(sheets.content, marks)
    page = Page(texts.LIGHT)
    page.resize(*SIZE)
    page.show()
    page.show_document(texts.document(sheets.content))
    page.set_annotations(highlights)
    page.set_mentions(mentions)
    sheets.glyphs(0).rects(0, 1)  # imports numpy
    page.faces.glyphs_wanted.connect(lambda at: page.faces.take_glyphs(at, sheets.glyphs(at)))
    page.faces.set_pages(sheets.pages, paper.BlankPrinter())
    figures = {"turn": timed(lambda: page.set_printed(True), app)}
    assert page.faces.side is not None
    view = page.faces.side.view
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    app.processEvents()
    wheel, turned = [], []
    for step in range(400):
        wheel.append(timed(lambda: bar.setValue(bar.value() + 60), app))
        if step % 10 == 9:
            turned.append(timed(lambda: bar.setValue(bar.value() + view.viewport().height() - 48), app))
    figures |= {
        "frame_p50": percentile(wheel, 0.5),
        "frame_p95": percentile(wheel, 0.95),
        "page_p50": percentile(turned, 0.5),
        "page_p95": percentile(turned, 0.95),
        "zoom": percentile([timed(partial(view.step_zoom, step), app) for step in (1, -1) * 6], 0.5),
        "pictures_mb": view.rasters.megabytes() if view.rasters else 0.0,
    }
    page.show_document(None)
    return {name: round(value, 2) for name, value in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3_000)
    parser.add_argument("--marks", type=int, default=20_000)
    given = parser.parse_args()
    figures = measure(given.pages, given.marks)
    print(f"{given.pages:,} pages, {given.marks:,} marks; ms of processor time, MB\n")
    for name, value in figures.items():
        print(f"{name:14}{value:>10.2f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
