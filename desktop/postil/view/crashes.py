"""Crashes of what is not written in Python (Qt, numpy): where each thread was, kept here and told at the next start.

A signal that ends the process leaves no time for more than that: names of functions and lines of our own and other
programs' code, no value of any variable and so no word of what somebody reads.
"""

import faulthandler
import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from postil import __version__

if TYPE_CHECKING:
    from postil.view.asking import Asking
    from postil.view.message_bar import MessageBar

NAME, TOLD = "crash.log", "crash.old.log"
MOST = 100_000
"""So many characters of reports are read: a few hundred threads."""
HEADING = "Postil ended unexpectedly the last time"
SENTENCE = "What was saved is there. A report without any of your text is kept on this computer."


class Crashes:
    """The file that such reports are written into; all windows of one reader share it."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or platformdirs.user_log_path("postil", appauthor=False)
        self._written, self.told = folder / NAME, folder / TOLD
        self._descriptor: int | None = None

    def watch(self) -> None:
        """Have the interpreter write into the file when the process is ended by a fault."""
        with suppress(OSError):  # no place for it: as it was without one
            self._written.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
            self._descriptor = os.open(self._written, flags, 0o600)
            faulthandler.enable(self._descriptor)

    def stop(self) -> None:
        """Write no more."""
        if self._descriptor is not None:
            faulthandler.disable()
            os.close(self._descriptor)
            self._descriptor = None

    def take(self) -> str:
        """What was written since the last time, "" for nothing; it is kept beside, and told once."""
        try:
            with self._written.open("r+", encoding="utf-8", errors="replace") as file:
                if not (frames := file.read(MOST)):
                    return ""
                program = f"Postil {__version__}, Python {platform.python_version()}, {platform.platform()}"
                report = f"{program}\n\n{_shortened(frames)}"
                self.told.touch(0o600)
                self.told.write_text(report, encoding="utf-8")
                file.truncate(0)  # not deleted: another window may have it open
        except OSError:
            return ""
        return report

    def forget(self) -> None:
        """Delete what was told."""
        self.told.unlink(missing_ok=True)


def tell(crashes: Crashes, messages: "MessageBar", asking: "Asking") -> None:
    """Tell of a crash since the last time, if there was one; offer to show the report, and to delete it."""
    if not (report := crashes.take()):
        return

    def show() -> None:
        asking.show_details(HEADING, f"{SENTENCE} It is in {crashes.told}.", report)

    messages.show_offer(f"{HEADING}. {SENTENCE}", {"Show": show, "Delete": crashes.forget})


def _shortened(frames: str) -> str:
    """The same with files by their last names: where somebody keeps Postil is nobody's business."""
    lines = []
    for line in frames.splitlines():
        before, mark, rest = line.partition('File "')
        path, quote, after = rest.partition('"')
        lines.append(f"{before}{mark}{Path(path).name}{quote}{after}" if mark else line)
    return "\n".join(lines) + "\n"
