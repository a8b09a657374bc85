"""What is on disk is a whole Whoosh index: Whoosh's own search, entry by entry, finds the same in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry
from postil_db.index.schema import INDEX_NAME, make_schema
from postil_db.index.storage import IndexStorage
from postil_db.index.whoosh_parts import FileIndex, query

TEXTS = ["sea power at sea", "the law of the sea", "Security first", "security at sea", "Straße zur See", "研究方法"]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AnnotationIndex, Any]]:
    folder = tmp_path_factory.mktemp("whoosh") / "index"
    index = AnnotationIndex.open(folder)
    for key in range(60):
        tags = ("policy/defence",) if key % 3 else ("other",)
        index.put([Entry(key, 1, 1, "title", TEXTS[key % 6], TEXTS[key % 5], tags, (), "blue", key)])
        if key % 9 == 8:
            index.drop([key - 4])
            index.flush()
    index.flush()
    stock = FileIndex(IndexStorage(str(folder)), schema=make_schema(), indexname=INDEX_NAME)
    with stock.searcher() as searcher:
        yield index, searcher
    index.close()


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("sea ", query.Term("text", "sea")),
        ("se* ", query.Prefix("text", "se")),
        ("sea security ", query.And([query.Term("text", "sea"), query.Term("text", "security")])),
        ("law OR first ", query.Or([query.Term("text", "law"), query.Term("text", "first")])),
        ('"law of the sea"', query.Phrase("text", ["law", "of", "the", "sea"])),
        ("tag:policy", query.Term("tag", "policy")),
        ("-tag:policy ", query.Not(query.Term("tag", "policy"))),
        ("研究 ", query.Term("text", "研究")),
    ],
)
def test_whooshs_own_search_finds_the_same(both: tuple[AnnotationIndex, Any], typed: str, tree: Any) -> None:
    index, searcher = both
    numbers = searcher.docs_for_query(tree)
    ids = {searcher.reader().column_reader("id")[number] for number in numbers}
    found = index.search(typed, limit=99)
    assert set(found.ids) == ids
    assert ids


def test_whoosh_can_walk_the_terms(both: tuple[AnnotationIndex, Any]) -> None:
    reader = both[1].reader()
    assert set(reader.field_terms("color")) == {"blue"}
    assert {"law", "security", "strasse"} <= set(reader.field_terms("text"))
    assert ("text", "sea") in reader
    assert (
        reader.doc_frequency("tag", "other") == len(both[0].search("tag:other", limit=99).ids) or reader.has_deletions()
    )
