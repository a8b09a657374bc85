"""Somebody before the real window, and a recogniser that needs no model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import override

from pytestqt.qtbot import QtBot
from tests import factories

from postil.entities.client import VERSION, Batch, Finished, Recogniser
from postil.main import Running
from postil_db.records import Annotation, Content, Document, EntityKind
from postil_db.store import annotations


class KnowsTwoNames(Recogniser):
    """Finds two names of the factories' article at once, in place of the model and its process."""

    started = 0

    @override
    def warm(self) -> None:
        return

    @override
    def recognise(
        self, content: Content, *, language: str, first_block: int = 0, published: str = ""
    ) -> Iterator[Batch | Finished]:
        self.started += 1
        known = (("Kaja Kallas", EntityKind.PERSON), ("New Delhi", EntityKind.PLACE))
        found = [factories.make_found(content, name, kind) for name, kind in known if name in content.text]
        found.sort(key=lambda mention: mention.start)
        yield Batch(1, 1, tuple(found))
        yield Finished(tuple(found), VERSION, "")


@dataclass
class Reader:
    """Somebody before the window."""

    running: Running
    qtbot: QtBot
    folder: Path

    def __post_init__(self) -> None:
        self.parts = self.running.parts
        self.window = self.running.window

    def wait(self, condition: Callable[[], object], timeout: int = 60_000) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def settle(self) -> None:
        """Wait until nothing is being read or written."""
        self.wait(lambda: not self.parts.work.writing and not self.parts.work.waiting)

    @property
    def document(self) -> Document:
        """What is open."""
        document = self.parts.desk.document
        assert document is not None
        return document

    def opened(self) -> None:
        self.wait(lambda: self.parts.desk.document is not None)
        self.settle()

    def select(self, words: str) -> None:
        start = self.document.text.index(words)
        self.window.page.select(start, start + len(words))

    def stored(self) -> list[Annotation]:
        """What the database holds."""
        return self.running.work.library().read(annotations.every)

    def shown(self) -> list[int]:
        return [annotation.id for annotation in self.parts.desk.annotations]
