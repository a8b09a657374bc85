"""How soon the last document is on the screen after a start, beside a bare Qt window that shows the same text.

Both are new processes, one after the other in turn, and both are timed by the same clock: from before the process is
made until it says that its window, with the text in it, has been painted. The files are in the system's cache.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BARE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser

class Window(QMainWindow):
    painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self, lambda: print("painted", flush=True))

app = QApplication([])
window, browser = Window(), QTextBrowser()
browser.setPlainText(Path(sys.argv[1]).read_text(encoding="utf-8"))
window.setCentralWidget(browser)
window.resize(1360, 880)
window.show()
app.exec()
"""
PATIENCE_S = 60


def measure(folder: Path, words: int, marks: int, runs: int) -> dict[str, float]:
    """Medians in milliseconds: Postil to the painted page, to the end of its start, and the bare window."""
    from tests.benchmarks.view_library import make_library, text_of

    make_library(folder / "library", words, marks)
    (folder / "text.txt").write_text(text_of(folder / "library"), encoding="utf-8")
    environment = _environment(folder)
    postil = [sys.executable, "-m", "postil", "--library", str(folder / "library")]
    bare = [sys.executable, "-c", BARE, str(folder / "text.txt")]
    for command in (postil, bare, postil):  # the first start makes caches; the last one leaves its page behind
        _start(command, environment, ["document shown"] if command is postil else ["painted"])
    ours, whole, theirs = [], [], []
    for _ in range(runs):
        page, document = _start(postil, environment, ["page shown", "document shown"])
        ours.append(page)
        whole.append(document)
        theirs += _start(bare, environment, ["painted"])
    return {"start": median(ours), "start whole": median(whole), "start bare": median(theirs)}


def _environment(folder: Path) -> dict[str, str]:
    """Folders of its own, and bytecode as an installation has it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    return {**kept, **own, "QT_STYLE_OVERRIDE": "fusion", "POSTIL_TIMES": "1", "PYTHONUNBUFFERED": "1"}


def _start(command: list[str], environment: dict[str, str], wanted: list[str]) -> list[float]:
    """Start, wait for the lines wanted, in this order, and end it as a desktop does; when each came, in ms."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout
    times: list[float] = []
    for line in process.stdout:
        if line.rstrip().endswith(wanted[len(times)]):
            times.append((time.perf_counter() - began) * 1000)
            if len(times) == len(wanted):
                break
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE_S)
    if len(times) < len(wanted):
        raise RuntimeError(f"{command[:4]} never said “{wanted[len(times)]}”")
    return times


def in_a_folder(words: int, marks: int, runs: int) -> dict[str, float]:
    """The same, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as made:
        return measure(Path(made), words, marks, runs)
