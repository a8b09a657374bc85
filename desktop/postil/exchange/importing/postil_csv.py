"""Postil's own CSV back again, also after a spreadsheet saved it."""

from collections.abc import Sequence

from postil.exchange.formula import unguard
from postil.exchange.importing import fit
from postil.exchange.importing.csv_rows import Cells, NoTable, Table, has_header
from postil.exchange.importing.incoming import Contents, Incoming, NoAnnotations, Source, Step
from postil.exchange.importing.source_file import MOST, no_annotations, too_many

NAME = "csv"
_NAMES = frozenset({"document", "document_id", "url"})
_OURS = frozenset({"start", "end", "prefix", "suffix", "anchor_state", "created_at", "tags", "note", "color"})


def recognises(text: str) -> bool:
    """Whether a text looks like it."""
    return has_header(text, _is_header)


def parse(text: str, name: str, step: Step) -> Contents:
    """Read all of it; raises NoAnnotations."""
    found, odd = list[Incoming](), 0
    try:
        table = Table(text, _is_header)
        for cells, at in table.rows():
            one = _incoming({column: unguard(cell) for column, cell in cells.items()})
            if one.quote.strip() or one.note or one.tags:
                found.append(one)
            else:
                odd += 1
            step(at, table.length)
            if len(found) > MOST:
                raise too_many(name)
    except NoTable:
        if not found:
            raise no_annotations(name) from None
        raise NoAnnotations(
            f"“{name}” is no table any more after {len(found):,} rows. Nothing was taken over."
        ) from None
    notes = (f"{'One row was' if odd == 1 else f'{odd:,} rows were'} left out: nothing is marked or said in them.",)
    return Contents(NAME, tuple(found), exact=True, notes=notes if odd else ())


def _is_header(names: Sequence[str]) -> bool:
    return "quote" in names and bool(_NAMES & set(names)) and len(_OURS & set(names)) > 1


def _incoming(cells: Cells) -> Incoming:
    created, modified = fit.times(cells.get("created_at"), cells.get("modified_at"))
    color = cells.get("color", cells.get("colour"))
    return Incoming(
        Source(
            title=fit.line(cells.get("document")),
            author=fit.line(cells.get("author")),
            address=fit.line(cells.get("url")),
            number=fit.whole(cells.get("document_id")) or 0,
        ),
        fit.text(cells.get("quote")),
        prefix=fit.text(cells.get("prefix")),
        suffix=fit.text(cells.get("suffix")),
        start=fit.whole(cells.get("start")),
        end=fit.whole(cells.get("end")),
        section=fit.line(cells.get("section")),
        note=fit.text(cells["note"]) if "note" in cells else None,
        tags=fit.tags(cells["tags"].split(";")) if "tags" in cells else None,
        color=fit.color(color),
        number=fit.whole(cells.get("id")) or 0,
        state=fit.line(cells.get("anchor_state")),
        created_at=created,
        modified_at=modified,
    )
