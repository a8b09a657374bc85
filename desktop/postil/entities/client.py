"""The recogniser as the program sees it: documents in, mentions out, the work done in a child process.

Imports neither the model nor the window.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from postil.documents.limits import Child, ChildDied, ChildSilent
from postil.entities import model_files
from postil.entities.labels import kind_of
from postil.entities.languages import ENGLISH, LanguageModel, advice, model_for, version_for
from postil_db.records import BlockKind, Content, EntityKind, FoundMention, Origin

VERSION = version_for("en")
"""What reads English; see `languages.version_for` for the others."""

WORKER = "postil.entities.worker"
NICENESS = 10
MEMORY_MB = 4096
SILENCE_S = 90.0
"""How long the child may say nothing: a cold start on a busy machine takes a few seconds, a batch less."""

MODEL_FAILED = "The language model could not read this document to the end: only part of its names is marked."
SKIPPED = "Some paragraphs could not be read by the language model: names in them may be missing."
UNREFINED = "Names could not be compared over the whole document: some may be marked only in places."

type Row = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was found in some paragraphs, before the document-level pass. `done` of `total` batches are read.

    `places`: the stretches of the text that were read for it, as (start, end).
    """

    done: int
    total: int
    mentions: tuple[FoundMention, ...]
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """Every mention of the document, in text order and without overlaps.

    `version`: of the recogniser, or "" where it failed and the document had better be tried again some day.
    `note`: what the reader should know about the result, in one sentence, or "".
    """

    mentions: tuple[FoundMention, ...]
    version: str
    note: str


@dataclass
class _Reading:
    """How far one document has come, over the deaths of the child that reads it."""

    spans: list[Row] = field(default_factory=list)
    refined: list[FoundMention] = field(default_factory=list)
    passed: set[int] = field(default_factory=set)
    skipped: int = 0
    total: int | None = None

    def take(self, answer: Mapping[str, Any], text: str) -> Batch | None:
        """Take in one answer of the child; the batch to show, if it was one."""
        self.refined += [_mention(row) for row in answer.get("refined", ())]
        self.total = answer.get("of", self.total)
        if "batch" not in answer:
            return None
        self.passed.add(answer["batch"])
        self.spans += answer["spans"]
        places = tuple((start, end) for start, end in answer["places"])
        return Batch(len(self.passed), answer["of"], _surface(answer["spans"], text), places)

    def lose_batch(self) -> None:
        """Pass over the batch at which the child died, if it was at one."""
        self.refined.clear()
        if self.total is None:
            return  # it died while it loaded the model
        at = next((number for number in range(self.total) if number not in self.passed), None)
        if at is not None:
            self.passed.add(at)
            self.skipped += 1


class Recogniser:
    """Reads documents with the language model in a child process, one document at a time.

    The child is started by `warm` or by the first document, and stays. One that dies or hangs is started again once
    for a document; what it died on is passed over.
    """

    def __init__(self, *, worker: str = WORKER, silence_s: float = SILENCE_S) -> None:
        self._child = Child(worker, memory_mb=MEMORY_MB, nice=NICENESS)
        self._silence_s = silence_s
        self._stops = 0
        self._turn = threading.Lock()

    def warm(self) -> None:
        """Start the child and load the model, so that the first document need not wait; returns when it is loaded."""
        model_files.ensure()
        # A child that cannot: the first document tries again, and says what is wrong.
        with self._turn, suppress(ChildDied, ChildSilent):
            for _ in self._child.ask({"do": "warm"}, silence_s=self._silence_s):
                pass

    def stop(self) -> None:
        """End the child and the recognition it is at, whose iterator then ends without `Finished`. From any thread.

        The recogniser can be used again afterwards.
        """
        self._stops += 1
        self._child.stop()

    def recognise(
        self, content: Content, *, language: str, first_block: int = 0, published: str = ""
    ) -> Iterator[Batch | Finished]:
        """Yield what is found from `first_block` on, then before it, and at the end the document's refined mentions.

        `language`: BCP 47 tag of the text, or "". `published`: when it was, in ISO 8601, or "".
        """
        with self._turn:
            stops = self._stops
            reads = model_for(language)
            if reads is ENGLISH:
                model_files.ensure()
            reading = _Reading()
            about: dict[str, object] = {"language": language, "first_block": first_block, "published": published}
            for model in (reads, reads, None):  # once more after a death, then without the model
                try:
                    request = _request(content, reading, model) | about
                    for answer in self._child.ask(request, silence_s=self._silence_s):
                        if batch := reading.take(answer, content.text):
                            yield batch
                except (ChildDied, ChildSilent):
                    if self._stops != stops:
                        return
                    reading.lose_batch()
                else:
                    yield _finished(reading, language, failed=model is not reads)
                    return
            yield Finished(_surface(sorted(reading.spans), content.text), "", UNREFINED)


def _request(content: Content, reading: _Reading, model: LanguageModel | None) -> dict[str, object]:
    return {
        "do": "recognise",
        # Code names no one; blanks in its place keep the offsets.
        "blocks": [" " * len(block.text) if block.kind is BlockKind.CODE else block.text for block in content.blocks],
        "model": model.language if model else "",
        "known": reading.spans,
        "skip": sorted(reading.passed),
    }


def _finished(reading: _Reading, language: str, *, failed: bool) -> Finished:
    if failed:
        return Finished(tuple(reading.refined), "", MODEL_FAILED)
    note = SKIPPED if reading.skipped else advice(language)
    return Finished(tuple(reading.refined), version_for(language), note)


def _surface(rows: Iterable[Row], text: str) -> tuple[FoundMention, ...]:
    """Spans as mentions, each named as it is written: what can be said before the whole document is read."""
    return tuple(FoundMention(start, end, kind_of(label), text[start:end], Origin.MODEL) for start, end, label in rows)


def _mention(row: tuple[int, int, str, str, str, str]) -> FoundMention:
    start, end, kind, name, origin, value = row
    return FoundMention(start, end, EntityKind(kind), name, Origin(origin), value)
