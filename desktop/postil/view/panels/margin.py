"""Where cards stand beside their passages: sums along one line, without Qt, so that they are tested apart.

Every card wants to stand where its passage's line is. Where cards would overlap, those above and below one line of the
view give way: the focus. A card whose passage crosses the focus stands exactly beside it, and between two passages the
cards pass by in proportion, so that everything moves evenly however dense the notes are. The current card has its
exact place as long as any of it is in view. Both are mixed where the current card leaves, so that nothing ever jumps.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence

FOCUS = 0.3
"""Where the focus is in the view, as a share of its height; nearer its ends at the ends of the text."""
FADE = 60.0
"""Pixels over which the current card gives its right up at the view's edges."""
LINE = 20.0
"""Pixels over which cards of one line take turns at the focus: less than a line is high."""

type Heights = Callable[[int], int]


def arrange(
    lines: Sequence[float],
    height_of: Heights,
    room: float,
    *,
    first: float | None = None,
    last: float | None = None,
    current: int | None = None,
) -> dict[int, float]:
    """Give the tops of the cards that are in view, by their index in `lines`: no two overlap, their order is kept.

    `lines`: where the passages are, from the top of a view `room` high, in ascending order; `height_of` is asked only
    about cards that are near. `first`, `last`: where the document's first and last passages are, None for far away.
    `current`: the card that gets its exact place.
    """
    if not lines:
        return {}
    wanted = _spread(lines, current)
    if last == lines[-1]:
        last = wanted[-1]
    ends = (first is not None and first >= 0, last is not None and last <= room)
    weight = _weight(wanted[current], height_of(current), room) if current is not None else 0.0
    far = 2 * room if 0 < weight < 1 or ends[1] else 0.0
    bounds = (-far, room + far)
    placed = _by_focus(wanted, height_of, _focus(room, first, last), bounds)
    _fit(placed, wanted, height_of, room, ends)
    if current is not None and weight > 0:
        wishes = [
            max(line, placed.get(at, line)) if at < current else min(line, placed.get(at, line))
            for at, line in enumerate(wanted)
        ]  # who gave way without the current card need not go back farther than to its own line
        y = within(wanted[current], height_of(current), room)
        exact = _around(wishes, height_of, current, y, bounds)
        if weight < 1:
            both = placed.keys() & exact.keys()
            exact = {at: placed[at] + weight * (exact[at] - placed[at]) for at in both}
        placed = exact
    return {at: y for at, y in sorted(placed.items()) if y < room and y + height_of(at) > 0}


def within(line: float, height: float, room: float) -> float:
    """Where a card stands that should be seen whole, as soon as its passage is in view."""
    rest = max(0.0, room - height)
    ramp = min(room - rest, FADE)
    if line <= rest:
        return line
    return rest + max(0.0, line - room + ramp) * (room - rest) / ramp if ramp else rest


def _weight(line: float, height: float, room: float) -> float:
    """How much the current card's right counts, 0 to 1."""
    return min(1.0, max(0.0, min(line + height, room - line) / FADE))


def _focus(room: float, first: float | None, last: float | None) -> float:
    """The line of the view whose card stands exactly: at the text's ends it runs to the first and last passage."""
    focus = room * FOCUS
    if last is not None:
        focus = max(focus, room - abs(last - room))
    if first is not None:
        focus = min(focus, first if first >= 0 else -3 * first)
    return focus


def _spread(lines: Sequence[float], current: int | None) -> list[float]:
    """The lines, those that are the same a little apart; the current card has its line to itself."""
    made = list(lines)
    at = 0
    while at < len(made):
        end = bisect_right(lines, lines[at], at)
        if end - at > 1:
            gap = min(LINE, lines[end] - lines[at] if end < len(lines) else LINE) / (end - at)
            for each in range(at, end):
                made[each] += (each - at) * gap
        at = end
    if current is not None:
        made[current] = lines[current]
        for each in range(current):  # those before it on its line stay before it
            made[each] = min(made[each], lines[current])
    return made


def _by_focus(wanted: list[float], height_of: Heights, focus: float, bounds: tuple[float, float]) -> dict[int, float]:
    at = max(0, bisect_right(wanted, focus) - 1)
    y = wanted[at]
    if at + 1 < len(wanted) and y <= focus:
        gap = wanted[at + 1] - y
        missing = height_of(at) - gap
        if missing > 0:
            y -= missing * (focus - y) / gap
    return _around(wanted, height_of, at, y, bounds)


def _around(
    wanted: list[float], height_of: Heights, at: int, y: float, bounds: tuple[float, float]
) -> dict[int, float]:
    """Put one card at `y`; those below and above it give way, as far as `bounds`."""
    placed = {at: y}
    low = y + height_of(at)
    for below in range(at + 1, len(wanted)):
        top = max(wanted[below], low)
        if top >= bounds[1]:
            break
        placed[below], low = top, top + height_of(below)
    high = y
    for above in range(at - 1, -1, -1):
        if high <= bounds[0]:
            break
        high = min(wanted[above], high - height_of(above))
        placed[above] = high
    return placed


def _fit(
    placed: dict[int, float], wanted: list[float], height_of: Heights, room: float, ends: tuple[bool, bool]
) -> None:
    """At the ends of the text, where there is nothing to scroll to, keep the last and then the first card in view."""
    final = len(wanted) - 1
    if ends[1] and final in placed:
        low = min(placed[final], within(wanted[final], height_of(final), room)) + height_of(final)
        for at in sorted(placed, reverse=True):
            placed[at] = low = min(placed[at], low - height_of(at))
    if ends[0] and 0 in placed:
        high = min(wanted[0], max(0.0, placed[0]))
        for at in sorted(placed):
            placed[at] = max(placed[at], high)
            high = placed[at] + height_of(at)
