from pathlib import Path

import pytest
from tests.postil.command.calling import Postil
from tests.postil.documents.a_server import serving

from postil_db import safekeeping
from postil_db.library import Library

ARTICLE = """# Talks: “Ja”, said Zoë

Kaja Kallas met Subrahmanyam Jaishankar in New Delhi on Tuesday.

The two spoke about the security of the sea lanes for more than an hour, and about what comes next.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "an article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_file_is_added_once(postil: Postil, article: Path) -> None:
    first = postil("add", article.name, "--no-entities", "--json")
    assert (first.status, first.err) == (0, "")
    (added,) = first.json
    assert list(added) == ["id", "title", "media_type", "language", "words", "new"]
    assert (added["id"], added["title"], added["new"]) == (1, "Talks: “Ja”, said Zoë", True)
    assert added["media_type"] == "text/markdown"
    again = postil("add", str(article), "--no-entities", "--json")
    assert again.json == [{**added, "new": False}]
    assert len(postil("list", "--json").json) == 1


def test_there_is_a_backup_before_many_files_are_added(
    postil: Postil, tmp_path: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "MANY", 2)
    postil("add", article.name, "--no-entities")
    assert postil("backups").status == 1
    (tmp_path / "papers").mkdir()
    for name in ("one.txt", "two.txt"):
        (tmp_path / "papers" / name).write_text(f"This is paper {name} about ferries.")
    postil("add", "papers", "--no-entities")
    (made,) = postil("backups", "--json").json
    assert made["reason"] == "before-adding-many-files"
    assert "1 now" not in postil("restore", str(made["number"]), "--dry-run").out


def test_of_a_web_page_its_article_or_all_of_it(postil: Postil, tmp_path: Path) -> None:
    story = "<p>" + "The ferry sails again on Tuesday, the harbour authority said. " * 6 + "</p>"
    page = f"<html><body><nav>{{}}</nav><article><h1>Ferry</h1>{story}</article><footer>Imprint</footer></body></html>"
    (tmp_path / "a.html").write_text(page.format("first"))
    (tmp_path / "b.html").write_text(page.format("second"))
    assert postil("add", "a.html", "--no-entities").status == 0
    assert postil("add", "b.html", "--whole-page", "--no-entities").status == 0
    assert "Imprint" not in postil("show", "1", "--text").out
    assert "Imprint" in postil("show", "2", "--text").out


def test_files_that_cannot_be_read_do_not_stop_the_others(postil: Postil, tmp_path: Path, article: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    names = ["missing.txt", "empty.txt", article.name, "picture.txt", "gone/"]
    result = postil("add", *names, "--no-entities", "--json")
    assert result.status == 1
    assert [added["id"] for added in result.json] == [1]
    told = [line for line in result.err.splitlines() if line.startswith("postil: ")]
    assert len(told) == 4
    for name, line in zip(["missing.txt", "empty.txt", "picture.txt"], told, strict=False):
        assert name in line
    assert "Traceback" not in result.err
    assert "[3/5] Talks: “Ja”, said Zoë" in result.err.splitlines()


def test_a_folder_stands_for_what_is_in_it(postil: Postil, tmp_path: Path, article: Path) -> None:
    folder = tmp_path / "papers" / "more"
    folder.mkdir(parents=True)
    article.rename(folder / "b.md")
    (tmp_path / "papers" / "a.txt").write_text("Some words.\n")
    (tmp_path / "papers" / "song.mp3").touch()
    result = postil("add", "papers", "--no-entities", "--json")
    assert (result.status, [added["title"] for added in result.json]) == (0, ["a", "Talks: “Ja”, said Zoë"])
    assert "1 file is of a kind that is not read" in result.err
    titled = postil("add", "papers", "--no-entities", "--title", "T")
    assert (titled.status, "a folder may hold many" in titled.err) == (1, True)
    (tmp_path / "none").mkdir()
    empty = postil("add", "none", "--no-entities")
    assert (empty.status, "nothing to read in the folder none" in empty.err) == (1, True)


def test_a_web_address_is_fetched(postil: Postil) -> None:
    with serving() as site:
        address = site.put("/ferry", b"<!doctype html><title>Ferry</title><p>The ferry sails again.</p>")
        assert postil("add", address, site.at("/none"), "--no-entities").status == 1
    assert postil("show", "1", "--json").json["source"] == address


def test_people_see_a_table(postil: Postil, article: Path) -> None:
    head, line = postil("add", article.name, "--no-entities", "--title", "My\x1b[31m title").out.splitlines()
    assert head.split() == ["ID", "TITLE", "LENGTH", "LANGUAGE"]
    assert line.startswith(" 1  My")
    assert line.endswith("added")
    assert "\x1b" not in line
    assert postil("add", article.name, "--no-entities").out.splitlines()[1].endswith("already there")


def test_text_comes_from_standard_input_too(postil: Postil) -> None:
    (added,) = postil("add", "-", "--title", "Pasted", "--no-entities", "--json", stdin="Some words here.\n").json
    assert (added["title"], added["words"]) == ("Pasted", 4)
    assert postil("show", "Pasted", "--text").out == "Pasted\nSome words here.\n"
    empty = postil("add", "-", "--no-entities", stdin=" \n")
    assert (empty.status, empty.out) == (1, "")
    assert empty.err.startswith("postil: ")


def test_a_page_from_standard_input_is_read_as_a_page(postil: Postil) -> None:
    page = "<!doctype html><title>Ships</title><p>Some <b>words</b> of a page.</p>"
    (added,) = postil("add", "-", "--no-entities", "--json", stdin=page).json
    assert (added["title"], added["media_type"]) == ("Ships", "text/html")
    assert postil("show", "1", "--text").out == "Ships\nSome words of a page.\n"


def test_a_document_is_found_by_id_title_or_part_of_one(postil: Postil, tmp_path: Path) -> None:
    for title in ("One report", "Another report", "--odd; 'title' 印度"):
        words = f"Text of {title}.\n"
        assert postil("add", "-", f"--title={title}", "--no-entities", stdin=words).status == 0
    assert postil("show", "2", "--json").json["title"] == "Another report"
    assert postil("show", "one REPORT", "--json").json["id"] == 1
    assert postil("show", "印度", "--json").json["id"] == 3
    several = postil("show", "report")
    assert (several.status, several.out) == (1, "")
    assert "1 One report" in several.err
    assert "2 Another report" in several.err
    assert postil("show", "nowhere").status == 1
    assert postil("show", "").status == 1


def test_documents_are_listed_whole_or_by_words(stocked: Postil) -> None:
    (info,) = stocked("list", "--json").json
    assert (info["id"], info["title"], info["annotations"]) == (1, "Partners sign in New Delhi", 2)
    assert info["authors"] == ["A. Writer"]
    assert stocked("list", "--query", "delhi WRITER", "--json").json == [info]
    none = stocked("list", "--query", "nowhere", "--json")
    assert (none.status, none.json, none.err) == (1, [], "postil: No document fits.\n")
    assert stocked("list").out.splitlines()[1].split()[:6] == ["1", "Partners", "sign", "in", "New", "Delhi"]


def test_an_empty_library_is_listed_as_such(postil: Postil) -> None:
    result = postil("list", "--json")
    assert (result.status, result.json) == (0, [])
    assert "postil add FILE" in result.err


def test_show_tells_what_is_known_and_the_text(stocked: Postil) -> None:
    shown = stocked("show", "1", "--json").json
    assert shown["published"] == "2026-01-27"
    assert "text" not in shown
    text = stocked("show", "1", "--text").out
    assert text.startswith("Partners sign in New Delhi\nKaja Kallas")
    assert stocked("show", "1", "--text", "--json").json["text"] + "\n" == text
    assert "Authors      A. Writer" in stocked("show", "1").out.splitlines()


@pytest.mark.model
def test_names_are_recognised_before_add_returns(postil: Postil, article: Path, tmp_path: Path) -> None:
    result = postil("add", article.name)
    assert (result.status, result.err) == (0, "")
    entities = {entity["entity"]: entity for entity in postil("entities", "1", "--json").json}
    assert entities["Kaja Kallas"]["kind"] == "person"
    assert entities["New Delhi"]["kind"] == "place"
    text = postil("show", "1", "--text").out
    for entity in entities.values():
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
    with Library.open(tmp_path / "library") as library:
        assert library.undo_label() == "Add document"
