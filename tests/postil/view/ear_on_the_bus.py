"""A screen reader's ear: starts Postil on a bus of its own, asks over that bus for all there is, and prints it as JSON.

Run by test_accessible_bus.py inside `xvfb-run` and `dbus-run-session`: python ear_on_the_bus.py LIBRARY LAUNCHER.
The window's thread only runs its event loop; another thread asks, over a connection of its own, as a stranger would.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from tests.postil.view.plain_dbus import Bus

PATIENCE_S = 40
MOST = 1_500
SPI = "org.a11y.atspi"
ROOT = "/org/a11y/atspi/accessible/root"


@dataclass
class Told:
    """What the bus told. `parts`: (depth, role, name) of everything in the window, top down."""

    applications: list[str] = field(default_factory=list)
    title: str = ""
    parts: list[tuple[int, str, str]] = field(default_factory=list)
    text: str = ""
    caret: int = -1
    mark: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    fault: str = ""


class Ear:
    """Asks over the bus at an address. Objects are pairs: whose they are, and their path."""

    def __init__(self, address: str) -> None:
        self._bus = Bus(address)

    def call(self, at: tuple[str, str], interface: str, method: str, signature: str = "", *given: object) -> Any:
        """Call a method of an object; gives what it answers first."""
        return self._bus.call(*at, f"{SPI}.{interface}", method, signature, *given)

    def ask(self, at: tuple[str, str], interface: str, name: str) -> Any:
        """A property."""
        return self._bus.call(*at, "org.freedesktop.DBus.Properties", "Get", "ss", f"{SPI}.{interface}", name)

    def children(self, at: tuple[str, str]) -> list[tuple[str, str]]:
        """What is in an object."""
        return list(self.call(at, "Accessible", "GetChildren"))

    def attributes(self, at: tuple[str, str], offset: int) -> dict[str, str]:
        """How the character at an offset is set."""
        return dict(self.call(at, "Text", "GetAttributes", "i", offset))


def hear(address: str, marked: str) -> Told:
    """Go through the whole window."""
    ear, told = Ear(address), Told()
    registry = (f"{SPI}.Registry", ROOT)
    applications = [*ear.children(registry)]
    told.applications = [ear.ask(each, "Accessible", "Name") for each in applications]
    window = ear.children(applications[0])[0]
    told.title = ear.ask(window, "Accessible", "Name")

    def go(at: tuple[str, str], depth: int) -> None:
        name, role = ear.ask(at, "Accessible", "Name"), ear.call(at, "Accessible", "GetRoleName")
        if len(told.parts) >= MOST:
            return
        told.parts.append((depth, role, name))
        if name == "Document text":
            told.text = ear.call(at, "Text", "GetText", "ii", 0, -1)
            told.caret = ear.ask(at, "Text", "CaretOffset")
            where = told.text.index(marked)
            told.mark, told.beside = ear.attributes(at, where + 2), ear.attributes(at, where - 2)
        for child in [] if role in ("menu item", "menu") else ear.children(at):
            go(child, depth + 1)

    go(window, 0)
    return told


def main(folder: Path, launcher: str, marked: str) -> None:
    """Open the window, let it be heard, and print what was."""
    os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    spi = subprocess.Popen([launcher, "--launch-immediately"], stderr=subprocess.DEVNULL)
    try:
        told = _run(folder, marked)
    finally:
        spi.terminate()
        spi.wait(5)
    print(json.dumps(asdict(told)), flush=True)


def _run(folder: Path, marked: str) -> Told:
    from PySide6.QtCore import QCoreApplication, QEventLoop
    from PySide6.QtDBus import QDBusConnection, QDBusInterface
    from tests.postil.view.at_the_window import KnowsTwoNames

    from postil.main import Running
    from postil.settings import Settings
    from postil.view.opening import application
    from postil_db.library import Library

    app = application()
    running = Running(
        app,
        folder,
        opener=lambda: Library.open(folder, cache=folder.parent / "cache"),
        chosen=Settings.load(folder.parent / "config" / "settings.json"),
        recogniser=KnowsTwoNames(),
    )
    running.window.resize(1360, 880)
    running.window.show()
    until = time.monotonic() + PATIENCE_S

    def wait(done: Callable[[], object]) -> None:
        while not done():
            if time.monotonic() > until:
                raise TimeoutError("the window was not ready in time")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    told = Told()

    def listen() -> None:
        try:
            nonlocal told
            told = hear(address, marked)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test must hear of it
            told.fault = repr(fault)

    try:
        session = QDBusConnection.sessionBus()
        bus = QDBusInterface("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", session)
        wait(bus.isValid)
        address = bus.call("GetAddress").arguments()[0]
        page = running.window.page
        wait(lambda: running.parts.desk.document and running.parts.desk.annotations and not running.parts.work.waiting)
        page.setFocus()
        running.parts.marking.step(1)
        page.speaking.dress()
        ear = Thread(target=listen)
        ear.start()
        wait(lambda: not ear.is_alive())
    finally:
        running.window.may_close = True
        running.window.close()
        running.close()
    return told


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
