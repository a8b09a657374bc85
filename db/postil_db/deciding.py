"""The reader's decisions, replayed on what a recogniser found: pure, no database.

One after the other, in the order in which they were made, so that what is ruled later builds on what was ruled before,
and taking a decision back gives what would be there without it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postil_db.records import Decision, EntityKind, NewDecision, Ruling

type Named = tuple[EntityKind, str]
"""An entity, by its kind and name."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that write no blanks between words, or hang particles on to names: a name begins and ends anywhere."""
_LETTER = rf"[^\W{_UNSPACED}]"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a document, and what was found there; `found` is None where nothing but a decision says so."""

    start: int
    end: int
    text: str
    found: Named | None


class Replay:
    """Decisions in their order, ready to be asked about many mentions."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        everywhere = [one.what for one in decisions if one.what.start is None]
        self._here = [one.what for one in decisions if one.what.start is not None]
        self._order = {one.what: at for at, one in enumerate(decisions)}
        self._global = [one for one in everywhere if one.document_id is None]
        self._local = [one for one in everywhere if one.document_id is not None]
        self._known: dict[tuple[Named | None, str], Named | None] = {}
        self._always = tuple(dict.fromkeys(one.text for one in everywhere if one.ruling is Ruling.ALWAYS and one.text))

    @property
    def always(self) -> tuple[str, ...]:
        """The texts that some decision wants marked wherever they stand."""
        return self._always

    def places(self, document_id: int) -> list[tuple[int, int]]:
        """The places of a document that some decision is about alone."""
        return [
            (one.start, one.end)
            for one in self._here
            if one.document_id == document_id and one.start is not None and one.end is not None
        ]

    def of(self, document_id: int, span: Span) -> Named | None:
        """What a span names after all decisions; None if nothing."""
        local = [one for one in self._local if one.document_id == document_id]
        here = [
            one
            for one in self._here
            if one.document_id == document_id and (one.start, one.end) == (span.start, span.end)
        ]
        if not local and not here:
            key = span.found, span.text
            if key not in self._known:
                self._known[key] = _replayed(span, self._global)
            return self._known[key]
        return _replayed(span, sorted([*self._global, *local, *here], key=lambda one: self._order[one]))

    def renamed(self, entity: Named) -> Named:
        """What an entity is called after all decisions that hold everywhere; itself if they left nothing of it."""
        told = _replayed(Span(0, 0, "", entity), self._global)
        return told or entity


def occurrences(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands as a word of its own, in its exact spelling."""
    pattern = re.escape(phrase)
    if re.match(_LETTER, phrase):
        pattern = rf"(?<!{_LETTER}){pattern}"
    if re.match(_LETTER, phrase[-1:]):
        pattern = rf"{pattern}(?!{_LETTER})"
    return (found.span() for found in re.finditer(pattern, text))


def related(decisions: Iterable[NewDecision], *among: NewDecision) -> tuple[set[str], set[str]]:
    """The names, and the texts, that a decision of `among` can touch, by way of all the others."""
    names = {name for one in among for name in (one.name, one.to_name) if name}
    texts = {one.text for one in among if one.text}
    links = [{name for name in (one.name, one.to_name or one.text) if name} for one in decisions]
    grown = True
    while grown:
        more = {name for link in links if link & (names | texts) for name in link}
        grown = not more <= names
        names |= more
    return names, texts


def _replayed(span: Span, decisions: Iterable[NewDecision]) -> Named | None:
    named = span.found
    for one in decisions:
        if one.ruling is Ruling.ALWAYS:
            if one.text == span.text and one.to_kind is not None:
                named = (one.to_kind, one.to_name or one.text)
        elif named is not None and _fits(one, span, named):
            named = _ruled(one, span, named)
    return named


def _fits(decision: NewDecision, span: Span, named: Named) -> bool:
    if decision.ruling is Ruling.IGNORE:
        return decision.text == span.text
    if decision.start is not None:
        return True  # the one mention that stands there
    if decision.ruling is Ruling.SPLIT and decision.text != span.text:
        return False
    return decision.name == named[1] and decision.kind in (None, named[0])


def _ruled(decision: NewDecision, span: Span, named: Named) -> Named | None:
    if decision.ruling in (Ruling.NOT_ENTITY, Ruling.IGNORE):
        return None
    kind = decision.to_kind or named[0]
    if decision.ruling is Ruling.SPLIT:
        return kind, decision.to_name or span.text
    return kind, decision.to_name or named[1]
