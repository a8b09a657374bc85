"""How fast the reading view is, beside a plain QTextBrowser that holds the marks as character formats.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_view.py [--words 1000000] [--marks 20000]

Prints a table and, as the last line, one JSON object. Times are milliseconds of the window's thread's processor time,
so that other work on the machine does not count; each case runs in a process of its own. The reference, "plain", is a
QTextBrowser with the whole text in one document and every mark merged into its formats in one edit block.

frame: one step of the wheel, 60 pixels; page: a whole page at once, without a pause in which the window could fill.
mark, recolor, remove: one highlight more, in another colour, or less, among all the others, on the page alone.
first_page_ratio: first page of the book against that of a 5,000-word article. mark_p95_ms and theme_ms are what the
reading view costs, the page alone: the slowest of adding, recolouring and removing a highlight; the slower of another
theme and another size. window_mark_p95_ms and window_theme_ms are the same in the real window on a real library, with
its panels, its commands and the library's answers (view_window.py). start_ratio: from the start of the process to the
painted last document, by the clock, against a bare window with a QTextBrowser that shows the same text (view_start.py).
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import view_start, view_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QTextBrowser

    from postil.view.page.page import Page
    from postil_db.records import Annotation

ARTICLE = 5_000
STARTS = 9
SIZE = (900, 1000)
PAGE = "the reading view: the page with its text, marks and strip"
WINDOW = "the whole window: page, panels, commands and the library's answers"


class Watch:
    """Milliseconds of this thread since it was made."""

    def __init__(self) -> None:
        self._since = time.thread_time()

    def ms(self) -> float:
        return (time.thread_time() - self._since) * 1000


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def memory_mb() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def timed(act: Callable[[], object], app: "QApplication") -> float:
    watch = Watch()
    act()
    app.processEvents()
    return watch.ms()


def settle(app: "QApplication") -> None:
    for _ in range(60):
        app.processEvents()


def measure_page(words: int, marks: int) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication
    from tests.postil.view.page import pages

    from postil.view.look import fonts, theme
    from postil.view.page.page import Page

    app = QApplication([])
    fonts.dress(app)
    light, dark = pages.LIGHT, pages.DARK
    theme.apply(app, light)
    page = Page(light)
    theme.dress(page, light)
    page.resize(*SIZE)
    page.show()
    settle(app)
    empty = memory_mb()
    content = pages.book(words)
    document = pages.document(content)
    assert content.text
    assert content.starts
    with_book = memory_mb()
    highlights, mentions = pages.spread(content, marks)
    with_records = memory_mb()
    figures = {"first": timed(lambda: page.show_document(document), app)}

    def mark_all() -> None:
        page.set_annotations(highlights)
        page.set_mentions(mentions)

    figures["marks"] = timed(mark_all, app)
    settle(app)
    figures["resume"] = timed(lambda: page.show_document(document, len(content.text) * 2 // 3), app)
    page.set_annotations(highlights)
    page.set_mentions(mentions)
    settle(app)
    figures |= frames(page.text, app)
    figures |= change_marks(page, highlights, app)
    figures["theme"] = percentile([timed(partial(page.set_theme, to), app) for to in (dark, light) * 5], 0.5)
    figures["zoom"] = percentile([timed(partial(page.set_zoom, to), app) for to in (1.1, 1.0) * 5], 0.5)
    figures["resize"] = percentile([timed(partial(page.resize, 900 - 90 * (n % 2), 1000), app) for n in range(10)], 0.5)
    figures["find"] = timed(lambda: page.find_bar.words_changed.emit("stone"), app)
    settle(app)
    figures["rss empty"], figures["rss"] = empty, memory_mb()
    figures["rss over empty"] = memory_mb() - empty
    figures["rss of records"] = with_records - empty
    figures["rss of text"] = with_book - empty
    return figures


def change_marks(page: "Page", highlights: "Sequence[Annotation]", app: "QApplication") -> dict[str, float]:
    """Add highlights among all the others, give them another colour, take them away."""
    from tests.postil.view.page import pages

    from postil_db.records import Color

    at, tints, others = page.position(), list(Color), list(highlights)
    shown = [pages.annotation(10**6 + n, at + 20 + n * 31, at + 90 + n * 31, tints[n % 5]) for n in range(60)]
    adds = [timed(partial(page.set_annotations, [*others, *shown[: n + 1]]), app) for n in range(60)]
    recolors = []
    for n, one in enumerate(shown):
        shown[n] = replace(one, color=tints[(n + 1) % 5])
        recolors.append(timed(partial(page.set_annotations, [*others, *shown]), app))
    removes = [timed(partial(page.set_annotations, [*others, *shown[n + 1 :]]), app) for n in range(60)]
    return {
        "mark p50": percentile(adds, 0.5),
        "mark p95": percentile(adds, 0.95),
        "recolor p95": percentile(recolors, 0.95),
        "remove p95": percentile(removes, 0.95),
    }


def measure_plain(words: int, marks: int) -> dict[str, float]:
    from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
    from PySide6.QtWidgets import QApplication, QTextBrowser
    from tests.postil.view.page import pages

    app = QApplication([])
    content = pages.book(words)
    highlights, mentions = pages.spread(content, marks)
    browser = QTextBrowser()
    browser.resize(*SIZE)
    browser.show()
    settle(app)
    empty = memory_mb()
    figures = {"first": timed(lambda: browser.setPlainText(content.text), app)}

    def paint(start: int, end: int, color: str) -> None:
        cursor = QTextCursor(browser.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(QColor(color))
        cursor.mergeCharFormat(form)

    def paint_all() -> None:
        cursor = QTextCursor(browser.document())
        cursor.beginEditBlock()
        for mention in mentions:
            paint(mention.start, mention.end, "#e8f0fa")
        for mark in highlights:
            paint(mark.selector.start, mark.selector.end, "#fdeeb0")
        cursor.endEditBlock()

    figures["marks"] = timed(paint_all, app)

    def resume() -> None:
        cursor = QTextCursor(browser.document())
        cursor.setPosition(len(content.text) * 2 // 3)
        browser.setTextCursor(cursor)
        browser.ensureCursorVisible()

    figures["resume"] = timed(resume, app)
    settle(app)
    figures |= frames(browser, app)
    at = browser.textCursor().position()
    adds = [timed(partial(paint, at + 20 + n * 31, at + 90 + n * 31, "#d6efc8"), app) for n in range(60)]
    figures["mark p50"], figures["mark p95"] = percentile(adds, 0.5), percentile(adds, 0.95)
    figures["zoom"] = timed(browser.zoomIn, app)
    figures["rss empty"], figures["rss"] = empty, memory_mb()
    figures["rss over empty"] = memory_mb() - empty
    return figures


def frames(text: "QTextBrowser", app: "QApplication") -> dict[str, float]:
    bar = text.verticalScrollBar()
    wheel, turned = [], []
    for step in range(300):
        if bar.value() >= bar.maximum() - 60:
            bar.setValue(0)
            settle(app)
        wheel.append(timed(lambda: bar.setValue(bar.value() + 60), app))
        if step % 10 == 9:
            turned.append(timed(lambda: bar.setValue(bar.value() + text.viewport().height() - 54), app))
    return {
        "frame p50": percentile(wheel, 0.5),
        "frame p95": percentile(wheel, 0.95),
        "page p50": percentile(turned, 0.5),
        "page p95": percentile(turned, 0.95),
    }


def run(*arguments: str) -> dict[str, float]:
    """Measure one case in a process of its own."""
    installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=installed)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def middle(runs: int, *arguments: str) -> dict[str, float]:
    """The median of several runs of one case."""
    rows = [run(*arguments) for _ in range(runs)]
    return {key: percentile([row[key] for row in rows], 0.5) for key in rows[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=1_000_000)
    parser.add_argument("--marks", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--case", choices=["page", "plain", "window", "start"])
    given = parser.parse_args()
    if given.case:
        cases: dict[str, Callable[[], dict[str, float]]] = {
            "page": lambda: measure_page(given.words, given.marks),
            "plain": lambda: measure_plain(given.words, given.marks),
            "window": lambda: view_window.measure(given.words, given.marks),
            "start": lambda: view_start.in_a_folder(given.words, given.marks, STARTS),
        }
        print(json.dumps(cases[given.case]()))
        return
    size = ["--words", str(given.words), "--marks", str(given.marks)]
    small = ["--words", str(ARTICLE), "--marks", "200"]
    columns: dict[str, dict[str, Any]] = {
        "book": middle(given.runs, "--case", "page", *size),
        "article": middle(given.runs, "--case", "page", *small),
        "plain book": run("--case", "plain", *size),
    }
    window = run("--case", "window", *size)
    starts = {"book": run("--case", "start", *size), "article": run("--case", "start", *small)}
    printed = run_printed()
    print(f"{given.words:,} words, {given.marks:,} marks; ms of processor time, MB\n")
    print(f"{'':16}" + "".join(f"{name:>14}" for name in columns))
    for key in columns["book"]:
        cells = (column.get(key) for column in columns.values())
        print(f"{key:16}" + "".join(f"{'-' if cell is None else f'{cell:.1f}':>14}" for cell in cells))
    print("\nthe real window with the book")
    for key, value in window.items():
        print(f"{key:24}{value:10.1f}")
    slowest = slowest_of(columns["book"], window)
    print("\nwhat the slower doing costs, ms")
    for key, value in slowest.items():
        print(f"{key:20}{value:10.1f}  {WINDOW if key.startswith('window') else PAGE}")
    print("\nfrom the start of the process, ms by the clock")
    for name, start in starts.items():
        print(
            f"{name:10}last document painted {start['start']:.0f}, whole window with its library "
            f"{start['start whole']:.0f}, bare window with the same text {start['start bare']:.0f}"
        )
    book, article = columns["book"], columns["article"]
    figures = {
        "first_page_ratio": round(book["first"] / article["first"], 2),
        "frame_p95_ms": round(book["frame p95"], 2),
        **slowest,
        "rss_over_empty_mb": round(book["rss over empty"], 1),
        "start_ratio": round(starts["book"]["start"] / starts["book"]["start bare"], 2),
        "start_ratio_of_article": round(starts["article"]["start"] / starts["article"]["start bare"], 2),
        "resize_ms": round(window["window resize"], 2),
        "idle_ms_per_s": round(window["idle ms per s"], 2),
        "rss_grown_by_paging_mb": round(window["rss grown by paging"], 1),
        **{f"printed_{key}": value for key, value in printed.items()},
    }
    print(json.dumps(figures))


def slowest_of(page: dict[str, float], window: dict[str, float]) -> dict[str, float]:
    """The slowest change of a mark and the slower change of the look, of the reading view and of the whole window."""
    return {
        "mark_p95_ms": round(max(page[f"{doing} p95"] for doing in ("mark", "recolor", "remove")), 2),
        "theme_ms": round(max(page["theme"], page["zoom"]), 2),
        "window_mark_p95_ms": round(max(window[f"{doing} p95"] for doing in ("add", "recolor", "remove")), 2),
        "window_theme_ms": round(max(window["window theme"], window["window zoom"]), 2),
    }


def run_printed() -> dict[str, float]:
    """The figures of pages as they are printed, which another file measures."""
    file = Path(__file__).with_name("view_printed.py")
    if not file.exists():
        return {}
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=False)
    print(done.stdout or done.stderr)
    lines = done.stdout.strip().splitlines()
    return dict(json.loads(lines[-1])) if done.returncode == 0 and lines else {}


if __name__ == "__main__":
    main()
