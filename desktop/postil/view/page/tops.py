"""Where passages stand in the view, for whatever is shown beside the page."""

from collections.abc import Sequence

from postil.view.page.scrolling import ScrollingText


def tops(text: ScrollingText, offsets: Sequence[int]) -> list[float | None]:
    """The y, in the viewport, of the line that holds each offset; None for what is not laid out now."""
    y = text.verticalScrollBar().value()
    return [text.line_y(offset) - y if text.holds(offset) else None for offset in offsets]
