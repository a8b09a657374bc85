"""What found no document, as Postil's own CSV: to be imported again once its documents are there."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from postil.exchange import csv_file
from postil.exchange.annotation_table import BETWEEN, HEADER, iso_time
from postil.exchange.importing.incoming import Incoming
from postil.exchange.importing.plan import Plan
from postil.exchange.table import Row


def write(target: Path, plan: Plan) -> int:
    """Write it, whole or not at all; gives how many rows. Raises CannotWrite."""
    return csv_file.write(target, HEADER, _rows(plan.left, exact=plan.contents.exact))


def _rows(left: Iterable[Incoming], *, exact: bool) -> Iterator[Row]:
    """A row for each, with what its file said; positions in another program's text are worth nothing to us."""
    for one in left:
        said = {
            "id": str(one.number or ""),
            "created_at": iso_time(one.created_at) if one.created_at else "",
            "modified_at": iso_time(one.modified_at) if one.modified_at else "",
            "document": one.source.title,
            "document_id": str(one.source.number or ""),
            "author": one.source.author,
            "url": one.source.address,
            "kind": "note" if one.note else "highlight",
            "quote": one.quote,
            "note": one.note or "",
            "tags": BETWEEN.join(one.tags or ()),
            "color": one.color.value if one.color else "",
            "start": "" if one.start is None or not exact else str(one.start),
            "end": "" if one.end is None or not exact else str(one.end),
            "section": one.section,
            "prefix": one.prefix,
            "suffix": one.suffix,
            "anchor_state": one.state,
        }
        yield tuple(said.get(name, "") for name in HEADER)
