"""How long it takes to read on is counted from where one is, in the section and in all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.postil.view.at_the_window import Reader

from postil.settings import ANIMATIONS, OFF, PACE, SYSTEM
from postil.view.look import motion
from postil.view.pace import Count, Left, in_words, minutes
from postil_db.records import Block, BlockKind, Content, Section

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TEXTS = ("Preface", "one two three four", "Part", "a b c d e f g h i j", "", "Chapter", "k l", "Next part", "m n o")
CONTENT = Content(
    tuple(Block(BlockKind.PARAGRAPH, text) for text in TEXTS),
    (Section("Part", 1, 2), Section("Chapter", 2, 5), Section("Next part", 1, 7)),
)


@pytest.mark.parametrize(
    ("block", "into", "left"),
    [
        (0, 0, Left(24, 0, "")),
        (1, 0, Left(23, 0, "")),
        (2, 0, Left(19, 14, "Part")),
        (3, 10, Left(13, 8, "Part")),
        (4, 0, Left(8, 3, "Part")),
        (5, 0, Left(8, 3, "Chapter")),
        (8, 5, Left(0, 0, "Next part")),
        (8, 999, Left(0, 0, "Next part")),
    ],
)
def test_what_is_left(block: int, into: int, left: Left) -> None:
    assert Count(CONTENT).left(CONTENT.starts[block] + into) == left


@pytest.mark.parametrize(
    ("words", "text"), [(0, "1 min"), (230, "1 min"), (2300, "10 min"), (13_800, "1 h"), (16_100, "1 h 10 min")]
)
def test_minutes(words: int, text: str) -> None:
    assert minutes(words, 230) == text


def test_in_words() -> None:
    assert in_words(Left(2300, 460, "Part"), 230) == "10 min left · 2 min in “Part”"
    assert in_words(Left(460, 460, "Last part"), 230) == "2 min left"
    assert in_words(Left(460, 0, ""), 230) == "2 min left"


def test_the_status_bar_counts_at_the_readers_own_pace(reader: Reader) -> None:
    reader.parts.appearance.set_zoom(3.2)
    status = reader.window.status
    reader.wait(lambda: "min left" in status._left.whole())
    reader.parts.appearance.set_option(PACE, 80)
    words = reader.document.info.words
    assert status._length.text().endswith(minutes(words, 80))
    assert reader.parts.appearance.chosen(PACE) == 80


def test_a_long_name_of_a_section_keeps_the_window_narrow(reader: Reader) -> None:
    status = reader.window.status
    before = status.minimumSizeHint().width()
    status.show_place(1, in_words(Left(46_000, 2300, "In which the captain explains " * 20), 230))
    assert status.minimumSizeHint().width() == before


def test_animations_can_be_forbidden(reader: Reader) -> None:
    look, progress = reader.parts.appearance, reader.window.status.files
    assert motion.allowed()
    progress.show_progress("Reading", 0, 0)
    assert not progress._bar.isHidden()
    look.set_option(ANIMATIONS, OFF)
    assert not motion.allowed()
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    progress.show_progress("Reading", 0, 0)
    assert progress._bar.isHidden(), "a bar without an end only moves"
    progress.show_progress("Reading", 1, 2)
    assert not progress._bar.isHidden()
    look.set_option(ANIMATIONS, SYSTEM)
    assert motion.allowed()
