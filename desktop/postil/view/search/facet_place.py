"""Where the facets are: beside the results where there is room, else above them if the reader wants them."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QBoxLayout

from postil.view.search.facet_list import FacetList

WIDE = 600
"""From so many pixels on, the facets stand beside the results."""
FACETS = 200
LOWEST = 120
ANY = 10_000


class FacetPlace:
    """Gives the facets their place in a layout that holds them and, after them, the results.

    What the reader wants is remembered apart for wide and for narrow results. `button`: shows what is wanted.
    """

    def __init__(self, facets: FacetList, layout: QBoxLayout, button: QAbstractButton) -> None:
        self._facets, self._layout, self._button = facets, layout, button
        self._wanted = {True: True, False: False}  # by whether the results are wide

    def want(self, size: QSize, *, on: bool) -> None:
        """Have the facets in view, or out of it, in results of this size."""
        self._wanted[size.width() >= WIDE] = on
        self.fill(size)

    def fill(self, size: QSize) -> None:
        """Fit the facets into results of this size."""
        wide, there = size.width() >= WIDE, bool(self._facets.lines.lines)
        shown = self._wanted[wide] and there
        self._button.setEnabled(there)
        self._button.setChecked(shown)
        self._facets.setVisible(shown)
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._facets.setMaximumSize(FACETS if wide else ANY, ANY if wide else max(LOWEST, size.height() * 2 // 5))
        self._facets.setMinimumWidth(FACETS if wide else 0)
