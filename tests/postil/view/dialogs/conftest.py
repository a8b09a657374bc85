"""What these tests share."""

import pytest

from postil.view.look import theme as look
from postil.view.look.theme import Theme


@pytest.fixture(scope="session")
def theme() -> Theme:
    """A theme."""
    return look.themes()["light"]
