"""Organisations are named in full once, then by their first word: "Halden Semiconductor ... Halden said"."""

from collections import defaultdict

from postil.entities.occurrences import COMMON_OPENERS
from postil.entities.passage import Passage

SHORTEST = 3


def short_names(passage: Passage) -> dict[str, str]:
    """First words that one organisation's full name begins with, and nobody's else, with that name."""
    fulls: dict[str, set[str]] = defaultdict(set)
    for span in passage.names():
        words = passage.name(span).split()
        if len(words) > 1:
            fulls[words[0]].add(passage.name(span) if span.label == "ORG" else "")
    return {
        first: max(names)
        for first, names in fulls.items()
        if len(names) == 1 and max(names) and _is_usable(passage, first)
    }


def _is_usable(passage: Passage, word: str) -> bool:
    return (
        len(word) >= SHORTEST
        and word[0].isupper()
        and not word.isupper()
        and word not in COMMON_OPENERS
        and not passage.is_common(word)
        and not passage.gazetteer.knows(word)
    )
