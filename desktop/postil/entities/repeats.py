"""A name that was found once is marked wherever it stands."""

from collections import Counter

from postil.entities.labels import PLACES
from postil.entities.majority import CLEAR
from postil.entities.occurrences import COMMON_OPENERS
from postil.entities.passage import Passage
from postil.entities.span import Span

TRUSTED = 0.5
"""Share of a single word's occurrences that the model must have marked before the others follow, or two of them."""


def mark_repeats(passage: Passage) -> None:
    """Mark the other occurrences of every name; names of several words also in place of a part of them."""
    found = [
        (name, given.most_common(1)[0][0]) for name, given in passage.votes().items() if _is_sure(passage, name, given)
    ]
    found.sort(key=lambda each: (-len(each[0]), each))
    for name, label in found:
        several = " " in name
        for start, end in passage.occurrences.of(name):
            if several and label in PLACES and passage.occurrences.neighbours(start, end).after:
                continue  # "West Jersey Railroad" is no part of West Jersey
            if several:
                passage.spans.widen(Span(start, end, label, ruled=True))
            elif _stands_alone(passage, name, label, start, end):
                passage.spans.add(Span(start, end, label, ruled=True))


def _is_sure(passage: Passage, name: str, given: Counter[str]) -> bool:
    if name[0].islower() or name in COMMON_OPENERS or len(name) < 2:
        return False
    if " " in name:
        return True
    if len(name) < 3 and not name.isupper():
        return False
    count = given.most_common(1)[0][1]
    return count / given.total() >= CLEAR and (count >= 2 or count >= TRUSTED * passage.occurrences.count(name))


def _stands_alone(passage: Passage, name: str, label: str, start: int, end: int) -> bool:
    """A single word beside another capitalised one is part of a longer name, unless it is a state or an acronym."""
    if name.isupper():
        return True
    before, after = passage.occurrences.neighbours(start, end)
    return not after and (label == "GPE" or not before)
