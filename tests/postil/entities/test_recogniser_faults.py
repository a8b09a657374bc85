"""The recogniser with children that die, hang, or cannot read the language."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests import factories

from postil.entities import model_files
from postil.entities.client import MODEL_FAILED, SKIPPED, UNREFINED, VERSION, Batch, Finished, Recogniser
from postil.entities.languages import advice, version_for
from postil_db.records import Block, BlockKind, Content, EntityKind

WORKER = """
import os, sys, time
from postil.documents.limits import serve
from postil.entities import worker

class Model:
    def spans(self, texts):
        for text in texts:
            if "DIE" in text: os._exit(3)
            if "HANG" in text: time.sleep(600)
            if "FAULT" in text: raise ValueError(text)
            at = text.find("Kallas")
            yield [worker.Span(at, at + 6, "PERSON")] if at >= 0 else []

worker._model = lambda language: Model()
{extra}
if __name__ == "__main__":
    serve(worker.handle)
"""


@contextmanager
def recogniser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str = "", silence_s: float = 20.0
) -> Iterator[Recogniser]:
    (tmp_path / "odd_worker.py").write_text(WORKER.format(extra=extra))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(model_files, "ensure", lambda: None)
    made = Recogniser(worker="odd_worker", silence_s=silence_s)
    try:
        yield made
    finally:
        made.stop()


def paragraphs(bad: str, at: int = 10, count: int = 100) -> Content:
    texts = [f"Kallas spoke {number}." for number in range(count)]
    texts[at] = f"{bad} here."
    return factories.make_content(*texts)


def finished(items: list[Batch | Finished]) -> Finished:
    last = items[-1]
    assert isinstance(last, Finished)
    return last


@pytest.mark.parametrize("bad", ["DIE", "HANG", "FAULT"])
def test_a_batch_that_kills_the_child_is_passed_over_and_said(
    bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recogniser(tmp_path, monkeypatch, silence_s=2.0 if bad == "HANG" else 20.0) as reading:
        items = list(reading.recognise(paragraphs(bad), language="en"))
    end = finished(items)
    assert (end.note, end.version) == (SKIPPED, VERSION)
    assert sum(isinstance(item, Batch) for item in items) == 2  # of three: the second killed it
    assert len(end.mentions) >= 8 + 100 - 72
    assert {mention.kind for mention in end.mentions} == {EntityKind.PERSON}


def test_a_child_that_dies_twice_leaves_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = paragraphs("DIE", at=10, count=200)
    blocks = list(content.blocks)
    blocks[90] = Block(BlockKind.PARAGRAPH, "DIE again")
    with recogniser(tmp_path, monkeypatch) as reading:
        end = finished(list(reading.recognise(Content(tuple(blocks)), language="")))
    assert (end.note, end.version) == (MODEL_FAILED, "")
    assert end.mentions


def test_a_child_that_dies_in_the_passes_leaves_the_names_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recogniser(tmp_path, monkeypatch, extra="worker._refined = lambda *_: os._exit(4)") as reading:
        end = finished(list(reading.recognise(paragraphs("nobody"), language="en")))
    assert (end.note, end.version) == (UNREFINED, "")
    assert len(end.mentions) == 99


def test_a_child_that_cannot_start_is_no_end_of_the_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with recogniser(tmp_path, monkeypatch, extra="raise ImportError('no spaCy')") as reading:
        reading.warm()
        end = finished(list(reading.recognise(paragraphs("nobody"), language="en")))
    assert (end.mentions, end.version) == ((), "")


def test_stopping_ends_the_iterator_and_the_next_document_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recogniser(tmp_path, monkeypatch, silence_s=60.0) as reading:
        items = reading.recognise(paragraphs("HANG"), language="en")
        assert isinstance(next(items), Batch)
        threading.Timer(0.2, reading.stop).start()
        began = time.monotonic()
        assert list(items) == []
        assert time.monotonic() - began < 20
        assert finished(list(reading.recognise(paragraphs("nobody"), language="en"))).version == VERSION


def test_a_language_without_a_model_gets_rules_and_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = factories.make_content("Besuch", "Am 27. Januar 2026 flog sie aus Österreich nach Kyoto. Kallas blieb.")
    with recogniser(tmp_path, monkeypatch) as reading:
        end = finished(list(reading.recognise(content, language="de")))
    assert (end.note, end.version) == (advice("de"), version_for("de"))
    assert [(mention.name, mention.kind) for mention in end.mentions] == [
        ("27. Januar 2026", EntityKind.DATE),
        ("Österreich", EntityKind.PLACE),
        ("Kyoto", EntityKind.PLACE),
    ]


def test_code_names_nobody_and_offsets_hold_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = (
        Block(BlockKind.CODE, "x = Kallas\ny"),
        Block(BlockKind.PARAGRAPH, ""),
        Block(BlockKind.PARAGRAPH, "😀 Kallas"),
    )
    content = Content(blocks)
    with recogniser(tmp_path, monkeypatch) as reading:
        end = finished(list(reading.recognise(content, language="en")))
    assert [(mention.start, content.text[mention.start : mention.end]) for mention in end.mentions] == [(16, "Kallas")]


def test_an_empty_document_is_finished_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with recogniser(tmp_path, monkeypatch) as reading:
        assert list(reading.recognise(Content(()), language="en")) == [Finished((), VERSION, "")]
