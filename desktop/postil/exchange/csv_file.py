"""CSV as everyone's spreadsheet reads it: UTF-8 with a byte order mark, CRLF, RFC 4180, formulas made safe.

Every cell under the header is quoted, so that blanks at its ends and line breaks survive any reader.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from postil.exchange.errors import cannot_write
from postil.exchange.formula import guard, unguard
from postil.exchange.safe_file import written_whole
from postil.exchange.table import Row, Table

_BOM = "\ufeff"
_ROWS_AT_ONCE = 500


def write(target: Path | TextIO, header: Row, rows: Iterable[Row], *, guarded: bool = True) -> int:
    """Write a table to a file, which is replaced only when the new one is whole, or to an open stream.

    `guarded`: cells that a spreadsheet would run as formulas are made safe. Returns the number of rows under the
    header; raises CannotWrite.
    """
    if not isinstance(target, Path):
        return _stream(target, header, rows, guarded=guarded)
    with written_whole(target) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        count = _pour(text, header, rows, guarded=guarded)
        text.flush()
        text.detach()
    return count


def preview(header: Row, rows: Iterable[Row], limit: int = 10) -> Table:
    """The first rows as they would be written, for a look before the export."""
    return Table(header, tuple(tuple(map(guard, row)) for row in islice(rows, limit)))


def read(file: TextIO) -> Iterator[Row]:
    """The rows that `write` was given, header first, out of a stream opened with `newline=""`."""
    rows = csv.reader(file)
    for number, row in enumerate(rows):
        if number == 0 and row:
            row[0] = row[0].removeprefix(_BOM)
        yield tuple(map(unguard, row))


def _stream(out: TextIO, header: Row, rows: Iterable[Row], *, guarded: bool) -> int:
    try:
        count = _pour(out, header, rows, guarded=guarded)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(Path("standard output"), error) from error
    return count


def _pour(out: TextIO, header: Row, rows: Iterable[Row], *, guarded: bool) -> int:
    out.write(_BOM)
    csv.writer(out).writerow(header)
    quoting = csv.writer(out, quoting=csv.QUOTE_ALL)
    count, source = 0, iter(rows)
    while some := list(islice(source, _ROWS_AT_ONCE)):
        quoting.writerows(tuple(map(guard, row)) if guarded else row for row in some)
        count += len(some)
    return count
