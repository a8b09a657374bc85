"""Which way a text runs, by its letters and its language."""

import unicodedata

LEFTWARDS = frozenset({"ar", "he", "iw", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr"})
"""Languages that are written from right to left."""

_FAR = 400


def goes_left(text: str, *, otherwise: bool) -> bool:
    """Whether a text runs from right to left: by its first letter with a direction, else as what it stands in."""
    if text.isascii() and not otherwise:
        return False
    for sign in text[:_FAR]:
        way = unicodedata.bidirectional(sign)
        if way == "L":
            return False
        if way in ("R", "AL"):
            return True
    return otherwise


def is_mirrored(language: str, sample: str) -> bool:
    """Whether a document runs from right to left: by its language, or where that is unknown by most of its letters."""
    if language:
        return language.lower().split("-")[0] in LEFTWARDS
    ways = [unicodedata.bidirectional(sign) for sign in sample[:4000]]
    return ways.count("R") + ways.count("AL") > ways.count("L")
