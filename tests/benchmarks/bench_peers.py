"""How soon a book can be read after a start, beside calibre's viewer and Okular, where they are installed.

    python tests/benchmarks/bench_peers.py [--words 100000] [--runs 5] [--book FILE.epub]

Every program opens the same EPUB, which it has opened before, in a window on a virtual screen (Xvfb) of its own; the
files are in the system's cache, so a first start after switching the machine on is slower for all. Timed from before
the process is made until the middle of the screen holds as many edges between dark and light as lines of text make, and
holds them still a moment later. One rule for all: it knows nothing of the programs. Prints the medians, in ms by the
clock, and as the last line one JSON object.
"""

import argparse
import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[2]))

SCREEN = (1400, 1000)
ZONE = (0.3, 0.66, 0.2, 0.85)
"""Left, right, top, bottom of the part of the window that is looked at: inside everybody's page."""
EDGE = 60
"""How much lighter or darker the next pixel is at the edge of a letter, of 255."""
ENOUGH = 0.025
"""Edges for each pixel looked at; a page full of text has more than twice as many."""
NUDGE_S = 8.0
"""After so long without text, the first time, a click sends a word of welcome away."""
STEADY_S = 0.15
PATIENCE_S = 30.0
PAUSE_S = 1.5
"""How long a program stays open after that, so that it keeps where it was."""


