"""Finding words in the text, whatever their case."""

from postil.view.page.marks import Interval

MOST = 50_000
"""Hits beyond this many are not counted: nobody steps through them."""


class TextFinder:
    """Searches one text, letter for letter but for case; keeps its lower-case form for the next keystroke."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower: str | None = None

    def find(self, words: str) -> list[Interval]:
        """Every place of `words`, in order, none overlapping."""
        if not words:
            return []
        if self._lower is None:
            self._lower = _lower(self._text)
        wanted = _lower(words)
        hits: list[Interval] = []
        at = self._lower.find(wanted)
        while at >= 0 and len(hits) < MOST:
            hits.append((at, at + len(wanted)))
            at = self._lower.find(wanted, at + len(wanted))
        return hits


def _lower(text: str) -> str:
    """Lower case of the same length: the few letters that would become two stay as they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
