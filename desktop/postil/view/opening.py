"""The start of a window: the application, the page as it was left, and room for all that comes after.

Loads as little as that takes; building.py puts in the rest once this is on the screen.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from postil import __version__
from postil.settings import Settings
from postil.view.appearance import Appearance
from postil.view.look import theme
from postil.view.window import Window
from postil.work.glimpse import Glimpse


def application(argv: Sequence[str] = ("postil",)) -> QApplication:
    """Give the process its QApplication."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setApplicationName("Postil")
    QCoreApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("postil")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    theme.choose_style()
    return QApplication([argv[0]])


def first_window(app: QApplication, chosen: Settings) -> Window:
    """Make a window with an empty page and nothing else."""
    appearance = Appearance(chosen)
    appearance.dress(app)
    return Window(appearance, chosen)


class Cover:
    """Lies on a page until the library says what is on it: shows a glimpse, on which nothing can be done."""

    def __init__(self, window: Window, glimpse: Glimpse) -> None:
        page, look = window.page, window.appearance
        self._lifted = False
        self._page = page
        page.set_typography(look.typography)
        page.set_marking(look.strength, look.kinds)
        page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if not glimpse.whole:
            page.scroll_bar.part = glimpse.before, glimpse.length
            page.strip.setUpdatesEnabled(False)
        page.show_document(glimpse.document, glimpse.position)
        page.set_annotations(glimpse.annotations)
        page.set_mentions(glimpse.mentions)

    def lift(self) -> None:
        """Let the page show what it has been given since; again does nothing."""
        if not self._lifted:
            self._lifted, page = True, self._page
            page.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
            page.scroll_bar.part = None
            page.scroll_bar.mirror()
            page.strip.setUpdatesEnabled(True)
