"""Take the pictures of Postil: every theme, a book, a printed page, Arabic and Chinese text, an empty library.

`make screenshots` writes the README's; `make screenshots ALL=1` all of them, at 100 % and 200 %.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from screenshot_texts import ARABIC, BOOK, CHINESE

from postil.anchors.describe import describe
from postil.anchors.find import find_quote
from postil.documents.reader import read_file, read_text
from postil.documents.sample import examples, sample
from postil.entities.sample_names import sample_names
from postil.view.look.theme import BUNDLED
from postil_db.library import Library, Session
from postil_db.records import Color, Content
from postil_db.store import annotations, entities

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "screenshots"
PDF = ROOT / "tests" / "samples" / "two-columns.pdf"


@dataclass(frozen=True)
class Picture:
    """One picture. `document`: 0 for none."""

    name: str
    library: Path
    document: int
    theme: str = "light"
    size: str = "1360x860"
    scale: int = 1


def furnish(folder: Path) -> None:
    """Make a library that holds the sample, its examples and its names."""
    reading = sample()
    content = reading.document.content
    with Library.open(folder, cache=folder / "cache") as library:
        number = library.add(reading.document, reading.original).result.info.id

        def mark(session: Session) -> None:
            for one in examples():
                place = find_quote(content.text, one.quote)
                assert place is not None, one.quote
                selector = describe(content, *place)
                annotations.add(session, number, selector, color=one.color, note=one.note, tags=one.tags)

        library.write("", mark, undoable=False)
        library.write("", lambda session: entities.replace(session, number, *sample_names()), undoable=False)


def furnish_more(folder: Path) -> dict[str, int]:
    """Make a library with a book, a PDF, an Arabic and a Chinese text; the id of each."""
    furnish(folder)
    readings = {
        "book": read_text(BOOK),
        "arabic": read_text(ARABIC),
        "chinese": read_text(CHINESE),
        "pdf": read_file(PDF),
    }
    ids = {}
    with Library.open(folder, cache=folder / "cache") as library:
        for name, reading in readings.items():
            info = library.add(reading.document, reading.original, reading.images).result.info
            ids[name] = info.id
            overlap(library, info.id, reading.document.content)
        library.remember(f"printed pages of {ids['pdf']}", "yes")
    return ids


def overlap(library: Library, number: int, content: Content) -> None:
    """Mark four passages of a document that lie over one another, two of them with notes."""
    longest = max(range(len(content.blocks)), key=lambda index: len(content.blocks[index].text))
    start, text = content.starts[longest], content.blocks[longest].text
    spans = ((0, 0.7), (0.15, 0.55), (0.3, 0.9), (0.4, 0.5))

    def mark(session: Session) -> None:
        for (begin, end), color in zip(spans, Color, strict=False):
            first, last = int(begin * len(text)), int(end * len(text))
            first = (
                text.rfind(" ", 0, first) + 1 or first
            )  # words are marked whole, where there are blanks between them
            last = text.find(" ", last) if " " in text[last:] else last
            place = describe(content, start + first, start + last)
            note = "A thought in the margin." if color in (Color.YELLOW, Color.BLUE) else ""
            annotations.add(session, number, place, color=color, note=note, tags=("margin",) if note else ())

    library.write("", mark, undoable=False)


def take(picture: Picture) -> None:
    """Write one picture."""
    target = TARGET / f"{picture.name}.png"
    command = [sys.executable, "-m", "postil", "--library", str(picture.library), "screenshot", str(target)]
    if picture.document:
        command += ["--document", str(picture.document)]
    subprocess.run(
        [*command, "--size", picture.size, "--theme", picture.theme, "--scale", str(picture.scale)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
    )


def every(folder: Path) -> list[Picture]:
    """All pictures, at 100 % and, in a smaller window, at 200 %."""
    full, empty = folder / "full", folder / "empty"
    ids = furnish_more(full)
    with Library.open(empty, cache=empty / "cache") as library:
        library.remember("sample_offered", "1")
    cases = [(f"marks-{theme}", full, ids["book"], theme) for theme in BUNDLED]
    cases += [
        ("pdf-light", full, ids["pdf"], "light"),
        ("pdf-dark", full, ids["pdf"], "dark"),
        ("arabic-light", full, ids["arabic"], "light"),
        ("chinese-dark", full, ids["chinese"], "dark"),
        ("empty-light", empty, 0, "light"),
    ]
    return [
        Picture(f"{name}-{scale}00", library, document, theme, size, scale)
        for name, library, document, theme in cases
        for scale, size in ((1, "1280x800"), (2, "860x540"))
    ]


def main() -> None:
    """Write the pictures."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder) / "readme")
        pictures = [Picture(theme, Path(folder) / "readme", 1, theme) for theme in BUNDLED]
        if "--all" in sys.argv:
            pictures += every(Path(folder))
        for picture in pictures:
            take(picture)


if __name__ == "__main__":
    main()
