"""Motion: whether anything on the screen may move by itself. Whoever animates asks here first.

Qt knows what the desktop says (its switch for effects, and how long its style lets an animation run); the reader can
forbid it in the settings, and then Qt's own menus and boxes keep still, too.
"""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QStyle

from postil.settings import OFF

_SYSTEM = "effects_of_the_system"  # a property of the application, which alone knows it once it was changed


def choose(app: QCoreApplication, wanted: str) -> None:
    """Follow the system, or keep everything still."""
    general = Qt.UIEffect.UI_General
    if app.property(_SYSTEM) is None:
        app.setProperty(_SYSTEM, QApplication.isEffectEnabled(general))
    QApplication.setEffectEnabled(general, wanted != OFF and bool(app.property(_SYSTEM)))


def allowed() -> bool:
    """Whether things may move."""
    duration = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return duration > 0 and QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
