"""Recognition reads documents one at a time, the one on the page first, and stores what it found."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, override

import pytest
from pytestqt.qtbot import QtBot
from tests import factories

from postil.entities.client import VERSION, Batch, Finished, Recogniser
from postil.work.recognition import Recognition
from postil.work.run import Work
from postil.work.writing import writing
from postil_db.library import Library, Session
from postil_db.records import Content, Document, EntityKind, NewDecision, Ruling
from postil_db.store import decisions, documents, entities


class Gated(Recogniser):
    """Gives a batch, then waits to be let through or stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.ended = threading.Event()
        self.seen: list[str] = []
        self.names: tuple[str, ...] = ("Kaja Kallas",)

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
        yield Batch(1, 2, found, ((0, found[0].end),))
        assert self.gate.wait(10)
        self.gate.clear()
        if not self.ended.is_set():
            every = (factories.make_found(content, name, EntityKind.PERSON) for name in self.names)
            yield Finished(tuple(every), VERSION, "")


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


def test_cancelling_forgets_what_waits(work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot) -> None:
    first, second = add(work, "First"), add(work, "Second")
    with qtbot.waitSignal(recognition.found):
        recognition.later([first.id, second.id])
    with qtbot.waitSignal(recognition.stopped):
        recognition.cancel()
    assert not recognition.at_work
    assert gated.seen == ["First"]
    assert names(work, second) == []


def test_what_was_found_outlives_a_stop(work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot) -> None:
    document = add(work, "First")
    with qtbot.waitSignal(recognition.found):
        recognition.show(document)
    with qtbot.waitSignals([recognition.stopped, work.idle]):
        recognition.cancel()
    assert names(work, document) == ["Kaja Kallas"]
    assert work.library().read(lambda session: entities.recogniser(session, document.id)) == "", "to be read again"


def test_batches_are_kept_as_they_come(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil.work.recognition.KEEP_AFTER_S", 0.0)
    document = add(work, "First")
    told: list[object] = []
    work.changed.connect(lambda changes, _initiator: told.append(changes))
    with qtbot.waitSignals([recognition.found, work.idle]):
        recognition.show(document)
    assert names(work, document) == ["Kaja Kallas"]
    assert told == [], "the page has been shown it already"
    with qtbot.waitSignals([recognition.finished, work.changed]):
        gated.gate.set()
    assert names(work, document) == ["Kaja Kallas"], "the whole result takes the place of the parts"


def test_another_version_reads_again_and_what_the_reader_decided_stands(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil.work.recognition.KEEP_AFTER_S", 0.0)
    document = add(work, "First")
    older = [
        factories.make_found(document.content, "Kaja Kallas", EntityKind.PERSON),
        factories.make_found(document.content, "Brussels", EntityKind.PLACE),
    ]
    write = work.library().write
    write("", lambda session: entities.replace(session, document.id, "older/1", older), undoable=False)
    ruling = NewDecision(Ruling.RENAME, EntityKind.PERSON, "Kaja Kallas", to_kind=EntityKind.PERSON, to_name="KK")
    write("Rename", lambda session: decisions.decide(session, ruling))
    with qtbot.waitSignals([recognition.found, work.idle]):
        recognition.later([document.id])
    assert names(work, document) == ["Kaja Kallas", "Brussels"], "the older result stays until the new one is whole"
    with qtbot.waitSignals([recognition.finished, work.changed]):
        gated.gate.set()
    (found,) = work.library().read(lambda session: entities.of_document(session, document.id))
    assert (found.name, found.aliases) == ("KK", ("Kaja Kallas",))
    assert work.library().read(lambda session: entities.recogniser(session, document.id)) == VERSION


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


def test_a_book_is_stored_in_parts_and_the_reader_is_served_between_them(
    work: Work, recognition: Recognition, gated: Gated, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil.work.recognition.PART", 1)
    document = add(work, "Long")
    gated.names = ("Kaja Kallas", "Brussels", "Rajnath Singh")
    order: list[str] = []
    asked, keep = threading.Event(), entities.keep

    def wait_and_keep(session: Session, number: int, places: list[tuple[int, int]], *given: Any) -> None:
        order.append("part")
        assert asked.wait(10)
        keep(session, number, places, *given)

    monkeypatch.setattr(entities, "keep", wait_and_keep)
    with qtbot.waitSignal(recognition.found):
        recognition.show(document)
    gated.gate.set()
    qtbot.waitUntil(lambda: order == ["part"])
    work.act(writing("Save", lambda _session: order.append("saved")))
    recognition.show(document)  # it is not read a second time while its names are being stored
    with qtbot.waitSignal(recognition.finished):
        asked.set()
    assert order == ["part", "saved", "part", "part"]
    assert gated.seen == ["Long"]
    assert names(work, document) == ["Kaja Kallas", "Brussels", "Rajnath Singh"]
    assert work.library().read(lambda session: entities.recogniser(session, document.id)) == VERSION
