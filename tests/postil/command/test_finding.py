import csv
import io
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil

from postil.exchange.formula import unguard

HEADER = (
    "id,created_at,modified_at,document,document_id,author,url,published,kind,quote,note,tags,color,entities,"
    "entity_kinds,start,end,section,prefix,suffix,anchor_state"
)


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_word_of_the_note_finds_the_annotation(stocked: Postil) -> None:
    (hit,) = stocked("search", "danger", "--json").json
    assert list(hit) == (
        ["kind", "id", "document", "title", "quote", "note", "tags", "start", "end", "score", "snippet"]
    )
    assert (hit["kind"], hit["id"], hit["document"]) == ("note", 2, 1)
    assert (hit["quote"], hit["note"], hit["tags"]) == ("maritime security", "=danger", [])
    assert hit["score"] > 0
    assert "danger" in hit["snippet"]


def marked(found: list[dict[str, object]]) -> list[object]:
    """The ids of the annotations among results."""
    return [each["id"] for each in found if each["kind"] in ("highlight", "note")]


def test_texts_and_entities_are_found_beside_annotations(stocked: Postil) -> None:
    rows = stocked("search", "Kallas", "--json").json
    assert [row["kind"] for row in rows] == ["highlight", "entity", "text", "text"]
    assert {row["id"] for row in rows if row["kind"] == "text"} == {None}
    told = stocked("search", "Kallas", "in:entity").out
    assert "Kaja Kallas · person, named" in told
    text = stocked("show", "1", "--text").out
    assert all(text[row["start"] : row["end"]] == "Kallas" for row in rows if row["kind"] == "text")


def test_a_slip_is_told_how_it_may_have_been_meant(stocked: Postil) -> None:
    assert stocked("search", "maritme").err == "postil: Nothing was found. Did you mean: maritime\n"


@pytest.mark.parametrize("query", [["tag:eu"], ["kallas"], ["Rajnath", "met"], ['"met Rajnath"'], ["who", "-danger"]])
def test_tags_entities_words_and_phrases_find(stocked: Postil, query: list[str]) -> None:
    assert marked(stocked("search", "--json", "--", *query).json) == [1]


@pytest.mark.parametrize("words", [["who", "-danger"], ["-danger", "who"], ["-danger"], ["--limit", "5", "-danger"]])
def test_a_word_with_a_hyphen_in_front_is_part_of_the_query(stocked: Postil, words: list[str]) -> None:
    assert marked(stocked("search", "--json", *words).json) == [1]


def test_a_misspelt_option_is_no_query(stocked: Postil) -> None:
    assert stocked("search", "delhi", "--limt", "3").status == 2


def test_results_are_limited_and_the_rest_is_told(stocked: Postil) -> None:
    result = stocked("search", "delhi", "is:exact", "--limit", "1", "--sort", "newest")
    assert result.status == 0
    assert result.out.startswith("   2  “maritime security”\n")
    assert "2 found; the first 1 are shown" in result.err


def test_the_rest_is_had_by_its_offset(stocked: Postil) -> None:
    both = stocked("search", "delhi", "is:exact", "--sort", "newest", "--json").json
    rest = stocked("search", "delhi", "is:exact", "--sort", "newest", "--json", "--limit", "1", "--offset", "1")
    assert rest.json == both[1:2] != []
    told = stocked("search", "delhi", "is:exact", "--limit", "1", "--offset", "1").err
    assert "2 found; 2 to 2 are shown" in told
    assert stocked("search", "delhi", "is:exact", "--offset", "2").status == 1


@pytest.mark.parametrize("query", ["((((", "*", "tag:", "AND", '"', "\x00", "-", "NEAR/(", "𝔘" * 500])
def test_no_query_fails(stocked: Postil, query: str) -> None:
    result = stocked("search", "--json", "--", query)
    assert result.status == (0 if result.json else 1)


def test_nothing_found_is_exit_status_one(stocked: Postil) -> None:
    result = stocked("search", "nowhere", "--json")
    assert (result.status, result.json) == (1, [])
    assert result.err == "postil: Nothing was found.\n"


