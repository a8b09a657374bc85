"""Clean edges: a mark covers the name, and neither its article, its quotes, its possessive nor a title."""

import re
from collections.abc import Iterable, Iterator

from postil.entities.labels import NAMES, PLACES
from postil.entities.span import Span, SpanSet

OFFICES = (
    "Defen[cs]e|Foreign|Finance|Interior|Home|Prime|Health|Trade|Energy|Justice|External Affairs|Deputy|Vice|Chief|"
    "Education|Labou?r|Agriculture|Environment|Transport|Economy|Commerce|Culture|Housing|Industry|State"
)
TITLES = (
    "Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Lord|Lady|Dame|Gen|Col|Lt|Sgt|Capt|Cmdr|Sen|Rep|Gov|President|Vice[- ]President|"
    "Prime Minister|Minister|Secretary|Chancellor|Premier|Commissioner|Queen|Prince|Princess|Pope|Judge|Justice|"
    "Senator|Congressman|Congresswoman|Ambassador|General|Colonel|Major|Captain|Admiral|Governor|Mayor|Shri|Smt|"
    "Raksha Mantri|PM|CM"
)
RANKS = "Brigadier|Lieutenant|Major|Rear|Vice|Deputy|Acting|Former|Chief|Associate|Assistant|Union"
LEADING = re.compile(r"^(?:[\s\"'“”‘’(\[,;:&/–—-]+|(?:the|an?)\s+(?=\S)|(?:non|pro|anti|ex)-(?=[A-Z]))", re.IGNORECASE)
TRAILING = re.compile(
    r"(?:['’]s|['’])$|[\s\"”“’)\],;:&/–—-]+$|\s+(?:to|of|in|for|and|the|an?|on|by|with|from|at|as|or|is|said)$"
)
TITLE = re.compile(rf"^(?:(?:{OFFICES}|{RANKS})\s+)*(?:{TITLES})\b\.?\s+(?=[A-Z])")
ADDRESSED = re.compile(
    rf"^(?:(?:{OFFICES})\s+)*(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|President|Prime Minister|Minister|PM|CM|"
    r"Senator|Chancellor|Ambassador|Brigadier General|Lieutenant General|Admiral|Shri|Smt|Raksha Mantri)\b\.?\s+"
    r"(?=[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){0,2}$)"
)
"""A title before what can only be somebody's name, whatever the model took it for."""

HELD = re.compile(
    rf"(?:['’]s)?\s+(?:High Representative|(?:Vice[- ])?President|(?:(?:{OFFICES}) )*(?:Minister|Secretary)|Chancellor|"
    r"Commissioner|Ambassador|Chair(?:man|woman)?|(?:Majority |Minority )?Leader|CEO|Chief Executive|Governor|"
    r"Spokes(?:man|woman|person)|Envoy|Director(?: General)?)$"
)
"""An office after the name of what it is held in ("European Union High Representative")."""

OFFICE = re.compile(rf"^(?:{OFFICES})$")
HOLDER = re.compile(r"^\s+(?:and \w+ )?(?:Minister|Secretar(?:y|ies)|Attach|Spokes)")
NO_NAME = re.compile(
    r"^(?:State Visit|(?:Major|Brigadier|Lieutenant) General|"
    r"(?:Joint |Press )?(?:Statement|Release|Conference|Note|Briefing)|Chief Guest|Guests? of Honou?r|"
    r"(?:Prime |Foreign |Defen[cs]e )?Ministers?|Secretary|President|Chairman|Chair|Chancellor|Ambassador)$"
)
MISTAKEN = frozenset({"ORG", "GPE", "LOC", "NORP", "PRODUCT"})
BREAK = re.compile(r"[\n\t]")


def clean(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans with clean edges, none across a line, and without those of which no name is left."""
    cleaned = SpanSet(trim(text, part) for span in spans for part in _parted(text, _first_line(text, span)))
    return [span for span in cleaned if _is_sound(text, span)]


def trim(text: str, span: Span) -> Span:
    """Take off what does not belong to the name. Dates and amounts keep their words ("the next two years")."""
    start, end = span.start, span.end
    if span.label in MISTAKEN and ADDRESSED.match(text[start:end]):
        span = span._replace(label="PERSON")
    while start < end:
        part = text[start:end]
        if span.label not in NAMES:
            return span._replace(start=end - len(part.lstrip()), end=start + len(part.rstrip()))
        leading = LEADING.match(part) or (TITLE.match(part) if span.label == "PERSON" else None)
        trailing = TRAILING.search(part) or (HELD.search(part) if span.label in MISTAKEN else None)
        if leading and leading.end() < len(part):
            start += leading.end()
        elif trailing and trailing.start() > 0:
            end = start + trailing.start()
        else:
            break
    return span._replace(start=start, end=end)


def _first_line(text: str, span: Span) -> Span:
    """A span that runs over a line's end is cut there: no name does."""
    lines = BREAK.split(text[span.start : span.end])
    start = span.start
    for line in lines:
        if line.strip():
            return span._replace(start=start, end=start + len(line))
        start += len(line) + 1
    return span._replace(end=span.start)


def _parted(text: str, span: Span) -> Iterator[Span]:
    """A town and its country are two places ("Windsor, Vermont")."""
    start = span.start
    for part in text[span.start : span.end].split(", ") if span.label in PLACES else ():
        yield span._replace(start=start, end=start + len(part))
        start += len(part) + 2
    if span.label not in PLACES:
        yield span


def _is_sound(text: str, span: Span) -> bool:
    name = text[span.start : span.end]
    if span.label not in NAMES:
        return True
    if name == name.lower() and name.isascii():  # scripts without capitals are no reason for doubt
        return False
    return not (NO_NAME.match(name) or (OFFICE.match(name) and HOLDER.match(text[span.end : span.end + 25])))
