"""How far the saving of an import is, and how it is called off."""

import pytest
from pytestqt.qtbot import QtBot

from postil.work.importing import SAVING, Importing, Stopped
from postil.work.run import Work


def test_each_share_is_told_once_until_it_is_called_off(qtbot: QtBot) -> None:
    work = Work()
    importing = Importing(work)
    told = list[tuple[str, int, int]]()
    importing.progress.connect(lambda *step: told.append(step))
    step = importing.saving()
    for done in range(500):
        step(done, 1000)
    qtbot.waitUntil(lambda: len(told) == 50)
    assert told[-1] == (SAVING, 490, 1000)
    importing.stop()
    with pytest.raises(Stopped):
        step(500, 1000)
    importing.close()
    work.close()
