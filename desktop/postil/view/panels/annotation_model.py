"""What the annotations panel lists: those that the filter lets through, with what the reader has just typed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from postil.view.panels.record_model import RecordModel
from postil_db.records import Annotation


class AnnotationModel(RecordModel[Annotation]):
    """Annotations in text order."""

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
        for annotation in annotations:
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
            return list(annotations)
        return [one for one in annotations if one.id == keep or all(word in self._text(one) for word in wanted)]

    def _text(self, annotation: Annotation) -> str:
        known = self._texts.get(annotation.id)
        if known is not None and known[0] is annotation:
            return known[1]
        text = "\n".join((annotation.selector.quote, annotation.note, *annotation.tags)).casefold()
        self._texts[annotation.id] = (annotation, text)
        return text
