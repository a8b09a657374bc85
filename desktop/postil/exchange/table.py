"""What every table format takes: names of columns, and rows that come one by one."""

from collections.abc import Iterable
from dataclasses import dataclass

type Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text. `rows` may be a generator: it can be walked once, and is never held whole."""

    header: Row
    rows: Iterable[Row]
