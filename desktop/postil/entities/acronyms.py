"""Acronyms: "European Union (EU)" defines one; "EU" beside "European Union" in one text is one by its initials."""

import re
from collections import Counter
from collections.abc import Iterator

from postil.entities.labels import NAMES
from postil.entities.passage import Passage
from postil.entities.span import Span

BRACKETED = re.compile(r"\(([A-Z][A-Za-z&.-]{1,9})\)")
ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}")
WORDS = re.compile(r"[\w'’&.-]+")
REACH = 120
COVERED = 0.7
"""How much of the long form a span must cover before the acronym takes its label ("Europe" says nothing on OSCE)."""

LABELS = frozenset({"ORG", "GPE", "LAW", "EVENT", "FAC", "PRODUCT"})
_COMMON = "IN OR TO IT NO AM PM ID OK TV"
COMMON = frozenset(_COMMON.split())
_SMALL = "of the and for in on to a an de la du des et und der die das"
SMALL = frozenset(_SMALL.split())


def define_acronyms(passage: Passage) -> None:
    """Read "Long Form (LF)": both are one entity with one label, and LF is marked everywhere."""
    for (start, end), short in definitions(passage.text):
        label = _label(passage, start, end, short)
        if label is None:
            continue
        passage.long_forms[short] = passage.text[start:end]
        around = passage.spans.over(start, end)
        if [(span.start, span.end) for span in around] == [(start, end)]:
            passage.relabel(around[0], label)
        elif not any(span.start <= start and end <= span.end for span in around):
            passage.spans.put(Span(start, end, label, ruled=True))
        for place in passage.occurrences.of(short):
            over = passage.spans.over(*place)
            if not over or (over[0].start, over[0].end) == place:
                passage.spans.put(Span(*place, label, ruled=True) if not over or over[0].label != label else over[0])


def pair_initials(passage: Passage) -> None:
    """An acronym takes the label of the only name in the text that has its initials."""
    defined = set(passage.long_forms)
    by_initials: dict[str, Counter[tuple[str, str]]] = {}
    for span in passage.names():
        letters = initials(passage.name(span))
        if len(letters) > 1 and span.label in LABELS:
            by_initials.setdefault(letters, Counter())[passage.name(span), span.label] += 1
    for span in passage.names():
        short = passage.name(span)
        long = by_initials.get(short.replace(".", ""))
        if not ACRONYM.fullmatch(short) or long is None or len({name for name, _ in long}) > 1:
            continue
        (name, label), _ = long.most_common(1)[0]
        if short not in defined:
            passage.long_forms[short] = name
            passage.relabel(span, label)


def initials(name: str) -> str:
    """The capitals that a name of several words begins its words with; "" for one word."""
    words = [word for word in re.split(r"[ -]", name) if word and word not in SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 and all(word[0].isupper() for word in words) else ""


def definitions(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The places of long forms and their acronyms, after Schwartz and Hearst."""
    for match in BRACKETED.finditer(text):
        short = match.group(1)
        wanted = [letter.lower() for letter in short if letter.isupper()]
        if len(wanted) < 2 or short in COMMON:
            continue
        base = max(0, match.start() - REACH, text.rfind("\n", 0, match.start()) + 1)
        left = text[base : match.start()].rstrip()
        start = _long_form(left, wanted)
        if start is None:
            start = _spelled_form(left, short.lower())
        if start is not None:
            yield (base + start, base + len(left)), short


def _long_form(left: str, wanted: list[str]) -> int | None:
    """Where the words begin that have the wanted initials, read from the end."""
    words = list(WORDS.finditer(left))
    missing = wanted.copy()
    for word in reversed(words[-2 * len(wanted) - 2 :]):
        first = word.group()[0]
        if first.lower() == missing[-1]:
            missing.pop()
            if not missing:
                return word.start()
        elif first.isupper():
            return None
    return None


def _spelled_form(left: str, short: str) -> int | None:
    """Where capitalised words begin that hold the acronym's letters in order (PErmanent Structured COoperation)."""
    words = list(WORDS.finditer(left))[-len(short) :]
    for at in range(len(words) - 2, -1, -1):
        if not words[at + 1].group()[0].isupper() and words[at + 1].group() not in SMALL:
            return None
        start = words[at].start()
        letters = iter(left[start:].lower())
        if left[start].isupper() and left[start].lower() == short[0] and all(letter in letters for letter in short):
            return start
    return None


def _label(passage: Passage, start: int, end: int, short: str) -> str | None:
    text = passage.text
    long = Counter(
        span.label
        for span in passage.spans.over(start, end)
        if span.label in NAMES and min(span.end, end) - max(span.start, start) >= COVERED * (end - start)
    )
    own = Counter(span.label for place in passage.occurrences.of(short) for span in passage.spans.over(*place))
    capitals = sum(word[0].isupper() for word in text[start:end].split())
    if not long and (not text[start].isupper() or capitals < 2):
        return None
    votes = Counter({label: count for label, count in (long + own).items() if label in LABELS})
    if not votes:
        return None if long else "ORG"
    label = votes.most_common(1)[0][0]
    return "ORG" if label == "GPE" and not long else label
