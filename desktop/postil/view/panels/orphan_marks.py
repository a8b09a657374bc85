"""Two quotes side by side: what went is struck out in the old one, what came stands out in the new one."""

import re
from difflib import SequenceMatcher
from html import escape

PIECE = re.compile(r"\w+|\s+|[^\w\s]")
MOST = 2_000  # pieces; longer quotes are shown without marks
NEAR = 8  # pieces of what is the same that are shown beside a difference

type Range = tuple[str, int, int, int, int]


def marked_changes(before: str, after: str, went: str, came: str) -> tuple[str, str]:
    """Both quotes as rich text; `went` and `came` are CSS for what is only in the one or the other."""
    ours, theirs = PIECE.findall(before), PIECE.findall(after)
    if len(ours) + len(theirs) > MOST:
        return _plain(ours), _plain(theirs)
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    old, new = list[str](), list[str]()
    for number, (kind, a0, a1, b0, b1) in enumerate(steps):
        if kind == "equal":
            first, last = number == 0, number == len(steps) - 1
            old.append(_shortened(ours[a0:a1], first=first, last=last))
            new.append(_shortened(theirs[b0:b1], first=first, last=last))
            continue
        if a1 > a0:
            old.append(f'<span style="{went}">{escape("".join(ours[a0:a1]))}</span>')
        if b1 > b0:
            new.append(f'<span style="{came}">{escape("".join(theirs[b0:b1]))}</span>')
    return "".join(old), "".join(new)


def _shortened(pieces: list[str], *, first: bool, last: bool) -> str:
    """What is the same on both sides, without its middle where that is long."""
    if len(pieces) <= 3 * NEAR:
        return escape("".join(pieces))
    head = pieces[:NEAR] if not first or last else []
    tail = pieces[-NEAR:] if not last or first else []
    if first and last:
        head, tail = pieces[: 3 * NEAR], []
    return escape("".join(head)) + " … " + escape("".join(tail))


def _plain(pieces: list[str]) -> str:
    return escape("".join(pieces[: 6 * NEAR])) + (" …" if len(pieces) > 6 * NEAR else "")
