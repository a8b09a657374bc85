"""Records as the JSON that `--json` prints: names and meanings here are a promise to programs."""

from typing import TYPE_CHECKING

from postil.exchange.annotation_table import iso_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postil.command.console import Json
    from postil_db.records import Annotation, Document, DocumentInfo, Entity, Mention, Result, Tag


def added(info: "DocumentInfo", *, new: bool) -> "dict[str, Json]":
    """A document as `add` tells it."""
    return {
        "id": info.id,
        "title": info.title,
        "media_type": info.media_type,
        "language": info.language,
        "words": info.words,
        "new": new,
    }


def document(info: "DocumentInfo") -> "dict[str, Json]":
    """A document without its text."""
    return {
        "id": info.id,
        "title": info.title,
        "authors": list(info.authors),
        "language": info.language,
        "published": info.published,
        "source": info.source,
        "media_type": info.media_type,
        "words": info.words,
        "annotations": info.annotations,
        "added_at": iso_time(info.added_at),
        "opened_at": iso_time(info.opened_at) if info.opened_at else None,
        "sha256": info.sha256,
    }


def whole_document(whole: "Document", *, text: bool) -> "dict[str, Json]":
    """A document with its sections and, if asked for, its canonical text."""
    content = whole.content
    sections: list[Json] = [
        {"title": section.title, "level": section.level, "start": content.starts[section.block]}
        for section in content.sections
    ]
    return {**document(whole.info), "sections": sections, **({"text": whole.text} if text else {})}


def annotation(marked: "Annotation", title: str) -> "dict[str, Json]":
    """An annotation and the title of its document."""
    place = marked.selector
    return {
        "id": marked.id,
        "document": marked.document_id,
        "title": title,
        "quote": place.quote,
        "note": marked.note,
        "tags": list(marked.tags),
        "color": marked.color.value,
        "start": place.start,
        "end": place.end,
        "section": place.section,
        "prefix": place.prefix,
        "suffix": place.suffix,
        "anchor_state": marked.anchor_state.value,
        "created_at": iso_time(marked.created_at),
        "modified_at": iso_time(marked.modified_at),
    }


def result(found: "Result") -> "dict[str, Json]":
    """A search result. `id`: of the annotation or entity; a passage of a document has none."""
    marked, named = found.annotation, found.entity
    quote = marked.selector.quote if marked else named.name if named else found.snippet
    return {
        "kind": found.group.value,
        "id": marked.id if marked else named.id if named else None,
        "document": found.document_id,
        "title": found.title,
        "quote": quote,
        "note": marked.note if marked else "",
        "tags": list(marked.tags) if marked else [],
        "start": found.start,
        "end": found.end,
        "score": found.score,
        "snippet": found.snippet,
    }


def entity(named: "Entity", mentions: "Sequence[Mention]") -> "dict[str, Json]":
    """An entity with its mentions, each with its document's id."""
    spans: list[Mapping[str, Json]] = [
        {
            "document": mention.document_id,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "origin": mention.origin.value,
        }
        for mention in mentions
    ]
    return {
        "entity": named.name,
        "kind": named.kind.value,
        "aliases": list(named.aliases),
        "count": named.count,
        "mentions": spans,
    }


def tag(named: "Tag") -> "dict[str, Json]":
    """A tag of the library."""
    return {"tag": named.name, "color": named.color.value if named.color else None, "annotations": named.count}
