"""Folders, web addresses and reports at the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from tests.postil.documents.a_server import serving
from tests.postil.view.at_the_window import Reader

from postil.settings import WATCHED
from postil.view.dialogs.line import LineDialog
from postil.view.dialogs.report import ReportDialog
from postil.work import watching

STORY = "<p>" + "The ferry sails again on Tuesday, the harbour authority said to everybody. " * 6 + "</p>"
PAGE = f"<!doctype html><title>The ferry</title><nav>Imprint</nav><article><h1>The ferry</h1>{STORY}{STORY}</article>"


@pytest.mark.slow
def test_an_address_is_asked_for_and_all_of_the_page_can_be_had(reader: Reader) -> None:
    commands, messages = reader.window.commands, reader.window.messages
    commands["whole_page"].trigger()
    assert "no web page" in messages.text
    with serving() as site:
        address = site.put("/ferry", PAGE.encode())
        QApplication.clipboard().setText(address)
        commands["open_address"].trigger()
        (dialog,) = reader.window.findChildren(LineDialog)
        assert dialog.text() == address
        dialog.line.setText("no address")
        dialog.act_button.click()
        assert "It should look like" in dialog.fault.text()
        dialog.line.setText(address)
        dialog.act_button.click()
        reader.wait(lambda: reader.document.info.source == address, timeout=60_000)
        assert "Imprint" not in reader.document.text
        reader.settle()
        commands["paste"].trigger()
        reader.wait(lambda: "Already" in messages.text, timeout=60_000)
        QApplication.clipboard().clear()
    commands["whole_page"].trigger()
    reader.wait(lambda: "Imprint" in reader.document.text, timeout=60_000)
    assert reader.document.info.title == "The ferry (whole page)"
    reader.settle()


def test_a_folder_gives_one_report(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("Some words to read.\n")
    for number in range(4):
        (folder / f"empty {number}.txt").touch()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    reader.window.commands["open_folder"].trigger()
    messages = reader.window.messages
    reader.wait(lambda: "1 more could not be read" in messages.text, timeout=60_000)
    details = next(button for button in messages.findChildren(QPushButton) if button.text() == "Details…")
    assert details.isVisible()
    details.click()
    (dialog,) = reader.window.findChildren(ReportDialog)
    assert dialog.counts.text() == "1 document added, 4 could not be read."
    for number in range(4):
        assert f"empty {number}.txt" in dialog.words.toPlainText()
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == dialog.text()
    dialog.save(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text() == dialog.text()
    dialog.save(tmp_path / "none" / "report.txt")
    assert "could not be saved" in dialog.fault.text()
    dialog.reject()
    messages.dismiss()
    reader.settle()


def test_what_comes_into_a_watched_folder_is_added_and_disturbs_nobody(
    start: Callable[..., Reader], library_with_article: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SOON_MS", 20)
    reader = start()
    folder = tmp_path / "in"
    folder.mkdir()
    reader.parts.appearance.set_option(WATCHED, str(folder))
    reader.wait(lambda: reader.running.work.library().recall(watching.KEY))
    (folder / "new.md").write_text("# A new one\n\nIt has a paragraph of its own, and that is enough.\n")
    reader.wait(lambda: reader.parts.stock.shelf and len(reader.parts.stock.shelf.documents) == 2, timeout=60_000)
    assert reader.document.id == library_with_article
    reader.parts.appearance.set_option(WATCHED, "")
    reader.settle()
