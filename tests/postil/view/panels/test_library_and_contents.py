"""The panels of the library and of a document's sections, and the words they use."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import make_info

from postil.settings import LIBRARY_ORDERS
from postil.view.look.theme import Theme, themes
from postil.view.panels.contents import ContentsPanel, SectionModel
from postil.view.panels.furniture import ElidedLabel
from postil.view.panels.library import LibraryPanel
from postil.view.panels.library_delegate import amount, origin
from postil.view.panels.record_model import RECORD
from postil.view.panels.words import full_time, plural, short_time
from postil_db.records import Block, BlockKind, Content, Section

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

DOCUMENTS = [
    make_info(1, "Partners sign in New Delhi " * 8, authors=("A. Writer", "B. Other")),
    make_info(2, "Notes", source="https://www.example.com/a"),
    make_info(3, "لقاء في نيودلهي"),
]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> LibraryPanel:
    made = LibraryPanel(theme)
    qtbot.addWidget(made)
    made.resize(280, 500)
    made.show_documents(DOCUMENTS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_an_empty_library_says_how_to_begin(qtbot: QtBot, theme: Theme) -> None:
    panel = LibraryPanel(theme)
    qtbot.addWidget(panel)
    panel.show_documents([])
    assert "library is empty" in panel.empty.words()
    with qtbot.waitSignal(panel.add_requested):
        panel.open_button.click()
    with qtbot.waitSignal(panel.paste_requested):
        panel.paste_button.click()


def test_a_click_and_enter_open(panel: LibraryPanel, qtbot: QtBot) -> None:
    at = panel.list.visualRect(panel.list.model().index(1, 0)).center()
    with qtbot.waitSignal(panel.opened) as clicked:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.opened) as entered:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert (clicked.args, entered.args) == ([2], [3])


def test_delete_asks_for_all_that_are_selected(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.set_current(1)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    panel.activateWindow()
    with qtbot.waitSignal(panel.remove_requested) as asked:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert asked.args == [[1, 2]]


def test_the_menu_opens_and_removes(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.set_current(2)
    opens, beside, renames, _, removes = panel.menu([DOCUMENTS[1]]).actions()
    for action, signal, told in (
        (opens, panel.opened, 2),
        (beside, panel.beside_requested, 2),
        (renames, panel.rename_requested, 2),
        (removes, panel.remove_requested, [2]),
    ):
        with qtbot.waitSignal(signal) as heard:
            action.trigger()
        assert heard.args == [told]
    assert "Remove 2 documents" in panel.menu(DOCUMENTS[:2]).actions()[2].text()


def test_the_filter_looks_in_titles_and_origins(panel: LibraryPanel) -> None:
    for words, count in (("new delhi", 1), ("example.com", 1), ("writer", 1), ("zzz", 0)):
        panel.filter.setText(words)
        assert panel.count.text() == f"{count} of 3"


def test_marking_the_open_one_tells_nobody(panel: LibraryPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.opened):
        panel.set_current(2)
        panel.show_documents(DOCUMENTS[1:])
    assert panel.list.current_key() == 2
    panel.set_theme(themes()["dark"])
    bar = themes()["dark"].color("accent").name()
    image = panel.grab().toImage()
    assert any(image.pixelColor(14, y).name() == bar for y in range(image.height()))


def test_a_title_takes_two_lines_at_most(panel: LibraryPanel) -> None:
    heights = [panel.list.visualRect(panel.list.model().index(row, 0)).height() for row in (0, 1)]
    line = panel.fontMetrics().lineSpacing()
    assert line / 2 < heights[0] - heights[1] < 1.6 * line


def test_origins_and_amounts_in_words() -> None:
    assert origin(DOCUMENTS[0]) == "A. Writer et al. · 2026-01-27"
    assert origin(DOCUMENTS[1]) == "example.com · 2026-01-27"
    assert amount(DOCUMENTS[1]) == "2 annotations · 900 words"


def test_counts_and_times_in_words() -> None:
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert (plural(1, "note"), plural(1204, "note"), plural(2, "entry", "entries")) == (
        "1 note",
        "1,204 notes",
        "2 entries",
    )
    assert short_time(now, now).startswith("Today ")
    assert short_time(now - timedelta(days=30), now) == "1 Jun"
    assert short_time(now - timedelta(days=400), now).endswith("2025")
    assert "2026" in full_time(now)


def test_elided_words_are_whole_in_the_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("A sentence that is far too long for this place")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    qtbot.waitUntil(lambda: label.text().endswith("…"))
    assert label.toolTip() == label.whole()
    label.resize(2_000, 20)
    qtbot.waitUntil(lambda: label.text() == label.whole())
    assert label.toolTip() == ""


# --- contents


def article() -> Content:
    blocks = [Block(BlockKind.HEADING, f"Section {n}", level=1 + n % 3) for n in range(6)]
    return Content(tuple(blocks), tuple(Section(b.text, b.level, n) for n, b in enumerate(blocks)))


def test_the_section_model_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = SectionModel()
    model.show(article())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_section_is_gone_to(qtbot: QtBot, theme: Theme) -> None:
    panel = ContentsPanel(theme)
    qtbot.addWidget(panel)
    content = article()
    panel.show_contents(content)
    panel.show()
    at = panel.list.visualRect(panel.list.model().index(2, 0)).center()
    with qtbot.waitSignal(panel.activated) as clicked:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(panel.activated) as entered:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert clicked.args == entered.args == [content.starts[2]]


def test_the_mark_follows_the_reader(qtbot: QtBot, theme: Theme) -> None:
    panel = ContentsPanel(theme)
    qtbot.addWidget(panel)
    content = article()
    panel.show_contents(content)
    with qtbot.assertNotEmitted(panel.activated):
        for row, start in enumerate(content.starts):
            panel.set_position(start + 1)
            assert panel._model.reading == row
    panel.show_contents(None)
    assert "Open a document" in panel.empty.words()
    panel.set_theme(themes()["sepia"])
    panel.set_position(10)
    assert panel._model.reading == -1


def test_documents_are_sorted_as_the_reader_wants_them(panel: LibraryPanel) -> None:
    def shown() -> list[int]:
        model = panel.list.model()
        return [model.index(row, 0).data(RECORD).id for row in range(model.rowCount())]

    panel.show_documents(
        [
            replace(make_info(1, "“Zebra”", authors=("Ann",)), published="2024-05-01"),
            replace(make_info(2, "apple"), published=""),
            replace(make_info(3, "Mole", authors=("Zoe",)), published="2026"),
        ]
    )
    wanted = {"read": [1, 2, 3], "added": [3, 2, 1], "title": [2, 3, 1], "author": [1, 3, 2], "published": [3, 1, 2]}
    assert list(wanted) == list(LIBRARY_ORDERS)
    for order, numbers in wanted.items():
        panel.set_order(order)
        assert shown() == numbers, order
    panel.filter.setText("le")
    assert shown() == [3, 2], "in the same order"


def test_the_count_leaves_its_word_out_in_a_narrow_panel(panel: LibraryPanel) -> None:
    for width, words in ((280, "3"), (340, "3 documents"), (210, "3")):
        panel.resize(width, 500)
        assert panel.count.text() == words
        assert panel.count.accessibleName() == "3 documents"
