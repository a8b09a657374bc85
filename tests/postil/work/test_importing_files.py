"""A file of annotations is looked at beside everything else, and can be let go of at any time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.exchange.importing.taking import SAMPLES

from postil.exchange.importing.csv_rows import NoTable, Table
from postil.exchange.importing.json_rows import NoJson, pieces
from postil.exchange.importing.matching import Fate
from postil.work.importing import Importing, Stopped
from postil.work.run import Work
from postil_db.library import Library


@pytest.fixture
def importing(tmp_path: Path, qapp: object) -> Iterator[Importing]:
    """Give one on a library with the article."""

    def open_library() -> Library:
        library = Library.open(tmp_path / "library", cache=tmp_path / "cache")
        document = factories.make_document(source="https://example.org/article")
        library.add(document, document.content.text.encode())
        return library

    work = Work()
    work.open(open_library)
    importing = Importing(work)
    yield importing
    importing.close()
    work.close()


def test_a_file_is_planned_and_planned_anew_with_what_the_reader_names(importing: Importing, qtbot: QtBot) -> None:
    seen: list[str] = []
    importing.progress.connect(lambda doing, _done, _total: seen.append(doing))
    with qtbot.waitSignal(importing.planned) as first:
        importing.look(SAMPLES / "readwise.csv")
    plan = first.args[0]
    assert (plan.count(Fate.NEW), len(plan.left)) == (3, 1)
    assert seen[0] == "Reading"
    assert seen[-1] == "Finding the passages"
    other = next(group.source for group in plan.groups if group.info is None)
    with qtbot.waitSignal(importing.planned) as again:
        importing.choose({other: 1})
    assert (again.args[0].count(Fate.NEW), again.args[0].lost, again.args[0].left) == (4, 2, ())


def test_what_cannot_be_read_is_told_and_what_was_stopped_is_not(
    importing: Importing, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(importing.refused) as told:
        importing.look(tmp_path / "gone.csv")
    assert "could not be read (No such file" in told.args[0]
    with qtbot.assertNotEmitted(importing.planned):
        importing.look(SAMPLES / "readwise.csv")
        importing.stop()
        with qtbot.waitSignal(importing.refused):
            importing.look(tmp_path)
    step = importing.saving()
    step(0, 5)
    importing.stop()
    with pytest.raises(Stopped):
        step(1, 5)


def test_what_is_no_list_and_no_table_ends_in_a_fault_of_its_own() -> None:
    with pytest.raises(NoJson):
        list(pieces('{"rows": [1, 2', ("rows",)))
    assert [value for _, value, _ in pieces(' {"a": 1, "rows": [ ], "rows": [{}, 3] } ', ("rows",))] == [1, {}, 3]
    with pytest.raises(NoTable):
        Table("a,b\n1,2\n", lambda names: "c" in names)
