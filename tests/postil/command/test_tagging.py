from typing import Any

from tests.postil.command.calling import Postil


def counts(postil: Postil) -> dict[str, Any]:
    return {tag["tag"]: tag["annotations"] for tag in postil("tag", "list", "--json").json}


def test_tags_are_listed_with_how_many_carry_them(stocked: Postil) -> None:
    assert stocked("tag", "list", "--json").json == [
        {"tag": "eu", "color": None, "annotations": 1},
        {"tag": "who", "color": None, "annotations": 1},
    ]
    assert stocked("tag", "list").out.splitlines() == ["TAG  MARKS  COLOR", "eu       1", "who      1"]


def test_a_library_without_tags_says_so(postil: Postil) -> None:
    result = postil("tag", "list", "--json")
    assert (result.status, result.json) == (0, [])
    assert "no tags yet" in postil("tag", "list").err


def test_tags_are_put_on_renamed_merged_taken_off_and_deleted(stocked: Postil) -> None:
    assert stocked("tag", "add", "policy/defence", "1", "2", "--json").json == {
        "tag": "policy/defence",
        "annotations": 2,
    }
    assert stocked("tag", "rename", "eu", "Europe", "--json").json == {"tag": "Europe", "annotations": 1}
    assert counts(stocked) == {"Europe": 1, "policy/defence": 2, "who": 1}
    assert stocked("tag", "merge", "Europe", "who").status == 0
    assert counts(stocked) == {"policy/defence": 2, "who": 1}
    assert stocked("tag", "remove", "policy/defence", "2").status == 0
    assert counts(stocked)["policy/defence"] == 1
    assert stocked("tag", "delete", "policy/defence").out == ("“policy/defence” was deleted; 0 annotations carry it.\n")
    assert counts(stocked) == {"who": 1}
    assert [hit["id"] for hit in stocked("search", "tag:who", "--json").json] == [1]


def test_what_makes_no_sense_is_refused_with_a_sentence(stocked: Postil) -> None:
    taken = stocked("tag", "rename", "eu", "who")
    assert (taken.status, taken.out) == (1, "")
    assert "Merge" in taken.err
    for words in (["rename", "no", "new"], ["merge", "no", "eu"], ["merge", "eu", "eu"], ["delete", "no"]):
        assert stocked("tag", *words).status == 1
    assert stocked("tag", "add", "x", "99").err == "postil: There is no annotation 99 in this library.\n"
    assert counts(stocked) == {"eu": 1, "who": 1}
