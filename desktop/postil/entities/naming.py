"""Which mentions are one entity: each is given the fullest name that the document has for it."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import partial

from postil.entities.companies import short_names
from postil.entities.labels import NAMES, PLACES
from postil.entities.passage import Passage
from postil.entities.people import SUFFIX, surname
from postil.entities.span import Span

LONGEST_ACRONYM = 3
KINGDOM = "United Kingdom"
ALONE, SURELY = 40, 5
"""For each time that somebody is said in full, how often a part of that name may stand for it; and from how many on
any number may."""
ALIASED = PLACES | {"ORG"}
COMPANY = re.compile(r",? (?:Inc|Corp|Corporation|Co|Ltd|Limited|LLC|plc|PLC|GmbH|AG|SA|SE|NV|BV)\.?$")


def entity_names(passage: Passage) -> list[tuple[Span, str]]:
    """Every span with its entity's name. Dates and amounts are named as they are written."""
    people = _People(passage)
    common = _common_forms(passage)
    short = short_names(passage)
    paired = _paired(passage)
    aliases = _aliases(passage)
    named = []
    for span in passage.spans:
        name = passage.name(span)
        if span.label in NAMES:
            name = passage.long_forms.get(name, name)
            name = paired.get(name, name)
            name = short.get(name, name) if span.label == "ORG" else name
            name = people.full(name, span.start) if span.label == "PERSON" else common.get(_key(name, span.label), name)
            name = aliases.get(name, name) if span.label in ALIASED else name
        named.append((span, name))
    return named


def _aliases(passage: Passage) -> dict[str, str]:
    """What the well-known are also called. Britain is the United Kingdom where the text itself speaks of that."""
    aliases = passage.gazetteer.aliases
    names = {passage.name(span) for span in passage.names() if span.label in PLACES}
    kingdom = any(aliases.get(name, name) == KINGDOM for name in names)
    return {**aliases, "Britain": KINGDOM, "Great Britain": KINGDOM} if kingdom else aliases


def _paired(passage: Passage) -> dict[str, str]:
    """Treaties and summits named with and without their parties ("EU-India Defence Partnership")."""
    names = {passage.name(span) for span in passage.names() if span.label in ("LAW", "EVENT")}
    parts = ((name, *name.partition(" ")) for name in sorted(names))
    return {rest: name for name, first, _, rest in parts if "-" in first and rest in names}


def _key(name: str, label: str) -> tuple[str, str]:
    """What two spellings of one name have in common."""
    if label in ("LAW", "EVENT"):
        name = name.removesuffix("s")  # "Partnerships" of the same name
    plain = name.casefold().replace(".", "").replace("’", "'")
    plain = COMPANY.sub("", name).casefold().replace(".", "") if label == "ORG" else plain
    return plain, "place" if label in PLACES else label


def _common_forms(passage: Passage) -> dict[tuple[str, str], str]:
    """For each key the form that is written most, rather in small letters than in capitals throughout."""
    forms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for span in passage.names():
        name = passage.long_forms.get(passage.name(span), passage.name(span))
        if _shouted(name) and (span.label in PLACES or " " in name):
            name = name.title()  # a dateline, or a headline
        forms[_key(name, span.label)][name] += 1
    return {key: max(seen, key=partial(_fitness, seen)) for key, seen in forms.items()}


def _fitness(seen: Counter[str], name: str) -> tuple[bool, bool, int, int]:
    return not name.isupper(), not (name.endswith("s") and name[:-1] in seen), seen[name], len(name)


def _shouted(name: str) -> bool:
    """Whether a name is set in capitals, and is too long for an acronym."""
    return name.isupper() and all(word.isalpha() and len(word) > LONGEST_ACRONYM for word in name.split())


class _People:
    """Who is meant by a surname or a first name, where several people may share it."""

    def __init__(self, passage: Passage) -> None:
        self._full: dict[str, str] = {}
        self._called: dict[str, list[tuple[int, str]]] = defaultdict(list)
        people = [(span.start, passage.name(span)) for span in passage.names() if span.label == "PERSON"]
        longest: dict[tuple[str, str], str] = {}
        for _, name in people:
            key = self._ends(name)
            longest[key] = max(longest.get(key, name), name, key=lambda each: (not _shouted(each), len(each)))
        first_names: dict[str, list[tuple[int, str]]] = defaultdict(list)
        said = Counter(name.casefold() for _, name in people)
        in_full = Counter(self._ends(name) for _, name in people)
        for start, name in people:
            full = self._full[name.casefold()] = longest[self._ends(name)]
            words = name.split()
            if len(words) < 2 or words[-1][0].islower():
                continue
            # "Whereupon Stubb" once in a book full of Stubb: two words that met, and nobody's name
            times = in_full[self._ends(name)]
            most = ALONE * times if times < SURELY else len(people)
            for part in {surname(name), words[-1]}:
                if said[part.casefold()] <= most:
                    self._called[part.casefold()].append((start, full))
            if said[words[0].casefold()] <= most:
                first_names[words[0].casefold()].append((start, full))
        for first, called in first_names.items():
            if len({full for _, full in called}) == 1:  # else nobody knows who is called so
                self._called.setdefault(first, called)

    def full(self, name: str, start: int) -> str:
        """The full name of whoever is called `name` at `start`: the last one named in full before, else the next."""
        called = self._called.get(name.casefold())
        if not called:
            return self._full.get(name.casefold(), name)
        return called[max(0, bisect_right(called, start, key=lambda each: each[0]) - 1)][1]

    @staticmethod
    def _ends(name: str) -> tuple[str, str]:
        words = SUFFIX.sub("", name).casefold().split() or [name]
        return words[0], words[-1]
