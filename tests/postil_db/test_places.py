from pathlib import Path

import pytest

from postil_db.places import cache_folder, library_folder


def test_the_folder_given_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_LIBRARY", str(tmp_path / "other"))
    assert library_folder(tmp_path / "mine") == tmp_path / "mine"


def test_the_environment_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_LIBRARY", str(tmp_path / "other"))
    assert library_folder() == tmp_path / "other"


def test_by_default_the_user_s_folders(tmp_path: Path) -> None:
    assert library_folder().name == "library"
    assert tmp_path in library_folder().parents
    assert tmp_path in cache_folder().parents


def test_nothing_is_made(tmp_path: Path) -> None:
    library_folder()
    cache_folder()
    assert list(tmp_path.iterdir()) == []
