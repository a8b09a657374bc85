"""How the pieces of a query look: a colour for each role, and always something besides the colour."""

from PySide6.QtGui import QColor, QFont, QInputMethodEvent, QTextCharFormat

from postil.anchors.offsets import Utf16
from postil.view.look.contrast import mix
from postil.view.look.theme import Theme
from postil_db.index.language import Token

INKS = {
    "field": "link",
    "value": "text",
    "phrase": "link",
    "operator": "hit",
    "bracket": "hit",
    "negation": "hit",
    "fuzzy": "accent",
    "wildcard": "accent",
    "date": "accent",
    "error": "hit",
}
"""The theme's colour of each role; plain words are left as they are."""

_BOLD = {"field", "operator", "bracket", "negation"}
_LINES = {
    "value": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "date": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "wildcard": QTextCharFormat.UnderlineStyle.DotLine,
    "fuzzy": QTextCharFormat.UnderlineStyle.DashUnderline,
    "error": QTextCharFormat.UnderlineStyle.WaveUnderline,
}
type Run = tuple[int, int, QTextCharFormat]


def look_of(role: str, theme: Theme) -> QTextCharFormat | None:
    """The format of a role; None for plain words."""
    if role not in INKS:
        return None
    look = QTextCharFormat()
    look.setForeground(ink_of(role, theme))
    if role in _BOLD:
        look.setFontWeight(QFont.Weight.DemiBold)
    if role == "phrase":
        look.setFontItalic(True)
    if role in _LINES:
        look.setUnderlineStyle(_LINES[role])
        look.setUnderlineColor(line_of(theme) if role in ("value", "date") else ink_of(role, theme))
    return look


def ink_of(role: str, theme: Theme) -> QColor:
    """What a role is written in."""
    return theme.color(INKS.get(role, "text"))


def line_of(theme: Theme) -> QColor:
    """The quiet line under a value."""
    return mix(theme.color("faint"), theme.color("raised"), 0.25)


def runs(query: str, tokens: tuple[Token, ...], theme: Theme) -> list[Run]:
    """Where which format goes, in UTF-16 units: start, length, format."""
    units = Utf16(query)
    found = []
    for token in tokens:
        if (look := look_of(token.role, theme)) is not None:
            start, end = units.to_utf16(token.start), units.to_utf16(token.end)
            found.append((start, end - start, look))
    return found


def as_event(formatted: list[Run], caret: int) -> QInputMethodEvent:
    """What makes a line show formats: it takes them from an input method only, counted from the caret."""
    kind = QInputMethodEvent.AttributeType.TextFormat
    return QInputMethodEvent(
        "", [QInputMethodEvent.Attribute(kind, start - caret, length, look) for start, length, look in formatted]
    )
