"""What the table of names shows of all there are, and in which order: pure, done off the UI thread where they are many.

Nothing here holds the interpreter for long: a single sort of a hundred thousand rows would stop the window meanwhile,
so pieces are sorted and merged.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import merge
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from postil_db.index.fold import fold
from postil_db.records import EntityKind, Origin
from postil_db.records.entity_list import ListedEntity

type Named = tuple[EntityKind, str]
type Sort = tuple["Column", bool]
"""A column, and whether the largest comes first."""

_PIECE = 2_000
_KINDS = {kind: at for at, kind in enumerate(EntityKind)}
_ORIGINS = {Origin.MODEL: 0, Origin.RULE: 1, Origin.YOU: 2}


class Column(StrEnum):
    """What there is to know of a name, in the order of the table."""

    NAME = "name"
    KIND = "kind"
    ALIASES = "aliases"
    MENTIONS = "mentions"
    DOCUMENTS = "documents"
    FIRST = "first"
    LAST = "last"
    ORIGIN = "origin"
    WRITTEN = "written"


COLUMNS = tuple(Column)
LARGEST_FIRST = frozenset(COLUMNS) - {Column.NAME, Column.KIND, Column.FIRST}
"""What one wants to see the most of when one sorts by it."""
USUAL: tuple[Sort, ...] = ((Column.MENTIONS, True),)
_SORTS = 3


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which names, and in which order.

    `words` are found in any form of a name, `kind` and `origin` are let through alone (None: all of them); `written`:
    only what carries a note or a tag; `new`: only what is new to the reader; without `quantities`, numbers are left
    out unless they are the kind. `sorts`: the first one counts, each further one where all before it are alike.
    """

    words: str = ""
    kind: EntityKind | None = None
    origin: Origin | None = None
    written: bool = False
    new: bool = False
    sorts: tuple[Sort, ...] = USUAL
    quantities: bool = True

    @property
    def filtered(self) -> bool:
        """Whether it leaves anything out."""
        left_out = self.kind or self.origin or self.written or self.new or not self.quantities
        return bool(self.words.strip() or left_out)


@dataclass(frozen=True, slots=True)
class Listing:
    """Every name of a document, or (None) of the library.

    `names`, `texts`: each row's name, and its name with all other forms, as they are compared. `became`: what some
    names are called now, of those that were asked for.
    """

    document: int | None
    rows: Sequence[ListedEntity]
    names: Sequence[str]
    texts: Sequence[str]
    became: Mapping[Named, Named] = MappingProxyType({})
    sorted: dict[tuple[Sort, ...], list[int]] = field(default_factory=dict)  # orders already found out


@dataclass(frozen=True, slots=True)
class Shown:
    """The names that are shown: `places` in the listing's rows.

    `ids`: of each row; `rows`: where each of them stands. `index`: what names are compared as, one a line, each with a
    line's end before it; `starts`: where each line begins.
    """

    listing: Listing
    arrangement: Arrangement
    places: Sequence[int]
    ids: list[int]
    rows: Mapping[int, int]
    index: str
    starts: Sequence[int]


def listing(
    document: int | None, rows: Sequence[ListedEntity], became: Mapping[Named, Named] = MappingProxyType({})
) -> Listing:
    """Make rows ready to be looked through."""
    if rows and all(row.new for row in rows):  # in the first document of all, everything is new: no news
        rows = [row._replace(new=False) for row in rows]
    names = [_plain(row.name) for row in rows]
    texts = [
        "\n".join((name, *map(_plain, row.aliases))) if row.aliases else name
        for row, name in zip(rows, names, strict=True)
    ]
    return Listing(document, rows, names, texts, became)


def arrange(listed: Listing, wanted: Arrangement) -> list[int]:
    """The places, in `rows`, of the names to show, in their order."""
    order = _sorted(listed, wanted.sorts)
    if not wanted.filtered:
        return order
    words = _plain(wanted.words).split()
    rows, texts = listed.rows, listed.texts
    if len(words) == 1:
        order = [at for at in order if words[0] in texts[at]]
    elif words:
        order = [at for at in order if all(word in texts[at] for word in words)]
    if wanted.kind is not None:
        order = [at for at in order if rows[at].kind is wanted.kind]
    elif not wanted.quantities:
        order = [at for at in order if rows[at].kind is not EntityKind.QUANTITY]
    if wanted.origin is not None:
        order = [at for at in order if rows[at].origin is wanted.origin]
    if wanted.written:
        order = [at for at in order if rows[at].note or rows[at].tags]
    if wanted.new:
        order = [at for at in order if rows[at].new]
    return order


