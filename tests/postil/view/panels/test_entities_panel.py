"""The panel of names: groups, switches, walks, progress."""

from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import make_entity

from postil.view.look.strength import Strength
from postil.view.look.theme import Theme, themes
from postil.view.panels.entities import EntitiesPanel
from postil.view.panels.entity_model import MOST, SHOWN, STEP, EntityModel
from postil_db.records import Entity, EntityKind, EntityNote

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

ENTITIES = [
    make_entity(1, "Kaja Kallas", EntityKind.PERSON, "Kallas", count=12),
    make_entity(2, "Rajnath Singh", EntityKind.PERSON, count=5),
    make_entity(3, "European Union", EntityKind.ORG, "EU", count=20),
    make_entity(4, "27", EntityKind.QUANTITY),
]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> EntitiesPanel:
    made = EntitiesPanel(theme)
    qtbot.addWidget(made)
    made.resize(320, 500)
    made.show_entities(ENTITIES)
    with qtbot.waitExposed(made):
        made.show()
    return made


def row_of(panel: EntitiesPanel, entity: int) -> QPoint:
    return panel.tree.visualRect(panel._model.index_of(entity)).center()


def test_the_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = EntityModel()
    model.show(ENTITIES)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_filter("kall")
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_names_stand_in_groups_in_a_fixed_order(panel: EntitiesPanel) -> None:
    assert [group.kind for group in panel._model.groups()] == [EntityKind.PERSON, EntityKind.ORG, EntityKind.QUANTITY]
    assert panel.count.text() == "4 names"


def test_the_filter_looks_in_names_and_aliases(panel: EntitiesPanel) -> None:
    for words, count in (("kall", 1), ("eu", 1), ("european union", 1), ("zzz", 0)):
        panel.filter.setText(words)
        assert panel.count.text() == f"{count} of 4"
    assert "No name has these letters" in panel.empty.words()


def test_the_first_click_goes_there_and_later_ones_walk(panel: EntitiesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.entity_activated) as first:
        QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=row_of(panel, 1))
    panel.set_current(1, 1, 12)
    near = QPoint(60, row_of(panel, 1).y())
    with qtbot.waitSignal(panel.step_requested) as second:
        QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=near)
    with qtbot.waitSignal(panel.step_requested) as back:
        QTest.keyClick(panel.tree, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert (first.args, second.args, back.args) == ([1], [1, 1], [1, -1])


def test_enter_and_a_double_click_open_the_page_of_a_name(panel: EntitiesPanel, qtbot: QtBot) -> None:
    at = row_of(panel, 2)
    panel.tree.setCurrentIndex(panel._model.index_of(1))
    with qtbot.waitSignal(panel.page_requested) as entered:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.page_requested) as doubled, qtbot.assertNotEmitted(panel.step_requested):
        QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert (entered.args, doubled.args) == ([1], [2])


def test_what_is_new_is_marked_and_can_be_shown_alone(panel: EntitiesPanel, qtbot: QtBot, theme: Theme) -> None:
    assert panel.new_button.isHidden()
    panel.show_known(frozenset({2}), {3: EntityNote("An association of states", ("eu",))})
    assert panel.new_button.text() == "1 new"
    model = panel._model
    told = [str(model.index_of(n).data(Qt.ItemDataRole.AccessibleTextRole)) for n in (1, 2, 3)]
    assert told == [
        "Kaja Kallas, 12 mentions",
        "Rajnath Singh, 5 mentions, new to you: no earlier document names it",
        "European Union, 20 mentions, An association of states, #eu",
    ]
    row = panel.tree.visualRect(model.index_of(2))
    image = panel.tree.viewport().grab(row).toImage()
    accent = theme.color("accent").name()
    dots = [x for x in range(60) for y in range(image.height()) if image.pixelColor(x, y).name() == accent]
    assert dots
    panel.new_button.click()
    assert panel.count.text() == "1 of 4"
    panel.show_known(frozenset(), {})
    assert "every name here before" in panel.empty.words()


def test_what_is_chosen_stays_so_when_names_get_their_ids(panel: EntitiesPanel) -> None:
    panel.tree.setCurrentIndex(panel._model.index_of(2))
    panel.show_entities([make_entity(12, "Rajnath Singh", EntityKind.PERSON, count=6), *ENTITIES[2:]])
    chosen = panel.chosen()
    assert chosen is not None
    assert chosen.id == 12


def test_the_steps_stand_in_the_row_of_the_walk(panel: EntitiesPanel, qtbot: QtBot) -> None:
    panel.set_current(3, 3, 20)
    assert panel.steps.isVisible()
    assert panel.steps.place.text() == "3 of 20"
    assert abs(panel.steps.geometry().center().y() - row_of(panel, 3).y()) <= 2
    with qtbot.waitSignal(panel.step_requested) as stepped:
        panel.steps.previous.click()
    assert stepped.args == [3, -1]
    panel.tree.collapse(panel._model.index_of(3).parent())
    assert panel.steps.isHidden()
    panel.set_current(None)
    assert panel.steps.isHidden()


