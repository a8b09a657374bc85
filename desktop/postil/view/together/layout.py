"""Where the names of a graph stand: laid out off the UI thread, and moved apart until their words can be read."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from postil_db.records import Entity, EntityKind, Together

LINES = 70
"""The strongest pairs are drawn; more of them could not be told apart."""

SIZE = (820.0, 640.0)
"""What the drawing is laid out for; it is stretched to the room there is."""

LETTER, HEIGHT = 9.0, 44.0
"""How much room a name takes: by letter, and from the dot to below the words; in units of SIZE."""

ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Node:
    """A name or a tag (`kind` None) with its place, from 0 to 1. `key`: the entity's id, or the tag."""

    key: int | str
    label: str
    kind: EntityKind | None
    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """How often two nodes (by index) stand together."""

    first: int
    second: int
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph with its places. `left_out`: pairs that are not drawn."""

    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()
    left_out: int = 0


def draw(table: Together) -> Drawing:
    """Lay out the pairs that stand together most often."""
    things = _things(table)
    offset = 0 if table.columns and isinstance(table.columns[0], Entity) else len(table.rows)
    pairs = sorted(table.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [(row, column + offset, count) for (row, column), count in pairs[:LINES]]
    used = sorted({at for first, second, _count in shown for at in (first, second)})
    index = {at: number for number, at in enumerate(used)}
    places = _places(shown, {at: things[at][1] for at in used})
    weights = {at: sum(count for first, second, count in shown if at in (first, second)) for at in used}
    return Drawing(
        tuple(Node(*things[at], *places[at], weights[at]) for at in used),
        tuple(Line(index[first], index[second], count) for first, second, count in shown),
        len(pairs) - len(shown),
    )


def _things(table: Together) -> list[tuple[int | str, str, EntityKind | None]]:
    rows: list[tuple[int | str, str, EntityKind | None]] = [(one.id, one.name, one.kind) for one in table.rows]
    return rows + [(one, f"#{one}", None) for one in table.columns if isinstance(one, str)]


def _places(pairs: Sequence[tuple[int, int, int]], labels: Mapping[int, str]) -> dict[int, tuple[float, float]]:
    if not pairs:
        return {}
    import networkx as nx  # half a second to import, and only needed here

    graph = nx.Graph()
    graph.add_nodes_from(sorted(labels))
    graph.add_weighted_edges_from((first, second, count**0.5) for first, second, count in pairs)
    found: Mapping[Hashable, Sequence[float]] = nx.spring_layout(
        graph, seed=7, k=1.6 / len(labels) ** 0.5, iterations=80
    )
    return _apart(_fitted({int(str(at)): (float(x), float(y)) for at, (x, y) in found.items()}), labels)


def _fitted(places: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """The places stretched to fill 0 to 1 both ways."""
    low = [min(place[axis] for place in places.values()) for axis in (0, 1)]
    wide = [max(place[axis] for place in places.values()) - low[axis] or 1.0 for axis in (0, 1)]
    return {at: ((x - low[0]) / wide[0], (y - low[1]) / wide[1]) for at, (x, y) in places.items()}


def _apart(places: dict[int, tuple[float, float]], labels: Mapping[int, str]) -> dict[int, tuple[float, float]]:
    """Move names apart that would cover one another, within the room there is."""
    at = {number: [x * SIZE[0], y * SIZE[1]] for number, (x, y) in places.items()}
    room = {number: LETTER * min(len(label), 24) + 12 for number, label in labels.items()}
    numbers = sorted(at)
    for _ in range(ROUNDS):
        moved = False
        for index, one in enumerate(numbers):
            for other in numbers[index + 1 :]:
                over_x = (room[one] + room[other]) / 2 - abs(at[one][0] - at[other][0])
                over_y = HEIGHT - abs(at[one][1] - at[other][1])
                if over_x > 0 and over_y > 0:
                    moved = True
                    axis = 1 if over_y < over_x else 0
                    push = (min(over_x, over_y) / 2 + 0.5) * (1 if at[one][axis] >= at[other][axis] else -1)
                    at[one][axis] = min(SIZE[axis], max(0.0, at[one][axis] + push))
                    at[other][axis] = min(SIZE[axis], max(0.0, at[other][axis] - push))
        if not moved:
            break
    return {number: (x / SIZE[0], y / SIZE[1]) for number, (x, y) in at.items()}
