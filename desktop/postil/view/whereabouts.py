"""Whereabouts: what a reader types to go somewhere (a part of the whole, a page, a section, a paragraph, an offset)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postil_db.records import Content, PrintedPage

EXAMPLES = "A percentage (37 %), the name of a section, a paragraph (¶ 12) or an offset (@ 4500)."
WITH_PAGES = "A page (12), a percentage (37 %), the name of a section, a paragraph (¶ 12) or an offset (@ 4500)."

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent|per cent)", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<what>p\.?|page|¶|par\.?|paragraph|@|offset)?\s*(?P<number>\d{1,12})", re.IGNORECASE)


class Nowhere(ValueError):
    """What was typed is no place in this document; the message says why, as a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A document's places. `pages`: as printed, in order; none for a document without."""

    content: Content
    pages: Sequence[PrintedPage] = ()

    @property
    def examples(self) -> str:
        """What can be typed."""
        return WITH_PAGES if self.pages else EXAMPLES

    @property
    def names(self) -> list[str]:
        """The names of the sections."""
        return [section.title for section in self.content.sections if section.title]

    def find(self, typed: str) -> int:
        """Give the offset that is meant; raises Nowhere. A section's whole name goes before anything else."""
        words = " ".join(typed.split())
        if not words:
            raise Nowhere("Type where to go.")
        if (named := self._section(words, exact=True)) is not None:
            return named
        if share := _SHARE.fullmatch(words):
            return self._at_share(float(share[1].replace(",", ".")))
        if number := _NUMBER.fullmatch(words):
            return self._numbered((number["what"] or "").casefold().rstrip("."), int(number["number"]))
        if (named := self._section(words, exact=False)) is not None:
            return named
        raise Nowhere(f"No section is called “{words}”, and it is no number.")

    def _section(self, words: str, *, exact: bool) -> int | None:
        wanted = words.casefold()
        titles = [" ".join(section.title.split()).casefold() for section in self.content.sections]
        for fits in (str.__eq__,) if exact else (str.startswith, str.__contains__):
            for index, title in enumerate(titles):
                if fits(title, wanted):
                    return self._start(index)
        return None

    def _start(self, section: int) -> int:
        return self.content.starts[self.content.sections[section].block]

    def _at_share(self, percent: float) -> int:
        if percent > 100:
            raise Nowhere("A document ends at 100 %.")
        return round(len(self.content.text) * percent / 100)

    def _numbered(self, what: str, number: int) -> int:
        if what in ("p", "page") or (not what and self.pages):
            return self._page(number)
        if what in ("@", "offset"):
            if number > len(self.content.text):
                raise Nowhere(f"The text ends at offset {len(self.content.text):,}.")
            return number
        blocks = len(self.content.blocks)
        if not 1 <= number <= blocks:
            raise Nowhere(f"There are paragraphs 1 to {blocks:,}.")
        return self.content.starts[number - 1]

    def _page(self, number: int) -> int:
        if not self.pages:
            raise Nowhere("This document has no printed pages.")
        if not 1 <= number <= len(self.pages):
            raise Nowhere(f"There are pages 1 to {len(self.pages):,}.")
        return self.pages[number - 1].start
