"""What there is to read in a folder and all folders below it. Uses no Qt: the command line asks too."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from postil.documents.canonical import one_line
from postil.documents.kinds import SUFFIXES

MOST_FILES, MOST_DEPTH, MOST_SEEN = 10_000, 40, 200_000


@dataclass(slots=True)
class Found:
    """The readable files of a folder, by name, and sentences about what was not looked at."""

    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def is_readable(name: str) -> bool:
    """Whether a file is of a kind that is read, by its name; hidden ones and what programs leave behind are not."""
    if name.startswith((".", "~$", "~")) or name.endswith("~"):
        return False
    return name.lower().removesuffix(".gz").endswith(tuple(SUFFIXES))


def files_in(folder: Path) -> Found:
    """Find the files that can be read in a folder and below it.

    Hidden files and folders are left alone. Folders that are links are not entered: a file is found once, and no loop
    has us in it for ever. What may not be entered is told of.
    """
    found, closed, others = Found(), list[str](), 0
    for seen, entry in enumerate(_walk(folder, 0, closed), 1):
        if is_readable(entry.name):
            found.files.append(Path(entry.path))
        elif not entry.name.startswith("."):
            others += 1
        if len(found.files) >= MOST_FILES or seen >= MOST_SEEN:
            found.notes.append(f"“{one_line(folder.name)}” holds too many files: the first {seen:,} were looked at.")
            break
    if others:
        what = "1 file is" if others == 1 else f"{others:,} files are"
        found.notes.append(f"“{one_line(folder.name)}”: {what} of a kind that is not read, and left out.")
    found.notes += [f"The folder “{one_line(name)}” may not be opened, and was left out." for name in closed[:5]]
    if len(closed) > 5:
        found.notes.append(f"{len(closed) - 5} more folders may not be opened.")
    return found


def _walk(folder: Path, depth: int, closed: list[str]) -> Iterator["os.DirEntry[str]"]:
    """Every file, those of a folder before those below it, in the order of their names."""
    try:
        with os.scandir(folder) as scanning:
            entries = sorted(scanning, key=lambda entry: entry.name)
    except OSError:
        closed.append(folder.name or str(folder))
        return
    below = []
    for entry in entries:
        try:
            if entry.is_file():
                yield entry
            elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                below.append(Path(entry.path))
        except OSError:  # a link that leads to itself
            continue
    for each in below:
        if depth < MOST_DEPTH:
            yield from _walk(each, depth + 1, closed)
        else:
            closed.append(each.name)
