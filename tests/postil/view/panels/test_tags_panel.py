"""The panel of tags."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import make_tag

from postil.view.dialogs.choose import ChooseDialog
from postil.view.dialogs.confirm import ConfirmDialog
from postil.view.look.theme import Theme, themes
from postil.view.panels.tag_model import TagModel
from postil.view.panels.tags import TagsPanel
from postil_db.records import Color

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

TAGS = [make_tag(1, "policy/defence", Color.BLUE, 12), make_tag(2, "india", None, 3), make_tag(3, "unused", None, 0)]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> TagsPanel:
    made = TagsPanel(theme)
    qtbot.addWidget(made)
    made.show_tags(TAGS)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def choose(panel: TagsPanel, name: str) -> None:
    item = panel._model.item_of(name)
    assert item is not None
    panel.tree.setCurrentIndex(item.index())


def test_the_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = TagModel()
    model.show(TAGS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_paths_make_a_tree(panel: TagsPanel) -> None:
    item = panel._model.item_of("policy/defence")
    assert item is not None
    assert item.text() == "defence"
    assert item.parent().text() == "policy"
    assert panel._model.tag(item.parent().index()) is None


@pytest.mark.parametrize("name", ["/", "a//b", "/a", "a/", " "])
def test_odd_names_have_a_row_each(name: str) -> None:
    model = TagModel()
    model.show([make_tag(1, name)])
    item = model.item_of(name)
    assert item is not None
    found = model.tag(item.index())
    assert found is not None
    assert found.name == name


def test_the_filter_and_the_count(panel: TagsPanel) -> None:
    assert panel.count.text() == "3 tags"
    panel.filter.setText("DEF")
    assert panel.count.text() == "1 of 3"


def test_click_and_enter_follow_a_tag(panel: TagsPanel, qtbot: QtBot) -> None:
    choose(panel, "india")
    with qtbot.waitSignal(panel.activated) as entered:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    at = panel.tree.visualRect(panel.tree.currentIndex()).center()
    with qtbot.waitSignal(panel.activated) as clicked:
        QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert entered.args == clicked.args == ["india"]


def edit(panel: TagsPanel, name: str, new: str) -> None:
    choose(panel, name)
    panel.tree.setFocus()
    panel.rename_current()
    line = panel.tree.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.text() == name
    line.setText(new)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_name_is_edited_whole_and_in_place(panel: TagsPanel) -> None:
    renamed: list[tuple[str, str]] = []
    panel.renamed.connect(lambda old, new: renamed.append((old, new)))
    edit(panel, "policy/defence", " policy/ security ")
    assert renamed == [("policy/defence", "policy/ security")]


def test_a_name_that_is_taken_asks_to_merge(panel: TagsPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    merged: list[tuple[str, str]] = []
    panel.merged.connect(lambda source, target: merged.append((source, target)))
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_args: True)
    edit(panel, "policy/defence", "India")
    assert merged == [("policy/defence", "india")]


def test_merging_offers_every_other_tag(panel: TagsPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    offered: list[list[str]] = []

    def ask(_parent: object, _title: str, _text: str, names: list[str], _act: str) -> str:
        offered.append(names)
        return "india"

    monkeypatch.setattr(ChooseDialog, "ask", ask)
    choose(panel, "policy/defence")
    with qtbot.waitSignal(panel.merged) as merged:
        panel.merge_current()
    assert merged.args == ["policy/defence", "india"]
    assert offered == [["india", "unused"]]


def test_deleting_asks_and_says_how_many(panel: TagsPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    asked: list[str] = []
    answers = iter([False, True])

    def ask(_parent: object, _title: str, text: str, _act: str) -> bool:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    choose(panel, "policy/defence")
    with qtbot.assertNotEmitted(panel.deleted):
        QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    with qtbot.waitSignal(panel.deleted) as deleted:
        QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert deleted.args == ["policy/defence"]
    assert all("12 annotations" in text and "undo" in text for text in asked)
    choose(panel, "unused")
    with qtbot.waitSignal(panel.deleted):
        QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert len(asked) == 2


def test_the_menu_colours_a_tag(panel: TagsPanel, qtbot: QtBot) -> None:
    menu = panel.menu(TAGS[1])
    colors = next(one for one in menu.findChildren(QMenu) if one.title() == "Colour")
    pick = {act.text(): act for act in colors.actions()}
    with qtbot.waitSignal(panel.color_changed) as pink:
        pick["Pink"].trigger()
    with qtbot.waitSignal(panel.color_changed) as none:
        pick["None"].trigger()
    assert (pink.args, none.args) == (["india", Color.PINK], ["india", None])


def test_the_current_tag_stays_current(panel: TagsPanel) -> None:
    choose(panel, "india")
    panel.show_tags([make_tag(9, "a-new-one"), *TAGS])
    assert panel.tree.currentIndex().data() == "india"


def test_no_tags_say_how_to_begin(qtbot: QtBot, theme: Theme) -> None:
    panel = TagsPanel(theme)
    qtbot.addWidget(panel)
    panel.set_theme(themes()["dark"])
    assert "press T" in panel.empty.words()
