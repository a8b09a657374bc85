"""The fonts that come with Postil: one for reading, and one for the window where the system has none worth using."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from postil.view.look.bundled import bundled

READING = "Literata"
INTERFACE = "Inter"
MONOSPACED = ("JetBrains Mono", "SF Mono", "Cascadia Mono", "Consolas", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono")

_PLAIN = ("dejavu", "bitstream vera", "sans", "helvetica", "fixed", "liberation sans", "free sans")
_FACES = {
    READING: ("Literata-Regular.ttf", "Literata-Italic.ttf", "Literata-Bold.ttf", "Literata-BoldItalic.ttf"),
    INTERFACE: ("Inter-Regular.otf", "Inter-Italic.otf", "Inter-SemiBold.otf", "Inter-Bold.otf"),
}


def load_reading() -> str:
    """Make the reading font known to Qt; gives its family."""
    return _load(READING)


def dress(app: QApplication) -> None:
    """Give the application its fonts: ours for the window only where the system offers DejaVu or nothing at all."""
    load_reading()
    font = app.font()
    if font.family().lower().startswith(_PLAIN) or not font.family():
        font.setFamily(_load(INTERFACE))
        font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
        app.setFont(font)


def _load(family: str) -> str:
    if not QFontDatabase.hasFamily(family):
        for face in _FACES[family]:
            QFontDatabase.addApplicationFontFromData(bundled("fonts", face).read_bytes())
    return family