def test_export_writes_every_column_of_every_annotation(stocked: Postil) -> None:
    result = stocked("export")
    assert result.status == 0
    assert result.err == "postil: Exported 2 annotations.\n"
    assert result.out.split("\r\n")[0] == "\ufeff" + HEADER
    first, second = table(result.out)
    assert first["quote"] == "Kaja Kallas met Rajnath Singh"
    assert (first["document"], first["document_id"]) == ("Partners sign in New Delhi", "1")
    assert (first["author"], first["published"]) == ("A. Writer", "2026-01-27")
    assert (first["url"], first["kind"]) == ("https://example.org/article", "note")
    assert (first["tags"], first["color"]) == ("eu; who", "green")
    assert (first["entities"], first["entity_kinds"]) == ("Kaja Kallas", "person")
    assert first["created_at"].endswith("+00:00")
    assert second["note"] == "'=danger"
    assert unguard(second["note"]) == "=danger"
    assert second["suffix"].startswith(" comes first")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--query", "danger"], ["2"]),
        (["--tag", "eu"], ["1"]),
        (["--document", "partners"], ["1", "2"]),
        ([], ["1", "2"]),
    ],
)
def test_export_holds_what_was_asked_for(stocked: Postil, tmp_path: Path, words: list[str], ids: list[str]) -> None:
    result = stocked("export", *words, "-o", "out.csv")
    assert (result.status, result.out) == (0, "")
    assert str(tmp_path / "out.csv") in result.err
    content = (tmp_path / "out.csv").read_bytes().decode()
    assert [row["id"] for row in table(content)] == ids


def test_export_can_leave_formulas_and_tell_a_program(stocked: Postil, tmp_path: Path) -> None:
    result = stocked("export", "--keep-formulas", "-o", str(tmp_path / "out.csv"), "--json")
    assert result.json == {"file": str(tmp_path / "out.csv"), "format": "csv", "rows": 2}
    assert table((tmp_path / "out.csv").read_bytes().decode())[1]["note"] == "=danger"


def test_entities_are_exported_with_where_they_were_met(stocked: Postil) -> None:
    rows = table(stocked("export", "--format", "entities").out)
    assert [(row["entity"], row["type"], row["aliases"], row["mentions"]) for row in rows] == [
        ("Kaja Kallas", "person", "Kallas", "2"),
        ("New Delhi", "place", "", "1"),
    ]
    assert rows[0]["first_seen"] == "2026-01-27"
    of_tag = table(stocked("export", "--format", "entities", "--tag", "eu").out)
    assert [(row["entity"], row["aliases"]) for row in of_tag] == [("Kaja Kallas", "Kallas")]


def test_an_export_of_nothing_says_so(stocked: Postil, tmp_path: Path) -> None:
    none = stocked("export", "--query", "nowhere", "-o", "out.csv")
    assert (none.status, none.err.startswith("postil: Exported 0 annotations")) == (1, True)
    unknown = stocked("export", "--tag", "nothing")
    assert (unknown.status, unknown.out) == (1, "")
    assert unknown.err == "postil: There is no tag “nothing” in this library.\n"


def test_an_export_that_fails_leaves_the_old_file(stocked: Postil, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "old.csv").write_text("before")
    for name, reason in (("folder", "folder of that name"), ("missing/out.csv", "folder does not exist")):
        result = stocked("export", "-o", name)
        assert result.status == 1
        assert reason in result.err
    assert stocked("export", "--tag", "nothing", "-o", "old.csv").status == 1
    assert (tmp_path / "old.csv").read_text() == "before"


def test_entities_of_a_document_and_of_the_library(stocked: Postil) -> None:
    result = stocked("entities", "1", "--json")
    kallas, delhi = result.json
    assert {name: kallas[name] for name in ("entity", "kind", "aliases", "count")} == {
        "entity": "Kaja Kallas",
        "kind": "person",
        "aliases": ["Kallas"],
        "count": 2,
    }
    assert [mention["text"] for mention in kallas["mentions"]] == ["Kaja Kallas", "Kallas"]
    assert set(kallas["mentions"][0]) == {"document", "start", "end", "text", "origin"}
    assert delhi["kind"] == "place"
    assert stocked("entities", "--all", "--json").json == result.json
    assert stocked("entities", "1").out.splitlines() == [
        "person (1)",
        "  2  Kaja Kallas  (also Kallas)",
        "",
        "place (1)",
        "  1  New Delhi",
    ]


def test_where_no_names_are_known_there_is_nothing_to_list(postil: Postil) -> None:
    result = postil("entities", "--all", "--json")
    assert (result.status, result.json) == (1, [])
    assert result.err.startswith("postil: No names are known here.")
