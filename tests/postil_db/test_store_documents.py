import time
from functools import partial
from pathlib import Path

import pytest
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound, Refused
from postil_db.library import Library
from postil_db.records import Block, BlockKind, Content, NewDocument, Section, Style, StyleKind
from postil_db.store import annotations, documents


def add(library: Library, *paragraphs: str, title: str = "", source: str = "") -> int:
    new = factories.make_document(*paragraphs, title=title, source=source)
    return library.add(new, new.content.text.encode()).result.info.id


def test_a_document_comes_back_as_it_was_given(library: Library) -> None:
    content = Content(
        (
            Block(BlockKind.HEADING, "Überschrift 🎉", level=1),
            Block(
                BlockKind.PARAGRAPH,
                "bold and linked",
                styles=(
                    Style(0, 4, StyleKind.BOLD),
                    Style(9, 15, StyleKind.LINK, "https://example.org/?a=1&b=“2”"),
                ),
            ),
            Block(BlockKind.LIST_ITEM, "third", level=2, marker="3."),
            Block(BlockKind.CODE, "a = 1\n\tb"),
            Block(BlockKind.RULE, ""),
        ),
        (Section("Überschrift 🎉", 1, 0), Section("Zwei", 2, 2)),
    )
    new = NewDocument("T", content, "text/html", factories.make_document("x").sha256, ("A", "B, C"), "de", "2026", "s")
    added = library.add(new, b"x").result
    kept = library.read(lambda session: documents.get(session, added.info.id))
    assert kept.content == content
    assert kept.text == content.text
    assert (kept.info.title, kept.info.authors, kept.info.language) == ("T", ("A", "B, C"), "de")
    assert (kept.info.words, kept.info.annotations, kept.info.position) == (10, 0, 0)


def test_the_same_bytes_are_one_document(desk: Desk, library: Library) -> None:
    again = library.add(desk.new, desk.new.content.text.encode()).result
    assert not again.new
    assert again.info == desk.info


def test_a_removed_document_is_nowhere(desk: Desk, library: Library) -> None:
    made = desk.mark(tags=["t"])
    changes = library.write("Remove", lambda session: documents.remove(session, [desk.info.id])).changes
    assert changes.documents == {desk.info.id}
    assert changes.annotations == {made.id}
    assert library.read(documents.every) == []
    assert library.read(annotations.every) == []
    for gone in (documents.get, documents.info, documents.opened):
        with pytest.raises(NotFound, match=f"no document {desk.info.id}"):
            desk.see(gone, desk.info.id)
    with pytest.raises(NotFound):
        desk.act(annotations.set_note, made.id, "x")


def test_a_removed_document_added_again_has_its_annotations(desk: Desk, library: Library) -> None:
    made = desk.mark()
    desk.act(documents.remove, [desk.info.id])
    again = library.add(desk.new, desk.new.content.text.encode())
    assert again.result.new
    assert again.result.info.id == desk.info.id
    assert again.changes.annotations == {made.id}
    assert library.read(annotations.every) == [made]


def test_the_last_opened_comes_first(library: Library) -> None:
    first, second, third = (add(library, f"Paper {number}") for number in range(3))
    assert [one.id for one in library.read(documents.every)] == [third, second, first]
    time.sleep(0.001)  # the clock's own resolution
    library.write("", lambda session: documents.opened(session, first))
    assert [one.id for one in library.read(documents.every)] == [first, third, second]


def test_a_title_is_kept_on_one_line(desk: Desk) -> None:
    desk.act(documents.set_title, desk.info.id, "  New\n title\x00 ")
    assert desk.see(documents.info, desk.info.id).title == "New title�"
    with pytest.raises(Refused, match="needs a name"):
        desk.act(documents.set_title, desk.info.id, " \n")
    with pytest.raises(Refused, match="at most 200"):
        desk.act(documents.set_title, desk.info.id, "x" * 201)


def test_annotations_are_counted(desk: Desk) -> None:
    made = desk.mark()
    desk.mark("Kaja Kallas")
    assert desk.see(documents.info, desk.info.id).annotations == 2
    desk.act(annotations.remove, [made.id])
    assert desk.see(documents.info, desk.info.id).annotations == 1


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> dict[str, int]:
    return {
        "moby": add(library, "Call me", title="Moby Dick", source=str(tmp_path / "moby.txt")),
        "whale": add(library, "A whale", title="The Whale", source="https://example.org/whale"),
        "whales": add(library, "More", title="Whales of 1984"),
        "year": add(library, "Big brother", title="1984"),
    }


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("1", "moby"),
        ("#2", "whale"),
        ("moby dick", "moby"),
        ("  MOBY ", "moby"),
        ("1984", "year"),
        ("the whale", "whale"),
        ("https://example.org/whale", "whale"),
        ("whales", "whales"),
    ],
)
def test_a_document_is_found_by_what_one_would_say(
    library: Library, shelf: dict[str, int], reference: str, found: str
) -> None:
    assert library.read(lambda session: documents.find(session, reference)).id == shelf[found]


def test_a_document_is_found_by_its_path(
    library: Library, shelf: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for reference in (str(tmp_path / "moby.txt"), "moby.txt", "./moby.txt"):
        assert library.read(partial(documents.find, reference=reference)).id == shelf["moby"]


def test_what_fits_several_is_refused_with_their_names(library: Library, shelf: dict[str, int]) -> None:
    with pytest.raises(Refused, match=r"several documents: .*The Whale.*number"):
        library.read(lambda session: documents.find(session, "whale"))


@pytest.mark.parametrize("reference", ["", "  ", "nothing like it", "99", "%", "_"])
def test_what_fits_none_is_said(library: Library, shelf: dict[str, int], reference: str) -> None:
    with pytest.raises(NotFound, match="No document fits"):
        library.read(lambda session: documents.find(session, reference))
