"""An index beside other futures of its library, copies of it, and threads that do not want to wait."""

import shutil
from pathlib import Path
from threading import Thread

from tests import factories
from tests.postil_db.desk import Desk, sit_down

from postil_db.library import Library
from postil_db.store import annotations


def found(library: Library, query: str) -> set[int]:
    return {hit.annotation.id for hit in library.search(query).hits}


def many(desk: Desk, number: int) -> int:
    new = annotations.NewAnnotation(factories.make_selector(desk.new.content, "India"), note="whaling")
    return len(desk.act(annotations.add_all, desk.info.id, [new] * number))


def test_a_restored_backup_that_counted_on_heals(folder: Path, cache: Path) -> None:
    def write(*notes: str) -> None:
        with Library.open(folder, cache=cache) as library:
            desk = sit_down(library)
            for note in notes:
                desk.mark(note=note)

    with Library.open(folder, cache=cache) as library:
        sit_down(library)
        backup = library.backup("test")
    write("lost words", "more lost words")
    with Library.open(folder, cache=cache) as library:
        assert len(found(library, "lost")) == 2
    backup.replace(folder / "library.sqlite3")
    write("other words", "yet other words", "third words")  # the same ids and counts, and no search in between
    with Library.open(folder, cache=cache) as library:
        assert found(library, "lost") == set()
        assert len(found(library, "other")) == 2


def test_a_copy_of_a_library_has_an_index_of_its_own(folder: Path, cache: Path, tmp_path: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        sit_down(library).mark(note="shared")
    shutil.copytree(folder, tmp_path / "copy")
    with Library.open(folder, cache=cache) as one, Library.open(tmp_path / "copy", cache=cache) as other:
        assert one.id == other.id
        only = sit_down(one).mark(note="mine")
        assert found(one, "mine") == {only.id}
        assert (found(other, "mine"), len(found(other, "shared"))) == (set(), 1)
    (tmp_path / "link").symlink_to(folder)
    with Library.open(tmp_path / "link", cache=cache) as library:
        assert library.heal_index() == 0  # the same place by another name


def test_a_save_comes_in_between_while_the_index_is_made(desk: Desk, library: Library) -> None:
    number, saved = many(desk, 1500), list[int]()

    def interrupted(_done: int, total: int) -> None:
        if total == number:
            other = Thread(target=lambda: saved.append(desk.mark(note="meanwhile").id), daemon=True)
            other.start()
            other.join(20)
            assert not other.is_alive(), "a save waits for the index"

    library.heal_index(interrupted)
    assert len(saved) == 3
    assert found(library, "meanwhile") == set(saved)
    assert library.search("whaling").total == number


def test_a_large_write_does_not_wait_for_the_index_on_disk(desk: Desk, library: Library) -> None:
    assert library.search("whaling").total == 0
    shelf = library._searching._shelf
    assert shelf
    index = shelf.annotations.index
    with index._writing:
        other = Thread(target=lambda: many(desk, 600), daemon=True)
        other.start()
        other.join(20)
        assert not other.is_alive()
    assert library.search("whaling").total == 600
