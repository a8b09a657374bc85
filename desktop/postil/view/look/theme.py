"""Themes: colours by role, read from TOML files that a reader may add to.

A file names a few base colours and then gives each role one of them or a colour of its own, so that a theme is data
and nothing else in the program names a colour.
"""

import logging
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from postil.view.look import glyphs, sheet
from postil.view.look.bundled import bundled
from postil.view.look.contrast import mix
from postil.view.look.strength import Strength
from postil_db.places import cache_folder
from postil_db.records import Color, EntityKind

ROLES = [
    "page",
    "text",
    "faint",
    "line",
    "panel",
    "raised",
    "accent",
    "accent_text",
    "link",
    "selection",
    "hit",
    "current",
    "shadow",
]

BUNDLED = ("light", "sepia", "dark", "contrast")
_STYLE = "QT_STYLE_OVERRIDE"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TINT_OF_LINE = {Strength.QUIET: 0.0, Strength.NORMAL: 0.0, Strength.STRONG: 0.16}

log = logging.getLogger(__name__)


class ThemeError(Exception):
    """A theme file is not one; says what is wrong with it."""


class _File(Protocol):
    """A file on disk or inside a package."""

    @property
    def name(self) -> str: ...
    def read_text(self, encoding: str) -> str: ...


@dataclass(frozen=True)
class Theme:
    """One look. `name`: how settings call it; `title`: how readers do.

    The tables hold "#rrggbb": `colors` by role, `highlights` and `entities` as pairs by what they stand for.
    """

    name: str
    title: str
    dark: bool
    colors: Mapping[str, str]
    highlights: Mapping[str, tuple[str, str]]
    entities: Mapping[str, tuple[str, str]]

    def color(self, role: str) -> QColor:
        """The colour of a role; `KeyError` for a role that does not exist."""
        return QColor(self.colors[role])

    __getitem__ = color

    def highlight(self, color: Color) -> tuple[QColor, QColor]:
        """What a highlight is painted with: (fill behind the text, line below and beside it)."""
        fill, line = self.highlights[color]
        return QColor(fill), QColor(line)

    def entity(self, kind: EntityKind, strength: Strength = Strength.NORMAL) -> tuple[QColor, QColor]:
        """What a mention is painted with: (tint behind the text, line below it)."""
        tint, line = (QColor(value) for value in self.entities[kind])
        share = _TINT_OF_LINE[strength]
        return (mix(tint, line, share) if share else tint), line


def load(file: _File) -> Theme:
    """Read one theme file; raises `ThemeError` with a sentence for whoever wrote it."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ThemeError(f"{file.name} cannot be read as a theme: {fault}") from fault
    base = _table(data, "base", file.name)

    def color(value: object, what: str) -> str:
        named = base.get(value, value) if isinstance(value, str) else value
        if isinstance(named, str) and _COLOR.fullmatch(named):
            return named
        raise ThemeError(f'{file.name}: {what} should be a base colour or "#rrggbb", not {value!r}.')

    def pair(table: str, key: str, first: str) -> tuple[str, str]:
        row = _table(data, table, file.name).get(key)
        values = row if isinstance(row, dict) else {}
        return color(values.get(first), f"{table}.{key}.{first}"), color(values.get("line"), f"{table}.{key}.line")

    roles = _table(data, "roles", file.name)
    return Theme(
        name=file.name.removesuffix(".toml"),
        title=str(data.get("title") or file.name.removesuffix(".toml").capitalize()),
        dark=bool(data.get("dark", False)),
        colors={role: color(roles.get(role), f"roles.{role}") for role in ROLES},
        highlights={key: pair("highlights", key, "fill") for key in Color},
        entities={key: pair("entities", key, "tint") for key in EntityKind},
    )


def _table(data: Mapping[str, Any], name: str, file: str) -> dict[str, Any]:
    value = data.get(name)
    if not isinstance(value, dict):
        raise ThemeError(f"{file}: the table [{name}] is missing.")
    return value


def themes(own: Path | None = None) -> dict[str, Theme]:
    """Every theme by name: the bundled ones first, then those in the reader's `own` folder.

    A file there with the name of a bundled theme replaces it; one that is no theme is left out and logged.
    """
    found = {name: load(bundled("themes", f"{name}.toml")) for name in BUNDLED}
    for path in sorted(own.glob("*.toml")) if own else ():
        try:
            theme = load(path)
        except ThemeError as fault:
            log.warning("%s", fault)
        else:
            found[theme.name] = theme
    return found


def choose_style() -> None:
    """Have Qt begin with the style we want; before the application is made, where it costs nothing."""
    os.environ.setdefault(_STYLE, "fusion")


def system_theme() -> Theme:
    """Light, dark or high contrast, as the system asks."""
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    strong = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    return load(bundled("themes", "dark.toml" if dark else "contrast.toml" if strong else "light.toml"))


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application its style, Fusion, and the theme's palette; each window is dressed by `dress`."""
    if os.environ.get(_STYLE, "").lower() != "fusion" and app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(sheet.palette(theme.color))


def dress(window: QWidget, theme: Theme) -> None:
    """Give a window, and whatever stands in it or belongs to it, the style sheet in the theme's colours.

    It is not the application's: when that one changes, Qt dresses each widget once for every widget it stands in.
    """
    window.setStyleSheet(style(theme))


def style(theme: Theme) -> str:
    """The style sheet in a theme's colours, with the signs that it needs from files."""
    signs = glyphs.rules(cache_folder() / "signs", theme.color("text"), theme.color("accent_text"))
    return sheet.style_sheet(theme.color) + signs
