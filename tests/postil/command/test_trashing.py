from tests.postil.command.calling import Postil


def test_what_was_removed_is_listed_and_comes_back(stocked: Postil) -> None:
    assert stocked("trash", "list", "--json").json == []
    stocked("remove", "1")
    stocked("tag", "delete", "eu")
    listed = stocked("trash", "list", "--json").json
    assert [one["item"] for one in listed] == ["tag:1", "annotation:1"]
    assert [line.split()[0] for line in stocked("trash", "list").out.splitlines()] == ["ITEM", "tag:1", "annotation:1"]
    restored = stocked("trash", "restore", "annotation:1", "tag:1", "--json")
    assert (restored.status, restored.json) == (0, {"restored": ["annotation:1", "tag:1"]})
    back = stocked("annotations", "--json").json[0]
    assert (back["id"], sorted(back["tags"])) == (1, ["eu", "who"])
    stocked("undo")
    assert len(stocked("annotations", "--json").json) == 1


def test_the_trash_is_emptied(stocked: Postil) -> None:
    stocked("remove", "1", "2")
    assert stocked("trash", "empty", "annotation:2", "--json").json == {"deleted": 1}
    assert stocked("trash", "empty").out == "1 thing was deleted for good.\n"
    assert stocked("trash", "list").err == "postil: The trash is empty.\n"
    assert stocked("check").status == 0


def test_what_is_not_there_is_told(stocked: Postil) -> None:
    for word in ("annotation:1", "annotation", "nonsense:3", f"annotation:{10**20}"):
        result = stocked("trash", "restore", word)
        assert result.status == 1
        assert "trash" in result.err
