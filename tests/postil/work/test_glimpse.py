"""The page as it was left: true or not there, private, and gone once it was taken."""

import stat
from pathlib import Path

from tests import factories
from tests.postil.view.page import pages

from postil.work import glimpse
from postil_db.library import Library
from postil_db.places import cache_folder
from postil_db.records import Block, BlockKind, Color, Content


def kept(folder: Path) -> list[Path]:
    return list((cache_folder() / "glimpses").glob("*.json"))


def leave(tmp_path: Path) -> tuple[Path, glimpse.Glimpse]:
    """Close a library with a book in it, and keep a glimpse of its middle."""
    folder = tmp_path / "library"
    with Library.open(folder, cache=tmp_path / "cache"):
        pass
    content = pages.book(20_000)
    middle = len(content.text) // 2
    notes = [pages.annotation(1, middle + 10, middle + 60, Color.GREEN, "secret"), pages.annotation(2, 5, 9)]
    cut = glimpse.cut(pages.document(content), middle, notes, [pages.mention(middle + 100, middle + 110)])
    assert cut is not None
    glimpse.keep(folder, cut)
    return folder, cut


def test_what_is_taken_is_what_was_kept(tmp_path: Path) -> None:
    folder, cut = leave(tmp_path)
    assert stat.S_IMODE(kept(folder)[0].stat().st_mode) == 0o600
    assert "secret" not in kept(folder)[0].read_text()
    taken = glimpse.take(folder)
    assert taken is not None
    assert taken.document.content == cut.document.content
    assert (taken.position, taken.before, taken.length) == (cut.position, cut.before, cut.length)
    assert [(one.selector.start, one.color) for one in taken.annotations] == [(cut.position + 10, Color.GREEN)]
    assert [one.start for one in taken.mentions] == [cut.position + 100]
    assert not taken.whole
    assert kept(folder) == []
    assert glimpse.take(folder) is None


def test_a_library_that_changed_since_has_none(tmp_path: Path) -> None:
    folder, _ = leave(tmp_path)
    document = factories.make_document()
    with Library.open(folder, cache=tmp_path / "cache") as library:
        library.add(document, document.content.text.encode())
    assert glimpse.take(folder) is None
    assert kept(folder) == []


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    folder, _ = leave(tmp_path)
    kept(folder)[0].write_text('{"version": 1}')
    assert glimpse.take(folder) is None


def test_that_of_a_library_that_was_moved_is_deleted(tmp_path: Path) -> None:
    folder, _ = leave(tmp_path)
    other = tmp_path / "other"
    folder.rename(other)
    assert glimpse.take(other) is None
    glimpse.keep(other, None)
    assert kept(folder) == []


def test_a_part_that_needs_more_than_its_text_is_not_cut() -> None:
    with_picture = Content((Block(BlockKind.PARAGRAPH, "Text."), Block(BlockKind.IMAGE, "A river", image="0" * 64)))
    assert glimpse.cut(pages.document(with_picture), 0, [], []) is None
    rows = Content((Block(BlockKind.TABLE_ROW, "a\tb"), Block(BlockKind.PARAGRAPH, "Text.")))
    assert glimpse.cut(pages.document(rows), 0, [], []) is None


def test_a_cache_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    folder, cut = leave(tmp_path)
    kept(folder)[0].unlink()
    (cache_folder() / "glimpses").rmdir()
    (cache_folder() / "glimpses").write_text("in the way")
    glimpse.keep(folder, cut)
    assert glimpse.take(folder) is None
