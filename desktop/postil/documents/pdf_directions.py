"""Lines that are read from the right, wholly or in parts: from the order in which they are seen to that of reading."""

import unicodedata
from collections.abc import Sequence

from postil.documents.printed import Box

type Mark = tuple[str, Box | None, int]

_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_BLANK = 0.14
"""Of the size: room between two letters that is a blank."""

_LEFT_TO_RIGHT = frozenset(("L", "EN", "AN"))


def is_turned(text: str) -> bool:
    """Whether a character is read from right to left."""
    return unicodedata.bidirectional(text) in _RIGHT_TO_LEFT


def logical(marks: Sequence[Mark], size: float) -> list[Mark]:
    """Return the characters of a line in reading order, by where they stand; as they are where all run to the right.

    `size`: of its letters. A line with more of them that run to the left than to the right begins at its right end.
    """
    turned = sum(is_turned(text) for text, _, _ in marks)
    if not turned:
        return list(marks)
    straight = sum(unicodedata.bidirectional(text) == "L" for text, _, _ in marks)
    seen = _spaced(sorted(_clusters(marks), key=_middle), _BLANK * size)
    runs = _runs(seen, backwards=turned >= straight)
    if turned >= straight:
        runs.reverse()
    return [mark for backwards, run in runs for cluster in (reversed(run) if backwards else run) for mark in cluster]


def _clusters(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Letters with the accents over them, and the letters of one ligature, which keep their order.

    Blanks without room of their own are left out: the order that they had says nothing here.
    """
    clusters: list[list[Mark]] = []
    for mark in marks:
        text, box, _ = mark
        if box is None or (text == " " and box[2] - box[0] < 0.01):
            continue
        if clusters and (unicodedata.combining(text) or box == clusters[-1][-1][1]):
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    return clusters


def _middle(cluster: list[Mark]) -> float:
    box = cluster[0][1]
    return 0.0 if box is None else (box[0] + box[2]) / 2


def _spaced(clusters: list[list[Mark]], room: float) -> list[list[Mark]]:
    """Put blanks where there is so much room."""
    found: list[list[Mark]] = []
    edge = 0.0
    for cluster in clusters:
        box = cluster[0][1] or (0.0, 0.0, 0.0, 0.0)
        if found and box[0] - edge > room:
            found.append([(" ", None, 0)])
        found.append(cluster)
        edge = max(edge, box[2]) if found else box[2]
    return found


def _runs(clusters: list[list[Mark]], *, backwards: bool) -> list[tuple[bool, list[list[Mark]]]]:
    """Stretches of one direction, in the order seen; what has none goes with its line, or lies between two alike."""
    ways = [_way(cluster) for cluster in clusters]
    for at, way in enumerate(ways):
        if way is None:
            before = next((one for one in reversed(ways[:at]) if one is not None), backwards)
            after = next((one for one in ways[at:] if one is not None), backwards)
            ways[at] = before if before == after else backwards
    runs: list[tuple[bool, list[list[Mark]]]] = []
    for cluster, way in zip(clusters, ways, strict=True):
        if not runs or runs[-1][0] != way:
            runs.append((bool(way), []))
        runs[-1][1].append(cluster)
    return runs


def _way(cluster: list[Mark]) -> bool | None:
    kind = unicodedata.bidirectional(cluster[0][0])
    return True if kind in _RIGHT_TO_LEFT else False if kind in _LEFT_TO_RIGHT else None
