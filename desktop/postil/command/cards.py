"""Annotations as a reader at a terminal sees them."""

from typing import TYPE_CHECKING

from postil.command.text import plain, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postil_db.records import Annotation

_WIDE = 100


def card(annotation: "Annotation", title: str) -> "Iterator[str]":
    """The lines of one annotation: its id and quote; its note; where it stands."""
    margin = " " * 6
    yield f"{annotation.id:>4}  “{shortened(annotation.selector.quote, _WIDE - 8)}”"
    if annotation.note:
        yield f"{margin}{shortened(annotation.note, _WIDE - 6)}"
    tags = " ".join(f"#{plain(tag)}" for tag in annotation.tags)
    facts = [annotation.color.value, tags, f"{shortened(title, 50)} ({annotation.document_id})"]
    yield margin + " · ".join(fact for fact in facts if fact)
