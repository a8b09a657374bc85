import io
from pathlib import Path

import pytest
from tests import factories

from postil.exchange.errors import CannotWrite
from postil.exchange.formats import FORMATS
from postil.exchange.scope import Scope
from postil_db.errors import NotFound
from postil_db.library import Library
from postil_db.records import EntityKind, FoundMention, Selector
from postil_db.store import annotations, entities


def name(library: Library, document: int, found: list[FoundMention]) -> None:
    library.write("Names", lambda session: entities.replace(session, document, "test/1", found), undoable=False)


def mark(library: Library, document: int, place: Selector) -> None:
    library.write("Add annotation", lambda session: annotations.add(session, document, place, tags=["eu"]))


@pytest.fixture
def stocked(library: Library) -> Library:
    """Give a library with two documents; the first has two annotations, the second one."""
    for paragraphs in (factories.ARTICLE, ("Another piece", "Kaja Kallas spoke of trade.")):
        document = factories.make_document(*paragraphs)
        info = library.add(document, document.content.text.encode()).result.info
        found = [factories.make_found(document.content, "Kaja Kallas", EntityKind.PERSON)]
        name(library, info.id, found)
        for quote in [one for one in ("Kaja Kallas", "maritime security") if one in document.content.text]:
            mark(library, info.id, factories.make_selector(document.content, quote))
    return library


def cells(library: Library, scope: Scope, format_name: str = "csv", column: int = 0) -> list[str]:
    return [row[column] for row in FORMATS[format_name].preview(library, scope, limit=100).rows]


def test_each_scope_means_its_annotations(stocked: Library) -> None:
    assert cells(stocked, Scope()) == ["1", "2", "3"]
    assert cells(stocked, Scope(document=2)) == ["3"]
    assert cells(stocked, Scope(tag="eu")) == ["1", "2", "3"]
    assert cells(stocked, Scope(query="maritime")) == ["2"]
    assert cells(stocked, Scope(query="kallas", document=2)) == ["3"]
    with pytest.raises(NotFound):
        cells(stocked, Scope(tag="nothing"))


def test_entities_are_counted_within_the_scope(stocked: Library) -> None:
    assert cells(stocked, Scope(), "entities", column=3) == ["2"]
    assert cells(stocked, Scope(document=2), "entities", column=3) == ["1"]
    assert cells(stocked, Scope(query="maritime"), "entities") == []
    assert cells(stocked, Scope(query="kallas"), "entities") == ["Kaja Kallas"]


def test_a_preview_shows_what_is_written(stocked: Library, tmp_path: Path) -> None:
    table = FORMATS["csv"].preview(stocked, Scope(), limit=2)
    assert len(list(table.rows)) == 2
    out = io.StringIO(newline="")
    assert FORMATS["csv"].write(stocked, Scope(), out) == 3
    assert FORMATS["csv"].write(stocked, Scope(), tmp_path / "out.csv") == 3
    assert (tmp_path / "out.csv").read_bytes().decode() == out.getvalue()


def test_what_cannot_be_written_is_no_fault_of_the_library(stocked: Library, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="folder does not exist"):
        FORMATS["csv"].write(stocked, Scope(), tmp_path / "missing" / "out.csv")
