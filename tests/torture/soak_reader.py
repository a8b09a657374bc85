"""Somebody at the real window who waits as long as it takes, and answers every dialog that comes up."""

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from shiboken6 import isValid
from tests.postil.view.at_the_window import KnowsTwoNames

from postil.main import Running
from postil.settings import Settings
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.line import LineDialog
from postil.view.entities.picker import EntityPicker
from postil.view.entities.tag_all import TagAllDialog
from postil.view.opening import application
from postil.work.run import FailedAct
from postil_db.library import Library

PATIENCE_S = 600.0
"""For one answer: the machine may have other things to do."""
GONE = "There is no "  # an offer was taken up whose document was deleted meanwhile
QUIET = ("propagateSizeHints", "This plugin does not support")
WORDS = ("alpha", "beta", "treaty", "harbour", "minister", "security", "letter", "winter", "Kaja Kallas", "New Delhi")


class SoakReader:
    """The window on a library, and the means to act on it. `faults`: whatever went wrong, in words."""

    def __init__(self, folder: Path, pick: random.Random) -> None:
        self.pick, self.folder = pick, folder
        self.faults: list[str] = []
        self.done: Counter[str] = Counter()
        self.app = application()
        qInstallMessageHandler(self._hear_qt)
        self.running = Running(
            self.app,
            folder / "library",
            opener=lambda: Library.open(folder / "library", cache=folder / "cache"),
            chosen=Settings.load(folder / "settings.json"),
            recogniser=KnowsTwoNames(),
        )
        self.parts, self.window = self.running.parts, self.running.window
        self.commands = self.window.commands
        self.parts.faults.told.connect(self.faults.append)
        self.parts.work.act_failed.connect(self._hear_failed)
        setattr(ConfirmDialog, "ask", lambda *_: True)  # noqa: B010 - it would wait for somebody
        self.window.show()
        self.wait(lambda: self.parts.desk.document is not None)

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"waited too long; done so far: {self.done}; faults: {self.faults}")
            self.live(5)

    def live(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop, loop.quit)
        loop.exec()

    def settle(self) -> None:
        """Wait until nothing is being read, written or added."""
        work, files = self.parts.work, self.parts.files
        self.wait(lambda: not work.writing and not work.waiting and not files.running)

    def do(self, name: str) -> bool:
        """Choose a command, if it can be chosen now; whether it could."""
        if possible := self.commands[name].isEnabled():
            self.commands[name].trigger()
            self.settle()
        return possible

    def answer(self) -> None:
        """Answer what has come up, and what comes up after that."""
        for _ in range(4):
            self.settle()
            menus = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
            dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
            if not menus and not dialogs:
                return
            for menu in menus:
                actions = [
                    one for one in menu.actions() if one.isEnabled() and not one.isSeparator() and not one.menu()
                ]
                if actions:
                    self.pick.choice(actions).trigger()
                if isValid(menu):
                    menu.close()
            for dialog in dialogs:
                if dialog.isVisible():
                    self._answer_dialog(dialog)
        self.put_away()

    def put_away(self) -> None:
        """Close every dialog and every window but the main one."""
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        self.settle()

    def _answer_dialog(self, dialog: QDialog) -> None:
        if self.pick.random() < 0.25:
            dialog.reject()
        elif isinstance(dialog, LineDialog):
            dialog.line.setText(" ".join(self.pick.choices(WORDS, k=2)))
            dialog.act_button.click()
            if dialog.isVisible():  # it has something against the line
                dialog.reject()
        elif isinstance(dialog, EntityPicker):
            model = dialog.list.model()
            dialog.list.setCurrentIndex(model.index(self.pick.randrange(max(1, model.rowCount())), 0))
            dialog.accept()
        elif isinstance(dialog, ConfirmDialog):
            dialog.accept()
        elif isinstance(dialog, TagAllDialog):
            dialog.tag.setText(self.pick.choice(WORDS[:6]))
            dialog.act_button.click()
            if dialog.isVisible():
                dialog.reject()
        else:
            dialog.reject()

    def _hear_failed(self, failed: FailedAct) -> None:
        if not failed.reason.startswith(GONE):
            self.faults.append(f"{failed.act.label}: {failed.reason}")

    def _hear_qt(self, kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not any(one in words for one in QUIET):
            self.faults.append(f"Qt: {words}")
