"""Links to names in notes: `[[Kaja Kallas]]`, or `[[Kaja Kallas|she]]` to read otherwise. Pure, no database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(r"\[\[([^\[\]\n|]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_CODE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|(`+)[^`].*?\2", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a note: where it stands, the name it leads to, and the words it shows."""

    start: int
    end: int
    name: str
    shown: str


def links(note: str) -> Iterator[Link]:
    """The links of a note, in order; what stands in code is none."""
    if "[[" not in note:
        return
    code = [found.span() for found in _CODE.finditer(note)]
    for found in _LINK.finditer(note):
        name = " ".join(found[1].split())
        if name and not any(start <= found.start() < end for start, end in code):
            yield Link(found.start(), found.end(), name, (found[2] or name).strip() or name)
