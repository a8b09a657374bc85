"""What a theme becomes for Qt: a palette, and the application's one style sheet."""

from collections.abc import Callable
from string import Template

from PySide6.QtGui import QColor, QPalette

from postil.view.look.bundled import bundled
from postil.view.look.contrast import mix

type Colors = Callable[[str], QColor]

_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "hit",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "faint",
    QPalette.ColorRole.Shadow: "shadow",
}
_INK = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette(color: Colors) -> QPalette:
    """The palette, with disabled ink paler."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, color(name))
    pale = mix(color("faint"), color("panel"), 0.35)
    for role in _INK:
        made.setColor(QPalette.ColorGroup.Disabled, role, pale)
    return made


def style_sheet(color: Colors) -> str:
    """The style sheet with this theme's colours in it."""
    template = bundled("themes", "application.qss").read_text(encoding="utf-8")
    text, panel, raised, accent = (color(role) for role in ("text", "panel", "raised", "accent"))
    derived = {
        "hover": mix(panel, text, 0.07),
        "pressed": mix(panel, text, 0.13),
        "raised_hover": mix(raised, text, 0.05),
        "edge": mix(color("line"), text, 0.14),
        "thumb": mix(panel, text, 0.24),
        "thumb_hover": mix(panel, text, 0.42),
        "chosen": mix(panel, accent, 0.16),
        "accent_hover": mix(accent, text, 0.16),
        "outline": mix(color("line"), text, 0.45),
        "pale": mix(color("faint"), panel, 0.35),
    }
    names = ["page", "text", "faint", "line", "panel", "raised", "accent", "accent_text", "link", "selection"]
    values = {name: color(name).name() for name in names} | {name: value.name() for name, value in derived.items()}
    return Template(template).substitute(values)
