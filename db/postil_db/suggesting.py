"""What a query without results may have been meant to say."""

from collections.abc import Sequence

from postil_db.index.context import Segment
from postil_db.index.expand import nearest, stem
from postil_db.index.query import Query

SHORTEST = 4  # letters; shorter words are near to everything
MOST_WORDS = 3  # that are looked up


def suggestion(query: str, parsed: Query, segments: Sequence[Segment]) -> str:
    """The query with each word that stands nowhere replaced by the word likest it that does; "" for nothing better."""
    changed, looked_up = query, 0
    for start, end, word in reversed(parsed.plain):
        if len(word) < SHORTEST or looked_up == MOST_WORDS or _known(word, segments):
            continue
        looked_up += 1
        better = _likest(word, segments)
        if better:
            changed = changed[:start] + better + changed[end:]
    return changed if changed != query else ""


def _known(word: str, segments: Sequence[Segment]) -> bool:
    """Whether a word, or one that begins so, or one of its stem, stands anywhere."""
    if any(len(segment.prefixed("text", word).ids) for segment in segments):
        return True
    root = stem(word)
    first = root[:-1] if len(root) > 3 else root[:2]
    return any(stem(other) == root for segment in segments for other in segment.vocabulary(first))


def _likest(word: str, segments: Sequence[Segment]) -> str:
    """The most frequent of the nearest words. The first letter is right, or changed places with the second."""
    near: dict[str, int] = {}
    for first in dict.fromkeys((word[0], word[1])):
        for segment in segments:
            near.update(nearest(word, segment.vocabulary(first)))
    if not near:
        return ""
    slips = min(near.values())
    closest = [other for other, distance in near.items() if distance == slips]
    return max(closest, key=lambda other: (sum(len(one.postings("text", other).ids) for one in segments), other))
