"""Which backups may go: fewer the older they are, and never by the clock's word alone."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

BY_HAND = "asked-for"
UNCOMPARED = re.compile(rf"{BY_HAND}|before-emptying-.*|before-going-back|before-version-.*")
"""Reasons of backups that nobody compared with the one before: a loss may already be in them."""

NAME = re.compile(r"library-(?P<number>\d{9})-(?P<time>\d{8}T\d{6})Z-(?P<reason>.*)\.sqlite3")

NEWEST = 10
"""How many of the newest stay whatever their age."""

SPANS: tuple[tuple[Callable[[datetime], object], int], ...] = (
    (lambda time: (time.date(), time.hour), 24),
    (lambda time: time.date(), 14),
    (lambda time: time.isocalendar()[:2], 8),
    (lambda time: (time.year, time.month), 60),
)
"""The newest backup of each of this many hours, days, weeks and months that have one is kept.

Spans are counted, not measured from now: a clock that is wrong for a while adds spans and takes none away.
"""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a library's folder. `number` only rises; `time` is what the clock said; `reason`: why it was made."""

    path: Path
    number: int
    time: datetime
    reason: str

    @property
    def by_hand(self) -> bool:
        """Whether the reader asked for it: such a one is never deleted."""
        return self.reason == BY_HAND

    @property
    def compared(self) -> bool:
        """Whether later ones can be compared with it, to see if annotations went away."""
        return not UNCOMPARED.fullmatch(self.reason)


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first."""
    found = [known for path in folder.glob("library-*.sqlite3") if (known := _known(path))]
    return sorted(found, key=lambda one: one.number, reverse=True)


def superfluous(newest_first: Sequence[Backup]) -> list[Backup]:
    """Those of these backups that may go."""
    kept = {one.number for one in newest_first[:NEWEST]} | {one.number for one in newest_first if one.by_hand}
    for span, count in SPANS:
        kept |= _first_of_each(newest_first, span, count)
    return [one for one in newest_first if one.number not in kept]


def _first_of_each(among: Iterable[Backup], span: Callable[[datetime], object], count: int) -> set[int]:
    firsts: dict[object, int] = {}
    for one in among:
        if len(firsts) < count:
            firsts.setdefault(span(one.time), one.number)
    return set(firsts.values())


def _known(path: Path) -> Backup | None:
    found = NAME.fullmatch(path.name)
    if not found:
        return None
    try:
        time = datetime.strptime(found["time"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path, int(found["number"]), time, found["reason"])
