"""What these tests share."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import RECORDS

from postil.view.look import theme as look
from postil.view.look.theme import Theme
from postil.view.panels.annotations import AnnotationsPanel
from postil_db.records import Color


@pytest.fixture(scope="session")
def theme() -> Theme:
    """A theme."""
    return look.themes()["light"]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> Iterator[AnnotationsPanel]:
    """The panel of annotations with three of them, its list in focus."""
    made = AnnotationsPanel(theme)
    qtbot.addWidget(made)
    made.resize(320, 640)
    made.show_annotations(RECORDS, {"india": Color.GREEN})
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.list.setFocus()
    yield made
    made.save()
