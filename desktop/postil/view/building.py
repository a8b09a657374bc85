"""Makes the parts of one window and connects them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from postil import __version__
from postil.entities.client import Recogniser
from postil.settings import Settings
from postil.view import wiring
from postil.view.appearance import Appearance
from postil.view.asking import Asking
from postil.view.closing import Closing
from postil.view.faults import Faults
from postil.view.first_run import FirstRun
from postil.view.halves import Halves, make_half
from postil.view.look import theme
from postil.view.page.page import Page
from postil.view.parts import Parts
from postil.view.searching import Searching
from postil.view.stock import Stock
from postil.view.window import Window
from postil.work.files import Files
from postil.work.recognition import Recognition
from postil.work.run import Work
from postil.work.warming import Warming


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


def build(app: QApplication, work: Work, folder: Path, chosen: Settings, recogniser: Recogniser | None = None) -> Parts:
    """Make everything that belongs to one window; nothing is shown or read yet. `folder`: the library's."""
    appearance = Appearance(chosen)
    appearance.dress(app)
    window = Window(appearance, chosen)
    stock = Stock(work, window)
    halves = Halves(
        make_half(window.page, work, window), lambda: make_half(Page(appearance.theme), work, window), window
    )
    parts = Parts(
        app=app,
        window=window,
        appearance=appearance,
        work=work,
        files=Files(work, window),
        recognition=Recognition(work, recogniser, window),
        warming=Warming(work, window),
        stock=stock,
        halves=halves,
        searching=Searching(work, window),
        asking=Asking(window, work, halves, stock, appearance, folder),
        closing=Closing(window, work, halves, chosen, window),
        first_run=FirstRun(work, window),
        faults=Faults(parent=window),
    )
    wiring.connect(parts)
    if chosen.message:
        window.messages.show_fault(chosen.message)
    return parts
