"""Which segments are written together anew: few large ones are fast to search, and small ones come with every flush."""

from collections.abc import Sequence
from typing import Any

from postil_db.index.bulk import View
from postil_db.index.codec_reader import DiskSegment
from postil_db.index.whoosh_parts import Untyped

WIDTH = 8  # segments of like size that are merged into one, and how much larger one size is than the next
SMALLEST, LARGEST = 64, 60_000  # entries


class Tiers:
    """A Whoosh merge policy: merges when many segments are of like size, or when most of one is gone."""

    def __init__(self, views: Sequence[View]) -> None:
        self._known = {view.segment.name: view for view in views if isinstance(view.segment, DiskSegment)}

    def __call__(self, writer: Untyped, segments: list[Any]) -> list[Any]:
        """Merge into `writer` what is due; the segments that stay as they are."""
        due = self._due(segments)
        for segment in due:
            view = self._known.get(segment.segment_id())
            if view and isinstance(view.segment, DiskSegment) and segment.doc_count():
                writer.absorb(view.segment.tables(), view.segment.columns, view.live)
        names = {segment.segment_id() for segment in due}
        return [segment for segment in segments if segment.segment_id() not in names]

    def _due(self, segments: list[Any]) -> list[Any]:
        by_level: dict[int, list[Any]] = {}
        due = []
        for segment in segments:
            live = segment.doc_count()
            if live * 2 < segment.doc_count_all():
                due.append(segment)
            elif live <= LARGEST // WIDTH:
                by_level.setdefault(_level(live), []).append(segment)
        for level in by_level.values():
            if len(level) >= WIDTH:
                due += level
        return due


def _level(entries: int) -> int:
    level, bound = 0, SMALLEST
    while entries > bound:
        level, bound = level + 1, bound * WIDTH
    return level
