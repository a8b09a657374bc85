"""The colours of the page itself, for what Qt paints there."""

from PySide6.QtGui import QPalette

from postil.view.look.theme import Theme

_ROLES = (
    (QPalette.ColorRole.Base, "page"),
    (QPalette.ColorRole.Window, "page"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Highlight, "selection"),
    (QPalette.ColorRole.HighlightedText, "text"),
    (QPalette.ColorRole.Link, "link"),
)


def colored(palette: QPalette, theme: Theme) -> QPalette:
    """A palette with a theme's colours for a page."""
    made = QPalette(palette)
    for role, color in _ROLES:
        made.setColor(role, theme.color(color))
    return made
