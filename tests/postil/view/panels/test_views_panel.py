"""The smart views in the sidebar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme
from postil.view.panels.views import ViewModel, ViewsPanel
from postil_db.records import SmartView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

VIEWS = [SmartView(7, "Sea", "tag:sea", 0), SmartView(3, "Yellow", "color:yellow", 1), SmartView(9, "All", "*", 2)]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> ViewsPanel:
    made = ViewsPanel(theme)
    qtbot.addWidget(made)
    made.resize(240, 200)
    assert made.isHidden()
    made.show_views(VIEWS, {7: 1204})
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.list.setFocus()
    made.list.setCurrentIndex(made.model.index(1))
    return made


def test_the_model_is_a_sound_model(panel: ViewsPanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.model)  # type: ignore[no-untyped-call]
    spoken = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Sea, 1,204 results"
    assert panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Yellow"


def test_enter_runs_and_delete_deletes(panel: ViewsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.activated) as run:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.deleted) as deleted:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert (run.args, deleted.args) == ([VIEWS[1]], [VIEWS[1]])
    at = panel.list.visualRect(panel.model.index(2)).center()
    with qtbot.waitSignal(panel.activated) as clicked:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert clicked.args == [VIEWS[2]]


def test_keys_move_one_up_and_down(panel: ViewsPanel, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for key, expected in ((Qt.Key.Key_Up, [3, 7, 9]), (Qt.Key.Key_Down, [7, 9, 3])):
        with qtbot.waitSignal(panel.moved) as moved:
            QTest.keyClick(panel.list, key, alt)
        assert moved.args == [expected]
    panel.list.setCurrentIndex(panel.model.index(2))
    with qtbot.assertNotEmitted(panel.moved):
        QTest.keyClick(panel.list, Qt.Key.Key_Down, alt)


@pytest.mark.parametrize(("row", "expected"), [(0, [9, 7, 3]), (1, [7, 9, 3]), (2, None), (3, None)])
def test_a_drag_puts_one_elsewhere(qtbot: QtBot, row: int, expected: list[int] | None) -> None:
    model = ViewModel()
    model.show(VIEWS, {})
    moved: list[list[int]] = []
    model.moved.connect(moved.append)
    data = model.mimeData([model.index(2)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, model.index(-1))
    assert moved == ([expected] if expected else [])


def test_a_name_is_changed_in_place(panel: ViewsPanel, qtbot: QtBot) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    editor = panel.list.findChild(QLineEdit)
    assert editor is not None
    editor.setText(" Gold ")
    with qtbot.waitSignal(panel.renamed) as renamed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == [3, "Gold"]


def test_the_current_one_stays_and_counts_change_in_place(panel: ViewsPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.model.modelReset):
        panel.show_views(VIEWS, {7: 1204, 3: 5})
    panel.show_views([VIEWS[1], VIEWS[0]], {})
    assert panel.list.currentIndex().row() == 0
    menu = panel.menu(VIEWS[1])
    assert [act.isEnabled() for act in menu.actions() if "Move" in act.text()] == [False, True]
    panel.show_views([], {})
    assert panel.isHidden()
