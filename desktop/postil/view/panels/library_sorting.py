"""The orders in which the sidebar can list the library's documents."""

from collections.abc import Sequence
from datetime import datetime

from postil_db.records import DocumentInfo


def in_order(documents: Sequence[DocumentInfo], order: str) -> list[DocumentInfo]:
    """Sort documents that come with the one last read first; what says nothing of the matter comes last."""
    match order:
        case "added":
            return sorted(documents, key=_added, reverse=True)
        case "title":
            return sorted(documents, key=_title)
        case "author":
            return sorted(documents, key=lambda one: (not one.authors, _author(one), _title(one)))
        case "published":
            return sorted(documents, key=lambda one: one.published, reverse=True)
        case _:
            return list(documents)


def _added(one: DocumentInfo) -> tuple[datetime, int]:
    return one.added_at, one.id


def _title(one: DocumentInfo) -> str:
    return one.title.casefold().lstrip("“”\"'‘’«([ ")


def _author(one: DocumentInfo) -> str:
    return one.authors[0].casefold() if one.authors else ""
