"""The export dialog."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QRadioButton
from pytestqt.qtbot import QtBot

from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.dialogs.export import ExportDialog, file_name
from postil.view.dialogs.export_scope import ExportScope, ScopeKind
from postil.view.look.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme, tmp_path: Path) -> ExportDialog:
    tags = ["india", "policy/defence"]
    made = ExportDialog(theme, tmp_path, document=(7, "Partners: sign/in Delhi"), query="security", tags=tags)
    qtbot.addWidget(made)
    return made


def test_it_asks_for_a_preview_when_shown_and_whenever_the_scope_changes(dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.preview_requested) as first:
        dialog.show()
    assert first.args == [ExportScope(ScopeKind.SEARCH, query="security")]
    for kind, scope in (
        (ScopeKind.DOCUMENT, ExportScope(ScopeKind.DOCUMENT, document=7)),
        (ScopeKind.LIBRARY, ExportScope(ScopeKind.LIBRARY)),
        (ScopeKind.TAG, ExportScope(ScopeKind.TAG, tag="india")),
    ):
        with qtbot.waitSignal(dialog.preview_requested) as asked:
            dialog.set_scope(kind)
        assert asked.args == [scope]
    with qtbot.waitSignal(dialog.preview_requested) as tag:
        dialog.tag.setCurrentIndex(1)
    assert tag.args == [ExportScope(ScopeKind.TAG, tag="policy/defence")]


def test_choosing_a_tag_chooses_its_scope(dialog: ExportDialog) -> None:
    dialog.tag.setCurrentIndex(1)
    assert dialog.scope().kind is ScopeKind.TAG


def test_scopes_that_hold_nothing_cannot_be_chosen(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    dialog = ExportDialog(theme, tmp_path)
    qtbot.addWidget(dialog)
    able = [button.isEnabled() for button in dialog.findChildren(QRadioButton)]
    assert able == [False, False, False, True]
    dialog.set_scope(ScopeKind.SEARCH)
    assert dialog.scope() == ExportScope(ScopeKind.LIBRARY)


def test_the_preview_shows_the_first_rows_and_the_whole_count(dialog: ExportDialog) -> None:
    assert not dialog.export_button.isEnabled()
    rows = [[str(n), "line\none " + "x" * 500] for n in range(30)]
    dialog.show_preview(["id", "quote"], rows, 1234)
    model = dialog.table.model()
    assert (model.rowCount(), model.columnCount()) == (20, 2)
    assert "\n" not in model.index(0, 1).data()
    assert dialog.count.text() == "1,234 annotations; the first 20 are shown"
    assert dialog.export_button.isEnabled()
    dialog.show_preview(["id", "quote"], [], 0)
    assert not dialog.export_button.isEnabled()
    assert "No annotation" in dialog.count.text()


def test_the_choice_is_safe_unless_the_reader_says_otherwise(dialog: ExportDialog, tmp_path: Path) -> None:
    choice = dialog.choice()
    assert choice.safe
    assert choice.path == tmp_path / "search.csv"
    dialog.safe.setChecked(False)
    assert not dialog.choice().safe


def test_a_proposed_name_follows_the_scope_until_one_is_typed(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.set_scope(ScopeKind.DOCUMENT)
    assert dialog.choice().path == tmp_path / "Partners-sign-in-Delhi.csv"
    dialog.path.setText(str(tmp_path / "mine.csv"))
    dialog.set_scope(ScopeKind.LIBRARY)
    assert dialog.choice().path == tmp_path / "mine.csv"


def test_a_file_that_is_there_is_asked_about(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_args: next(answers))
    (tmp_path / "search.csv").write_text("old")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_file_chooser_asks_by_itself(dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "there.csv"
    there.write_text("old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(there), ""))
    dialog.browse.click()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.choice().path == there


@pytest.mark.parametrize("words", ["", "///", "a" * 300, "نيودلهي", "CON: x?*"])
def test_file_names_suit_every_system(words: str) -> None:
    name = file_name(words)
    assert name.endswith(".csv")
    assert len(name) > 4
    assert len(name) <= 64
    assert not set(name) & set('/\\:*?"<>|')
