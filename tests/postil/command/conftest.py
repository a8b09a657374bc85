"""A command line of each test's own, on an empty library or a stocked one."""

from functools import partial
from pathlib import Path

import pytest
from tests import factories
from tests.postil.command.calling import Postil, call

from postil_db.library import Library
from postil_db.records import Color, EntityKind
from postil_db.store import annotations, entities


@pytest.fixture
def postil(tmp_path: Path) -> Postil:
    """Give a function that runs a command on a library in the test's folder."""
    return partial(call, tmp_path)


@pytest.fixture
def stocked(tmp_path: Path, postil: Postil) -> Postil:
    """Give the same with an article, three names in it and two annotations (ids 1 and 2) in the library."""
    with Library.open(tmp_path / "library") as library:
        document = factories.make_document(source="https://example.org/article")
        info = library.add(document, document.content.text.encode()).result.info
        content = document.content
        found = [
            factories.make_found(content, "Kaja Kallas", EntityKind.PERSON),
            factories.make_found(content, "New Delhi", EntityKind.PLACE, nth=2),
            factories.make_found(content, "Kallas", EntityKind.PERSON, name="Kaja Kallas", nth=2),
        ]
        library.write("Names", lambda session: entities.replace(session, info.id, "test/1", found), undoable=False)
        first = factories.make_selector(content, "Kaja Kallas met Rajnath Singh")
        library.write(
            "Add annotation",
            lambda session: annotations.add(session, info.id, first, color=Color.GREEN, note="who", tags=["eu", "who"]),
        )
        second = factories.make_selector(content, "maritime security")
        library.write("Add annotation", lambda session: annotations.add(session, info.id, second, note="=danger"))
    return postil
