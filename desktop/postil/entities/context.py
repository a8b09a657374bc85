"""What the words beside a name say about it: "Belmarsh prison" is a place, "a WeWork spokesman" for no person."""

import re

from postil.entities.labels import NAMES, PLACES
from postil.entities.passage import Passage
from postil.entities.people import full_names
from postil.entities.span import Span

AREAS = "province|region|district|county|village|town|city|city centre|island|peninsula|valley|suburb|neighbou?rhood"
SITES = "prison|jail|airport|airbase|base|camp|stadium|hospital|cathedral|mosque|temple|border crossing"
BODIES = (
    "spokes(?:man|woman|person|people)|co-?founders?|founders?|chief executive|CEO|shareholders?|employees?|"
    "share(?:s| price)|subsidiary|headquarters|account|app|users?|newspaper|magazine|website|board|staff(?:ers)?"
)
AFTER = (
    ("GPE", re.compile(rf" (?:{AREAS})\b")),
    ("FAC", re.compile(rf" (?:{SITES})\b")),
    ("ORG", re.compile(rf"(?:['’]s)? (?:{BODIES})\b")),
)
BEFORE = (
    ("GPE", re.compile(r"\b(?:city|town|village|province|district|state|port|island|suburb|capital) of $")),
    ("GPE", re.compile(r"\b(?:capital,? |outskirts of |mayor of |residents of |people of |north of |south of )$")),
    (
        "ORG",
        re.compile(
            r"\b(?:compan(?:y|ies)|firm|start-?up|newspaper|magazine|journal|website|retailer|airline|carmaker|giant|"
            r"publisher|auction house|think[- ]tank|agency|broadcaster|charity|club|network|platform|app|chain) $"
        ),
    ),
)
AGE = re.compile(r", (?:1[4-9]|[2-9]\d)(?:,|\s[–—-]\s)")
"""Whoever has an age is a person."""

PLACED = re.compile(r"\b(?:in|between|near|from|at|to|of|and|outside|around|across) $")
DOUBTED = {
    "GPE": frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "DATE", "WORK_OF_ART"}),
    "FAC": frozenset({"PERSON", "NORP", "DATE"}),
    "ORG": frozenset({"PERSON", "GPE", "PRODUCT", "WORK_OF_ART"}),
}
"""For each label that a neighbour may give: the labels that it overrules, if the name is a single word."""

CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Du|Van|Fitz|O['’]|Al|El)[A-Z][a-z]+[A-Z][A-Za-z]*")
LONGEST = 20


def heed_context(passage: Passage) -> None:
    """Relabel single-word names whose neighbours, or whose own spelling, say that they are something else."""
    people = {word for full in full_names(passage) for word in full.split()}
    aged = {passage.name(span) for span in passage.names() if AGE.match(passage.text, span.end)}
    for span in list(passage.spans):
        name = passage.name(span)
        if span.label == "ORG" and name.split()[-1:] and name.split()[-1] in aged and name.count(" ") < 3:
            passage.relabel(span, "PERSON")
        elif " " in name or not name[:1].isupper() or name in people or passage.gazetteer.knows(name):
            continue
        label = _told(passage, span, name)
        if label and span.label in DOUBTED[label]:
            passage.relabel(span, label)


def _told(passage: Passage, span: Span, name: str) -> str | None:
    before = passage.text[max(0, span.start - LONGEST) : span.start]
    after = passage.text[span.end : span.end + LONGEST]
    usual = passage.gazetteer.usual.get(name)
    if usual == "ORG" and span.label in NAMES:
        return usual
    if usual == "GPE" and span.label not in PLACES and PLACED.search(before):
        return usual
    if span.label == "PERSON" and CAMEL.fullmatch(name):
        return "ORG"
    for label, pattern in AFTER:
        if pattern.match(after):
            return label if label != "ORG" or span.label == "PERSON" else None
    return next((label for label, pattern in BEFORE if pattern.search(before)), None)
