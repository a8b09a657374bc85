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
    from postil_db.records import Entity

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
        return Table(
            entity_table.HEADER, entity_table.rows(session, _entities_in(session, scope, quoted), scope.document)
        )

    return tabulate


def _entities_in(session: "Session", scope: Scope, quoted: list[int] | None) -> "list[Entity]":
    """The entities named in some annotations' quotes, in a document, or anywhere."""
    from postil_db.store import entities  # the storage is loaded by whoever opened the library

    if quoted is not None:
        by_annotation = entities.by_annotation(session, quoted)
        return list({entity.id: entity for each in quoted for entity in by_annotation.get(each, ())}.values())
    if scope.document is not None:
        return entities.of_document(session, scope.document)
    return entities.every(session)


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "Annotations (CSV)", ("annotation", "annotations"), ".csv", _annotations),
        Format("entities", "Entities (CSV)", ("entity", "entities"), ".csv", _entities),
    )
}
