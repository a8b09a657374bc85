"""tantivy (Rust's Lucene, by its Python binding) on the annotations and questions of `bench_search.py`."""

import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from postil_db.index.entry import Entry

MEMORY = 256_000_000

type Ask = Callable[[str, Sequence[str]], object]


def _tantivy() -> Any:
    import tantivy

    return tantivy


def _schema() -> Any:
    builder = _tantivy().SchemaBuilder()
    builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="fold", index_option="position")
    builder.add_text_field("tag", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("created", indexed=True, fast=True)
    return builder.build()


def _prepared(index: Any) -> Any:
    tantivy = _tantivy()
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    index.register_tokenizer(
        "fold", builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()
    )
    return index


def _document(entry: Entry) -> Any:
    document = _tantivy().Document()
    document.add_unsigned("id", entry.id)
    for text in (entry.title, entry.quote, entry.note, "; ".join(entry.tags), "; ".join(entry.entities)):
        if text:
            document.add_text("text", text)
    for tag in entry.tags:
        document.add_text("tag", tag)
    document.add_integer("created", entry.created)
    return document


def build(folder: Path, entries: Sequence[Entry]) -> float:
    """Annotations a second."""
    folder.mkdir()
    begin = time.perf_counter()
    index = _prepared(_tantivy().Index(_schema(), path=str(folder)))
    writer = index.writer(heap_size=MEMORY, num_threads=1)
    for entry in entries:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()
    return len(entries) / (time.perf_counter() - begin)


def opened(folder: Path, limit: int) -> Ask:
    """What answers a question of a class, given as its words (of tag_word the tag, then the word)."""
    tantivy = _tantivy()
    index = _prepared(tantivy.Index.open(str(folder)))
    index.reload()
    searcher, schema = index.searcher(), index.schema
    query, must = tantivy.Query, tantivy.Occur.Must

    def term(word: str, field: str = "text") -> Any:
        return query.term_query(schema, field, word)

    def parsed(name: str, words: Sequence[str]) -> Any:  # noqa: PLR0911 - one for each class
        if not words:
            return query.all_query()
        if name in ("and", "and_common"):
            return query.boolean_query([(must, term(word)) for word in words])
        if name == "phrase":
            return query.phrase_query(schema, "text", list(words)) if len(words) > 1 else term(words[0])
        if name == "near":
            return query.phrase_query(schema, "text", list(words), slop=5)
        if name.startswith("prefix"):
            return query.regex_query(schema, "text", re.escape(words[0]) + ".*")
        if name == "tag_word":
            return query.boolean_query([(must, term(words[1])), (must, term(words[0], "tag"))])
        return term(words[0])

    def ask(name: str, words: Sequence[str]) -> object:
        asked = parsed(name, words)
        order = {"order_by_field": "created"} if name in ("newest", "everything") else {}
        found = searcher.search(asked, limit, count=True, **order)
        ids = [searcher.doc(place)["id"][0] for _, place in found.hits]
        if name == "facets":
            tags = {"tags": {"terms": {"field": "tag", "size": 12}}}
            return ids, json.dumps(searcher.aggregate(asked, tags))
        return ids

    return ask
