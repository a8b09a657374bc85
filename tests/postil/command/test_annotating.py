import pytest
from tests.postil.command.calling import Postil


def ids(result_json: list[dict[str, object]]) -> list[object]:
    return [each["id"] for each in result_json]


def test_a_quote_is_marked_with_all_that_was_said_about_it(stocked: Postil) -> None:
    result = stocked(
        *("annotate", "1", "--quote", "Security and Defence Partnership", "--note", "Ω *new*", "--color", "purple"),
        *("--tag", "policy/defence", "--tag", "欧盟", "--json"),
    )
    assert (result.status, result.err) == (0, "")
    made = result.json
    assert made["id"] == 3
    assert made["document"] == 1
    assert made["title"] == "Partners sign in New Delhi"
    assert (made["quote"], made["note"], made["color"]) == ("Security and Defence Partnership", "Ω *new*", "purple")
    assert made["tags"] == ["policy/defence", "欧盟"]
    assert made["end"] - made["start"] == len(made["quote"])
    assert made["prefix"].endswith("India signed a ")
    assert made["suffix"].startswith(".\nKallas")
    assert made["anchor_state"] == "exact"
    text = stocked("show", "1", "--text").out
    assert text[made["start"] : made["end"]] == made["quote"]
    assert ids(stocked("annotations", "1", "--json").json) == [1, 3, 2]


def test_the_nth_place_of_a_quote_is_marked(stocked: Postil) -> None:
    text = stocked("show", "1", "--text").out
    made = stocked("annotate", "1", "--quote", "Kallas", "--nth", "2", "--json").json
    assert made["start"] == text.index("Kallas", text.index("Kallas") + 1)


def test_offsets_mark_what_stands_there(stocked: Postil) -> None:
    start = stocked("show", "1", "--text").out.index("India")
    where = ("--start", str(start), "--end", str(start + 6))
    assert stocked("annotate", "1", *where, "--json").json["quote"] == "India"
    assert stocked("annotate", "1", *where, "--quote", "India", "--json").json["quote"] == "India"
    other = stocked("annotate", "1", *where, "--quote", "China")
    assert other.status == 1
    assert "“India”" in other.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1", "--quote", "maritime securities come"], "closest passage is “maritime security comes”"),
        (["1", "--quote", "volcano"], "“volcano” is not in the text."),
        (["1", "--quote", "  "], "quote is empty"),
        (["1", "--quote", "Kallas", "--nth", "3"], "stands there 2 times only"),
        (["1", "--quote", "Tuesday", "--nth", "2"], "stands there only once"),
        (["1", "--start", "5", "--end", "5"], "empty"),
        (["1", "--start", "5", "--end", "50000"], "not inside the text"),
        (["2", "--quote", "Kallas"], "No document fits “2”"),
        (["1", "--quote", "Kallas", "--tag", " "], "tag"),
    ],
)
def test_what_cannot_be_marked_is_explained_and_nothing_is_written(
    stocked: Postil, words: list[str], said: str
) -> None:
    result = stocked("annotate", *words)
    assert (result.status, result.out) == (1, "")
    assert said in result.err
    assert result.err.startswith("postil: ")
    assert result.err.count("\n") == 1
    assert len(stocked("annotations", "--json").json) == 2
    assert [tag["tag"] for tag in stocked("tag", "list", "--json").json] == ["eu", "who"]


def test_annotations_are_shown_to_people_with_quote_note_and_tags(stocked: Postil) -> None:
    lines = stocked("annotations").out.splitlines()
    assert lines == [
        "   1  “Kaja Kallas met Rajnath Singh”",
        "      who",
        "      green · #eu #who · Partners sign in New Delhi (1)",
        "   2  “maritime security”",
        "      =danger",
        "      yellow · Partners sign in New Delhi (1)",
    ]


def test_removing_is_all_or_nothing_and_can_be_undone(stocked: Postil) -> None:
    refused = stocked("remove", "1", "9")
    assert (refused.status, refused.err) == (1, "postil: There is no annotation 9 in this library.\n")
    assert ids(stocked("annotations", "--json").json) == [1, 2]
    assert stocked("remove", "2", "1", "--json").json == {"annotations": [1, 2], "documents": []}
    empty = stocked("annotations", "--json")
    assert (empty.status, empty.json) == (0, [])
    assert stocked("undo").status == 0
    assert ids(stocked("annotations", "--json").json) == [1, 2]


def test_a_document_goes_with_its_annotations_and_comes_back_with_them(stocked: Postil) -> None:
    assert stocked("remove", "--document", "partners").out.startswith("Removed 1 document.")
    assert stocked("list", "--json").json == []
    assert stocked("search", "maritime", "--json").json == []
    undone = stocked("undo", "--json").json
    assert undone["undone"] == "Remove document"
    assert undone["documents"] == [1]
    assert ids(stocked("search", "maritime", "in:highlight", "--json").json) == [2]


def test_undo_and_redo_walk_the_acts_until_there_are_none(stocked: Postil) -> None:
    labels = [stocked("undo", "--json").json["undone"] for _ in range(3)]
    assert labels == ["Add annotation", "Add annotation", "Add document"]
    over = stocked("undo", "--json")
    assert (over.status, over.json, over.err) == (1, None, "postil: There is nothing to be undone.\n")
    assert stocked("redo").out == "Redone: Add document\n"
    for _ in range(2):
        assert stocked("redo").status == 0
    assert stocked("redo").status == 1
    assert ids(stocked("annotations", "--json").json) == [1, 2]
