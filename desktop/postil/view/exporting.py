"""Exporting: from what the dialog asks to the exchange package, off the UI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postil.view.dialogs.export import PREVIEW_ROWS
from postil.view.dialogs.export_scope import ExportChoice, ExportScope
from postil.work.reading import Query

if TYPE_CHECKING:
    from postil.exchange.scope import Scope
    from postil_db.library import Library

FORMAT = "csv"


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of what a scope exports, and how many there are."""

    scope: ExportScope
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: int


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, or why none were."""

    rows: int
    fault: str = ""


def preview(wanted: ExportScope) -> Query[Preview]:
    """Ask for the first rows."""

    def run(library: "Library") -> Preview:
        from postil.exchange.formats import FORMATS

        scope = _scope(wanted)
        table = FORMATS[FORMAT].preview(library, scope, PREVIEW_ROWS)
        return Preview(wanted, table.header, [list(row) for row in table.rows], len(scope.annotations(library)))

    return Query(run, "preview")


def export(choice: ExportChoice) -> Query[Written]:
    """Write the file, whole or not at all."""

    def run(library: "Library") -> Written:
        from postil.exchange.errors import CannotWrite
        from postil.exchange.formats import FORMATS

        try:
            rows = FORMATS[FORMAT].write(library, _scope(choice.scope), choice.path, guarded=choice.safe)
        except CannotWrite as error:
            return Written(0, str(error))
        return Written(rows)

    return Query(run)


def _scope(wanted: ExportScope) -> "Scope":
    from postil.exchange.scope import Scope

    return Scope(query=wanted.query, tag=wanted.tag, document=wanted.document, ids=wanted.ids)
