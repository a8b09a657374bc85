"""The part of a library that answers questions; the index behind it is kept by `searching`."""

from postil_db.records import Answer, Completion, Hits
from postil_db.searching import Progress, Searching

__all__ = ["Asked", "Progress"]


class Asked:
    """A library's search; the rest of the library is `Library`, which has what is declared here."""

    _searching: Searching

    def ask(
        self,
        query: str,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: str = "relevance",
        document: int | None = None,
        facets: bool = True,
    ) -> Answer:
        """What a query finds in highlights, notes, entities and texts: at most `limit` results of each group.

        `offset`: without so many of each group, which come before. `sort`: relevance, newest or document. `document`:
        only in this one. Any text is a query.
        """
        page = slice(offset, offset + limit)
        return self._searching.ask(query, page=page, sort=sort, document=document, facets=facets)

    def count(self, query: str) -> int:
        """How many results a query has, of all groups."""
        return self._searching.count(query)

    def completions(self, query: str, at: int) -> tuple[Completion, ...]:
        """What may stand at the caret, the likeliest first: fields, tags, entities, colours, titles."""
        return self._searching.completions(query, at)

    def search(self, query: str, *, limit: int = 50, sort: str = "relevance", document: int | None = None) -> Hits:
        """The annotations that a query finds. `sort`: relevance, newest or document. Any text is a query."""
        return self._searching.search(query, limit=limit, sort=sort, document=document)

    def search_ids(self, query: str, *, document: int | None = None) -> tuple[int, ...]:
        """The ids of all annotations that a query finds, best first: for who works on them all."""
        return self._searching.ids(query, document=document)

    def heal_index(self, progress: Progress | None = None) -> int:
        """Make the index say what the database says; the number of entries that were mended."""
        return self._searching.heal(progress)

    def rebuild_index(self, progress: Progress | None = None) -> int:
        """Throw the index away and make it anew; the number of entries in it."""
        return self._searching.rebuild(progress)
