"""Pictures of a Markdown file that lie beside it are part of the document; nothing else of the disk is."""

import sys
from pathlib import Path

import pytest
from tests.postil.documents.books import PNG

from postil.documents.beside import Beside
from postil.documents.parse import parse_bytes

PICTURE = PNG + bytes(2000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "a b.png").write_bytes(PICTURE)
    (folder / "words.png").write_text("no picture at all")
    (folder / "secret.txt").write_text("the secret")
    (tmp_path / "outside.png").write_bytes(PICTURE)
    return folder


def test_pictures_in_the_folder_are_kept_and_others_are_counted(folder: Path) -> None:
    text = (
        "# Notes\n\nBefore.\n\n![The ferry](pictures/a%20b.png)\n\n![Gone](gone.png) ![Out](../outside.png)\n\n"
        "![Web](https://track.er/x.png) ![Again](https://track.er/x.png) ![File](file:///etc/passwd)\n\nAfter.\n"
    )
    crossing = parse_bytes(text.encode(), str(folder / "n.md"))
    assert list(crossing.images.values()) == [PICTURE]
    assert [block.text for block in crossing.document.content.blocks if block.image] == ["The ferry"]
    assert crossing.notes == (
        "3 pictures are left out: not in the folder of the file.",
        "1 picture is left out: on the web, from which nothing is fetched by itself.",
    )
    assert not parse_bytes(text.encode(), "n.md").images


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_leads_out_of_the_folder(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "outside.png")
    (folder / "up").symlink_to(folder.parent)
    find = Beside(str(folder / "n.md")).find
    assert find("pictures/a%20b.png?x=1#y") == PICTURE
    for address in (
        "link.png", "up/outside.png", "../outside.png", "..%2foutside.png", str(folder.parent / "outside.png"),
        "words.png", "secret.txt", "pictures", "", "//host/x.png", "http://[broken", "\x00.png", "..\\outside.png",
    ):  # fmt: skip
        assert find(address) == b""


def test_a_page_that_was_saved_whole_has_its_pictures_beside_it(folder: Path) -> None:
    story = "<p>The ferry sails again on Tuesday, the harbour authority said to everybody who asked.</p>" * 6
    picture = "<img src='pictures/a b.png' alt='The ferry'>"
    page = f"<html><body><article><h1>A</h1>{story}{picture}{story}</article></body></html>"
    assert list(parse_bytes(page.encode(), str(folder / "p.html")).images.values()) == [PICTURE]
