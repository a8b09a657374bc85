"""CSV of other programs: Readwise, Hypothesis and Kindle. They quote, and say nothing of where the quote stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from postil.exchange.importing import fit
from postil.exchange.importing.csv_rows import Cells, NoTable, Table, has_header
from postil.exchange.importing.incoming import Contents, Incoming, NoAnnotations, Source, Step
from postil.exchange.importing.source_file import MOST, no_annotations, too_many

READWISE, HYPOTHESIS_CSV, KINDLE = "readwise", "hypothesis-csv", "kindle"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program names its columns; "" for what it does not tell."""

    name: str
    signs: frozenset[str]
    quote: str
    note: str = ""
    title: str = ""
    author: str = ""
    address: str = ""
    color: str = ""
    tags: str = ""
    created: str = ""


_DIALECTS = (
    Dialect(
        READWISE, frozenset({"highlight", "book title"}), "highlight", "note", "book title", "book author",
        color="color", tags="tags", created="highlighted at",
    ),
    Dialect(
        READWISE, frozenset({"highlight", "title"}), "highlight", "note", "title", "author", "url", created="date",
    ),
    Dialect(
        HYPOTHESIS_CSV, frozenset({"quote/description", "url", "comment"}), "quote/description", "comment", "page",
        address="url", tags="tags", created="created at",
    ),
    Dialect(KINDLE, frozenset({"annotation type", "location", "annotation"}), "annotation"),
)  # fmt: skip


def recognises(dialect: str, text: str) -> bool:
    """Whether a text looks like what that program writes."""
    return has_header(text, lambda names: any(one.name == dialect for one in _fitting(names)))


def parse(dialect: str, text: str, name: str, step: Step) -> Contents:
    """Read all of it; raises NoAnnotations."""
    found, odd = list[Incoming](), 0
    try:
        table = Table(text, lambda names: any(one.name == dialect for one in _fitting(names)))
        how = next(one for one in _fitting(table.header) if one.name == dialect)
        about = _above(table.before)
        for cells, at in table.rows():
            one = _kindle(cells, about) if dialect == KINDLE else _incoming(how, cells)
            if one is not None and not one.quote and found and _is_on(one, found[-1]):
                found[-1] = replace(found[-1], note=one.note)
            elif one is None:
                odd += 1
            else:
                found.append(one)
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
    return Contents(dialect, tuple(found), notes=notes if odd else ())


def _fitting(names: Sequence[str]) -> list[Dialect]:
    return [one for one in _DIALECTS if one.signs <= set(names)]


def _incoming(how: Dialect, cells: Cells) -> Incoming | None:
    def cell(column: str) -> str:
        return fit.text(cells.get(column, ""))

    quote, note = cell(how.quote).strip(), cell(how.note).strip()
    if cell("type").strip().casefold() in ("page note", "comment") and how.name == HYPOTHESIS_CSV:
        quote = ""
    if not quote and not note:
        return None
    created = fit.moment(cell(how.created))
    return Incoming(
        Source(fit.line(cell(how.title)), fit.line(cell(how.author)), fit.line(cell(how.address))),
        quote,
        note=note or None,
        tags=fit.tags(cell(how.tags).split(",")) or None,
        color=fit.color(cell(how.color)),
        created_at=created,
        modified_at=created,
    )


def _kindle(cells: Cells, about: Source) -> Incoming | None:
    """A highlight, or a note."""
    words, where = fit.text(cells.get("annotation")).strip(), fit.line(cells.get("location"))
    kind, _, tint = cells.get("annotation type", "").strip().casefold().partition("(")
    if not words:
        return None
    if kind.startswith("note"):
        return Incoming(about, "", note=words, section=where)
    return Incoming(about, words, color=fit.color(tint.rstrip(") ")), section=where)


def _is_on(note: Incoming, before: Incoming) -> bool:
    """Whether a note of Kindle's is on the highlight before it: it tells the same place once more."""
    return bool(note.section) and note.section == before.section and before.note is None


def _above(rows: Sequence[Sequence[str]]) -> Source:
    """Title and author, as Kindle writes them above its table."""
    lines = [line for row in rows if (line := fit.line(next((cell for cell in row if cell.strip()), "")))]
    title = next((lines[at + 1] for at, line in enumerate(lines[:-1]) if line.startswith("Your Kindle Notes")), "")
    author = next((line.removeprefix("by ") for line in lines if line.startswith("by ")), "")
    return Source(title, author)
