"""Headings in Title Case, where a capital says nothing: "Details of Practical Cooperation" names nobody."""

import re

from postil.entities.labels import PLACES
from postil.entities.passage import Passage

TITLE_CASE = 0.75
"""Share of the longer words that begin with a capital, from which on a line is set in Title Case."""

WORD = re.compile(r"[^\W\d_][\w'’-]*")
TELLING = re.compile(
    r"\b(?:Its|Their|His|Her|Our|Your|My|Who|What|Why|How|When|Is|Are|Was|Were|Has|Have|Had|Will|Would|Can|May|Must|"
    r"Says|Said|Finds?|Moves?|Gets?|Makes?|Takes?|Gives?|Wants?|Signs?|Meets?|Calls?|Wins?|Loses?|Seeks?|Plans?|"
    r"Returns?|Becomes?|Details|Again)\b"
)
"""Words of a sentence, which a name of somebody or something does not hold."""


def is_heading(line: str) -> bool:
    """Whether a line is set in Title Case, as headings are."""
    line = line.strip()
    words = [word for word in WORD.findall(line) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(line) < 160 and not line.endswith((".", "!", "?", '"', "”")) and capitals >= TITLE_CASE * len(words)


def doubt_headings(passage: Passage) -> None:
    """Drop what only a heading's capitals make a name of.

    That is a run of words that stands nowhere else in the document and either is a piece of a sentence or has all its
    words in small letters in the running text.
    """
    for span in passage.names():
        name = passage.name(span)
        if span.label in PLACES or not is_heading(passage.line_of(span.start, span.end)):
            continue
        if sum(1 for _ in passage.occurrences.of(name)) > 1:
            continue
        if TELLING.search(name) or all(passage.is_common(word) for word in WORD.findall(name)):
            passage.spans.remove(span)
