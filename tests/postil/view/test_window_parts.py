"""The window's own small parts, each alone."""

import pytest
from pytestqt.qtbot import QtBot
from tests import factories
from tests.postil.view.at_the_window import Reader

from postil.view.look.theme import Theme, themes
from postil.view.message_bar import MessageBar
from postil.view.searching import tag_query
from postil.view.status import Status
from postil.work.run import FailedAct
from postil.work.writing import Act

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def theme() -> Theme:
    return themes()["light"]


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> MessageBar:
    bar = MessageBar(theme)
    qtbot.addWidget(bar)
    return bar


def failed(label: str, joins: str = "") -> FailedAct:
    return FailedAct(Act(label, lambda _library: None, joins=joins), "The disk is full.", None, None, None)


def test_failed_acts_are_tried_again_in_their_order(bar: MessageBar) -> None:
    again: list[str] = []
    bar.again.connect(lambda one: again.append(one.act.label))
    bar.show_failed(failed("Edit note"))
    bar.show_failed(failed("Add tag"))
    assert "2 changes" in bar.text
    bar.try_again()
    assert again == ["Edit note", "Add tag"]
    assert bar.failed == ()
    assert bar.text == ""


def test_news_never_hide_a_fault(bar: MessageBar) -> None:
    bar.show_failed(failed("Edit note"))
    bar.show_news("Three documents added.")
    bar.show_fault("The settings could not be saved.")
    assert "disk is full" in bar.text
    bar.dismiss()
    assert bar.failed == ()
    bar.show_news("Three documents added.", undoable=True)
    assert bar.text == "Three documents added."
    bar.dismiss()


def test_a_dismissed_note_is_kept_until_it_is_stored(bar: MessageBar) -> None:
    bar.show_failed(failed("Add tag"))
    bar.show_failed(failed("Edit note", "note of 1"))
    bar.show_failed(newer := failed("Edit note", "note of 1"))
    assert "2 changes" in bar.text
    bar.dismiss()
    assert list(bar.failed) == [newer], "the tag is given up, the older wording of the note replaced"
    bar.show_news("Three documents added.")
    bar.dismiss()
    bar.remind()
    assert "disk is full" in bar.text
    bar.take_done(Act("Add tag", lambda _library: None))
    bar.take_done(newer.act)
    assert not bar.failed
    assert bar.text == ""


def test_undo_is_offered_only_for_what_was_done_last(bar: MessageBar) -> None:
    bar.show_news("Document removed from the library.", undoable=True)
    bar.take_done(Act("Add tag", lambda _library: None))
    assert bar.text == ""


@pytest.mark.parametrize(
    ("name", "query"), [("policy/sea", "tag:policy/sea"), ("to follow", 'tag:"to follow"'), ("a:b", 'tag:"a:b"')]
)
def test_the_query_for_a_tag(name: str, query: str) -> None:
    assert tag_query(name) == query


def test_the_status_bar_says_how_far_one_has_come(theme: Theme, reader: Reader, qtbot: QtBot) -> None:
    status = Status(theme)
    qtbot.addWidget(status)
    status.show_document(reader.document.info, 200)
    status.show_place(100, "1 min left")
    words = f"{sum(len(part.split()) for part in factories.ARTICLE)} words · 1 min"
    assert (status._length.text(), status._place.text(), status._left.whole()) == (words, "50 %", "1 min left")
    status.show_place(200, "1 min left")
    assert status._left.whole() == "", "at the end nothing is left"
    status.show_document(None)
    assert (status._place.text(), status._left.whole()) == ("", "")


def test_a_narrow_window_leaves_the_page_its_width(reader: Reader) -> None:
    panes = reader.window.splitter
    reader.window.resize(1360, 880)
    reader.wait(lambda: panes.width() == 1360)
    wide = panes.sizes()
    reader.window.resize(900, 600)
    reader.wait(lambda: panes.width() == 900)
    left, page, right = panes.sizes()
    assert page >= 400
    assert left >= reader.window.sidebar.minimumWidth()
    assert right >= reader.window.side.minimumWidth()
    reader.window.resize(1360, 880)
    reader.wait(lambda: panes.width() == 1360)
    assert panes.sizes() == wide, "the panels get back what the reader gave them"
    reader.window.commands["show_side"].setChecked(False)
    assert panes.sizes()[2] == 0
