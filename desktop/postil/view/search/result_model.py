"""What a search found, as an item model: results of one group under another."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import override

from postil.view.panels.record_model import RecordModel
from postil.view.panels.words import plural
from postil_db.records import Annotation, Group, Result

TITLES = {Group.HIGHLIGHT: "Highlights", Group.NOTE: "Notes", Group.ENTITY: "Names", Group.TEXT: "Text of documents"}
KINDS = {Group.HIGHLIGHT: "Highlight", Group.NOTE: "Note", Group.ENTITY: "Name", Group.TEXT: "Text"}


@dataclass(frozen=True, slots=True)
class Row:
    """A result; the first one of a group has the group's heading over it."""

    result: Result
    heading: str = ""

    @property
    def annotation(self) -> Annotation | None:
        """The annotation that was found, if it is one."""
        return self.result.annotation


class ResultModel(RecordModel[Row]):
    """Results, group by group."""

    @override
    def key(self, record: Row) -> Hashable:
        """What was found, and where."""
        result = record.result
        if result.annotation is not None:
            return result.group, result.annotation.id
        if result.entity is not None:
            return result.group, result.entity.id
        return result.group, result.document_id, result.start, result.end

    @override
    def text(self, record: Row) -> str:
        """Snippet, title, date and tags in words; which group begins with it."""
        result = record.result
        tags = result.annotation.tags if result.annotation else ()
        named = f"Tags: {', '.join(tags)}" if tags else ""
        parts = (record.heading, KINDS[result.group], result.snippet, result.title, result.date[:10], named)
        return ". ".join(part for part in parts if part)

    @override
    def tip(self, record: Row) -> str:
        """The title, which may be cut."""
        return record.result.title

    def documents(self) -> int:
        """In how many documents the results are."""
        return len({row.result.document_id for row in self.records()})

    def next_group(self, row: int, direction: int) -> int:
        """Where the next group begins, or the one that this row is in or after; the same row if there is none."""
        starts = [number for number, one in enumerate(self.records()) if one.heading]
        there = [start for start in starts if (start > row if direction > 0 else start < row)]
        if not there:
            return row
        return there[0] if direction > 0 else there[-1]


def rows(results: Sequence[Result], totals: Mapping[Group, int], only: Group | None = None) -> list[Row]:
    """Results as rows, of one group or of all, in the groups' order."""
    made = []
    for group in Group:
        if only not in (None, group):
            continue
        for number, result in enumerate(one for one in results if one.group is group):
            total = max(totals.get(group, 0), 1)
            heading = f"{TITLES[group]}, {plural(total, 'result')}" if number == 0 and only is None else ""
            made.append(Row(result, heading))
    return made
