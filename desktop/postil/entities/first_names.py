"""First names: "Melania Trump" is a person, whatever the model took her for in a headline."""

import re

from postil.entities.edges import ADDRESSED_BY
from postil.entities.heads import has_head
from postil.entities.occurrences import COMMON_OPENERS
from postil.entities.passage import Passage
from postil.entities.span import Span

MISTAKEN = frozenset({"ORG", "GPE", "PRODUCT"})
PLAIN = re.compile(
    r"[A-Z][\w’'-]+(?: [A-Z]\.?){0,2}(?: (?:van|von|der|den|de|del|della|di|da|bin|al|el|la|le))* [A-Z][\w’'-]+"
)


def trust_first_names(passage: Passage) -> None:
    """A first name with one other word is a person, unless that word says what else it is."""
    for span in passage.names():
        name = passage.name(span)
        if span.label not in MISTAKEN or not PLAIN.fullmatch(name) or name.isupper() or has_head(name):
            continue
        first, *_, last = name.split()
        if first in passage.gazetteer.first_names and not passage.gazetteer.knows(name) and not _is_word(passage, last):
            passage.relabel(span, "PERSON")


def mark_addressed(passage: Passage) -> None:
    """Whoever is called by a title is a person: "President Macron"."""
    for match in ADDRESSED_BY.finditer(passage.text):
        start, end = match.span("name")
        if not passage.gazetteer.knows(match["name"]) and match["name"] not in COMMON_OPENERS:
            passage.spans.add(Span(start, end, "PERSON", ruled=True))


def _is_word(passage: Passage, word: str) -> bool:
    """Whether a last word is no surname: a common word, a place, a people."""
    return passage.is_common(word) or passage.gazetteer.knows(word)
