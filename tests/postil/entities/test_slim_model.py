"""The slim copy of the model, and where it is looked for."""

import shutil
from pathlib import Path

import pytest

from postil.entities import model_files, slim

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def first_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / model_files.NAME
    slim.make_slim(folder)
    return folder


@pytest.fixture
def made(tmp_path: Path, first_made: Path) -> Path:
    folder = tmp_path / "models" / model_files.NAME
    shutil.copytree(first_made, folder)
    return folder


def test_the_copy_predicts_what_the_full_model_predicts(made: Path) -> None:
    from postil.entities.recognise import Model

    texts = [
        "Kaja Kallas met Rajnath Singh in New Delhi on Tuesday.",
        "Acme Corp. paid $3 million to the United Nations.",
    ]
    assert [*Model(made).spans(texts)] == [*Model(model_files.full_model()).spans(texts)]
    assert not {"parser", "tagger", "lemmatizer"} & {path.name for path in made.iterdir()}


def test_making_it_again_changes_nothing_and_leaves_nothing_behind(made: Path) -> None:
    stamp = made / model_files.STAMP
    before = stamp.stat().st_mtime_ns
    slim.make_slim(made)
    assert stamp.stat().st_mtime_ns == before
    assert [path.name for path in made.parent.iterdir()] == [model_files.NAME]


def test_a_copy_of_another_version_is_made_anew(made: Path) -> None:
    (made / model_files.STAMP).write_text('{"version": 0}')
    (made / "leftover").write_text("old")
    assert not model_files.is_whole(made)
    slim.make_slim(made)
    assert model_files.is_whole(made)
    assert not (made / "leftover").exists()


def test_without_a_copy_it_is_made_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "installed_folder", lambda: tmp_path / "nothing")
    assert model_files.model_folder() == model_files.full_model()
    model_files.ensure()
    assert model_files.model_folder() == model_files.cached_folder()


def test_where_nothing_can_be_written_the_full_model_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(model_files, "installed_folder", lambda: tmp_path / "nothing")
    monkeypatch.setattr(model_files, "cached_folder", lambda: tmp_path / "file" / model_files.NAME)
    model_files.ensure()
    assert model_files.model_folder() == model_files.full_model()
