"""What panels have in common."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from postil.view.look.theme import Theme, dress, themes
from postil.view.panels.furniture import CountLabel, FilterBox


class Requests(QObject):
    """Counts how often a widget is asked to lay out its parts."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


def test_one_more_moves_nothing_beside_the_count(qtbot: QtBot) -> None:
    panel, filter_box, count = QWidget(), QLineEdit(), CountLabel()
    qtbot.addWidget(panel)
    row = QHBoxLayout(panel)
    row.addWidget(filter_box)
    row.addWidget(count)
    count.say("2,000 notes")
    panel.resize(300, 40)
    with qtbot.waitExposed(panel):
        panel.show()
    before, requests = filter_box.geometry(), Requests(panel)
    count.say("2,111 notes")
    qtbot.wait(0)
    assert filter_box.geometry() == before
    assert requests.count == 0
    count.say("12,000 notes")
    qtbot.waitUntil(lambda: filter_box.geometry() != before)
    assert requests.count == 1


def test_the_count_has_room_in_a_larger_font(qtbot: QtBot) -> None:
    count = CountLabel()
    qtbot.addWidget(count)
    count.say("2,000 notes")
    before, font = count.maximumWidth(), QFont(count.font())
    font.setPointSizeF(count.font().pointSizeF() * 2)
    count.setFont(font)
    assert count.maximumWidth() > before * 1.5


def test_the_filter_has_names_for_its_signs_and_shows_the_one_that_clears_with_words_only(qtbot: QtBot) -> None:
    box = FilterBox(themes()["light"], "Filter tags")
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    sign, clear = box.findChildren(QToolButton)
    assert (sign.accessibleName(), clear.accessibleName()) == ("Filter tags", "Clear")
    assert sign.isVisible()
    assert not clear.isVisible()
    box.setText("se")
    assert clear.isVisible()


def test_a_narrow_filter_gives_its_hint_in_one_word(qtbot: QtBot, theme: Theme) -> None:
    box = FilterBox(theme, "Filter documents")
    qtbot.addWidget(box)
    dress(box, theme)
    for width, hint in ((300, "Filter documents"), (110, "Filter"), (300, "Filter documents")):
        box.resize(width, 30)
        box.show()
        assert box.placeholderText() == hint
    assert box.accessibleName() == "Filter documents"
