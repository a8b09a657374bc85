"""Makes the parts of one window and connects them."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from postil.entities.client import Recogniser
from postil.settings import Settings
from postil.view import wiring
from postil.view.asking import Asking
from postil.view.beside import Beside
from postil.view.closing import Closing
from postil.view.faults import Faults
from postil.view.first_run import FirstRun
from postil.view.focus_mode import FocusMode
from postil.view.halves import Halves, make_half
from postil.view.opening import first_window
from postil.view.pace import Pace
from postil.view.page.page import Page
from postil.view.parts import Parts
from postil.view.safety import Safety
from postil.view.searching import Searching
from postil.view.smart_views import SmartViews
from postil.view.stock import Stock
from postil.view.window import Window
from postil.work.files import Files
from postil.work.importing import Importing
from postil.work.recognition import Recognition
from postil.work.run import Work
from postil.work.warming import Warming


def build(
    app: QApplication,
    work: Work,
    folder: Path,
    chosen: Settings,
    recogniser: Recogniser | None = None,
    window: Window | None = None,
) -> Parts:
    """Make everything that belongs to one window; nothing is read yet. `folder`: the library's.

    `window`: one that has been shown already with its page alone.
    """
    window = window or first_window(app, chosen)
    window.furnish()
    appearance = window.appearance
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
        pace=Pace(work, window),
        beside=Beside(work, halves, window),
        focus=FocusMode(window, window),
        searching=Searching(work, window),
        smart_views=SmartViews(work, window),
        asking=Asking(window, work, halves, stock, appearance, folder),
        closing=Closing(window, work, halves, chosen, window),
        first_run=FirstRun(work, window),
        faults=Faults(parent=window),
        safety=Safety(window, work, appearance),
        importing=Importing(work, window),
    )
    wiring.connect(parts)
    if chosen.message:
        window.messages.show_fault(chosen.message)
    return parts
