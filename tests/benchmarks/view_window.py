"""What the reader does, measured in the real window on a real library: every figure is what one doing costs.

Milliseconds of the window's thread's processor time, from the command until everything in the window shows its end: the
page, the panels, the strip. "seen" is the same by the clock, with the library's thread, which commits to the disk.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from postil.main import Running

STEPS = 40
WARM = 6
"""The first few are left out: they load what is loaded once."""


def measure(words: int, marks: int) -> dict[str, float]:
    """Make a library, open its window, and go through everything."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name in ("CONFIG", "CACHE", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
        return _measure(folder, words, marks)


def _measure(folder: Path, words: int, marks: int) -> dict[str, float]:
    from tests.benchmarks.view_library import make_library

    from postil.main import Running
    from postil.view.opening import application

    make_library(folder / "library", words, marks)
    app = application()
    running = Running(app, folder / "library")
    try:
        running.window.resize(1360, 880)
        running.window.show()
        desk = running.parts.desk
        wait(running, lambda: desk.document is not None)
        figures = _marks(running) | _looks(running, app) | _resting(running)
        return figures | _from_end_to_end(running, app)
    finally:
        running.close()


def wait(running: "Running", done: Callable[[], bool] = lambda: True) -> None:
    """Let the window's thread sleep until something is so and the library's thread has nothing to do."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    pulse = QTimer(interval=20)
    pulse.start()
    while running.parts.work.waiting or not done():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    pulse.stop()
    QCoreApplication.processEvents()


def _timed(running: "Running", act: Callable[[], object], done: Callable[[], bool]) -> tuple[float, float]:
    cpu, wall = time.thread_time(), time.perf_counter()
    act()
    wait(running, done)
    return (time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000


def _marks(running: "Running") -> dict[str, float]:
    """Add, recolour and remove highlights among all the others, where the page stands."""
    from postil.view import acts
    from postil_db.records import Color

    parts = running.parts
    desk, page, colors = parts.desk, parts.page, list(Color)
    doings: dict[str, list[tuple[float, float]]] = {"add": [], "recolor": [], "remove": []}
    at = page.position()
    for step in range(STEPS + WARM):
        known = {one.id for one in desk.annotations}
        start = at + 40 + step * 29
        page.select(start, start + 60)
        wait(running)
        add = partial(parts.marking.mark, colors[step % 5])
        doings["add"].append(_timed(running, add, lambda known=known: len(desk.annotations) > len(known)))  # type: ignore[misc]
        new = next(one.id for one in desk.annotations if one.id not in known)
        to = colors[(step + 1) % 5]
        recolor = partial(parts.work.act, acts.recolor(annotation_ids=[new], color=to))
        doings["recolor"].append(_timed(running, recolor, partial(_has_color, running, new, to)))
        remove = partial(parts.work.act, acts.remove_annotations(annotation_ids=[new]))
        doings["remove"].append(_timed(running, remove, lambda new=new: desk.annotation(new) is None))  # type: ignore[misc]
    figures = {}
    for name, times in doings.items():
        figures[f"{name} p95"] = percentile([cpu for cpu, _ in times[WARM:]], 0.95)
        figures[f"{name} seen p95"] = percentile([wall for _, wall in times[WARM:]], 0.95)
    return figures


def _has_color(running: "Running", annotation: int, color: object) -> bool:
    found = running.parts.desk.annotation(annotation)
    return found is not None and found.color == color


def _looks(running: "Running", app: "QApplication") -> dict[str, float]:
    """Another theme, another size of type, another size of the window: until it is painted."""
    look, window = running.parts.appearance, running.window

    def each(acts: list[Callable[[], object]]) -> float:
        times = []
        for act in acts:
            cpu = time.thread_time()
            act()
            app.processEvents()
            times.append((time.thread_time() - cpu) * 1000)
        return percentile(times[2:], 0.5)

    return {
        "window theme": each([partial(look.set_theme, name) for name in ("dark", "light") * 5]),
        "window zoom": each([partial(look.set_zoom, zoom) for zoom in (1.1, 1.0) * 5]),
        "window resize": each([partial(window.resize, 1360 - 90 * (n % 2), 880) for n in range(10)]),
    }


def _resting(running: "Running") -> dict[str, float]:
    """What the process uses while nothing happens, in thousandths of a second of processor time per second."""
    from PySide6.QtCore import QEventLoop, QTimer

    settled = time.monotonic() + 4
    wait(running, lambda: time.monotonic() > settled)  # the search gets ready, saved pages and pauses end
    loop = QEventLoop()
    QTimer.singleShot(3_000, loop, loop.quit)
    cpu = time.process_time()
    loop.exec()
    return {"idle ms per s": (time.process_time() - cpu) * 1000 / 3}


def _from_end_to_end(running: "Running", app: "QApplication") -> dict[str, float]:
    """How the process grows while the whole book is paged through."""
    page = running.parts.page
    page.go_to(0)
    app.processEvents()
    before = memory_mb()
    length = len(page.text.content.text)
    bar = page.text.verticalScrollBar()
    turned = 0
    while page.visible_range()[1] < length - 1 and turned < 60_000:
        for _ in range(8):
            bar.setValue(bar.value() + page.text.viewport().height() - 54)
            app.processEvents()
        turned += 8
        page.go_to(min(length - 1, page.position() + 15_000))  # a leap, as by the scroll bar
        app.processEvents()
    return {"pages turned": turned, "rss before paging": before, "rss grown by paging": memory_mb() - before}


def memory_mb() -> float:
    """What this process holds in memory."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def percentile(values: list[float], share: float) -> float:
    """A value that so large a share of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
