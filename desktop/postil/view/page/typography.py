"""How the text is set: what the reader may choose, and what a language needs."""

from dataclasses import dataclass

from PySide6.QtGui import QFontDatabase

from postil.view.look.fonts import READING

MEASURES = (40, 100)
LINES = (1.2, 2.2)
ZOOMS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.4, 2.8, 3.2)

_AIRY = ("zh", "ja", "ko")
"""Languages whose square letters want more room between the lines."""
_FAMILIES = {
    "zh": ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun"),
    "zh-hant": ("Noto Serif CJK TC", "Source Han Serif TC", "Songti TC", "PMingLiU", "MingLiU"),
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
        return line + 0.2 if language.split("-", maxsplit=1)[0] in _AIRY else line

    def may_justify(self, language: str) -> bool:
        """Whether flush lines suit a language: without blanks between words there is nothing to stretch."""
        return language.split("-", maxsplit=1)[0] not in (*_AIRY, "th", "lo", "km", "my")

    def families(self, language: str) -> list[str]:
        """The fonts to try in order; after them Qt looks for one by itself."""
        own = [family for family in _FAMILIES.get(language, ()) if QFontDatabase.hasFamily(family)]
        return [self.family, *([] if self.family == READING else [READING]), *own, "serif"]


BOOKISH = Typography()
"""How a good book is set: what the reader gets unasked."""


def variety(language: str, sample: str) -> str:
    """A language, with the script that decides about its fonts: traditional Chinese is "zh-hant"."""
    if language != "zh":
        return language
    traditional, simple = (sum(sign in signs for sign in sample) for signs in (_TRADITIONAL, _SIMPLE))
    return "zh-hant" if traditional > simple else language


_TRADITIONAL = frozenset("這個們來說時國學會對發過還無從為與開關見長門東車書實後麼樣經點進動種應當")
_SIMPLE = frozenset("这个们来说时国学会对发过还无从为与开关见长门东车书实后么样经点进动种应当")


def stepped(zoom: float, step: int) -> float:
    """The next larger (1) or smaller (-1) zoom; 0: the normal one."""
    if step > 0:
        return next((one for one in ZOOMS if one > zoom + 0.01), ZOOMS[-1])
    return next((one for one in reversed(ZOOMS) if one < zoom - 0.01), ZOOMS[0]) if step < 0 else 1.0
