"""A damaged database is saved row by row; what was damaged is kept."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests import factories
from tests.postil_db.desk import Desk, sit_down

from postil_db.errors import Damaged, InUse
from postil_db.library import Library
from postil_db.salvage import salvage
from postil_db.store import annotations, documents, tags

PAGE = 4096
NOTES = 300


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed library with many annotations; not to be written to."""
    place = tmp_path_factory.mktemp("written")
    with Library.open(place / "library", cache=place / "cache") as library:
        desk = sit_down(library)
        second = factories.make_document(*(f"Paragraph {n} of the second document." for n in range(200)))
        library.add(second, second.content.text.encode())
        for number in range(NOTES):
            desk.mark(note=f"note {number} " + "x" * 200, tags=("kept", f"t{number % 7}"))
        gone = desk.mark(note="removed")
        desk.act(annotations.remove, [gone.id])
        desk.act(tags.delete, "t6")
    return place / "library"


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy of that library."""
    shutil.copytree(written, tmp_path / "library")
    return tmp_path / "library"


def spoil(folder: Path, *pages: int) -> None:
    """Overwrite pages of the database, counted from 0."""
    path = folder / "library.sqlite3"
    data = bytearray(path.read_bytes())
    for page in pages:
        data[page * PAGE : (page + 1) * PAGE] = random.Random(page).randbytes(PAGE)
    path.write_bytes(data)


def notes_of(folder: Path, tmp_path: Path) -> set[str]:
    with Library.open(folder, cache=tmp_path / "cache") as library:
        assert library.check() == []
        return {one.note[:8].strip() for one in library.read(annotations.every)}


def test_a_whole_library_is_saved_whole(folder: Path, tmp_path: Path) -> None:
    before = (folder / "library.sqlite3").read_bytes()
    report = salvage(folder)
    assert (report.rows["annotation"], report.gaps, report.stand_ins) == (NOTES + 1, {}, {})
    assert (report.aside / "library.sqlite3").read_bytes() == before
    assert len(notes_of(folder, tmp_path)) == NOTES
    with Library.open(folder, cache=tmp_path / "cache") as library:
        assert {tag.name for tag in library.read(tags.every)} == {"kept", *(f"t{n}" for n in range(6))}
        assert library.undo() is not None
        assert "t6" in {tag.name for tag in library.read(tags.every)}


@pytest.mark.parametrize("seed", range(3))
def test_most_notes_survive_spoilt_pages(folder: Path, tmp_path: Path, seed: int) -> None:
    pages = (folder / "library.sqlite3").stat().st_size // PAGE
    first = 80  # before that lie the list of tables and the roots of the trees, which a backup must bring back
    spoil(folder, *random.Random(seed).sample(range(first, pages), (pages - first) // 20))
    report = salvage(folder)
    assert report.sentences()[-1].endswith(f"{report.aside}.")
    with Library.open(folder, cache=tmp_path / "cache") as library:
        kept = {one.note for one in library.read(annotations.every)}
        assert len(kept) > NOTES * 0.9
        assert kept <= {f"note {number} " + "x" * 200 for number in range(NOTES)}
        assert library.search("kept").total > NOTES * 0.5


def test_rows_come_back_from_the_log(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection:
        connection.execute("DELETE FROM annotation WHERE id % 3 = 0")
        connection.commit()
    report = salvage(folder)
    assert report.remembered == (NOTES + 1) // 3
    assert len(notes_of(folder, tmp_path)) == NOTES


def test_annotations_outlive_their_document(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection:
        connection.executescript("DELETE FROM document WHERE id = 1; DELETE FROM act; DELETE FROM change;")
    report = salvage(folder)
    assert len(report.stand_ins) == 1
    assert len(notes_of(folder, tmp_path)) == NOTES
    with Library.open(folder, cache=tmp_path / "cache") as library:
        text = library.read(lambda session: documents.get(session, 1)).text
        one = library.read(annotations.every)[0].selector
        assert text[one.start : one.end] == one.quote == "maritime security"


def test_what_is_no_database_is_left_as_it_is(folder: Path) -> None:
    path = folder / "library.sqlite3"
    path.write_bytes(b"not a database" * 1000)
    before = sorted(one.name for one in folder.iterdir())
    with pytest.raises(Damaged, match="Go back to a backup"):
        salvage(folder)
    assert path.read_bytes() == b"not a database" * 1000
    assert sorted(one.name for one in folder.iterdir()) == before


def test_an_open_library_is_not_salvaged(desk: Desk, library: Library) -> None:
    with pytest.raises(InUse):
        salvage(library.folder)
    assert desk.mark().id
