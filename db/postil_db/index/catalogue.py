"""What is known of documents: asked by every search, and small enough to be held in memory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from postil_db.index.dates import first_day
from postil_db.index.entry import How, Loose
from postil_db.index.expand import beginning, stem, test
from postil_db.index.flat import Array
from postil_db.index.fold import Step, fold, words
from postil_db.index.nodes import About

EPOCH_DAY = 719_163  # 1970-01-01, as `date.toordinal` counts


@dataclass(frozen=True)
class Facts:
    """A document. `added`: when, in ISO 8601. `opened`: ever. `removed`: it lies in the trash."""

    id: int
    title: str
    authors: tuple[str, ...]
    language: str
    published: str
    source: str
    added: str
    opened: bool
    removed: bool

    @property
    def date(self) -> str:
        """When it was published, else added, in ISO 8601."""
        return self.published or self.added

    @cached_property
    def words(self) -> dict[str, tuple[list[str], ...]]:
        """The words of its title and of each author."""
        return {"title": (words(self.title),), "author": tuple(words(author) for author in self.authors)}

    @cached_property
    def day(self) -> int | None:
        """When it was published, in days since 1970."""
        day = first_day(self.published)
        return None if day is None else day.toordinal() - EPOCH_DAY


class Catalogue:
    """All documents."""

    def __init__(self, facts: Iterable[Facts] = ()) -> None:
        self.by_id: dict[int, Facts] = {one.id: one for one in facts}

    def changed(self, facts: Mapping[int, Facts | None]) -> "Catalogue":
        """The catalogue with some documents read anew; None: gone."""
        every = {**self.by_id, **facts}
        return Catalogue(one for one in every.values() if one is not None)

    @cached_property
    def removed(self) -> Array:
        """The ids of the documents in the trash."""
        return self._ids(lambda one: one.removed)

    @cached_property
    def _foreign(self) -> Array:
        return self._ids(lambda one: one.language not in ("", "en"))

    def foreign(self) -> Array:
        """The ids of the documents in another language than English."""
        return self._foreign

    def about(self, wanted: About) -> Array:
        """The ids of the documents of which this holds."""
        match wanted.field:
            case "unread":
                return self._ids(lambda one: not one.opened)
            case "doc":
                return self._ids(lambda one: str(one.id) == wanted.value.lstrip("0"))
            case "lang":
                return self._ids(lambda one: one.language.casefold() == wanted.value)
            case "source":
                return self._ids(lambda one: wanted.value in fold(one.source))
            case "published":
                return self._ids(lambda one: _between(one.day, wanted))
            case field:
                return self._ids(lambda one: any(holds(held, wanted.steps) for held in one.words[field]))

    def _ids(self, fits: Callable[[Facts], bool]) -> Array:
        return np.array([one.id for one in self.by_id.values() if fits(one)], "i8")

    @cached_property
    def _titles(self) -> str:
        return "".join(f" {' '.join(one.words['title'][0])} \n" for one in self.by_id.values())

    def is_only_title(self, title: str) -> bool:
        """Whether just one document has these words in its title, one after the other."""
        wanted = f" {' '.join(words(title))} "
        first = self._titles.find(wanted)
        return bool(wanted.strip()) and first >= 0 and self._titles.find(wanted, self._titles.index("\n", first)) < 0


def _between(day: int | None, wanted: About) -> bool:
    if day is None:
        return False
    return (wanted.first is None or day >= wanted.first) and (wanted.after is None or day < wanted.after)


def holds(held: list[str], steps: tuple[Step, ...]) -> bool:
    """Whether the words of a query stand among these, each at its distance from the first."""
    return bool(steps) and any(
        all(at + step.offset < len(held) and stands_for(step, held[at + step.offset]) for step in steps)
        for at in range(len(held))
    )


def stands_for(step: Step, word: str) -> bool:
    """Whether a word is what a step looks for."""
    if word == step.text or (step.open and word.startswith(step.text)):
        return True
    if step.how is None:
        return False
    if step.how is How.STEM:
        return stem(word) == stem(step.text)
    loose = Loose(step.how, step.text)
    return word.startswith(beginning(loose)) and test(loose)(word)
