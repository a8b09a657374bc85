"""Annotation collections that calibre writes: highlights by their text, for its positions count in the book's file."""

from collections.abc import Mapping
from typing import Any

from postil.exchange.importing import fit
from postil.exchange.importing.incoming import Contents, Incoming, NoAnnotations, Source, Step
from postil.exchange.importing.json_rows import NoJson, pieces
from postil.exchange.importing.source_file import MOST, too_many

NAME = "calibre"
_SIGNS = ('"calibre_annotation_collection"', '"highlighted_text"')


def recognises(text: str) -> bool:
    """Whether a text looks like it."""
    return text.lstrip()[:1] in ("{", "[") and any(sign in text for sign in _SIGNS)


def parse(text: str, name: str, step: Step) -> Contents:
    """Read all of it; raises NoAnnotations."""
    found, bookmarks, odd = list[Incoming](), 0, 0
    try:
        for key, value, at in pieces(text, ("annotations",)):
            if key not in ("", "annotations"):
                continue
            row: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
            quote = fit.text(row.get("highlighted_text")).strip()
            if row.get("type") in ("bookmark", "last-read"):
                bookmarks += 1
            elif not quote or row.get("removed"):
                odd += not row.get("removed")
            else:
                found.append(_incoming(row, quote))
            step(at, len(text))
            if len(found) > MOST:
                raise too_many(name)
    except NoJson:
        raise NoAnnotations(
            f"“{name}” is not whole: after {len(found):,} annotations it is no JSON any more. "
            "Nothing was taken over. Export it once more."
        ) from None
    notes = []
    if bookmarks:
        notes.append(f"{'One bookmark was' if bookmarks == 1 else f'{bookmarks:,} bookmarks were'} left out.")
    if odd:
        notes.append(f"{'One row was' if odd == 1 else f'{odd:,} rows were'} left out: nothing is marked in them.")
    return Contents(NAME, tuple(found), notes=tuple(notes))


def _incoming(row: Mapping[str, Any], quote: str) -> Incoming:
    style = row.get("style")
    chapters = row.get("toc_family_titles")
    moment = fit.moment(row.get("timestamp"))
    return Incoming(
        _source(row),
        quote,
        section=fit.line(chapters[-1]) if isinstance(chapters, list) and chapters else "",
        note=fit.text(row.get("notes")).strip() or None,
        color=fit.color(style.get("which")) if isinstance(style, Mapping) else None,
        created_at=moment,
        modified_at=moment,
    )


def _source(row: Mapping[str, Any]) -> Source:
    """The book: calibre tells its number in calibre's own library, and no title."""
    title = fit.line(row.get("title")) or fit.line(row.get("book_title"))
    number = fit.whole(row.get("book_id"))
    unnamed = "A book of calibre's" if number is None else f"Book {number} of calibre's"
    return Source(title or unnamed, fit.line(row.get("author")))
