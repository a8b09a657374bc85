"""A box whose choices are longer than it is."""

from pytestqt.qtbot import QtBot

from postil.view.dialogs.long_combo import LongCombo
from postil.view.look.theme import Theme, dress


def test_long_words_end_in_dots_and_are_whole_in_the_tip(qtbot: QtBot, theme: Theme) -> None:
    box = LongCombo()
    qtbot.addWidget(box)
    dress(box, theme)
    long = "a very long name that nobody would ever type by hand, " * 4
    box.addItems(["short", long])
    box.resize(220, 30)
    assert box.shown_text() == "short"
    box.setCurrentIndex(1)
    assert box.shown_text().endswith("…")
    assert box.toolTip() == long
    assert box.sizeHint().width() < 400, "no choice makes the sheet wider"
    assert not box.grab().isNull()
