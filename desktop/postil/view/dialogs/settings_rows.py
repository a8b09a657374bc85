"""What the settings dialog offers: each row declared once."""

from collections.abc import Sequence
from dataclasses import dataclass

from postil.settings import FONT, KINDS, STRENGTH, THEME, ZOOM
from postil.view.look.strength import Strength
from postil.view.look.theme import themes
from postil.view.panels.entity_model import TITLES


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; `options`: value and words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A share, shown as per cent."""

    name: str
    label: str
    low: int
    high: int
    step: int


@dataclass(frozen=True, slots=True)
class Several:
    """Any of several; the value is a frozenset."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


type Row = Choice | Amount | Several


def rows(families: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows, in order; `families`: type faces to offer beside Postil's own."""
    return (
        Choice(
            THEME.name, "Theme", (("system", "As the system"), *((one.name, one.title) for one in themes().values()))
        ),
        Choice(FONT.name, "Type face of the page", (("", "Postil’s own"), *((family, family) for family in families))),
        Amount(ZOOM.name, "Size of the page", 50, 400, 10),
        Choice(STRENGTH.name, "Marks of names", tuple((one.value, one.capitalize()) for one in Strength)),
        Several(KINDS.name, "Names to mark", tuple((kind.value, title) for kind, title in TITLES.items())),
    )