def make_epub(target: Path, words: int) -> None:
    """Write a book of generated text whose first page is full of it."""
    from tests.postil.view.page import pages

    from postil_db.records import BlockKind

    chapters: list[list[str]] = []
    for block in pages.book(words).blocks:
        if block.kind is BlockKind.HEADING:
            chapters.append([f"<h1>{escape(block.text)}</h1>"])
        else:
            chapters[-1].append(f"<p>{escape(block.text)}</p>")
    names = [f"c{number:03}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="{n[:4]}" href="{n}" media-type="application/xhtml+xml"/>' for n in names)
    spine = "".join(f'<itemref idref="{name[:4]}"/>' for name in names)
    points = "".join(
        f'<navPoint id="n{n}" playOrder="{n + 1}"><navLabel><text>Chapter {n + 1}</text></navLabel>'
        f'<content src="{name}"/></navPoint>'
        for n, name in enumerate(names)
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        book.writestr(
            "book.opf",
            '<package version="2.0" unique-identifier="id" xmlns="http://www.idpf.org/2007/opf"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A generated book</dc:title><dc:language>en'
            '</dc:language><dc:identifier id="id">postil-bench-peers</dc:identifier></metadata><manifest>'
            '<item id="toc" '
            f'href="toc.ncx" media-type="application/x-dtbncx+xml"/>{items}</manifest><spine toc="toc">{spine}</spine>'
            "</package>",
        )
        book.writestr(
            "toc.ncx",
            '<ncx version="2005-1" xmlns="http://www.daisy.org/z3986/2005/ncx/"><head/><docTitle><text>A generated book'
            f"</text></docTitle><navMap>{points}</navMap></ncx>",
        )
        for name, chapter in zip(names, chapters, strict=True):
            book.writestr(
                name,
                '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A generated book</title></head><body>'
                f"{''.join(chapter)}</body></html>",
            )


class Screen:
    """What is on a virtual screen, read from the file that the server keeps it in."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._map = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">25I", self._map[:100])
        self._start, self._line = head[0] + head[19] * 12, head[12]

    def edges(self) -> float:
        """How many edges between dark and light there are for each pixel of the part that is looked at."""
        row = self._row(300)
        right = len(row.rstrip(b"\0")) // 4
        left = (len(row) - len(row.lstrip(b"\0"))) // 4
        if right - left < 300:
            return 0.0
        middle = (left + right) // 2 * 4
        high = [y for y in range(0, SCREEN[1], 8) if any(self._row(y)[middle : middle + 4])]
        top, height, width = high[0], high[-1] - high[0], right - left
        count = pixels = 0
        for y in range(top + round(ZONE[2] * height), top + round(ZONE[3] * height), 3):
            green = self._row(y)[(left + round(ZONE[0] * width)) * 4 + 1 : (left + round(ZONE[1] * width)) * 4 : 4]
            count += sum(abs(one - other) > EDGE for one, other in pairwise(green))
            pixels += len(green)
        return count / max(1, pixels)

    def _row(self, y: int) -> bytes:
        at = self._start + y * self._line
        return self._map[at : at + SCREEN[0] * 4]


@contextmanager
def screen(folder: Path) -> Iterator[tuple[Screen, str]]:
    """Run a virtual screen; gives it and its name."""
    read, write = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as said:
            name = f":{said.readline().strip()}"
        yield Screen(folder / "Xvfb_screen0"), name
    finally:
        server.terminate()
        server.wait()


def environment(home: Path) -> dict[str, str]:
    """A home of its own, and a window on the virtual screen that needs nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "QT_QPA_PLATFORM": "xcb",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }


def readable_ms(command: list[str], home: Path, folder: Path, *, first: bool = False) -> float | None:
    """From before the process is made until the text stands; None if it never does."""
    folder.mkdir(exist_ok=True)
    with screen(folder) as (seen, name):
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            env={**environment(home), "DISPLAY": name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            since: float | None = None
            nudged = not first
            while time.perf_counter() - began < PATIENCE_S:
                now = time.perf_counter()
                if not nudged and now - began > NUDGE_S and shutil.which("xdotool"):
                    nudged = True
                    click = ["xdotool", "mousemove", "220", "450", "click", "1"]
                    subprocess.run(click, env={**os.environ, "DISPLAY": name}, check=False)
                if seen.edges() < ENOUGH:
                    since = None
                elif since is None:
                    since = now
                elif now - since >= STEADY_S:
                    time.sleep(PAUSE_S)
                    return (since - began) * 1000
                time.sleep(0.01)
            return None
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def programs(book: Path, home: Path) -> dict[str, list[str]]:
    """How each program that is here opens the book; Postil opens what it read last."""
    library = home / "library"
    subprocess.run(
        [sys.executable, "-m", "postil", "--library", str(library), "add", str(book), "--no-entities"],
        check=True,
        env=environment(home),
        capture_output=True,
    )
    found = {"postil": [sys.executable, "-m", "postil", "--library", str(library)]}
    for name, program in (("calibre", "ebook-viewer"), ("okular", "okular")):
        path = shutil.which(program)
        if path is None:
            print(f"{name}: not installed (Debian: calibre, okular, okular-extra-backends)")
        else:
            found[name] = [path, str(book)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--book", type=Path)
    given = parser.parse_args()
    if shutil.which("Xvfb") is None:
        print("Xvfb is not installed: nothing can be measured.")
        print("{}")
        return
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        book = given.book or home / "book.epub"
        if not given.book:
            make_epub(book, given.words)
        times: dict[str, list[float]] = {}
        commands = programs(book, home)
        _start_once(commands["postil"], book, home)
        for turn in range(given.runs + 1):
            for name, command in commands.items():
                taken = readable_ms(command, home, home / "screen", first=not turn)
                if taken is not None and turn:
                    times.setdefault(name, []).append(taken)
        for name in commands.keys() - times.keys():
            print(f"{name}: shows no text of this book")
    print(f"{'':10}{'median':>10}{'fastest':>10}{'slowest':>10}   ms from the start to readable text")
    for name, taken_all in times.items():
        print(f"{name:10}{median(taken_all):10.0f}{min(taken_all):10.0f}{max(taken_all):10.0f}")
    middle = {name: median(taken_all) for name, taken_all in times.items()}
    ratios = {f"{name}_ratio": round(value / middle["postil"], 2) for name, value in middle.items() if name != "postil"}
    print(json.dumps({**{f"{name}_ms": round(value) for name, value in middle.items()}, **ratios}))


def _start_once(command: list[str], book: Path, home: Path) -> None:
    """Have Postil open the book once: it was only added, and so was never read."""
    if readable_ms([*command, str(book)], home, home / "screen") is None:
        raise RuntimeError("Postil shows no text of this book")


if __name__ == "__main__":
    main()
