"""Builds settings, library, work and window, and puts them away again: the only place that does."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from postil.quick import settle
from postil.settings import Settings
from postil.times import Times
from postil.work.address import may_answer
from postil.work.glimpse import cut, keep, take
from postil_db.errors import Damaged, InUse, LibraryError
from postil_db.places import library_folder

if TYPE_CHECKING:
    from postil.entities.client import Recogniser
    from postil.view.acts import Shelf
    from postil.view.opening import Cover
    from postil.view.window import Window
    from postil.work.glimpse import Glimpse
    from postil.work.instance import Answer, Owner, Request
    from postil_db.library import Library

OWNER_PATIENCE_S = 3.0
PAINT_MS = 2_000
"""How long the first paint is waited for; some systems paint no window that nobody can see."""
SETTLED_MS = 3_000
"""After that the start is over."""
READ_ONLY = "This library can be read, but not changed: its folder or file may not be written to."


def show(given: Path | None, files: Sequence[Path]) -> int:
    """Open the window on a library, or hand the files to the window that has it; gives the exit status."""
    times = Times()
    folder = library_folder(given)
    if _hand_over(folder, files, patience_s=0.0):
        return 0
    from postil.view.crashes import Crashes

    crashes = Crashes()
    crashes.watch()
    from postil.view.opening import Cover, application, first_window  # the page and what it takes

    app = application(sys.argv)
    times.mark("Qt is there")
    chosen = Settings.load()
    window = first_window(app, chosen)
    glimpse = None if files else take(folder)
    cover = Cover(window, glimpse) if glimpse else None
    times.mark("page built")
    _show_first_paint(window)
    times.mark("page shown" if cover else "window painted")
    QTimer.singleShot(SETTLED_MS, settle)
    running = Running(app, folder, chosen=chosen, files=files, times=times, window=window, cover=cover)
    status = _run(app, running)
    while running.next_folder is not None:  # a damaged library was put right, or another one chosen
        running = Running(app, running.next_folder, files=files)
        running.window.show()
        status = _run(app, running)
    crashes.stop()
    return running.status or status


def _run(app: QApplication, running: "Running") -> int:
    from postil.work.interrupts import Interrupts

    running.ended.connect(app.quit)
    with Interrupts(running.window.close):
        status = app.exec()
    running.close()
    return status


class Running(QObject):
    """One window on one library, from its first paint to its end.

    `opener`: how to open the library, on the worker; it is called after the window is painted. `status`: what the
    process should end with. `next_folder`: the library to go on with instead, once this has ended.
    """

    ended = Signal()

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        *,
        opener: "Callable[[], Library] | None" = None,
        chosen: Settings | None = None,
        recogniser: "Recogniser | None" = None,
        files: Sequence[Path] = (),
        times: Times | None = None,
        window: "Window | None" = None,
        cover: "Cover | None" = None,
    ) -> None:
        super().__init__()
        from postil.view.building import build
        from postil.view.resting import Resting
        from postil.view.sweeping import Sweeping
        from postil.work.run import Work

        self.status = 0
        self.next_folder: Path | None = None
        self._folder, self._given, self._closed = folder, list(files), False
        self._was_open = False
        self._cover = cover
        self._opener = opener or (lambda: _open_library(folder))
        self._times = times or Times()
        self.sweeping = Sweeping(self)
        self.work = Work()
        self.parts = build(app, self.work, folder, chosen or Settings.load(), recogniser, window)
        self.window = self.parts.window
        self.owner = self._make_owner()
        self.resting = Resting(self.work, lambda: (QCursor.pos(), self.parts.page.position()), self)
        self.parts.faults.watch()
        self._connect()
        self._times.mark("window built")
        if window is not None:
            self._begin()

    def close(self) -> None:
        """End everything that runs: helpers first, then what waits to be written, then the library."""
        if self._closed:
            return
        self._closed = True
        glimpse = self._glimpse()
        self.parts.files.close()
        self.parts.recognition.close()
        self.parts.warming.close()
        self.parts.safety.close()
        self.parts.importing.close()
        self.resting.stop()
        self.owner.close()
        self.work.close()
        if self._was_open:
            keep(self._folder, glimpse)
        self.parts.faults.stop()
        self.parts.appearance.stop()
        self.window.may_close = True
        self.window.close()
        self.window.deleteLater()
        self.sweeping.stop()

    def _make_owner(self) -> "Owner":
        from postil.command import COMMANDS
        from postil.work.instance import Owner

        return Owner(self._folder, COMMANDS, self._run_command, self)

    def _connect(self) -> None:
        parts, times = self.parts, self._times
        if not self.window.was_painted:
            self.window.painted.connect(self._begin)
        if self._cover is not None:
            parts.desk.document_opened.connect(self._cover.lift)
            parts.desk.document_closed.connect(self._cover.lift)
        self.work.opened.connect(self._go_on)
        self.work.open_failed.connect(self._give_up)
        self.owner.files_handed.connect(self._take_files)
        self.window.closed.connect(self.ended)
        parts.window.page.painted.connect(lambda: times.mark("document shown"))
        parts.window.page.painted.connect(parts.warming.start)
        parts.recognition.found.connect(lambda *_: times.mark("first names found"))
        parts.halves.hear(
            lambda half: half.naming.mentions_shown, lambda found: times.mark("names shown") if found else None
        )

    def _begin(self) -> None:
        self._times.mark("library asked for")
        self.work.open(self._opener)

    def _go_on(self) -> None:
        from postil.view import crashes

        self._times.mark("library open")
        self._was_open = True
        self.owner.listen()
        parts = self.parts
        if self.work.library().read_only:
            parts.window.messages.show_fault(READ_ONLY)
        elif notice := self.work.library().notice:
            parts.window.messages.show_fault(notice)
        crashes.tell(crashes.Crashes(), parts.window.messages, parts.asking)
        parts.stock.shelf_changed.connect(self._show_first, Qt.ConnectionType.SingleShotConnection)
        parts.stock.look_around()

    def _show_first(self, shelf: "Shelf") -> None:
        from postil.view.desk import last_read

        if self._given:
            self.parts.files.add(self._given)
            self._given = []
        elif (newest := last_read(shelf.documents)) is not None:
            self.parts.desk.open(newest.id)
            self.parts.beside.restore()
        elif self._cover is not None:
            self.parts.desk.close_document()
        elif not shelf.documents:
            self.parts.first_run.offer()
        self.parts.first_run.look_for_hint()
        self.parts.recognition.warm()

    def _glimpse(self) -> "Glimpse | None":
        """Give what the next start shows first; None where that has to be asked of the library."""
        desk = self.parts.desk
        if not self._was_open or desk.document is None or self.work.library().read_only:
            return None
        if self.parts.page.printed or self.parts.halves.split:
            return None
        return cut(
            desk.document, self.parts.page.position(), desk.annotations, desk.names.mentions if desk.names else ()
        )

    def _take_files(self, paths: list[Path]) -> None:
        self.window.come_forward()
        if paths:
            self.parts.files.add(paths)

    def _give_up(self, error: LibraryError) -> None:
        if isinstance(error, InUse) and _hand_over(self._folder, self._given, patience_s=OWNER_PATIENCE_S):
            self.status = 0
        elif isinstance(error, Damaged):
            from postil.view.safety_rescue import Rescue

            self.next_folder = Rescue(self.parts.appearance.theme, self._folder, str(error), self.window).ask()
            self.status = 0 if self.next_folder else 1
        else:
            self.status = 1
            self.parts.asking.tell("The library could not be opened", str(error))
        self.window.may_close = True
        self.window.close()

    def _run_command(self, request: "Request") -> "Answer":
        """Answer a command line that reached us because we own the library; not on the UI thread."""
        import io

        from postil.command import run
        from postil.work.instance import Answer

        out, err = io.StringIO(), io.StringIO()
        status = run(
            request.argv,
            library=self.work.library(),
            cwd=Path(request.cwd),
            stdin=io.StringIO(request.stdin),
            out=out,
            err=err,
        )
        return Answer(status, out.getvalue(), err.getvalue())


def screenshot(
    library: "Library",
    target: Path,
    *,
    document: int | None = None,
    size: tuple[int, int] = (1280, 800),
    theme: str = "light",
    scale: float = 1.0,
) -> None:
    """Write a picture of the window on an open library: of `document`, or of what was read last.

    Needs no screen; from any thread. Raises OSError if the picture cannot be written.
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from postil.view.camera import Camera
    from postil.view.opening import application

    app = application()
    camera = Camera(library, document, size, theme, scale)
    if QThread.currentThread() is app.thread():
        camera.shoot()
    else:
        camera.moveToThread(app.thread())
        QTimer.singleShot(0, camera, camera.shoot)
        camera.ready.wait()
    if camera.fault is not None:
        raise camera.fault
    if not camera.image.save(str(target)):
        raise OSError(errno.EIO, "The picture could not be written", str(target))


def _show_first_paint(window: "Window") -> None:
    """Show a window and wait until it stands."""
    loop = QEventLoop()
    window.painted.connect(loop.quit)
    QTimer.singleShot(PAINT_MS, loop, loop.quit)
    window.show()
    loop.exec()


def _open_library(folder: Path) -> "Library":
    from postil_db.library import Library  # the slowest of all imports: on the worker, after the first paint

    return Library.open(folder)


def _hand_over(folder: Path, files: Sequence[Path], *, patience_s: float) -> bool:
    if patience_s == 0 and not may_answer(folder):
        return False
    from postil.work.instance import ask_owner

    words = [os.path.abspath(file) for file in files]  # noqa: PTH100 - links keep their own names
    return ask_owner(folder, words, str(Path.cwd()), patience_s=patience_s) is not None
