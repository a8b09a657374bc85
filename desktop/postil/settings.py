"""What a reader may choose: every option declared once, kept in one small file of the user's own.

The file is JSON, readable by its owner alone, replaced as a whole. Keys that this version does not know stay in it,
so that going back and forth between two versions loses nothing.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from postil_db.records import EntityKind

FILE_NAME = "settings.json"
SYSTEM = "system"
"""The theme that follows the desktop; every other is the name of a theme file."""
OFF = "off"
STRENGTHS = ("quiet", "normal", "strong")
FITS = ("width", "page", "free")


@dataclass(frozen=True, slots=True)
class Option[T]:
    """One thing to choose: its name in the file, what it is at first, and a line that says what it does.

    `read` makes a value out of what stood in the file and raises ValueError or TypeError for anything else;
    `write` is the way back.
    """

    name: str
    default: T
    text: str
    read: Callable[[Any], T]
    write: Callable[[T], object] = lambda value: value


def one_of(*allowed: str) -> Callable[[Any], str]:
    """Read a word out of a fixed choice."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
        return value

    return read


def number(low: float, high: float) -> Callable[[Any], float]:
    """Read a number, brought between `low` and `high`."""

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise ValueError(f"{value!r} is no number")
        return float(min(high, max(low, value)))

    return read


def whole(low: int, high: int) -> Callable[[Any], int]:
    """Read a number, brought between `low` and `high` and made whole."""
    return lambda value: round(number(low, high)(value))


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _widths(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(width) is int and 0 <= width <= 20_000 for width in value):
        raise ValueError(f"{value!r} is no list of widths")
    return tuple(value)


def _kinds(value: object) -> frozenset[EntityKind]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list of kinds")
    return frozenset(EntityKind(kind) for kind in value)