def test_a_switch_turns_a_kind_off_and_on(panel: EntitiesPanel, qtbot: QtBot) -> None:
    row = panel.tree.visualRect(panel._model.index(0))
    with qtbot.waitSignal(panel.kinds_changed) as off:
        at = QPoint(row.right() - 20, row.center().y())
        QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert off.args == [SHOWN - {EntityKind.PERSON}]
    assert panel.tree.isExpanded(panel._model.index(0))
    panel.tree.setCurrentIndex(panel._model.index(0))
    with qtbot.waitSignal(panel.kinds_changed) as on:
        QTest.keyClick(panel.tree, Qt.Key.Key_Space)
    assert on.args == [SHOWN]


def test_groups_open_and_close_and_stay_so_through_a_refresh(panel: EntitiesPanel) -> None:
    row = panel.tree.visualRect(panel._model.index(0))
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, row.center().y()))
    assert not panel.tree.isExpanded(panel._model.index(0))
    panel.show_entities([*ENTITIES, make_entity(5, "India", EntityKind.PLACE)])
    assert not panel.tree.isExpanded(panel._model.index(0))
    assert panel.tree.isExpanded(panel._model.index(1))


def test_setting_kinds_and_strength_tells_nobody(panel: EntitiesPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.kinds_changed), qtbot.assertNotEmitted(panel.strength_changed):
        panel.set_kinds(frozenset({EntityKind.DATE}))
        panel.set_strength(Strength.STRONG)
    assert panel.strength.button(Strength.STRONG).isChecked()


def test_strength_is_chosen(panel: EntitiesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.strength_changed) as chosen:
        panel.strength.button(Strength.QUIET).click()
    assert chosen.args == [Strength.QUIET]


def test_progress_shows_how_far_and_can_be_stopped(panel: EntitiesPanel, qtbot: QtBot) -> None:
    panel.set_progress(120, 400)
    assert panel.progress.isVisible()
    assert panel.progress.words() == "Finding names: 120 of 400 paragraphs"
    with qtbot.waitSignal(panel.cancel_requested):
        panel.progress.stop_button().click()
    panel.set_progress(400, 400)
    assert panel.progress.isHidden()


def test_a_panel_without_names_says_why(qtbot: QtBot, theme: Theme) -> None:
    panel = EntitiesPanel(theme)
    qtbot.addWidget(panel)
    assert "No names here" in panel.empty.words()
    panel.set_progress(1, 5)
    assert "as they are found" in panel.empty.words()
    panel.set_note("No model for French.")
    assert panel.note.text() == "No model for French."
    assert not panel.note.isHidden()


def test_ten_thousand_names_are_quick(panel: EntitiesPanel) -> None:
    kinds = list(EntityKind)
    many = [make_entity(n, f"Name {n}", kinds[n % 9]) for n in range(10_000)]
    begun = perf_counter()
    panel.show_entities(many)
    panel.set_current(9_000, 1, 3)
    panel.grab()
    assert perf_counter() - begun < 2.0


def test_a_long_group_has_few_rows_and_more_when_one_comes_to_their_end(panel: EntitiesPanel, qtbot: QtBot) -> None:
    many = [make_entity(n, f"Name {n}", EntityKind.PERSON, count=5_000 - n) for n in range(1, 3_001)]
    panel.show_entities(many)
    model, group = panel._model, panel._model.index(0)
    assert (panel.count.text(), model.rowCount(group)) == ("3,000 names", STEP + 1)
    last = model.index(STEP, 0, group)
    assert last.data(Qt.ItemDataRole.DisplayRole) == f"{3_000 - STEP:,} more: type above to find one"
    panel.set_current(2_500, 1, 3)  # walked to: it alone gets a row
    assert not panel._more.isActive()
    assert model.rowCount(group) == STEP + 2
    chosen = panel.chosen()
    assert chosen is not None
    assert chosen.id == 2_500
    panel.tree.scrollToTop()
    panel.tree.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount(group) == 2 * STEP + 2)
    assert panel.chosen() == chosen
    for _ in range(MOST // STEP + 2):
        panel.tree.scrollToBottom()
        qtbot.waitUntil(lambda: not panel._more.isActive())
    assert model.rowCount(group) == MOST + 2
    panel.filter.setText("name 2999")
    assert [one.id for one in model.groups()[0].rows if isinstance(one, Entity)] == [2_999]


def test_rows_that_were_walked_to_do_not_pile_up(panel: EntitiesPanel) -> None:
    panel.show_entities([make_entity(n, f"Name {n}", EntityKind.PERSON) for n in range(1, 1_001)])
    for number in range(500, 500 + 3 * STEP):
        panel.set_current(number, 1, 1)
    assert panel._model.rowCount(panel._model.index(0)) <= 2 * STEP + 3
    chosen = panel.chosen()
    assert chosen is not None
    assert chosen.id == 500 + 3 * STEP - 1


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_every_theme_shows_each_kind_in_its_own_colour(panel: EntitiesPanel, name: str) -> None:
    theme = themes()[name]
    panel.set_theme(theme)
    image = panel.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 2)}
    for kind in (EntityKind.PERSON, EntityKind.ORG):
        assert theme.entity(kind)[0].name() in colors
