"""Conditions that Whoosh's query trees have no nodes for."""

from dataclasses import dataclass

from postil_db.index.dates import Days
from postil_db.index.entry import Part
from postil_db.index.fold import Step
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query


class Passage(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Words that follow each other, perhaps in one of some parts only; any of them may stand for others."""

    def __init__(self, steps: tuple[Step, ...], parts: tuple[Part, ...] = ()) -> None:
        self.steps, self.parts = steps, parts

    def __repr__(self) -> str:
        return f"Passage({self.steps!r}, {self.parts!r})"


def as_passage(tree: Untyped) -> Passage | None:
    """A condition on words as a passage, or None for any other."""
    if isinstance(tree, Passage):
        return tree
    if isinstance(tree, whoosh_query.Term | whoosh_query.Prefix) and tree.fieldname == "text":
        return Passage((Step(tree.text, 0, open=isinstance(tree, whoosh_query.Prefix)),))
    return None


class Whole(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """A whole name of an entity; where nothing is named just so, the words of it."""

    def __init__(self, labels: tuple[str, ...], words: Passage) -> None:
        self.labels, self.words = labels, words


class Dated(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Whatever names a date that means some of these days, and no others."""

    def __init__(self, days: Days) -> None:
        self.days = days


class Range(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """A number of an annotation from `low` up to, but not with, `high`."""

    def __init__(self, column: str, low: int | None, high: int | None) -> None:
        self.column, self.low, self.high = column, low, high


class Inside(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Whatever stands in a document of which something holds."""

    def __init__(self, wanted: "About") -> None:
        self.wanted = wanted


class Only(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Only one group of results."""

    def __init__(self, group: str) -> None:
        self.group = group


class Near(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Two conditions of which some places stand no more than `apart` words from each other."""

    def __init__(self, left: Untyped, right: Untyped, apart: int) -> None:
        self.left, self.right, self.apart = left, right, apart


@dataclass(frozen=True, slots=True)
class About:
    """What is asked of a document. `field`: title, author, source, lang, doc, published, unread; `value`: as typed.

    `steps`: the words of the value. `first`, `after`: days since 1970, of published.
    """

    field: str
    value: str = ""
    steps: tuple[Step, ...] = ()
    first: int | None = None
    after: int | None = None
