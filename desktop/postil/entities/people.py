"""People are named in full once, then by surname: "Kaja Kallas ... Kallas said"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from postil.entities.edges import TITLE
from postil.entities.occurrences import COMMON_OPENERS
from postil.entities.passage import Passage
from postil.entities.span import Span

_PARTICLES = "von van der den de del della di da dos do du la le el al bin ibn ben ter ten zu zur af av"
PARTICLES = frozenset(_PARTICLES.split())
SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
SHORTEST = 3


def surname(full: str) -> str:
    """The surname of a full name, with its particles ("von der Leyen"); "" for a name of one word."""
    words = SUFFIX.sub("", full).split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return " ".join(words[at:]) if at > 0 else ""


def join_names(passage: Passage) -> None:
    """Make a person of two parts that the model took for two people: "Yoon Suk" "Yeol"."""
    for first, second in pairwise(span for span in passage.spans.list() if span.label == "PERSON"):
        beside = passage.text[first.end : second.start] == " "
        if beside and " " not in passage.name(second) and first in passage.spans.over(first.start, first.end):
            passage.spans.put(Span(first.start, second.end, "PERSON", ruled=True))


def adopt_surnames(passage: Passage) -> None:
    """A surname of somebody named in full is a person, and is marked wherever it stands alone."""
    surnames = {surname(full) for full in full_names(passage)}
    usable = {name for name in surnames if _is_usable(passage, name)}
    for span in passage.names():
        if span.label != "PERSON" and passage.name(span) in usable:
            passage.relabel(span, "PERSON")
    for name in sorted(usable):
        for span in _alone(passage, name):
            passage.spans.add(span)


def full_names(passage: Passage) -> list[str]:
    """Names of people in full, each once, in the order of their first mention."""
    people = (passage.name(span) for span in passage.names() if span.label == "PERSON")
    return [name for name in dict.fromkeys(people) if _is_full(name)]


def _is_full(name: str) -> bool:
    last = surname(name)
    return bool(last) and not name[0].islower() and not last.split()[-1][0].islower()


def _is_usable(passage: Passage, name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1]
    return len(last.rstrip(".")) >= SHORTEST and last not in COMMON_OPENERS and not passage.gazetteer.knows(name)


def _alone(passage: Passage, name: str) -> Iterator[Span]:
    """Where a surname stands without a longer name around it; a first name before it is taken in."""
    for start, end in passage.occurrences.of(name):
        before, after = passage.occurrences.neighbours(start, end)
        if after or passage.text[end : end + 1] == "-":
            continue
        first_name = len(before) + 1 if before and not TITLE.match(f"{before} X") else 0
        yield Span(start - first_name, end, "PERSON", ruled=True)
