"""How loudly the page shows what Postil found by itself."""

from enum import StrEnum


class Strength(StrEnum):
    """How strongly names stand out on the page, from a mere line to a full tint."""

    QUIET = "quiet"
    NORMAL = "normal"
    STRONG = "strong"
