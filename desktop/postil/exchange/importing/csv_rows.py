"""CSV as it comes back from spreadsheets: any of four separators, any line ends, columns in any order."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_CELL = 100_000_000  # a quote may be a whole book
_PREAMBLE = 15  # rows before the header, at most

type Cells = Mapping[str, str]
type IsHeader = Callable[[Sequence[str]], bool]


class NoTable(ValueError):
    """The text is no table with such a header."""


class Table:
    """A table with a header that is known. `before`: the rows above the header."""

    def __init__(self, text: str, is_header: IsHeader) -> None:
        self._file = io.StringIO(text, newline="")
        self.length = len(text)
        for separator in _SEPARATORS:
            self._file.seek(0)
            self._rows = _reader(self._file, separator)
            self.before: list[list[str]] = []
            for row in islice(self._rows, _PREAMBLE):
                self.header = [name_of(cell) for cell in row]
                if is_header(self.header):
                    return
                self.before.append(row)
        raise NoTable

    def rows(self) -> Iterator[tuple[Cells, int]]:
        """Each row under the header by the names of its columns, and how far one has read; empty rows left out.

        Raises NoTable for what goes wrong on the way.
        """
        try:
            for row in self._rows:
                if any(row):
                    yield dict(zip(self.header, row, strict=False)), self._file.tell()
        except csv.Error:
            raise NoTable from None


def has_header(text: str, is_header: IsHeader) -> bool:
    """Whether such a header stands at the beginning of a text."""
    try:
        Table(text[: 1 << 16], is_header)
    except (NoTable, csv.Error):
        return False
    return True


def name_of(cell: str) -> str:
    """What a column is known by: no matter how a spreadsheet set its name."""
    return " ".join(cell.removeprefix("\ufeff").strip("'\"\ufeff").split()).casefold()


def _reader(file: io.StringIO, separator: str) -> "Iterator[list[str]]":
    csv.field_size_limit(_LONGEST_CELL)  # the module knows no other way
    return csv.reader(file, delimiter=separator)
