"""What the annotations panel lists: those that the filter lets through, with what the reader has just typed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import override

from PySide6.QtCore import QModelIndex

from postil.view.panels.record_model import RecordModel
from postil_db.records import Annotation


class AnnotationModel(RecordModel[Annotation]):
    """Annotations in text order."""

    @override
    def show(self, records: Sequence[Annotation]) -> None:
        """Replace what is shown; a row that comes or goes alone leaves all the others as they are."""
        before, now = self._rows, [one.id for one in records]
        if len(now) == len(before) + 1 and len(come := set(now) - before.keys()) == 1:
            self._put_in(now.index(*come), now, records)
        elif len(now) == len(before) - 1 and len(gone := before.keys() - set(now)) == 1:
            self._take_out(before[next(iter(gone))], now)
        super().show(records)

    def _put_in(self, row: int, now: list[int], records: Sequence[Annotation]) -> None:
        if now[:row] + now[row + 1 :] == list(self._rows):
            self.beginInsertRows(QModelIndex(), row, row)
            self._records.insert(row, records[row])
            self._rows = {key: at for at, key in enumerate(now)}
            self.endInsertRows()

    def _take_out(self, row: int, now: list[int]) -> None:
        keys = list(self._rows)
        if keys[:row] + keys[row + 1 :] == now:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._records[row]
            self._rows = {key: at for at, key in enumerate(now)}
            self.endRemoveRows()

    def key(self, record: Annotation) -> int:
        """Its id."""
        return record.id

    def text(self, record: Annotation) -> str:
        """Quote, note and tags in words."""
        parts = [f"{record.color.capitalize()} highlight: {record.selector.quote}"]
        if record.note:
            parts.append(f"Note: {record.note}")
        if record.tags:
            parts.append("Tags: " + ", ".join(record.tags))
        return ". ".join(part.rstrip(". \n") for part in parts) + "."

    def tip(self, _record: Annotation) -> str:
        """Nothing: a card shows all there is."""
        return ""


class TypedNotes:
    """Notes that were sent off to be saved and have not come back yet: what the reader typed is what the reader sees.

    A note that could not be saved stays here, so that it is still on the card and in its editor.
    """

    def __init__(self) -> None:
        self._notes: dict[int, str] = {}

    def put(self, annotation_id: int, note: str) -> None:
        """Remember what was typed."""
        self._notes[annotation_id] = note

    def over(self, annotations: Sequence[Annotation]) -> list[Annotation]:
        """The annotations with what was typed over what is stored; what came back as typed is let go."""
        for annotation in annotations if self._notes else ():
            if self._notes.get(annotation.id) == annotation.note:
                del self._notes[annotation.id]
        if not self._notes:
            return list(annotations)
        return [replace(each, note=self._notes.get(each.id, each.note)) for each in annotations]


class WordFilter:
    """Which annotations hold every word of a filter, in quote, note or tags, whatever the case."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[Annotation, str]] = {}

    def pick(self, annotations: Iterable[Annotation], words: str, keep: int | None = None) -> list[Annotation]:
        """Those that hold every word; `keep` is let through in any case (it is being edited)."""
        wanted = words.casefold().split()
        if not wanted:
            self._texts.clear()
            return list(annotations)
        return [one for one in annotations if one.id == keep or all(word in self._text(one) for word in wanted)]

    def _text(self, annotation: Annotation) -> str:
        known = self._texts.get(annotation.id)
        if known is not None and known[0] is annotation:
            return known[1]
        text = "\n".join((annotation.selector.quote, annotation.note, *annotation.tags)).casefold()
        self._texts[annotation.id] = (annotation, text)
        return text
