"""The second reading: what the whole document says about the names that the model met one paragraph at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from postil.entities.labels import kind_of
from postil.entities.span import Span, SpanSet
from postil_db.records import Origin


class Named(NamedTuple):
    """A refined mention, as it travels to the parent process."""

    start: int
    end: int
    kind: str
    name: str
    origin: str


class Refining:
    """One document's spans on their way through the passes."""

    def __init__(self, text: str, spans: list[Span], language: str) -> None:
        self._text = text
        self._language = language
        self._spans = SpanSet(spans)

    def stages(self) -> Iterator[str]:
        """Run the passes one after the other; yields the name of each that is done."""
        yield "none"

    def mentions(self) -> list[Named]:
        """The refined mentions in text order, each with the fullest name of its entity."""
        return [
            Named(
                span.start,
                span.end,
                kind_of(span.label),
                self._text[span.start : span.end],
                Origin.RULE if span.ruled else Origin.MODEL,
            )
            for span in self._spans
        ]
