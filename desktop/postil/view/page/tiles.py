"""Very long blocks are decorated piece by piece: where the pieces begin that are in view."""

from bisect import bisect_right

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock

from postil.anchors.offsets import Utf16

TILE = 4_000
"""Characters decorated at once of a block that is longer than a few screens."""


def tiles(length: int, laid: QTextBlock, units: Utf16, view: QRectF) -> range:
    """Where the tiles begin of a block of so many characters that `view` touches, in the block's coordinates."""
    if length <= 2 * TILE:
        return range(1)
    layout = laid.layout()
    lines = range(layout.lineCount())
    first = bisect_right(lines, view.top(), key=lambda n: layout.lineAt(n).y()) - 2
    last = bisect_right(lines, view.bottom(), key=lambda n: layout.lineAt(n).y())
    low, high = (layout.lineAt(min(max(0, n), len(lines) - 1)) for n in (first, last))
    end = units.to_code_points(high.textStart() + high.textLength())
    most = -(-length // TILE) - 2  # the last one takes the rest
    low_tile = min(most, units.to_code_points(low.textStart()) // TILE)
    return range(low_tile * TILE, (min(most, end // TILE) + 1) * TILE, TILE)


def end_of_tile(since: int, length: int) -> int:
    """Where a tile ends that begins at a character of a block."""
    return since + TILE if length - since > 2 * TILE else length
