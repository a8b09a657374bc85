"""A library with something in it."""

from pathlib import Path

import pytest
from tests.postil_db.desk import Desk, sit_down

from postil_db.library import Library


@pytest.fixture
def desk(library: Library) -> Desk:
    return sit_down(library)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"
