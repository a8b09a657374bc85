"""`import`, as it is typed."""

import shutil
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil
from tests.postil.exchange.importing.taking import SAMPLES

from postil.command.importing import FORMAT_NAMES
from postil.exchange.importing.formats import FORMATS


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Put the samples where the commands are run."""
    shutil.copytree(SAMPLES, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_what_was_exported_comes_back(stocked: Postil, tmp_path: Path) -> None:
    stocked("export", "-o", "all.csv")
    before = stocked("annotations", "--json").json
    known = stocked("import", "all.csv")
    assert (known.status, known.out) == (0, "2 annotations are in the library already.\n")
    stocked("remove", "1", "2")
    told = stocked("import", "all.csv", "--dry-run")
    assert (told.status, told.out) == (0, "2 annotations are new in 1 document.\n")
    assert stocked("annotations", "--json").json == []
    done = stocked("import", "all.csv")
    assert (done.status, done.out) == (0, "2 annotations imported into 1 document.\n")
    after = stocked("annotations", "--json").json
    same = ("quote", "note", "tags", "color", "start", "end")
    assert [{name: one[name] for name in same} for one in after] == [
        {name: one[name] for name in same} for one in before
    ]
    assert "Import 2 annotations" in stocked("undo").out
    assert stocked("annotations", "--json").json == []
    stocked("redo")
    assert len(stocked("annotations", "--json").json) == 2
    data = Path(tmp_path, "all.csv").read_text(encoding="utf-8-sig")
    assert stocked("import", "-", stdin=data).out == "2 annotations are in the library already.\n"


def test_everything_is_told_as_json(stocked: Postil, sample: Path) -> None:
    result = stocked("import", "hypothesis.json", "--left-out", "rest.csv", "--json")
    told = result.json
    assert (told["format"], told["added"], told["lost"], told["left_out"], told["done"]) == (
        "web-annotation", 2, 1, 1, True,
    )  # fmt: skip
    assert [(one["id"], one["new"], one["changed"], one["reason"]) for one in told["documents"]] == [
        (1, 2, 1, None),
        (None, 0, 0, "not in this library"),
    ]
    assert told["left_out_file"] == "rest.csv"
    assert "some words" in (sample / "rest.csv").read_text(encoding="utf-8-sig")


def test_what_differs_is_left_or_taken(stocked: Postil, tmp_path: Path) -> None:
    stocked("export", "-o", "all.csv")
    path = tmp_path / "all.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace('"who"', '"whoever"'), encoding="utf-8")
    left = stocked("import", "all.csv")
    assert "1 annotation is in the library with another note, other tags or another colour." in left.out
    taken = stocked("import", "all.csv", "--update")
    assert taken.out.startswith("1 annotation changed to what the file says.\n")
    assert stocked("annotations", "--json").json[0]["note"] == "whoever"


def test_the_document_can_be_named(stocked: Postil, sample: Path) -> None:
    name = "book.calibre_annotation_collection"
    alone = stocked("import", name)
    assert (alone.status, "left out: not in this library" in alone.out) == (1, True)
    assert stocked("import", name, "--document", "Partners").status == 0
    several = stocked("import", "readwise.csv", "--document", "1")
    assert (several.status, "about 2" in several.err) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"id,name\n1,2\n", "holds no annotations that Postil can read"),
        (b"%PDF-1.7", "holds no annotations that Postil can read"),
        (b'{"format": "postil-decisions", "version": 1, "decisions": []}', "postil decisions import"),
        (b'{"rows": [{"target": [{"selector": []}], "text": "x"}', "is not whole"),
        (b"document,quote,start,note\n", "There are no annotations in"),
    ],
)
def test_what_is_no_file_of_annotations_is_said(postil: Postil, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    result = postil("import", "odd.csv")
    assert (result.status, result.out) == (1, "")
    assert said in result.err
    assert postil("import", "nowhere.csv").status == 1
    assert "is a folder" in postil("import", ".").err


def test_every_format_can_be_named(postil: Postil) -> None:
    assert tuple(FORMATS) == FORMAT_NAMES
    assert postil("import", "x", "--format", "guess").status == 2
