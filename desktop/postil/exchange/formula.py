"""Cells that a spreadsheet would run as a formula, made safe, and back again without loss.

Excel, LibreOffice and their kin run a cell of a CSV file that starts with `=`, `+`, `-` or `@`, also in full width and
after blanks. A leading apostrophe keeps such a cell text. A cell that already reads like a guarded one is guarded once
more, so that `unguard` is the exact inverse of `guard` for every text.
"""

from unicodedata import category

_TRIGGERS = frozenset("=+-@＝＋－＠")
_BREAKS = ("\t", "\r", "\n")
_GUARD = "'"


def guard(cell: str) -> str:
    """The cell as it may be shown to a spreadsheet."""
    return _GUARD + cell if _needs_guard(cell) else cell


def unguard(cell: str) -> str:
    """The cell that `guard` was given."""
    return cell[1:] if cell.startswith(_GUARD) and _needs_guard(cell[1:]) else cell


def _needs_guard(cell: str) -> bool:
    if not cell or cell[0].isalnum():
        return False
    return _starts_formula(cell.lstrip(_GUARD))


def _starts_formula(cell: str) -> bool:
    if cell.startswith(_BREAKS):
        return True
    first = next((character for character in cell if not _is_invisible(character)), "")
    return first in _TRIGGERS


def _is_invisible(character: str) -> bool:
    """Blanks of every width, byte order marks, joiners and controls: what spreadsheets skip, and more."""
    return category(character)[0] in "ZC"
