"""The formats that a library can be exported to, by the names that the command line and the dialog show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from postil.exchange import annotation_table, csv_file, entity_table
from postil.exchange.scope import Scope
from postil.exchange.table import Table

if TYPE_CHECKING:
    from postil_db.library import Library, Session

type Tabulate = "Callable[[Library, Scope], Callable[[Session], Table]]"


@dataclass(frozen=True, slots=True)
class Format:
    """One way out of the library.

    `title` names it in a dialog, `noun` what a row is (one, many), `suffix` is of its files, with the dot.
    """

    name: str
    title: str
    noun: tuple[str, str]
    suffix: str
    tabulate: Tabulate

    def write(self, library: "Library", scope: Scope, target: Path | TextIO, *, guarded: bool = True) -> int:
        """Write what `scope` means; give the number of rows. Raises CannotWrite, and LibraryError for odd scopes."""
        tabulate = self.tabulate(library, scope)

        def pour(session: "Session") -> int:
            table = tabulate(session)
            return csv_file.write(target, table.header, table.rows, guarded=guarded)

        return library.read(pour)

    def preview(self, library: "Library", scope: Scope, limit: int = 10) -> Table:
        """The first rows of what `write` would write."""
        tabulate = self.tabulate(library, scope)

        def look(session: "Session") -> Table:
            table = tabulate(session)
            return csv_file.preview(table.header, table.rows, limit)

        return library.read(look)


def _annotations(library: "Library", scope: Scope) -> "Callable[[Session], Table]":
    found = scope.annotations(library)
    return lambda session: Table(annotation_table.HEADER, annotation_table.rows(session, found))


def _entities(library: "Library", scope: Scope) -> "Callable[[Session], Table]":
    quoted = [annotation.id for annotation in scope.annotations(library)] if scope.query or scope.tag else None

    def tabulate(session: "Session") -> Table:
        ids = None if quoted is None else _named_in(session, quoted)
        return Table(entity_table.HEADER, entity_table.rows(session, scope.document, ids))

    return tabulate


def _named_in(session: "Session", annotation_ids: list[int]) -> list[int]:
    """The entities named in some annotations' quotes, in that order, each once."""
    from postil_db.store import entities  # the storage is loaded by whoever opened the library

    found = entities.by_annotation(session, annotation_ids)
    return list(dict.fromkeys(entity.id for each in annotation_ids for entity in found.get(each, ())))


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "Annotations (CSV)", ("annotation", "annotations"), ".csv", _annotations),
        Format("entities", "Entities (CSV)", ("entity", "entities"), ".csv", _entities),
    )
}
