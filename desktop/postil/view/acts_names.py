"""What a reader can look at of the list of all names: one function for each, as in acts.py."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postil.view.entities.table_rows import Arrangement, Listing, Named, Shown, listing, shown
from postil.view.exporting import Written
from postil.work.reading import Query, reading
from postil_db.records import Mention
from postil_db.records.entity_list import ListedEntity

if TYPE_CHECKING:
    from postil.exchange.table import Row
    from postil_db.library import Library, Session

_TOLD = 2_000
"""Rows after which it is told how far an export has come."""


def load_list(*, document_id: int | None, wanted: Arrangement, follow: Sequence[Named] = ()) -> Query[Shown]:
    """Ask for all names of a document, or of the library, arranged.

    `follow`: names that may be called something else by now; the listing says what they became.
    """

    def op(session: "Session") -> tuple[Sequence[ListedEntity], Mapping[Named, Named]]:
        from postil_db.store import entity_list

        return entity_list.every(session, document_id), entity_list.became(session, follow) if follow else {}

    def run(library: "Library") -> Shown:
        rows, became = library.read(op)
        return shown(listing(document_id, rows, became), wanted)

    return Query(run, "list of names")


def arrange_list(*, listed: Listing, wanted: Arrangement) -> Query[Shown]:
    """Ask for names that are known already in another order, or for fewer of them."""
    return Query(lambda _library: shown(listed, wanted), "list of names, arranged")


def find_place(*, entity_id: int, after: tuple[int, int], back: bool, document_id: int | None) -> Query[Mention | None]:
    """Ask for the mention of a name after a place, or before it; in one document alone, if that is named."""

    def op(session: "Session") -> Mention | None:
        from postil_db.store import entity_list

        return entity_list.next_place(session, entity_id, after, back=back, document_id=document_id)

    return reading(op, "next mention")


def write_list(*, entities: Sequence[ListedEntity], path: Path, told: Callable[[int], None]) -> Query[Written]:
    """Write names as a table, whole or not at all; `told` hears on the worker how many rows are written."""

    def rows() -> "Iterator[Row]":
        from postil.exchange import entity_table

        for number, row in enumerate(entity_table.rows_of(entities)):
            if number and number % _TOLD == 0:
                told(number)
            yield row

    def run(_library: "Library") -> Written:
        from postil.exchange import csv_file, entity_table
        from postil.exchange.errors import CannotWrite

        try:
            return Written(csv_file.write(path, entity_table.HEADER, rows()))
        except CannotWrite as error:
            return Written(0, str(error))

    return Query(run)
