"""How well spans fit hand labels: exact precision, recall and F1, and whether a name is found every time.

Edges are trimmed on both sides alike (articles, possessives, quotes), since guidelines differ there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

LEADING = re.compile(r"^(?:the|a|an|The|A|An|THE)\s+|^[\s\"'“‘(]+")
TRAILING = re.compile(r"(?:['’]s|['’])$|[\s\"”’).,;:]+$")
ABBREVIATION = re.compile(r"(?:^|[\s.])[A-Za-z]{1,4}\.$")

type Labelled = tuple[int, int, str]

FOUR = {
    "person": "PER", "org": "ORG", "corporation": "ORG", "place": "LOC", "location": "LOC",
    "event": "MISC", "document": "MISC", "group": "MISC", "product": "MISC", "creative-work": "MISC",
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
    "NORP": "MISC", "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "LANGUAGE": "MISC",
    "PER": "PER", "MISC": "MISC",
}  # fmt: skip
"""The model's labels, our kinds and those of common corpora as the four of CoNLL."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without its article, possessive and quotes."""
    while True:
        part = text[start:end]
        leading, trailing = LEADING.match(part), TRAILING.search(part)
        if leading and leading.end() < len(part):
            start += leading.end()
        elif trailing and trailing.start() > 0 and not (part.endswith(".") and ABBREVIATION.search(part)):
            end = start + trailing.start()
        else:
            return start, end


def comparable(text: str, spans: Iterable[Labelled], labels: Mapping[str, str]) -> set[Labelled]:
    """The spans whose label counts, trimmed, under the common labels."""
    return {(*trimmed(text, start, end), labels[label]) for start, end, label in spans if label in labels}


@dataclass
class Score:
    """Counts over any number of documents."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    touched: int = 0
    meeting: int = 0
    repeated: int = 0
    sometimes: int = 0
    by_label: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0, 0]))

    def add(self, text: str, found: set[Labelled], wanted: set[Labelled]) -> None:
        """Count one document."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)
        hit, met = (
            {span for span in wanted if _touched(span, found)},
            {span for span in found if _touched(span, wanted)},
        )
        self.touched += len(hit)
        self.meeting += len(met)
        for index, spans in enumerate((found & wanted, found, wanted, hit, met)):
            for *_, label in spans:
                self.by_label[label][index] += 1
        self._repeats(text, {span[:2] for span in found}, wanted)

    def _repeats(self, text: str, found: set[tuple[int, int]], wanted: set[Labelled]) -> None:
        names: dict[str, list[Labelled]] = defaultdict(list)
        for span in wanted:
            names[text[span[0] : span[1]]].append(span)
        for spans in names.values():
            if len(spans) < 2 or len({label for *_, label in spans}) > 1:
                continue
            hits = sum(span[:2] in found for span in spans)
            self.repeated += 1
            self.sometimes += 0 < hits < len(spans)

    @property
    def sometimes_share(self) -> float:
        """Share of the repeated names that were found in some places and missed in others."""
        return self.sometimes / self.repeated if self.repeated else 0.0

    @property
    def overlapping(self) -> float:
        """F1 where a span counts that shares a code point and the label with one that was wanted."""
        return self.overlapping_prf[2]

    @property
    def overlapping_prf(self) -> tuple[float, float, float]:
        """Precision (found spans that meet a wanted one), recall (wanted ones that are met), F1."""
        return _loose(self.touched, self.meeting, self.found, self.wanted)

    @property
    def prf(self) -> tuple[float, float, float]:
        """Exact precision, recall, F1."""
        return _prf(self.right, self.found, self.wanted)

    def rows(self) -> Sequence[tuple[str, tuple[float, float, float], tuple[float, float, float], int]]:
        """Of each label precision, recall, F1, the same for overlapping spans, and how many were wanted."""
        return [
            (label, _prf(right, found, wanted), _loose(hit, met, found, wanted), wanted)
            for label, (right, found, wanted, hit, met) in sorted(self.by_label.items())
        ]


def _touched(span: Labelled, found: set[Labelled]) -> bool:
    start, end, label = span
    return any(other[0] < end and start < other[1] and other[2] == label for other in found)


def _loose(hit: int, met: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision, recall = met / found if found else 0.0, hit / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def _prf(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
