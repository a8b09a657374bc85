"""Everything one window is made of, in one hand."""

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

from postil.view.appearance import Appearance
from postil.view.asking import Asking
from postil.view.closing import Closing
from postil.view.desk import Desk
from postil.view.faults import Faults
from postil.view.first_run import FirstRun
from postil.view.journey import Journey
from postil.view.marking import Marking
from postil.view.naming import Naming
from postil.view.searching import Searching
from postil.view.window import Window
from postil.work.files import Files
from postil.work.recognition import Recognition
from postil.work.run import Work
from postil.work.warming import Warming


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts, as building.py makes them and wiring.py connects them."""

    app: QGuiApplication
    window: Window
    appearance: Appearance
    work: Work
    files: Files
    recognition: Recognition
    warming: Warming
    desk: Desk
    marking: Marking
    naming: Naming
    searching: Searching
    journey: Journey
    asking: Asking
    closing: Closing
    first_run: FirstRun
    faults: Faults
