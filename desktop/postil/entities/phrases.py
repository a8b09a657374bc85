"""Names that their last word gives away: treaties and strategies, summits and games; and news agencies.

A name of this sort is a run of capitalised words ("Security and Defence Partnership", "16th India-EU Summit"). In a
heading every word has a capital: there a phrase counts only when it also stands in running text.
"""

import re
from collections.abc import Iterator

from postil.entities.headings import is_heading
from postil.entities.labels import NAMES
from postil.entities.occurrences import COMMON_OPENERS
from postil.entities.passage import Passage
from postil.entities.span import Span

DOCUMENT_HEADS = (
    "Agreement|Treaty|Pact|Partnerships?|Accords?|Convention|Act|Bill|Directive|Regulation|Compass|Charter|Declaration|"
    "Protocol|Resolution|Constitution|Memorandum|Framework|Roadmap|Agenda|Doctrine|Communiqu[eé]|Strategy|Law|Amendment|"
    "Ordinance|Manifesto|Covenant|Statute|White Paper"
)
EVENT_HEADS = (
    "Summit|Conference|Olympics|Olympic Games|Games|Cup|World Cup|Championships?|Festival|Forum|War|Revolution|Expo|"
    "Grand Prix|Exhibition|Biennale|Marathon|Open|Dialogue"
)
_WORD = r"(?>[A-Z][\w’'-]*|\d{1,2}(?:st|nd|rd|th)|\d{4})"
DOCUMENTS = re.compile(
    rf"(?<![\w-]){_WORD}(?:[ -](?:(?:and|of|on|for|the|&) )*{_WORD}){{0,6}}[ -](?:{DOCUMENT_HEADS})(?![\w-])"
)
EVENTS = re.compile(rf"(?<![\w-]){_WORD}(?:[ -](?:(?:and|of|&) )*{_WORD}){{0,5}} (?:{EVENT_HEADS})(?![\w-])")
MEETINGS = re.compile(r"\b(COP ?\d{1,2})\b")
HOLIDAYS = re.compile(r"(?<![\w-])\d{1,3}(?:st|nd|rd|th)(?: [A-Z][\w’'-]+){1,3} (?:Day|Anniversary)\b")
INNER = re.compile(r"(?:\S+ )*?\S+['’]s (?=\S)|.*? (?:of|on|for|and) the (?=\S)|[A-Z][a-z]+ the (?=\S)")
OF = re.compile(r".* of ")
WEAK = re.compile(r"(?:Law|Act|Bill|Open|Games|Agreement|Resolution|Regulation|Directive)$")
AGENCIES = re.compile(
    r"\((ANI|PTI|IANS|UNI|AP|AFP|Reuters|REUTERS|Xinhua|TASS|UPI|Bloomberg|dpa|DPA|EFE|ANSA|Kyodo|Yonhap|Interfax|AAP)\)"
)
OPENERS = (COMMON_OPENERS - {"New", "First"}) | {"the", "and", "of", "on", "for", "&"}
NETWORK = re.compile(
    r"\b(?:posted|wrote|said|shared|tweeted|announced|post|posts|account|handle)(?: \w+){0,3} on (X)\b(?! [A-Z])"
)


def mark_phrases(passage: Passage) -> None:
    """Mark documents and events by their heads, agencies in brackets, and X where one posts."""
    found = [
        *_phrases(passage, DOCUMENTS, "LAW"),
        *_phrases(passage, EVENTS, "EVENT"),
        *_phrases(passage, HOLIDAYS, "EVENT"),
    ]
    running = {passage.name(span) for span, heading in found if not heading}
    for span, heading in found:
        if passage.name(span) in running if heading else _fits(passage, span):
            passage.spans.put(span)
    for pattern, label in ((AGENCIES, "ORG"), (NETWORK, "ORG"), (MEETINGS, "EVENT")):
        for match in pattern.finditer(passage.text):
            passage.spans.put(Span(*match.span(1), label, ruled=True))


def _phrases(passage: Passage, pattern: re.Pattern[str], label: str) -> Iterator[tuple[Span, bool]]:
    for match in pattern.finditer(passage.text):
        heading = is_heading(passage.line_of(*match.span()))
        start = _start(passage.text, match.start(), match.end(), heading=heading)
        if " " in passage.text[start : match.end()] or "-" in passage.text[start : match.end()]:
            yield Span(start, match.end(), label, ruled=True), heading


def _start(text: str, start: int, end: int, *, heading: bool) -> int:
    """Where the name proper begins: after possessives, "of the", and words that only open the sentence."""
    while True:
        phrase = text[start:end]
        inner = INNER.match(phrase) or (OF.match(phrase) if heading else None)
        first, _, rest = phrase.partition(" ")
        if inner and inner.end() < len(phrase):
            start += inner.end()
        elif rest and first in OPENERS:
            start += len(first) + 1
        else:
            return start


def _fits(passage: Passage, span: Span) -> bool:
    """Whether the model found nothing there that says otherwise."""
    first, *rest = passage.name(span).split()
    if len(rest) == 1 and WEAK.search(rest[0]) and passage.is_common(first):
        return False  # "Trade Agreement" where the text also speaks of trade
    for other in passage.spans.over(span.start, span.end):
        if other.label in NAMES and (other.start < span.start or other.end > span.end):
            return False
        if other.label == "PERSON" and other.start == span.start:
            return False
    return True