def _keys(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no table of keys")
    for name, keys in value.items():
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise TypeError(f"the keys of {name!r} are no list of words")
    return {name: tuple(keys) for name, keys in value.items()}


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise TypeError(f"{value!r} is no list of words")
    return tuple(value)


THEME = Option("theme", SYSTEM, "Name of the theme, one of the reader's own too; `system` follows the desktop", _word)
FONT = Option("font", "", "The page's type face; empty for Postil's own", _word)
ZOOM = Option("zoom", 1.0, "Size of the page's type, 1 = normal", number(0.5, 3.2))
MEASURE = Option("measure", 66, "Characters in a full line of the page", whole(45, 90))
LINE = Option("line_height", 1.5, "Height of a line of the page, 1 = as high as its type", number(1.2, 2.0))
JUSTIFIED = Option("justified", False, "Make the lines of the page end flush", _switch)
PARAGRAPHS = Option(
    "paragraphs", "spaced", "Paragraphs stand apart, or begin with an indent as in books", one_of("spaced", "indented")
)
STRENGTH = Option("entity_strength", "normal", "How strongly names are marked on the page", one_of(*STRENGTHS))
KINDS = Option(
    "entity_kinds",
    frozenset(EntityKind) - {EntityKind.QUANTITY},
    "Which kinds of names are marked on the page",
    _kinds,
    sorted,
)
SHOW_LIBRARY = Option("show_library", True, "Show the sidebar with library, contents and tags", _switch)
SHOW_SIDE = Option("show_side", True, "Show the side panel with notes and names", _switch)
NOTES_BESIDE = Option("notes_beside", True, "Keep notes beside their passages; else in a list", _switch)
SEARCH_PINNED = Option("search_pinned", "", "The search whose results stay beside the page; empty for none", _word)
LIBRARY_ORDERS = {
    "read": "Last &read",
    "added": "Last &added",
    "title": "&Title",
    "author": "A&uthor",
    "published": "Date &published",
}
LIBRARY_ORDER = Option("library_order", "read", "How the library's documents are sorted", one_of(*LIBRARY_ORDERS))
LIBRARY_TAB = Option("library_tab", 0.0, "The sidebar's tab last used", number(0, 2))
SIDE_TAB = Option("side_tab", 0.0, "The side panel's tab last used", number(0, 1))
WIDTHS: Option[tuple[int, ...]] = Option(
    "widths", (), "Widths of the sidebar and the side panel in pixels", _widths, list
)
GEOMETRY = Option("geometry", "", "Where the window was, as Qt writes it (base64)", _word)
NAMES_HERE = Option("names_here", False, "The table of names is of the open document alone", _switch)
NAMES_SORT: Option[tuple[str, ...]] = Option(
    "names_sort", ("mentions:down",), "How the table of names is sorted: columns, the first one counts", _words, list
)
NAMES_WIDTHS: Option[tuple[int, ...]] = Option(
    "names_widths", (), "Widths of the columns in the table of names in pixels; 0 for the usual", _widths, list
)
NAMES_GEOMETRY = Option("names_geometry", "", "Where the table of names was, as Qt writes it (base64)", _word)
WATCHED = Option("watched_folder", "", "A folder whose new files are added by themselves; empty for none", _word)
KEYS: Option[Mapping[str, tuple[str, ...]]] = Option(
    "keys",
    MappingProxyType({}),
    "Keys of the commands that have other than the usual ones",
    _keys,
    lambda chosen: {name: list(keys) for name, keys in chosen.items()},
)
RECENT: Option[tuple[str, ...]] = Option(
    "recent_commands", (), "Commands last chosen by name, the latest first", _words, list
)
FIT = Option("print_fit", "width", "How large printed pages are: their width, all of them, or free", one_of(*FITS))
PRINT_ZOOM = Option("print_zoom", 1.0, "Size of printed pages where it is free, 1 = as on paper", number(0.06, 4.0))
TWO_PAGES = Option("two_pages", False, "Show printed pages in pairs", _switch)
WHITE_PAPER = Option("white_paper", False, "Show printed pages on white paper in every theme", _switch)
PRINTED: tuple[Option[Any], ...] = (FIT, PRINT_ZOOM, TWO_PAGES, WHITE_PAPER)
TRASH_TERMS = {"never": "By hand only", "30": "After 30 days", "90": "After 90 days", "365": "After a year"}
TRASH_AFTER = Option(
    "empty_trash_after",
    "never",
    "After how many days the trash is emptied by itself; `never`: by hand",
    one_of(*TRASH_TERMS),
)
PACE = Option("pace", 230, "Words that the reader reads in a minute", whole(80, 1000))
ANIMATIONS = Option("animations", SYSTEM, "Whether things may move by themselves", one_of(SYSTEM, OFF))
TYPOGRAPHY: tuple[Option[Any], ...] = (FONT, ZOOM, MEASURE, LINE, PARAGRAPHS, JUSTIFIED)
OPTIONS: tuple[Option[Any], ...] = (
    THEME, *TYPOGRAPHY, *PRINTED, STRENGTH, KINDS, SHOW_LIBRARY, SHOW_SIDE, NOTES_BESIDE, LIBRARY_TAB, SIDE_TAB,
    LIBRARY_ORDER, WIDTHS, GEOMETRY, PACE, ANIMATIONS, TRASH_AFTER, WATCHED, KEYS, RECENT,
    NAMES_HERE, SEARCH_PINNED, NAMES_SORT, NAMES_WIDTHS, NAMES_GEOMETRY,
)  # fmt: skip


def config_folder() -> Path:
    """Where the settings and the reader's own themes are."""
    return platformdirs.user_config_path("postil", appauthor=False)


class Settings:
    """The values of all options, and the file that keeps them.

    `message`: a sentence for the reader when the file could not be understood, else "".
    """

    def __init__(self, path: Path, stored: dict[str, object] | None = None, message: str = "") -> None:
        self.path = path
        self.message = message
        self._stored = stored or {}
        self._values: dict[str, object] = {}
        self._changed: set[str] = set()
        for option in OPTIONS:
            if option.name in self._stored:
                self._take(option)

    @classmethod
    def load(cls, path: Path | None = None) -> "Settings":
        """Read the settings; a missing file means defaults, a damaged one is kept aside and told of."""
        path = path or config_folder() / FILE_NAME
        try:
            stored = {**json.loads(path.read_text(encoding="utf-8"))}
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            return cls(path, message=f"The settings could not be read ({error.strerror}); using the usual ones.")
        except (ValueError, TypeError, RecursionError):
            return cls(path, message=_keep_aside(path))
        return cls(path, stored)

    def get[T](self, option: Option[T]) -> T:
        """What is chosen."""
        return self._values.get(option.name, option.default)  # type: ignore[return-value]

    def set[T](self, option: Option[T], value: T) -> bool:
        """Choose; returns whether that changed anything. `save` writes it to disk."""
        if self.get(option) == value:
            return False
        self._values[option.name] = value
        self._stored[option.name] = option.write(value)
        self._changed.add(option.name)
        return True

    def save(self) -> None:
        """Write what changed, whole or not at all; raises OSError.

        What another window wrote since stays, but for what was chosen here.
        """
        if not self._changed:
            return
        with suppress(OSError, ValueError, TypeError, RecursionError):  # gone, or spoilt meanwhile: ours is whole
            theirs = json.loads(self.path.read_text(encoding="utf-8"))
            self._stored = {**self._stored, **theirs, **{name: self._stored[name] for name in self._changed}}
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")  # 0600 from the start
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._stored, file, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        self._changed.clear()

    def _take(self, option: Option[Any]) -> None:
        try:
            self._values[option.name] = option.read(self._stored[option.name])
        except (ValueError, TypeError) as error:
            self.message = f"The setting “{option.name}” was not understood ({error}); using the usual one."


def _keep_aside(path: Path) -> str:
    aside = path.with_suffix(".damaged.json")
    try:
        path.replace(aside)
    except OSError:
        return "The settings file is damaged; using the usual settings."
    return f"The settings file was damaged; it is kept as {aside.name}, and the usual settings are used."
