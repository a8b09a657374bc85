"""What a reader can do about annotations of other libraries and programs. As in acts.py: an Act or a Query each."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postil.work.importing import Stopped
from postil.work.reading import Query
from postil.work.writing import Act

if TYPE_CHECKING:
    from postil.exchange.importing.carrying import Imported
    from postil.exchange.importing.incoming import Step
    from postil.exchange.importing.plan import Plan
    from postil_db.library import Library


def import_annotations(*, plan: "Plan", step: "Step", update: bool) -> "Act[Imported | None]":
    """Write what was planned, in one step that can be undone; gives None if the reader stopped it.

    `update`: what differs becomes as the file says.
    """

    def run(library: "Library") -> "Imported | None":
        from postil.exchange.importing.carrying import import_annotations

        try:
            return import_annotations(library, plan, step, update=update)
        except Stopped:
            return None

    return Act("Import annotations", run)


def save_left_out(*, plan: "Plan", path: Path) -> Query[str]:
    """Write what found no document into a file; gives why that failed, or ""."""

    def run(_library: "Library") -> str:
        from postil.exchange.errors import CannotWrite
        from postil.exchange.importing import left_out

        try:
            left_out.write(path, plan)
        except CannotWrite as error:
            return str(error)
        return ""

    return Query(run)


def find_annotation_files(*, paths: Sequence[Path]) -> Query[list[Path]]:
    """Ask which of some files hold annotations."""

    def run(_library: "Library") -> list[Path]:
        from postil.exchange.importing.formats import looks_like_annotations

        return [path for path in paths if looks_like_annotations(path)]

    return Query(run)