def shown(listed: Listing, wanted: Arrangement) -> Shown:
    """Arrange names, ready to be found by their beginnings."""
    places = arrange(listed, wanted)
    names = [listed.names[at] for at in places]
    starts = list(accumulate((len(name) + 1 for name in names), initial=0))
    ids = [listed.rows[at].id for at in places]
    rows = {number: row for row, number in enumerate(ids)}
    return Shown(listed, wanted, places, ids, rows, "\n" + "\n".join(names), starts)


def begins(sight: Shown, typed: str, start: int) -> int:
    """The row, from `start` on and around, whose name begins so, or else has a word that does; -1 for none."""
    wanted = _plain(typed)
    for before in ("\n", " "):
        here = sight.starts[start] if start < len(sight.places) else 0
        found = sight.index.find(before + wanted, here)
        found = sight.index.find(before + wanted) if found < 0 else found
        if found >= 0:
            return bisect_right(sight.starts, found) - 1
    return -1


def after_click(sorts: tuple[Sort, ...], column: Column) -> tuple[Sort, ...]:
    """How to sort once a column's head was clicked: the same one turns round, another one comes before."""
    if sorts and sorts[0][0] is column:
        return (column, not sorts[0][1]), *sorts[1:]
    rest = [one for one in sorts if one[0] is not column]
    return ((column, column in LARGEST_FIRST), *rest)[:_SORTS]


def _plain(text: str) -> str:
    """A name as it is compared: the parts of "Jean-Luc" are words, too."""
    return " ".join(fold(text).replace("-", " ").split())


def _sorted(listed: Listing, sorts: tuple[Sort, ...]) -> list[int]:
    known = listed.sorted.get(sorts)
    if known is None:
        known = list(range(len(listed.rows)))
        # Where nothing else tells two apart, the one named more often comes first, then the one before in the alphabet.
        passes = {Column.MENTIONS: True, Column.NAME: False} | dict(reversed(sorts))
        order = [*(column for column, _largest in sorts), *(one for one in passes if one not in dict(sorts))]
        for column, largest in ((one, passes[one]) for one in reversed(order)):
            known = _gently(known, _KEYS[column](listed), largest=largest)
        listed.sorted.clear()  # one order is enough to type along with
        listed.sorted[sorts] = known
    return known


def _gently(places: list[int], key: Callable[[int], Any], *, largest: bool) -> list[int]:
    """Sort as `sorted` does, stably, and let others have their turn."""
    pieces = [sorted(places[at : at + _PIECE], key=key, reverse=largest) for at in range(0, len(places), _PIECE)]
    return pieces[0] if len(pieces) == 1 else list(merge(*pieces, key=key, reverse=largest))


_KEYS: Mapping[Column, Callable[[Listing], Callable[[int], Any]]] = {
    Column.NAME: lambda listed: listed.names.__getitem__,
    Column.KIND: lambda listed: lambda at: _KINDS[listed.rows[at].kind],
    Column.ALIASES: lambda listed: lambda at: len(listed.rows[at].aliases),
    Column.MENTIONS: lambda listed: lambda at: listed.rows[at].mentions,
    Column.DOCUMENTS: lambda listed: lambda at: listed.rows[at].documents,
    Column.FIRST: lambda listed: lambda at: listed.rows[at].first_seen,
    Column.LAST: lambda listed: lambda at: listed.rows[at].last_seen,
    Column.ORIGIN: lambda listed: lambda at: _ORIGINS[listed.rows[at].origin],
    Column.WRITTEN: lambda listed: lambda at: (bool(listed.rows[at].note), len(listed.rows[at].tags)),
}


def words_of(sorts: Iterable[Sort]) -> tuple[str, ...]:
    """How to sort, as the settings keep it."""
    return tuple(f"{column}:{'down' if largest else 'up'}" for column, largest in sorts)


def sorts_of(words: Iterable[str]) -> tuple[Sort, ...]:
    """How to sort, as the settings kept it; what is none is left out."""
    parts = [word.partition(":") for word in words]
    known = {column.value: column for column in COLUMNS}
    return tuple((known[name], way == "down") for name, _colon, way in parts if name in known)[:_SORTS] or USUAL
