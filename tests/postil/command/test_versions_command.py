"""A newer version on the command line: offered, and put in the older one's place with all that was marked."""

from pathlib import Path

from tests import factories
from tests.postil.command.calling import Postil

FIRST, *REST = factories.ARTICLE


def _newer(folder: Path, *lines: str) -> str:
    (folder / "newer.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return "newer.txt"


def test_the_annotations_go_over_to_the_newer_version(stocked: Postil, tmp_path: Path) -> None:
    name = _newer(tmp_path, FIRST, "A new beginning, said on Monday.", REST[0].replace("met", "saw"), REST[1])
    done = stocked("add", name, "--replace", "1", "--no-entities", "--json")
    assert done.status == 0
    (added,) = done.json
    assert added["replaced"] == {"document": 1, "title": FIRST, "exact": 0, "moved": 0, "changed": 1, "lost": 1}
    states = {
        one["id"]: (one["document"], one["anchor_state"], one["quote"]) for one in stocked("annotations", "--json").json
    }
    assert states == {
        1: (2, "changed", "Kaja Kallas saw Rajnath Singh"),
        2: (2, "orphan", "maritime security"),
    }
    assert [one["id"] for one in stocked("list", "--json").json] == [2]
    assert "maritime security" in stocked("show", "1", "--text").err + stocked("export", "-o", "-").out
    assert stocked("check").status == 0
    assert stocked("undo").status == 0
    assert [one["anchor_state"] for one in stocked("annotations", "--json").json] == ["exact", "exact"]


def test_a_copy_that_looks_newer_is_said_to_be(stocked: Postil, tmp_path: Path) -> None:
    told = stocked("add", _newer(tmp_path, *factories.ARTICLE, "And an afterword."), "--no-entities")
    assert "2 looks like a newer version of 1" in told.err
    done = stocked("add", "newer.txt", "--no-entities", "--replace", "1")
    assert "took the place of" in done.err
    assert "2 stand as they did" in done.err


def test_replacing_nonsense_is_refused(stocked: Postil, tmp_path: Path) -> None:
    name = _newer(tmp_path, *REST)
    assert stocked("add", name, "--no-entities", "--replace", "99").status == 1
    assert stocked("add", name, "x.txt", "--replace", "1").status == 2
    assert stocked("list", "--json").json[0]["id"] == 1
