"""What a file says, made fit to be stored: times, tags, positions, colours and numbers that make sense, or nothing."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from postil_db.records import Color
from postil_db.store.text import LONGEST_NAME, UNSEEN, clean

MOST_TAGS = 100
"""On one annotation."""

LATEST = 1 << 53
"""Position or id that is no slip."""

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_COLORS = {
    **{color.value: color for color in Color},
    "orange": Color.YELLOW,
    "red": Color.PINK,
    "magenta": Color.PINK,
    "violet": Color.PURPLE,
    "cyan": Color.BLUE,
}


def text(value: object) -> str:
    """A text that can be stored; "" for what is none."""
    return clean(value) if isinstance(value, str) else ""


def line(value: object) -> str:
    """A text on one line."""
    return " ".join(text(value).split())


def whole(value: object) -> int | None:
    """A number from 0 on, or None; also as a file writes it, "12" or "12.0"."""
    if isinstance(value, str):
        word = value.strip().removesuffix(".0")
        value = int(word) if word.isascii() and word.isdigit() and len(word) < 17 else None
    return value if type(value) is int and 0 <= value < LATEST else None


def moment(value: object) -> datetime | None:
    """A time as ISO 8601 tells it, in UTC if it does not say otherwise; None for none, or one that cannot be."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if _FIRST <= found < _LAST else None


def times(created: object, modified: object) -> tuple[datetime | None, datetime | None]:
    """When it was made and changed; never changed before it was made."""
    first, last = moment(created), moment(modified)
    if first is None:
        return last, last
    return first, max(first, last) if last is not None else None


def color(value: object) -> Color | None:
    """A colour by its name; None for what is none of ours nor near one."""
    return _COLORS.get(value.strip().casefold()) if isinstance(value, str) else None


def tags(names: Iterable[object]) -> tuple[str, ...]:
    """Names that tags can have, each once: on one line, with commas for semicolons, not too long, not too many."""
    kept: dict[str, str] = {}
    for value in names:
        seen = UNSEEN.sub("", text(value).replace(";", ","))
        name = unicodedata.normalize("NFC", " ".join(seen.split()))[:LONGEST_NAME].strip()
        if any(unicodedata.category(character) != "Cf" for character in name):
            kept.setdefault(name.casefold(), name)
        if len(kept) == MOST_TAGS:
            break
    return tuple(kept.values())


def soon(found: datetime, other: datetime) -> bool:
    """Whether two times are the same to the second, as files tell them."""
    return abs(found - other) < timedelta(seconds=1)
