"""Take the README's pictures: the sample article with its example annotations, in each theme."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from postil.anchors.describe import describe
from postil.anchors.find import find_quote
from postil.documents.sample import examples, sample
from postil.entities.sample_names import sample_names
from postil.view.look.theme import BUNDLED
from postil_db.library import Library, Session
from postil_db.store import annotations, entities

TARGET = Path(__file__).resolve().parent.parent / "resources" / "screenshots"


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


def main() -> None:
    """Write one picture for each theme."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder))
        for theme in BUNDLED:
            picture = TARGET / f"{theme}.png"
            command = [sys.executable, "-m", "postil", "--library", folder, "screenshot", str(picture)]
            subprocess.run(
                [*command, "--document", "1", "--size", "1360x860", "--theme", theme],
                env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
                check=True,
            )


if __name__ == "__main__":
    main()
