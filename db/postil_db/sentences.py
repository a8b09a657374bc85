"""Where sentences end, in any script: enough to say what stands together, not a grammar."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"""(?<![\s(]\w)(?<!\b[A-Z]\.[A-Z])  # no initial ("J. Smith"), no "U.S"
        (?:[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[^\W\d_a-zà-ÿ])  # before a capital, or a script without any
        |[。！？｡।؟۔]["”’」』]*)""",
    re.VERBOSE,
)
_TITLES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Sen|Rep|Gov|vs|No|Nos|e\.g|i\.e|cf|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, as (start, end) in code points, blanks around them left out."""
    start = 0
    for found in _END.finditer(text):
        if _TITLES.search(text, max(0, found.end() - 8), found.end()):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inside = text[start:end]
    if inside.strip():
        yield start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
