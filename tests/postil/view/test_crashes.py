"""A crash of native code leaves a report without a word of anybody's, told once at the next start."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtWidgets import QPushButton
from tests.postil.view.at_the_window import Reader

from postil.view.crashes import HEADING, NAME, Crashes
from postil.view.dialogs.error import ErrorDialog

CRASHING = """
import ctypes, sys
from pathlib import Path
from postil.view.crashes import Crashes
Crashes(Path(sys.argv[1])).watch()
def read(text):
    {how}
read("the minister's private telephone number")
"""
HOW = {"SIGSEGV": "ctypes.string_at(0)", "SIGABRT": "import os; os.abort()"}


@pytest.mark.skipif(sys.platform == "win32", reason="ends in another way there")
@pytest.mark.parametrize("sign", HOW)
def test_a_crash_leaves_its_frames_and_no_words(tmp_path: Path, sign: str) -> None:
    folder = tmp_path / "a private place"
    ended = subprocess.run([sys.executable, "-c", CRASHING.format(how=HOW[sign]), folder], timeout=60, check=False)
    assert ended.returncode == -getattr(signal, sign)
    assert (folder / NAME).stat().st_mode & 0o077 == 0
    report = Crashes(folder).take()
    assert "in read" in report
    assert "Postil" in report
    assert "minister" not in report
    assert str(Path(sys.prefix)) not in report
    assert Crashes(folder).take() == ""
    assert Crashes(folder).told.read_text() == report


def buttons(reader: Reader) -> dict[str, QPushButton]:
    return {one.text(): one for one in reader.window.messages.findChildren(QPushButton) if one.isVisible()}


@pytest.mark.usefixtures("library_with_article")
def test_it_is_told_at_the_next_start_shown_and_deleted(start: Callable[..., Reader]) -> None:
    folder = platformdirs.user_log_path("postil", appauthor=False)
    folder.mkdir(parents=True)
    (folder / NAME).write_text('Fatal Python error: Aborted\n  File "/home/me/qt.py", line 3 in paint\n')
    reader = start()
    reader.wait(lambda: reader.window.messages.text.startswith(HEADING))
    buttons(reader)["Show"].click()
    (dialog,) = reader.window.findChildren(ErrorDialog)
    assert 'File "qt.py", line 3 in paint' in dialog.details.toPlainText()
    assert dialog.details.isVisible()
    dialog.close()
    assert Crashes().told.exists()
    reader.running.close()
    Crashes()._written.write_text("Fatal Python error: Bus error\n")
    again = start()
    again.wait(lambda: again.window.messages.text.startswith(HEADING))
    buttons(again)["Delete"].click()
    assert not Crashes().told.exists()
