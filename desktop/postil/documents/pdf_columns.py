"""Runs of characters to pieces of lines, and those to the order in which a person reads them.

The order of a PDF's own drawing is right in most files and anything in the others, so that the places decide: what
stands in one line, what in one column, and what goes across the columns.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from postil.documents.pdf_chars import Run

_SAME_ROW = 0.5
"""Of the lower one's height: so much must two runs share to stand in one line."""

_LARGEST_RATIO = 2.4
"""Of sizes in one line: beyond it, large letters span several lines (initials, big brackets)."""

_GUTTER = 0.9
"""Of the size: room between two pieces that may be a gutter, where it is in line after line."""

_FEWEST_LINES = 3
"""On each side of a gutter."""

_BACK = 0.2
"""Of a column's rows: so many may be drawn before the one above them for the rest to be drawn in order."""

_NARROWEST_EM = 7.0
_FULL = 0.45
"""Of a column's width: its lines fill so much of it, unlike the cells of a table."""


@dataclass(slots=True)
class Row:
    """Runs that stand in one line. `base` and `size` are those of its largest run."""

    base: float
    size: float
    runs: list[Run] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0

    @property
    def letters(self) -> int:
        """How many letters it has; a table's numbers are none."""
        return sum(text.isalpha() for run in self.runs for text in run.texts)

    @property
    def top(self) -> float:
        """About where its tall letters end."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """About where letters like "g" end."""
        return self.base + 0.22 * self.size


@dataclass(frozen=True, slots=True)
class Column:
    """Rows in reading order, and from where to where lines of this column may go."""

    rows: tuple[Row, ...]
    left: float
    right: float


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """Group runs into rows across the whole page, from top to bottom."""
    bases: list[float] = []
    rows: dict[float, Row] = {}
    for run in sorted(runs, key=lambda run: -run.size):
        row = _row_for(run, bases, rows)
        if row is None:
            row = Row(run.base, run.size)
            while row.base in rows:
                row.base += 1e-4
            insort(bases, row.base)
            rows[row.base] = row
        row.runs.append(run)
    found = [rows[base] for base in bases]
    for row in found:
        row.runs.sort(key=lambda run: run.left)
        row.left, row.right = row.runs[0].left, max(run.right for run in row.runs)
    return found


def _row_for(run: Run, bases: list[float], rows: dict[float, Row]) -> Row | None:
    """The row that the run shares most of its height with."""
    best, shared_most = None, _SAME_ROW
    reach = 1.5 * _LARGEST_RATIO * run.size
    for base in bases[bisect_left(bases, run.base - reach) : bisect_left(bases, run.base + reach)]:
        row = rows[base]
        if row.size > _LARGEST_RATIO * run.size:
            continue
        shared = (min(row.bottom, run.bottom) - max(row.top, run.top)) / (run.bottom - run.top)
        if shared > shared_most:
            best, shared_most = row, shared
    return best


def pieces_of(rows: Sequence[Row]) -> list[Row]:
    """Cut rows where there is room for a gutter."""
    pieces: list[Row] = []
    for row in rows:
        piece: Row | None = None
        for run in row.runs:
            if piece is None or run.left - piece.right > _GUTTER * row.size:
                piece = Row(run.base, run.size, [], run.left, run.right)
                pieces.append(piece)
            piece.runs.append(run)
            piece.right = max(piece.right, run.right)
            if run.size > piece.size:
                piece.base, piece.size = run.base, run.size
    return pieces


def columns_of(pieces: Sequence[Row]) -> list[Column]:
    """Return the columns of a page, in reading order; what goes across them stands between them."""
    if not pieces:
        return []
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    return list(_ordered(sorted(pieces, key=lambda piece: piece.base), left, right))


def _ordered(pieces: list[Row], left: float, right: float) -> Iterator[Column]:
    gutter = _gutter_of(pieces)
    if gutter is None:
        yield Column(_as_drawn(rows_of([run for piece in pieces for run in piece.runs])), left, right)
        return
    ends, begins = gutter
    for crossing, band in groupby(pieces, key=lambda piece: piece.left < begins and piece.right > ends):
        if crossing:
            # Nothing to tell columns by: they are lines of the whole width.
            yield Column(tuple(rows_of([run for piece in band for run in piece.runs])), left, right)
            continue
        members = list(band)
        before = [piece for piece in members if piece.right <= ends]
        after = [piece for piece in members if piece.right > ends]
        if before:
            yield from _ordered(before, left, ends)
        if after:
            yield from _ordered(after, begins, right)


def _as_drawn(rows: list[Row]) -> tuple[Row, ...]:
    """Rows of one column in the order in which they were drawn, if that mostly goes down the page, too.

    Then it also tells what belongs together where a formula or a figure has more than one level.
    """
    drawn = [_first(row) for row in rows]
    back = sum(before > after for before, after in pairwise(drawn))
    return tuple(sorted(rows, key=_first)) if back <= _BACK * len(rows) else tuple(rows)


def _first(row: Row) -> int:
    return min(run.order for run in row.runs)


def _gutter_of(pieces: list[Row]) -> tuple[float, float] | None:
    """Where the emptiest gutter begins and ends, if the lines on both sides of it are columns."""
    best, most = None, 0
    size = median(piece.size for piece in pieces) if pieces else 0.0
    edges = sorted(piece.left for piece in pieces)
    for edge in sorted({round(edge) for edge in edges}):
        shared = bisect_left(edges, edge + 2) - bisect_left(edges, edge - 2)
        if shared < _FEWEST_LINES:
            continue
        begins = edge - 2
        after = [piece for piece in pieces if piece.left >= begins]
        before = [piece for piece in pieces if piece.right <= begins - size / 2]
        crossing = len(pieces) - len(after) - len(before)
        score = min(len(after), len(before)) - crossing // 2
        if score > most and _are_beside(before, after) and _is_column(before, size) and _is_column(after, size):
            best, most = (max(piece.right for piece in before), min(piece.left for piece in after)), score
    return best


def _is_column(pieces: list[Row], size: float) -> bool:
    """Whether pieces look like lines of running text: as wide as each other, and not as narrow as a table's cells."""
    if len(pieces) < _FEWEST_LINES:
        return False
    extent = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    wide = median(piece.right - piece.left for piece in pieces)
    return extent >= _NARROWEST_EM * size and wide >= _FULL * extent and median(one.letters for one in pieces) >= 12


def _are_beside(before: list[Row], after: list[Row]) -> bool:
    """Whether two groups stand side by side over some lines."""
    if not before or not after:
        return False
    top = max(min(piece.top for piece in group) for group in (before, after))
    bottom = min(max(piece.bottom for piece in group) for group in (before, after))
    return all(sum(top <= piece.base <= bottom for piece in group) >= _FEWEST_LINES for group in (before, after))
