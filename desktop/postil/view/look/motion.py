"""Motion: whether anything on the screen may move by itself. Whoever animates asks here first.

The desktop may ask for less of it, and so may the reader, in the settings; then Qt's own menus keep still, too.
"""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from postil.settings import OFF

_STILL = "still"  # a property of the application: the reader wants nothing to move
_SYSTEM = "effects_of_the_system"  # another one: what Qt's switch for effects was before we turned it


def choose(app: QCoreApplication, wanted: str) -> None:
    """Follow the system, or keep everything still."""
    general = Qt.UIEffect.UI_General
    if app.property(_SYSTEM) is None:
        app.setProperty(_SYSTEM, QApplication.isEffectEnabled(general))
    app.setProperty(_STILL, wanted == OFF)
    QApplication.setEffectEnabled(general, wanted != OFF and bool(app.property(_SYSTEM)))


def allowed() -> bool:
    """Whether things may move."""
    app = QApplication.instance()
    if app is None or app.property(_STILL):
        return False
    hints = QGuiApplication.styleHints()  # held: what it gives does not keep it
    reduced = hints.accessibility().motionPreference() is Qt.MotionPreference.ReducedMotion
    return not reduced and QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
