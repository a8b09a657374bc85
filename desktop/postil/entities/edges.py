"""Clean edges: a mark covers the name, and neither its article, its quotes, its possessive nor a title."""

import re
from collections.abc import Iterable, Iterator

from postil.entities.gazetteer import gazetteer
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
    r"(?:['’][sS]|['’])$|[\s\"”“’)\],;:&/–—-]+$|\s+(?:to|of|in|for|and|the|an?|on|by|with|from|at|as|or|is|said)$"
)
TITLE = re.compile(
    rf"^(?:(?:{OFFICES}|{RANKS})\s+)*(?:{TITLES})\b\.?\s+(?=[A-Z])|"
    r"^(?:[A-Z]\w+ )?(?:DL|QB|WR|RB|CB|TE|LB|GM|CEO|CFO|MP|MEP|VP)\s+(?=[A-Z])"
)
ADDRESSED = re.compile(
    rf"^(?:(?:{OFFICES})\s+)*(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|President|Prime Minister|Minister|PM|CM|"
    r"Senator|Chancellor|Ambassador|Brigadier General|Lieutenant General|Admiral|Shri|Smt|Raksha Mantri)\b\.?\s+"
    r"(?=[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){0,2}$)"
)
"""A title before what can only be somebody's name, whatever the model took it for."""

ADDRESSED_BY = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|President|Chancellor|Senator|Congress(?:man|woman)|Prime Minister|"
    r"Professor)\b\.? "
    r"(?P<name>[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])?)(?=['’]s\b|[,.;:?!)]|$| [a-z])",
    re.MULTILINE,
)
"""A title and the one or two words of a name that stand after it."""

HELD = re.compile(
    rf"(?:['’]s)?\s+(?:High Representative|(?:Vice[- ])?President|(?:(?:{OFFICES}) )*(?:Minister|Secretary)|Chancellor|"
    r"Commissioner|Ambassador|Chair(?:man|woman)?|(?:Majority |Minority )?Leader|CEO|Chief Executive|Governor|"
    r"Spokes(?:man|woman|person)|Envoy|Director(?: General)?)$"
)
"""An office after the name of what it is held in ("European Union High Representative")."""

NUMBER = re.compile(r" \d+$")
"""Points and goals after a player's name."""

OFFICE = re.compile(rf"^(?:{OFFICES})$")
HOLDER = re.compile(r"^\s+(?:and \w+ )?(?:Minister|Secretar(?:y|ies)|Attach|Spokes)")
NO_NAME = re.compile(
    r"^@|^RT(?: @.*)?$|^[DR]-[A-Z][a-z]*\.?$|"
    r"^(?:(?:Path|Group|Page|Figure|Table|Chapter|Step|Level|Part|Week|Round) (?:[A-Z]|\d+)\.?|"
    r"MDs?|PhDs?|MPs?|MEPs?|CEOs?|CFOs?|CTOs?|COOs?|EVs?|PR|HR|AI|TVs?|DIY|DNA|RNA|GDP|IPOs?|CPUs?|GPUs?|RAM|HDMI|USB|"
    r"HVAC|PCs?|SUVs?|LED|ATMs?|NGOs?|GPS|Wi-?Fi(?: \d)?|[1-9][KGD]|GB|MB|TB|kWh?|MW|GW|Q&A|FAQs?|PM2\.5|DL|QB|WR|VAT|"
    r"Read|Photo|File|Image|Video|Editorial|Opinion|Subscribe|Share|Advertisement|Follow|INSIGHT|REVEALED|"
    r"State Visit|(?:Major|Brigadier|Lieutenant) General|"
    r"(?:Joint |Press )?(?:Statement|Release|Conference|Note|Briefing)|Chief Guest|Guests? of Honou?r|"
    r"(?:Prime |Foreign |Defen[cs]e )?Ministers?|Secretary|President|Chairman|Chair|Chancellor|Ambassador)$"
)
MISTAKEN = frozenset({"ORG", "GPE", "LOC", "NORP", "PRODUCT"})
BREAK = re.compile(r"[\n\t]")
PARTICLES = r"(?:von|van|der|den|del|della|di|da|de|dos|bin|ibn|ben|al|el|la|le|ter|zu|zur|und|the|and)\b"
DESCRIBED = re.compile(rf"^[A-Z][\w’'-]+ (?!{PARTICLES})[a-z]{{4,}} (?=[A-Z])")
"""What somebody is, before the name: "Lakers great Magic Johnson"."""

FIGURES = re.compile(r"[\d.,:/–-]+")
NUMERIC_DATE = re.compile(
    r"[12]\d{3}(?:[-–/]\d{2,4})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[12]\d{3}-\d\d-\d\d|\d{1,2}/\d{1,2}|\d\d?:\d\d"
)
AGED = re.compile(
    r".*\b(?:years?|months?|weeks?|days?)[- ]olds?|(?:the )?age of \d+|\d+ or (?:above|older|over|under|younger)|"
    r"(?:just |only |about |around )?(?:seconds?|minutes|hours|hourly|daily|weekly|monthly|annual|annually|yearly)",
    re.IGNORECASE,
)
"""Ages and rhythms, which the model takes for dates."""

SAID = re.compile(r" [a-z]{3,}$")
"""The end of a quoted sentence, which the model takes for a title: titles end in a capitalised word."""

STRAY = re.compile(r"\s*(?:\((?![^()]*\))|\)).*$|\s+(?:vs?\.?)\s+.*$")
"""The rest of a name that a bracket of another phrase, or an opponent, was taken into."""


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
            label = "QUANTITY" if span.label in ("DATE", "TIME") and _is_no_date(part.strip()) else span.label
            return Span(end - len(part.lstrip()), start + len(part.rstrip()), label)
        leading = LEADING.match(part) or (span.label == "PERSON" and (TITLE.match(part) or DESCRIBED.match(part)))
        trailing = TRAILING.search(part) or (span.label in MISTAKEN and HELD.search(part)) or _stray(part)
        if span.label == "PERSON":
            trailing = trailing or NUMBER.search(part)
        if leading and leading.end() < len(part):
            start += leading.end()
        elif trailing and trailing.start() > 0:
            end = start + trailing.start()
        else:
            break
    return span._replace(start=start, end=end)


def _is_no_date(part: str) -> bool:
    """Whether the model took an age, a rhythm, a score or a price for a date."""
    return bool(AGED.fullmatch(part) or (FIGURES.fullmatch(part) and not NUMERIC_DATE.fullmatch(part)))


def _stray(part: str) -> re.Match[str] | None:
    """Where a bracket begins whose other half is not in the name, or an opponent's name."""
    return STRAY.search(part) if part.count("(") != part.count(")") or " v" in part else None


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
    if name == "State" and text.endswith("Secretary of ", 0, span.start):
        return False
    if name == name.lower() and name.isascii():  # scripts without capitals are no reason for doubt
        return _is_listed(name, span.label)
    if span.label == "WORK_OF_ART" and SAID.search(name):
        return False
    return not (NO_NAME.match(name) or (OFFICE.match(name) and HOLDER.match(text[span.end : span.end + 25])))


def _is_listed(name: str, label: str) -> bool:
    """Whether somebody who writes no capitals can have meant a name: a well-known one, or a first name and another."""
    known = gazetteer("en")
    first, _, rest = name.partition(" ")
    return name.title() in known.names or (label == "PERSON" and bool(rest) and first.title() in known.first_names)
