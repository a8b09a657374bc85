"""What a search found, as an item model."""

from collections.abc import Hashable
from typing import override

from postil.view.panels.record_model import RecordModel
from postil_db.records import Hit


class ResultModel(RecordModel[Hit]):
    """Hits, best first."""

    @override
    def key(self, record: Hit) -> Hashable:
        """The annotation's id."""
        return record.annotation.id

    @override
    def text(self, record: Hit) -> str:
        """Snippet, title and tags in words."""
        tags = f"Tags: {', '.join(record.annotation.tags)}" if record.annotation.tags else ""
        return ". ".join(part for part in (record.snippet, record.title, tags) if part)

    @override
    def tip(self, record: Hit) -> str:
        """The title, which may be cut."""
        return record.title

    def documents(self) -> int:
        """In how many documents the hits are."""
        return len({hit.annotation.document_id for hit in self.records()})
