"""Everything one window is made of, in one hand."""

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

from postil.view.appearance import Appearance
from postil.view.asking import Asking
from postil.view.beside import Beside
from postil.view.closing import Closing
from postil.view.desk import Desk
from postil.view.faults import Faults
from postil.view.first_run import FirstRun
from postil.view.focus_mode import FocusMode
from postil.view.halves import Halves
from postil.view.journey import Journey
from postil.view.marking import Marking
from postil.view.naming import Naming
from postil.view.pace import Pace
from postil.view.page.page import Page
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


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts, as building.py makes them and wiring.py connects them.

    `page`, `desk`, `marking`, `naming` and `journey` are those of the active half, each time anew: ask when they are
    needed, do not keep them. What they say is heard through `halves`.
    """

    app: QGuiApplication
    window: Window
    appearance: Appearance
    work: Work
    files: Files
    recognition: Recognition
    warming: Warming
    stock: Stock
    halves: Halves
    beside: Beside
    pace: Pace
    focus: FocusMode
    searching: Searching
    smart_views: SmartViews
    asking: Asking
    closing: Closing
    first_run: FirstRun
    faults: Faults
    safety: Safety
    importing: Importing

    @property
    def page(self) -> Page:
        """The active half's page."""
        return self.halves.active.page

    @property
    def desk(self) -> Desk:
        """The active half's desk."""
        return self.halves.active.desk

    @property
    def marking(self) -> Marking:
        """The active half's marking."""
        return self.halves.active.marking

    @property
    def naming(self) -> Naming:
        """The active half's naming."""
        return self.halves.active.naming

    @property
    def journey(self) -> Journey:
        """The active half's journey."""
        return self.halves.active.journey
