"""What things can be: the closed lists of the library."""

from enum import StrEnum


class Color(StrEnum):
    """What a reader may mark a passage with, in the order of the keys 1 to 5."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    PURPLE = "purple"


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"
    DATE = "date"
    EVENT = "event"
    DOCUMENT = "document"
    GROUP = "group"
    PRODUCT = "product"
    QUANTITY = "quantity"


class Origin(StrEnum):
    """Who said that a span is a mention."""

    MODEL = "model"
    RULE = "rule"
    YOU = "you"


class AnchorState(StrEnum):
    """How well an annotation's selector still fits its document."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHAN = "orphan"
