"""Entities as a table: one row each, with where and when they were met."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from postil.exchange.annotation_table import BETWEEN

if TYPE_CHECKING:
    from postil.exchange.table import Row
    from postil_db.library import Session
    from postil_db.records.entity_list import ListedEntity

HEADER: "Row" = (
    "entity",
    "type",
    "aliases",
    "mentions",
    "documents",
    "first_seen",
    "last_seen",
    "origin",
    "note",
    "tags",
)


def rows(session: "Session", document: int | None = None, ids: Iterable[int] | None = None) -> "Iterator[Row]":
    """The rows of all entities, the most often named first; of one document's, or of some in their order.

    `document`: the mentions of this one alone are counted. `ids`: of those that nothing names there is no row.
    """
    # the storage is loaded by whoever opened a library
    from postil_db.store import entity_list

    listed = entity_list.every(session, document)
    if ids is None:
        return rows_of(sorted(listed, key=lambda one: (-one.mentions, one.name.casefold(), one.id)))
    by_id = {one.id: one for one in listed}
    return rows_of(by_id[one] for one in ids if one in by_id)


def rows_of(entities: "Iterable[ListedEntity]") -> "Iterator[Row]":
    """The row of each entity, in the order given."""
    for one in entities:
        yield (
            one.name,
            one.kind.value,
            BETWEEN.join(one.aliases),
            str(one.mentions),
            str(one.documents),
            one.first_seen,
            one.last_seen,
            one.origin.value,
            one.note,
            BETWEEN.join(one.tags),
        )
