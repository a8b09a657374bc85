"""How the text is set: what the reader may choose, and what a language needs."""

from dataclasses import dataclass

from PySide6.QtGui import QFontDatabase

from postil.view.look.fonts import READING

MEASURES = (40, 100)
LINES = (1.2, 2.2)

_AIRY = ("zh", "ja", "ko")
"""Languages whose square letters want more room between the lines."""
_FAMILIES = {
    "zh": ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun"),
    "ja": ("Noto Serif CJK JP", "Source Han Serif JP", "Hiragino Mincho ProN", "Yu Mincho"),
    "ko": ("Noto Serif CJK KR", "Source Han Serif KR", "AppleMyungjo", "Batang"),
    "ar": ("Noto Naskh Arabic", "Amiri", "Geeza Pro", "Traditional Arabic"),
    "fa": ("Noto Naskh Arabic", "Amiri", "Geeza Pro", "Traditional Arabic"),
    "ur": ("Noto Nastaliq Urdu", "Noto Naskh Arabic", "Geeza Pro"),
    "he": ("Noto Serif Hebrew", "Frank Ruehl CLM", "New Peninim MT", "David"),
    "hi": ("Noto Serif Devanagari", "Kohinoor Devanagari", "Nirmala UI"),
    "th": ("Noto Serif Thai", "Thonburi", "Leelawadee UI"),
}


@dataclass(frozen=True, slots=True)
class Typography:
    """The reader's choice. `zoom`: 1 = normal size; `measure`: characters in a full line; `line`: its height in ems.

    `indented`: paragraphs begin with an indent, as in books, instead of standing apart.
    """

    family: str = READING
    zoom: float = 1.0
    measure: int = 66
    line: float = 1.5
    justified: bool = False
    indented: bool = False

    def leading(self, language: str) -> float:
        """Height of a line of running text in ems."""
        line = min(max(LINES[0], self.line), LINES[1])
        return line + 0.2 if language in _AIRY else line

    def may_justify(self, language: str) -> bool:
        """Whether flush lines suit a language: without blanks between words there is nothing to stretch."""
        return language not in (*_AIRY, "th", "lo", "km", "my")

    def families(self, language: str) -> list[str]:
        """The fonts to try in order; after them Qt looks for one by itself."""
        own = [family for family in _FAMILIES.get(language, ()) if QFontDatabase.hasFamily(family)]
        return [self.family, *([] if self.family == READING else [READING]), *own, "serif"]


BOOKISH = Typography()
"""How a good book is set: what the reader gets unasked."""
