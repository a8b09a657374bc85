"""Spans that running text speaks against."""

import re
from collections import Counter

from postil.entities.labels import PLACES
from postil.entities.passage import Passage
from postil.entities.people import full_names, surname
from postil.entities.span import Span

OBJECT = re.compile(r" (?:it|them|your|this|these)\b")
SENTENCE_END = re.compile(r"(?:^|[.!?:\n]) ?$")
VAGUE = re.compile(
    r"(?:(?:the|those|these|many|some|such|all) )?(?:years|months|weeks|days|hours|decades|centuries)|"
    r"the (?:day|night|year|time|season|hour|moment|holidays)",
    re.IGNORECASE,
)
VERB = re.compile(r"(?:Will|May|Can|Could|Would|Should|Did|Does|Has|Is|Was) (?=[A-Z])")
"""What opens a question about somebody: "Will Warren go?"."""

AGE = re.compile(r"\d{1,3}")
NO_PLACE = frozenset({"ORG", "PERSON", "PRODUCT"})
LISTED = PLACES | NO_PLACE | {"NORP"}
"""Labels that the lists overrule; what the model takes for a treaty or an event is left alone."""


def doubt_spans(passage: Passage) -> None:
    """Mend or drop what cannot be meant: commands, vague times, names with an office's field, places as people."""
    whole = Counter(passage.name(span) for span in passage.names())
    surnames = {surname(full) for full in full_names(passage) if not VERB.match(full)}
    for span in list(passage.spans):
        name = passage.name(span)
        if _is_command(passage, span) or _is_thing(passage, span) or (span.label == "DATE" and VAGUE.fullmatch(name)):
            passage.spans.remove(span)
            continue
        if span.label == "DATE" and AGE.fullmatch(name):
            passage.relabel(span, "CARDINAL")
            continue
        if span.label == "PERSON" and (verb := VERB.match(name)) and name[verb.end() :] in surnames:
            passage.spans.put(span._replace(start=span.start + verb.end(), ruled=True))
            continue
        core, _, field = name.partition(" for ")
        if span.label == "ORG" and field and " " in core and whole[core] > 1 and whole[name] == 1:
            passage.spans.put(span._replace(end=span.start + len(core), ruled=True))
            continue
        listed = passage.gazetteer.names.get(name)
        if listed and (span.label in _doubted_by(listed)):
            passage.relabel(span, listed)


def _doubted_by(listed: str) -> frozenset[str]:
    """The labels that a listed name cannot have."""
    if listed == "NORP":
        return NO_PLACE | PLACES
    return NO_PLACE | {"NORP", "DATE", "WORK_OF_ART"} if listed in PLACES else LISTED


def _is_thing(passage: Passage, span: Span) -> bool:
    """Whether a word with an article is no name: "The Bill" of a text that also writes "a bill"."""
    name = passage.name(span)
    articled = passage.text[max(0, span.start - 4) : span.start].lower() == "the "
    return span.label == "PERSON" and articled and " " not in name and passage.is_common(name)


def _is_command(passage: Passage, span: Span) -> bool:
    """Whether a single word opens a sentence and has an object: "Mark it" is no Mark."""
    return (
        span.label == "PERSON"
        and " " not in passage.name(span)
        and OBJECT.match(passage.text, span.end) is not None
        and SENTENCE_END.search(passage.text[max(0, span.start - 2) : span.start]) is not None
        and passage.occurrences.count(passage.name(span)) == 1
    )
