"""What a reader can do to keep a library safe: trash, backups, the way back. As in acts.py: an Act or a Query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from postil.work.reading import Query, reading
from postil.work.writing import Act, writing
from postil_db.changes import Changes
from postil_db.records import Trashed, TrashKind

if TYPE_CHECKING:
    from postil_db.library import Backup, Library, Loss, Preview, Session

type Item = tuple[TrashKind, int]


@dataclass(frozen=True, slots=True)
class Care:
    """What automatic care came to: annotations that were lost unseen, and how much left the trash."""

    loss: "Loss | None" = None
    emptied: int = 0


def look_into_trash() -> Query[Sequence[Trashed]]:
    """Ask for what lies in the trash, the last deleted first."""

    def op(session: "Session") -> Sequence[Trashed]:
        from postil_db.store import trash

        return trash.every(session)

    return reading(op, "trash")


def bring_back(*, items: Sequence[Item]) -> Act[None]:
    """Take things out of the trash."""

    def op(session: "Session") -> None:
        from postil_db.store import trash

        trash.restore(session, items)

    return writing("Restore from the trash", op)


def delete_for_good(*, items: Sequence[Item] | None) -> Act[int]:
    """Delete things in the trash, or (None) all of them, for good; gives how many."""
    return Act("Delete for good", lambda library: library.empty_trash(items))


def list_backups() -> Query["list[Backup]"]:
    """Ask for the backups, the newest first."""
    return Query(lambda library: library.backups(), "backups")


def preview(*, path: Path) -> Query["tuple[Path, Preview]"]:
    """Ask what going back to a backup would change."""
    return Query(lambda library: (path, library.preview_restore(path)), "preview of a backup")


def back_up(*, reason: str) -> Act[Path]:
    """Make a backup now."""
    return Act("Back up", lambda library: library.backup(reason))


def back_up_before(*, reason: str, rows: int) -> Act[Path | None]:
    """Make a backup if so many rows are many ("before an import"); what is written after this comes after it."""
    return Act("Back up", lambda library: library.back_up_before(reason, rows), quiet=True)


def go_back(*, path: Path) -> Act[Changes]:
    """Go back to a backup."""
    return Act("Go back to a backup", lambda library: library.restore(path))


def take_care(*, days: int = 0) -> Act[Care]:
    """Back up if that is due, look whether annotations were lost, and empty the trash of what is older than `days`."""

    def run(library: "Library") -> Care:
        if library.read_only:
            return Care()
        library.back_up_if_due()
        if (loss := library.loss()) is not None:
            return Care(loss)  # no time to delete anything
        return Care(emptied=_empty_old(library, days) if days else 0)

    return Act("Back up", run, quiet=True)


def accept_loss() -> Act[None]:
    """Say that the annotations were meant to go."""
    return Act("Accept the loss", lambda library: library.accept_loss(), quiet=True)


def _empty_old(library: "Library", days: int) -> int:
    from postil_db.tables.base import now

    return library.empty_trash(before=now() - timedelta(days=days))
