"""What every document-level pass works on: one text, its spans, and what is known about the text as a whole."""

import re
from collections import Counter, defaultdict
from functools import cached_property

from postil.entities.gazetteer import Gazetteer, gazetteer
from postil.entities.labels import NAMES
from postil.entities.occurrences import Occurrences
from postil.entities.span import Span, SpanSet

NEAR = 200
SMALL_WORD = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]*")


class Passage:
    """A document on its way through the passes. `long_forms`: acronym -> the name it stands for."""

    def __init__(self, text: str, spans: "SpanSet | list[Span]", language: str = "en") -> None:
        self.text = text
        self.spans = SpanSet(spans)
        self.language = language.lower().partition("-")[0]
        self.long_forms: dict[str, str] = {}

    @cached_property
    def occurrences(self) -> Occurrences:
        """Where any name stands."""
        return Occurrences(self.text)

    @property
    def gazetteer(self) -> Gazetteer:
        """The lists of the text's language."""
        return gazetteer(self.language)

    def name(self, span: Span) -> str:
        """The text of a span, its blanks made one."""
        return " ".join(self.text[span.start : span.end].split())

    def names(self) -> list[Span]:
        """The spans that are proper names."""
        return [span for span in self.spans if span.label in NAMES]

    def votes(self) -> dict[str, Counter[str]]:
        """For each name, how often it was given which label."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for span in self.names():
            votes[self.name(span)][span.label] += 1
        return votes

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(SMALL_WORD.findall(self.text))

    def is_common(self, word: str) -> bool:
        """Whether the document also writes a word in small letters."""
        return word.lower() in self._small

    def relabel(self, span: Span, label: str) -> None:
        """Give a span of the set another label."""
        if span.label != label:
            self.spans.put(span._replace(label=label, ruled=True))

    def line_of(self, start: int, end: int) -> str:
        """The line that holds start..end; of a very long line only what is near."""
        before = self.text[max(0, start - NEAR) : start].rpartition("\n")[2]
        return before + self.text[start:end] + self.text[end : end + NEAR].partition("\n")[0]
