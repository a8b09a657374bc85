"""The rows of the import sheet: the documents that a file is about, and what becomes of each annotation."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from postil.exchange.importing import telling
from postil.exchange.importing.matching import Fate, Match, differences
from postil.view.dialogs.two_lines import Line

if TYPE_CHECKING:
    from postil.exchange.importing.incoming import Incoming
    from postil.exchange.importing.plan import Group

MOST = 1_000
"""Rows shown of one document; who imports more looks at some."""

_LONG = 300
_LOST, _NEW, _CHANGED, _KNOWN, _LEFT = range(5)
_SIGNS = {_LOST: "warning", _NEW: "add", _CHANGED: "edit", _KNOWN: "check", _LEFT: "minus"}


def documents(groups: "Sequence[Group]") -> list[Line]:
    """A row for each document, by its number among them; first those that the reader may want to see to."""
    lines = [
        Line(
            number,
            _shown(group.info.title if group.info else group.source.name),
            telling.of_group(group),
            "document" if group.info else "warning",
        )
        for number, group in enumerate(groups)
    ]
    return sorted(lines, key=lambda line: line.sign != "warning")


def annotations(group: "Group") -> list[Line]:
    """A row for each annotation of a document: first what the reader may want to see to."""
    if group.left:
        lines = [_line(number, one, _LEFT, "left out") for number, one in enumerate(group.left[:MOST])]
        return [*lines, *_rest(len(group.left))]
    ranked = sorted(group.matches, key=_rank)[:MOST]
    lines = [_line(number, one.placed.said, _rank(one), _fate(one)) for number, one in enumerate(ranked)]
    return [*lines, *_rest(len(group.matches))]


def _rank(one: Match) -> int:
    if one.lost:
        return _LOST
    return {Fate.NEW: _NEW, Fate.CHANGED: _CHANGED}.get(one.fate, _KNOWN)


def _fate(one: Match) -> str:
    if one.lost:
        return "passage not found: kept as a lost note"
    if one.fate is Fate.CHANGED and one.known is not None:
        return f"in the library, with another {' and '.join(differences(one.placed.said, one.known))}"
    return {Fate.NEW: "new", Fate.TWICE: "in the file twice"}.get(one.fate, "in the library already")


def _line(number: int, said: "Incoming", rank: int, fate: str) -> Line:
    quote, note = _shown(said.quote), _shown(said.note or "")
    about = "" if quote else "on the document as a whole"
    tags = ", ".join((said.tags or ())[:8])
    detail = " · ".join(filter(None, (fate, about, note if quote else "", tags)))
    return Line(number, quote or note or "(no words)", detail, _SIGNS[rank])


def _rest(count: int) -> Iterator[Line]:
    if count > MOST:
        yield Line("rest", f"and {count - MOST:,} more", "only the first ones are shown here")


def _shown(text: str) -> str:
    line = " ".join(text[: 2 * _LONG].split())
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"
