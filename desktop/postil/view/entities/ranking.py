"""Names by how much they are like one of them."""

from collections import defaultdict
from collections.abc import Sequence

from postil_db.records import EntityKind

type Known = tuple[str, EntityKind, int]
"""A name, its kind, and how often it is named."""


def ranked(names: Sequence[Known], like: Known) -> list[Known]:
    """Names, those first that share words with one, of its kind before others; else in the order given."""
    mine = set(like[0].casefold().split())
    groups: defaultdict[tuple[int, bool], list[Known]] = defaultdict(list)
    for one in names:  # one sort of them all would hold every thread where they are many
        groups[-len(mine & set(one[0].casefold().split())), one[1] is not like[1]].append(one)
    return [one for group in sorted(groups) for one in groups[group]]
