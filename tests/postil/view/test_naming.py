"""Walking through names: from one to the next, or through the mentions of one that was chosen."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests import factories
from tests.postil.view.at_the_window import Reader

from postil_db.records import EntityKind, Mention

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


FOUND = (
    ("Rajnath Singh", EntityKind.PERSON),
    ("European Union", EntityKind.ORG),
    ("Kaja Kallas", EntityKind.PERSON),
)


@pytest.fixture
def mentions(reader: Reader) -> list[Mention]:
    """The mentions of the open document; two names, one mention each."""
    reader.wait(lambda: reader.parts.desk.names and reader.parts.desk.names.mentions)
    reader.settle()
    assert reader.parts.desk.names
    return list(reader.parts.desk.names.mentions)


def walk(reader: Reader, *keys: Qt.Key) -> list[int]:
    steps: list[int] = []
    reader.parts.naming.step_made.connect(lambda start, _end: steps.append(start))
    for key in keys:
        QTest.keyClick(reader.window.page.text, key)
    return steps


def test_e_goes_from_name_to_name(reader: Reader, mentions: list[Mention]) -> None:
    first, second = (one.start for one in mentions)
    assert walk(reader, *[Qt.Key.Key_E] * 3) == [first, second, first]


def test_e_stays_with_a_name_that_was_chosen_until_escape(reader: Reader, mentions: list[Mention]) -> None:
    first, second = mentions
    reader.window.page.mention_clicked.emit(second.entity_id, second.start, second.end)
    assert walk(reader, Qt.Key.Key_E) == [second.start]
    assert walk(reader, Qt.Key.Key_Escape, Qt.Key.Key_E) == [first.start]


def test_a_click_on_a_name_shows_it_among_the_names(reader: Reader, mentions: list[Mention]) -> None:
    panel, side = reader.window.names_panel, reader.window.side
    one = mentions[1]
    reader.window.page.mention_clicked.emit(one.entity_id, one.start, one.end)
    assert side.currentWidget() is panel
    assert panel.tree.currentIndex().data(Qt.ItemDataRole.DisplayRole)
    assert panel.steps.isVisible()


def test_a_click_on_a_name_does_not_take_a_note_away_that_is_being_written(
    reader: Reader, mentions: list[Mention]
) -> None:
    reader.select("maritime security")
    reader.window.page.note_requested.emit()
    card = reader.window.notes_panel.card
    reader.wait(card.editing)
    one = mentions[0]
    reader.window.page.mention_clicked.emit(one.entity_id, one.start, one.end)
    assert reader.window.side.currentWidget() is reader.window.notes_panel


def test_names_are_listed_and_walked_through_while_they_are_being_found(
    reader: Reader, mentions: list[Mention]
) -> None:
    naming, panel, document = reader.parts.naming, reader.window.names_panel, reader.document
    stored = reader.parts.desk.names
    assert stored
    naming.take_names(replace(stored, mentions=(), entities=(), recogniser=""))
    found = [factories.make_found(document.content, name, kind) for name, kind in FOUND]
    naming.take_batch(document.id, found[:2])
    reader.wait(lambda: [one.name for one in panel._model.groups()[0].entities] == ["Rajnath Singh"])
    singh = panel._model.groups()[0].entities[0]
    assert singh.id < 0
    panel.entity_activated.emit(singh.id)
    naming.take_batch(document.id, found[2:])
    reader.wait(lambda: panel._model.total() == 3)
    chosen = panel.chosen()
    assert chosen is not None
    assert chosen.name == "Rajnath Singh"
    assert panel.steps.place.text() == "1 of 1"
    panel.page_requested.emit(singh.id)
    assert "as soon as" in reader.window.messages.text
    naming.take_names(stored)
    assert [one.id for one in panel._model.groups()[0].entities] == [mentions[1].entity_id]


def test_how_to_get_the_model_of_a_language_is_told_once(
    start: Callable[..., Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil.entities.languages._installed", lambda _language: False)
    reader = start(wait=False)
    with reader.qtbot.waitSignal(reader.parts.work.opened):
        pass
    told: list[str] = []

    def opened(number: int) -> bool:
        return reader.parts.desk.document_id == number and reader.parts.desk.names is not None

    reader.parts.naming.advice.connect(told.append)
    for number, word in enumerate(("Bonjour", "Bonsoir")):
        new = factories.make_document("Salut", f"{word} tout le monde, nous sommes ici.", language="fr")
        info = reader.parts.work.library().add(new, new.content.text.encode()).result.info
        reader.parts.desk.open(info.id)
        reader.wait(partial(opened, info.id))
        reader.settle()
        assert len(told) == 1, number
    assert 'pip install "postil[fr]"' in told[0]
    assert reader.window.messages.text == told[0]
