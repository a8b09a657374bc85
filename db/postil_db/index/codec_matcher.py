"""Flat postings for Whoosh's own search, entry by entry: it makes the index a whole one, and is a check on ours."""

from array import array
from collections.abc import Iterator
from itertools import accumulate, pairwise

from postil_db.index.codec_reader import TermList
from postil_db.index.whoosh_parts import (
    FieldCursor,
    ListMatcher,
    TermNotFound,
    TermsReader,
    Untyped,
    W3TermInfo,
)


class FlatTermInfo(W3TermInfo):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh wants to know about a term."""

    def __init__(self, terms: TermList, at: int) -> None:
        postings = terms.between(at, at + 1)
        super().__init__(
            weight=float(postings.counts.sum() or len(postings.ids)),
            df=len(postings.ids),
            minlength=1,
            maxlength=1,
            maxweight=float(postings.counts.max(initial=1)),
            minid=int(postings.ids[0]),
            maxid=int(postings.ids[-1]),
        )


class FlatCursor(FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """Walks over a field's terms."""

    def __init__(self, terms: TermList, field: str) -> None:
        self._terms, self._field = terms, field
        self._first, self._end = terms.fields.get(field, (0, 0))
        self._at = self._first

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = self._first
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not below this one."""
        self._at = self._terms.at(self._field, term if isinstance(term, bytes) else term.encode())
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Give the term, or None after the last one."""
        return self._terms.term(self._at).decode() if self.is_valid() else None

    def term_info(self) -> FlatTermInfo:
        """Tell about the term."""
        return FlatTermInfo(self._terms, self._at)

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < self._end


class FlatTermsReader(TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """A segment's terms as Whoosh reads them."""

    def __init__(self, terms: TermList) -> None:
        self._terms = terms

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._terms.find(*term) is not None

    def _every(self) -> Iterator[tuple[str, int]]:
        for field, (first, last) in self._terms.fields.items():
            for at in range(first, last):
                yield field, at

    def _from(self, field: str, prefix: bytes) -> range:
        return range(self._terms.at(field, prefix), self._terms.fields.get(field, (0, 0))[1])

    def indexed_field_names(self) -> list[str]:
        """Name the fields."""
        return list(self._terms.fields)

    def cursor(self, fieldname: str, fieldobj: Untyped) -> FlatCursor:  # noqa: ARG002  # Whoosh's signature
        """Walk over a field."""
        return FlatCursor(self._terms, fieldname)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Give all terms."""
        return ((field, self._terms.term(at)) for field, at in self._every())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Give a field's terms from one on."""
        return ((fieldname, self._terms.term(at)) for at in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], FlatTermInfo]]:
        """Give all terms and what is known about them."""
        return (((field, self._terms.term(at)), FlatTermInfo(self._terms, at)) for field, at in self._every())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], FlatTermInfo]]:
        """Give the same for a field's terms from one on."""
        places = self._from(fieldname, prefix)
        return (((fieldname, self._terms.term(at)), FlatTermInfo(self._terms, at)) for at in places)

    def term_info(self, fieldname: str, text: bytes) -> FlatTermInfo:
        """Tell about a term."""
        at = self._terms.find(fieldname, text)
        if at is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return FlatTermInfo(self._terms, at)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands here; 0 where it does not."""
        return self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many entries hold a term; 0 where none does."""
        return self.term_info(fieldname, text).doc_frequency() if (fieldname, text) in self else 0

    def matcher(self, fieldname: str, text: bytes, format_: Untyped, scorer: Untyped = None) -> Untyped:
        """Walk over a term's postings."""
        info = self.term_info(fieldname, text)
        at = self._terms.at(fieldname, text)
        postings = self._terms.between(at, at + 1)
        counts, places = postings.counts.tolist(), array("I", postings.positions.tobytes())
        ends = [0, *accumulate(counts)]
        return ListMatcher(
            postings.ids.tolist(),
            [float(count or 1) for count in counts],
            [places[low:high].tobytes() for low, high in pairwise(ends)],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=info,
        )
