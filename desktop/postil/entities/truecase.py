"""ALL-CAPS lines in the spelling of the rest of the document, since the model reads case.

Every word keeps its length, so that a span of the changed line is a span of the text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['’]s$")
DATELINE = re.compile(
    r"^[A-Z]{2,}(?: [A-Z]{2,})*(?=(?:,? ?\([\w ]+\)|, [A-Z][\w.]*(?: [\w.]+){0,3}(?: ?\([\w ]+\))?)? ?(?:[—–]|: |- ))"
)
"""The place that a news report opens with: "NEW DELHI, Jan 27 (ANI): "."""

SHORTEST = 4
"""Letters of a word that must be there in capitals before a line counts as shouted."""

_SMALL_WORDS = """
a an and as at be been but by for from had has have he her his if in into is it its no nor not of off on or our out over
she so than that the their they this to under until up upon via was we were what when where who will with you your
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())

_SHORT_WORDS = """
new san los las rio abu tel old two six ten top big war day man men win may can see hit cut say get let put run end aid
tax oil gas job air sea law man boy ban bid vow sue row key act ask buy pay die dead all any now too yet ago why how one
"""
SHORT_WORDS = frozenset(_SHORT_WORDS.split())
"""Words too short to be told from acronyms by their length."""


def shouted(line: str) -> bool:
    """Whether a line is set in capitals throughout (and is more than one acronym)."""
    if not line.isupper():
        return False
    words = WORD.findall(line)
    return any(len(word) >= SHORTEST for word in words)


class Spelling:
    """How a document writes its words where it does not shout."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _forms(self) -> Mapping[str, Counter[str]]:
        """How often each word was written how. Counted when the first line shouts: most documents have none."""
        forms: Mapping[str, Counter[str]] = defaultdict(Counter)
        lines = (line for text in self._texts for line in text.split("\n") if not shouted(line))
        for line in (DATELINE.sub("", line) for line in lines):
            for match in WORD.finditer(line):
                word = POSSESSIVE.sub("", match.group())
                # A capital that opens the line or a sentence says little.
                opens = line[max(0, match.start() - 4) : match.start()].rstrip(" \"'“‘(")[-1:] in (
                    "",
                    ".",
                    "!",
                    "?",
                    ":",
                )
                forms[word.lower()][word] += 1 if opens else 3
        return forms

    def of(self, word: str) -> str:
        """A shouted word as the document writes it elsewhere, else as a name would be written."""
        lower = word.lower()
        if lower in SMALL_WORDS:
            return lower
        seen = self._forms.get(lower)
        if seen:
            return seen.most_common(1)[0][0]
        return word if len(word) < SHORTEST and lower not in SHORT_WORDS else word[0] + lower[1:]

    def calm(self, text: str) -> str:
        """The text with its shouted lines respelled; always of the same length."""
        return "\n".join(self._calm_line(line) for line in text.split("\n"))

    def _calm_line(self, line: str) -> str:
        if not shouted(line):
            return DATELINE.sub(lambda place: WORD.sub(self._respell, place.group()), line)
        calm = WORD.sub(self._respell, line)
        first = WORD.search(calm)
        return (
            calm
            if first is None or len(first.group()[0].upper()) != 1
            else calm[: first.start()] + calm[first.start()].upper() + calm[first.start() + 1 :]
        )

    def _respell(self, match: re.Match[str]) -> str:
        word = match.group()
        calm = self.of(word)
        return calm if len(calm) == len(word) else word
