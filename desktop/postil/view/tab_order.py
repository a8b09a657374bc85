"""Where Tab leads: through whatever is in view, in the order in which one reads it.

Qt's own order is that in which the parts were made, and some are made late. This one is found by the layouts each time,
so that it holds for what came since.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QSplitter,
    QTabWidget,
    QWidget,
)


def step(panes: Iterable[QWidget], *, forward: bool) -> bool:
    """Put the keyboard into the next or previous part; `panes`: what to go through. False: there is nowhere to go."""
    order = list(dict.fromkeys(part for pane in panes for part in _within(pane)))
    here = QApplication.focusWidget()
    at = order.index(here) if here in order else -1 if forward else len(order)
    ways = order[at + 1 :] + order[: max(at, 0)] if forward else order[:at][::-1] + order[at + 1 :][::-1]
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    for part in ways:
        if takes_keys(part):
            part.setFocus(reason)
            return True
    return False


def takes_keys(part: QWidget) -> bool:
    """Whether Tab stops at a part."""
    return bool(part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None)


def _within(part: QWidget) -> Iterator[QWidget]:
    """A part in view and all that is in it, in the order of reading."""
    if not part.isVisible():
        return
    yield part
    if isinstance(part, QComboBox | QAbstractSpinBox):
        return  # what is in them is theirs
    first = list(_laid_out(part))
    others = (child for child in part.children() if isinstance(child, QWidget) and not child.isWindow())
    for child in dict.fromkeys((*first, *others)):
        yield from _within(child)


def _laid_out(part: QWidget) -> Iterator[QWidget]:
    if isinstance(part, QTabWidget):
        yield part.tabBar()
    elif isinstance(part, QSplitter):
        yield from filter(None, map(part.widget, range(part.count())))
    elif (layout := part.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    numbers: Iterable[int] = range(layout.count())
    if isinstance(layout, QGridLayout):
        numbers = sorted(numbers, key=lambda number: cast("tuple[int, ...]", layout.getItemPosition(number)))
    for item in map(layout.itemAt, numbers):
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inner is not None:
            yield from _in_layout(inner)
        elif widget is not None:
            yield widget
