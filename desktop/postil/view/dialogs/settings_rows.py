"""What the settings dialog offers: each row declared once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from postil.settings import (
    ANIMATIONS,
    FONT,
    JUSTIFIED,
    KINDS,
    LINE,
    MEASURE,
    OFF,
    PACE,
    PARAGRAPHS,
    STRENGTH,
    SYSTEM,
    THEME,
    TRASH_AFTER,
    TRASH_TERMS,
    WATCHED,
    ZOOM,
)
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.panels.entity_model import TITLES


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; `options`: value and words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number between two bounds, counted in whole parts: `unit` of them make 1. `shown`: the number in words."""

    name: str
    label: str
    low: int
    high: int
    step: int
    unit: int
    shown: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off; `label` stands beside the box, `note` below it: what there is to know before."""

    name: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """Any of several; the value is a frozenset."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, "" for none; `note`: what there is to know before."""

    name: str
    label: str
    note: str = ""


type Row = Choice | Amount | Switch | Several | Place


def rows(themes: Iterable[Theme], families: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows, in order; `families`: type faces to offer beside Postil's own."""
    return (
        Choice(THEME.name, "Theme", ((SYSTEM, "As the system"), *((one.name, one.title) for one in themes))),
        Choice(FONT.name, "Type face of the page", (("", "Postil’s own"), *((family, family) for family in families))),
        Amount(ZOOM.name, "Size of the type", 50, 320, 10, 100, "{:.0%}".format),
        Amount(MEASURE.name, "Length of a line", 45, 90, 3, 1, "{:.0f} characters".format),
        Amount(LINE.name, "Height of a line", 120, 200, 10, 100, "{:.1f}".format),
        Choice(PARAGRAPHS.name, "Paragraphs", (("spaced", "Stand apart"), ("indented", "Begin with an indent"))),
        Switch(
            JUSTIFIED.name,
            "Make the lines end flush",
            "Words are not hyphenated, so a long line or small type looks best.",
        ),
        Amount(PACE.name, "Your reading pace", 80, 600, 10, 1, "{:.0f} words a minute".format),
        Choice(ANIMATIONS.name, "Animations", ((SYSTEM, "As the system"), (OFF, "Off"))),
        Choice(TRASH_AFTER.name, "Empty the trash", tuple(TRASH_TERMS.items())),
        Place(WATCHED.name, "Watched folder", "Documents that are put into it later are added by themselves."),
        Choice(STRENGTH.name, "Name marks", tuple((one.value, one.capitalize()) for one in Strength)),
        Several(KINDS.name, "Names to mark", tuple((kind.value, title) for kind, title in TITLES.items())),
    )
