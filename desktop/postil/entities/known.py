"""Well-known names that the model missed."""

from postil.entities.passage import Passage
from postil.entities.span import Span


def mark_known(passage: Passage) -> None:
    """Mark every name of the lists that stands unmarked, and is no part of a longer name."""
    known = passage.gazetteer.names
    for name in known:
        for start, end in passage.occurrences.of(name):
            neighbours = passage.occurrences.neighbours(start, end)
            if neighbours.after or (neighbours.before and known[name] != "GPE"):
                continue
            passage.spans.widen(Span(start, end, known[name], ruled=True))
