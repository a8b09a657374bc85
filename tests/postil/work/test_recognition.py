"""Recognition reads documents one at a time, the one on the page first, and stores what it found."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import override

import pytest
from pytestqt.qtbot import QtBot
from tests import factories

from postil.entities.client import VERSION, Batch, Finished, Recogniser
from postil.work.recognition import Recognition
from postil.work.run import Work
from postil_db.library import Library
from postil_db.records import Content, Document, EntityKind
from postil_db.store import documents, entities


class Gated(Recogniser):
    """Gives a batch, then waits to be let through or stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.ended = threading.Event()
        self.seen: list[str] = []

    @override
    def stop(self) -> None:
        self.ended.set()
        self.gate.set()

    @override
    def warm(self) -> None:
        return

    @override
    def recognise(
        self, content: Content, *, language: str, first_block: int = 0, published: str = ""
    ) -> Iterator[Batch | Finished]:
        self.ended.clear()
        self.seen.append(content.blocks[0].text)
        found = (factories.make_found(content, "Kaja Kallas", EntityKind.PERSON),)
        yield Batch(1, 2, found)
        assert self.gate.wait(10)
        self.gate.clear()
        if not self.ended.is_set():
            yield Finished(found, VERSION, "")


@pytest.fixture
def work(tmp_path: Path, qapp: object) -> Iterator[Work]:
    work = Work()
    work.open(lambda: Library.open(tmp_path / "library", cache=tmp_path / "cache"))
    yield work
    work.close()


@pytest.fixture
def gated() -> Gated:
    return Gated()


@pytest.fixture
def recognition(work: Work, gated: Gated) -> Iterator[Recognition]:
    recognition = Recognition(work, gated)
    yield recognition
    recognition.close()


def add(work: Work, title: str) -> Document:
    new = factories.make_document(title, "Kaja Kallas spoke in Brussels.", "She met Rajnath Singh.")
    info = work.library().add(new, new.content.text.encode()).result.info
    return work.library().read(lambda session: documents.get(session, info.id))


def names(work: Work, document: Document) -> list[str]:
    return [one.text for one in work.library().read(lambda session: entities.mentions(session, document.id))]


def test_batches_come_first_and_the_end_is_stored(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot
) -> None:
    document = add(work, "First")
    with qtbot.waitSignal(recognition.found) as found:
        recognition.show(document)
    assert found.args[0] == document.id
    assert names(work, document) == []
    with qtbot.waitSignals([recognition.finished, work.changed]):
        gated.gate.set()
    assert names(work, document) == ["Kaja Kallas"]
    assert work.library().read(lambda session: entities.recogniser(session, document.id)) == VERSION


def test_the_document_on_the_page_goes_before_the_others(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot
) -> None:
    first, second, shown = add(work, "First"), add(work, "Second"), add(work, "Shown")
    with qtbot.waitSignal(recognition.found):
        recognition.later([first.id, second.id])
    with qtbot.waitSignal(recognition.found):
        recognition.show(shown)
    for _ in range(3):
        with qtbot.waitSignal(recognition.finished):
            gated.gate.set()
    assert gated.seen == ["First", "Shown", "First", "Second"]
    assert all(names(work, document) == ["Kaja Kallas"] for document in (first, second, shown))


def test_cancelling_stores_nothing_and_forgets_the_rest(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot
) -> None:
    first, second = add(work, "First"), add(work, "Second")
    with qtbot.waitSignal(recognition.found):
        recognition.later([first.id, second.id])
    with qtbot.waitSignal(recognition.stopped):
        recognition.cancel()
    assert not recognition.at_work
    assert gated.seen == ["First"]
    assert names(work, first) == names(work, second) == []


def test_a_document_that_is_removed_meanwhile_is_no_trouble(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot
) -> None:
    document = add(work, "First")
    failures: list[object] = []
    work.act_failed.connect(failures.append)
    with qtbot.waitSignal(recognition.found):
        recognition.show(document)
    work.library().write("Remove", lambda session: documents.remove(session, [document.id]))
    with qtbot.waitSignal(recognition.finished):
        gated.gate.set()
    assert failures == []


def test_a_document_already_read_is_left_alone(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot
) -> None:
    document = add(work, "First")
    work.library().write("", lambda session: entities.replace(session, document.id, VERSION, []), undoable=False)
    with qtbot.waitSignal(work.idle):
        recognition.later([document.id])
    assert gated.seen == []


@pytest.mark.model
def test_the_real_model_finds_names(work: Work, qtbot: QtBot) -> None:
    document = add(work, "A visit")
    recognition = Recognition(work)
    try:
        with qtbot.waitSignal(recognition.finished, timeout=90_000):
            recognition.show(document)
    finally:
        recognition.close()
    assert {"Kaja Kallas", "Rajnath Singh", "Brussels"} <= set(names(work, document))
