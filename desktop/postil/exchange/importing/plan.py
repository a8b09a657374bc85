"""What an import would do, found out without writing anything: the import itself carries out just this.

The library is asked for one document at a time; passages are searched for while nobody waits for it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING

from postil.anchors.describe import CONTEXT, describe
from postil.exchange.importing.homes import Candidate, Homes, Trust, same_source
from postil.exchange.importing.incoming import Contents, Incoming, Source, Step
from postil.exchange.importing.matching import Fate, Match, Placed, match
from postil.exchange.importing.placing import Place, place
from postil_db.records import AnchorState, Content, DocumentInfo, Selector

if TYPE_CHECKING:
    from postil_db.library import Library

SAMPLE = 40
"""Annotations by which several documents of one name are told apart."""

MOSTLY = 0.5
LONGEST_SECTION = 500


class Reason(StrEnum):
    """Why no document was found for some annotations, as the rest of a sentence."""

    UNKNOWN = "not in this library"
    SEVERAL = "several documents fit"
    ELSEWHERE = "no passage is in the one called so"


@dataclass(frozen=True)
class Group:
    """What a file says of one document. `info`: the library's, None if there is none: then nothing comes in.

    `left`: what stays out for that reason.
    """

    source: Source
    info: DocumentInfo | None
    matches: tuple[Match, ...] = ()
    left: tuple[Incoming, ...] = ()
    reason: Reason | None = None

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """How many have each fate."""
        return Counter(one.fate for one in self.matches)

    @cached_property
    def lost(self) -> int:
        """How many come without their passage."""
        return sum(one.lost for one in self.matches)

    @cached_property
    def page_notes(self) -> int:
        """How many new ones are about the document as a whole."""
        return sum(one.fate is Fate.NEW and not one.placed.said.quote.strip() for one in self.matches)

    def count(self, fate: Fate) -> int:
        """How many have this fate."""
        return self.counts.get(fate, 0)


@dataclass(frozen=True)
class Plan:
    """What an import would do. `revision`: how far the library was written when it was looked at."""

    contents: Contents
    groups: tuple[Group, ...]
    revision: int = 0

    def count(self, fate: Fate) -> int:
        """How many have this fate."""
        return sum(group.count(fate) for group in self.groups)

    @property
    def lost(self) -> int:
        """How many come without their passage."""
        return sum(group.lost for group in self.groups)

    @property
    def page_notes(self) -> int:
        """How many new ones are about a document as a whole."""
        return sum(group.page_notes for group in self.groups)

    @cached_property
    def left(self) -> tuple[Incoming, ...]:
        """What stays out, because its document is not there."""
        return tuple(one for group in self.groups for one in group.left)

    @cached_property
    def documents(self) -> int:
        """How many documents get something new."""
        return len({group.info.id for group in self.groups if group.info is not None and group.count(Fate.NEW)})


class Planner:
    """Plans the import of one file; asked again with other choices it does again only what they change."""

    def __init__(self, library: "Library", contents: Contents) -> None:
        self._library, self._contents = library, contents
        self._places: dict[tuple[Source, int], list[Placed]] = {}
        the_same = same_source(one.source for one in contents.annotations)
        self._by_source: defaultdict[Source, list[Incoming]] = defaultdict(list)
        for one in contents.annotations:
            self._by_source[the_same(one.source)].append(one)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the file is about."""
        return tuple(self._by_source)

    def plan(self, step: Step, chosen: Mapping[Source, int] | None = None) -> Plan:
        """Find documents and passages. `chosen`: the documents that the reader named, by what the file calls them.

        `step` hears how many annotations have been looked at, of how many; what it raises ends the search.
        """
        from postil_db.store import documents, facts

        revision, infos = self._library.read(lambda session: (facts.revision(session), documents.every(session)))
        homes, done, total = Homes.of(infos), 0, len(self._contents.annotations)
        found: dict[Source, DocumentInfo | Reason] = {}
        for source, said in self._by_source.items():
            named = homes.by_number.get((chosen or {}).get(source, 0))
            candidates = [Candidate(named, Trust.CHOSEN)] if named else homes.candidates(source)

            def tell(count: int, before: int = done) -> None:
                step(before + count, total)

            found[source] = self._home(candidates, source, tell)
            done += len(said)
            step(done, total)
        matched = self._matched(found)
        groups = (self._group(source, said, found[source], matched) for source, said in self._by_source.items())
        return Plan(self._contents, tuple(groups), revision)

    def _matched(self, found: Mapping[Source, DocumentInfo | Reason]) -> dict[int, Match]:
        """What becomes of each passage that was placed, by its `id`; all of one document are looked at together."""
        from postil_db.store import annotations

        by_document: defaultdict[int, list[Placed]] = defaultdict(list)
        for source, info in found.items():
            if isinstance(info, DocumentInfo):
                by_document[info.id] += self._places[source, info.id]
        matched: dict[int, Match] = {}
        for document_id, placed in by_document.items():
            there = self._library.read(partial(annotations.of_document, document_id=document_id))
            matched |= {id(one.placed): one for one in match(placed, there)}
        return matched

    def _group(
        self, source: Source, said: Sequence[Incoming], found: DocumentInfo | Reason, matched: Mapping[int, Match]
    ) -> Group:
        if isinstance(found, Reason):
            return Group(source, None, left=tuple(said), reason=found)
        return Group(source, found, tuple(matched[id(one)] for one in self._places[source, found.id]))

    def _home(
        self, candidates: Sequence[Candidate], source: Source, tell: Callable[[int], None]
    ) -> DocumentInfo | Reason:
        """The one document that is meant, its passages found; those of less trust only where the others fail."""
        reason = Reason.UNKNOWN
        for trust in sorted({one.trust for one in candidates}, reverse=True):
            found = self._among([one for one in candidates if one.trust is trust], source, tell)
            if isinstance(found, DocumentInfo):
                return found
            reason = found if reason is Reason.UNKNOWN else reason
        return reason

    def _among(
        self, candidates: Sequence[Candidate], source: Source, tell: Callable[[int], None]
    ) -> DocumentInfo | Reason:
        if len(candidates) > 1:
            candidates = self._likeliest(candidates, source)
        if len(candidates) > 1:
            return Reason.SEVERAL
        (one,) = candidates
        placed = self._placed(source, one.info, tell)
        told = [at for at in placed if at.said.state != AnchorState.ORPHAN and at.said.quote.strip()]
        share = sum(at.state is not AnchorState.ORPHAN for at in told) / len(told) if told else 1.0
        if one.trust is Trust.TITLE and not share and not self._knows(one.info, placed):
            return Reason.ELSEWHERE
        if one.trust is Trust.NUMBER and (share < MOSTLY or not told):
            return Reason.UNKNOWN
        return one.info

    def _knows(self, info: DocumentInfo, placed: Sequence[Placed]) -> bool:
        """Whether one of the annotations is in a document already, whatever became of its passage."""
        from postil_db.store import annotations

        there = self._library.read(partial(annotations.of_document, document_id=info.id))
        return any(one.known is not None for one in match(placed, there))

    def _likeliest(self, candidates: Sequence[Candidate], source: Source) -> Sequence[Candidate]:
        """Those in which most of some passages are found; of equals the one that has the number, if one has."""
        scores: defaultdict[int, list[Candidate]] = defaultdict(list)
        for one in candidates:
            text, some = self._content(one.info).text, self._by_source[source][:SAMPLE]
            places = [at for found in place(text, some, exact=self._contents.exact) for at in found]
            scores[sum(at.state is not AnchorState.ORPHAN for at in places)].append(one)
        best = scores[max(scores)]
        numbered = [one for one in best if one.info.id == source.number]
        return numbered if len(best) > 1 and numbered else best

    def _placed(self, source: Source, info: DocumentInfo, tell: Callable[[int], None]) -> list[Placed]:
        """The passages in a document of what a file says of it; looked for once."""
        key = (source, info.id)
        if key not in self._places:
            said, placed = self._by_source[source], list[Placed]()
            content = self._content(info)
            for found in place(content.text, said, exact=self._contents.exact):
                placed += [
                    _described(content, info, one, at) for one, at in zip(said[len(placed) :], found, strict=False)
                ]
                tell(len(placed))
            self._places[key] = placed
        return self._places[key]

    def _content(self, info: DocumentInfo) -> Content:
        from postil_db.store import documents

        return self._library.read(partial(documents.content, document_id=info.id))


def _described(content: Content, info: DocumentInfo, said: Incoming, at: Place) -> Placed:
    if at.state is not AnchorState.ORPHAN:
        with suppress(ValueError):
            return Placed(said, at.state, describe(content, at.start, at.end, info.text_hash))
    quote = said.quote if said.quote.strip() else info.title
    beside = (said.prefix[-CONTEXT:], said.suffix[:CONTEXT])
    lost = Selector(at.start, at.start, quote, *beside, said.section[:LONGEST_SECTION], info.text_hash)
    return Placed(said, AnchorState.ORPHAN, lost)
