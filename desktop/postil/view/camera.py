"""Takes a picture of the window without a screen, or behind one that is open."""

import errno
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from postil import settings
from postil.settings import Settings
from postil.view.building import build
from postil.view.desk import last_read
from postil.view.opening import application
from postil.work.run import Work
from postil_db.errors import Refused

if TYPE_CHECKING:
    from postil_db.library import Library

PATIENCE_S = 180.0
LOOK_MS = 10


class Camera(QObject):
    """Builds a window that nobody sees, waits until it has all it shows, and takes its picture."""

    def __init__(
        self, library: "Library", document: int | None, size: tuple[int, int], theme: str, scale: float
    ) -> None:
        super().__init__()
        self._library, self._document, self._size, self._theme = library, document, QSize(*size), theme
        self.image = QImage(self._size * scale, QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(scale)
        self.fault: Exception | None = None
        self.ready = threading.Event()

    @Slot()
    def shoot(self) -> None:
        """Take the picture; on the UI thread."""
        app = application()
        palette = app.palette()
        try:
            self._shoot(app)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits for the picture
            self.fault = error
        finally:
            app.setPalette(palette)
            self.ready.set()

    def _shoot(self, app: QApplication) -> None:
        chosen = Settings(settings.config_folder() / "none.json")  # never saved; beside it are the reader's own themes
        chosen.set(settings.THEME, self._theme)
        work = Work()
        parts = build(app, work, self._library.folder, chosen)
        window, desk, stock = parts.window, parts.desk, parts.stock
        try:
            if self._theme not in parts.appearance.themes:
                known = ", ".join(parts.appearance.themes)
                raise Refused(f"There is no theme “{self._theme}”. Choose one of these: {known}.")
            window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            window.resize(self._size)
            window.show()
            work.open(lambda: self._library, ours=False)
            stock.look_around()
            _wait_until(lambda: stock.shelf is not None)
            newest = last_read(stock.shelf.documents) if stock.shelf else None
            number = self._document if self._document is not None else newest.id if newest else None
            if number is not None:
                desk.open(number)
                _wait_until(lambda: desk.document is not None and not work.waiting)
                _wait_until(lambda: not parts.recognition.at_work and not work.waiting)
                _wait_until(lambda: parts.page.faces.complete)
            window.render(self.image)
        finally:
            parts.files.close()
            parts.recognition.close()
            work.close()
            parts.appearance.stop()
            window.may_close = True
            window.close()
            window.deleteLater()


def _wait_until(condition: Callable[[], bool]) -> None:
    """Let events pass until something is so."""
    until = time.monotonic() + PATIENCE_S
    waking = QTimer(interval=LOOK_MS)  # without an event in time, waiting for events would never end
    waking.start()
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(errno.ETIMEDOUT, "The window took too long to show everything")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    waking.stop()
    QCoreApplication.processEvents()
