"""A page that shows one text after another keeps nothing of those before."""

import gc

import pytest
from PySide6.QtGui import QTextFrame
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import document, paragraphs, settle, shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

TIMES = 12


def test_no_frame_is_kept_of_a_text_that_was_shown_before(qtbot: QtBot) -> None:
    page = shown(qtbot, paragraphs("Here.", "There."))
    texts = [document(paragraphs(f"Text {number}.", "And more.")) for number in range(TIMES)]
    before = _frames()
    for text in texts:
        page.show_document(text)
        settle(qtbot, page)
    assert _frames() - before < TIMES / 2


def _frames() -> int:
    gc.collect()
    return sum(isinstance(one, QTextFrame) for one in gc.get_objects())
