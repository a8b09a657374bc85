"""Which language a text is in."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from postil_db.records import Block, BlockKind

_ENOUGH, _SAMPLE = 60, 20_000
_SURE = 0.9
_ENGLISH = frozenset(
    ("the", "of", "and", "in", "on", "with", "was", "is", "by", "for", "at", "to", "from", "that", "met")
)
_BLURRING = frozenset(("wuu", "yue", "pcm"))
"""Written so much like Chinese and English that they would only make those uncertain."""

_SUBTAG = re.compile("[a-zA-Z]{2,3}$")


def language_of(blocks: Sequence[Block], declared: str = "") -> str:
    """Return the primary subtag of the language that the text is in: "en".

    The text decides, and what the file declares only where the text is too short to tell; "" if neither says.
    """
    primary = re.split("[-_]", declared.strip(), maxsplit=1)[0].lower()
    primary = primary if _SUBTAG.match(primary) else ""
    sample = _sample(blocks)
    if len(sample) < _ENOUGH and primary:
        return primary
    if not re.search(r"[^\W\d_]{2}|[^\x00-\u2fff]", sample):
        return primary
    try:
        language, certainty = identifier().classify(sample)
    except OSError:  # it unpacks its model to a temporary file, for which there may be no room
        return primary
    if certainty >= _SURE:
        return str(language)
    return primary or ("en" if _looks_english(sample) else "")


def _looks_english(sample: str) -> bool:
    """Whether a sentence, too short and too full of names for statistics, is held together by English words."""
    return sample.isascii() and len(_ENGLISH & set(sample.lower().split())) >= 2


@cache
def identifier() -> Any:  # noqa: ANN401 - the library has no types
    """The model, which takes a while to load: once for all files that a child reads."""
    from postil.documents.identifier import load

    identifier = load()
    identifier.set_languages([language for language in identifier.labels if language not in _BLURRING])
    return identifier


def _sample(blocks: Sequence[Block]) -> str:
    """Running text from the document, without what is set as code."""
    pieces, length = [], 0
    for block in blocks:
        if block.kind is not BlockKind.CODE:
            pieces.append(block.text)
            length += len(block.text) + 1
        if length > _SAMPLE:
            break
    return " ".join(pieces)[:_SAMPLE]
