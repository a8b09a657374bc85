"""The parts about names: the page, the dialog that tags, links in notes and their completion."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.postil.view.panels.view_records import RECORDS

from postil.view.entities.streamed import Streamed
from postil.view.entities.tag_all import PlacesModel, TagAllDialog
from postil.view.look.theme import themes
from postil.view.panels.entity_links import named, with_links
from postil.view.panels.entity_page import EntityPageView
from postil.view.panels.entity_page_rows import DocumentRow, MoreRow, PageModel, rows_of
from postil.view.panels.note_editor import NoteEditor
from postil_db.records import Entity, EntityKind, EntityNote, FoundMention, Origin
from postil_db.records.entity_page import Beside, EntityPage, Met, Quoting, Shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise\\(\\)|grabbing the keyboard")
NOW = datetime(2026, 1, 27, tzinfo=UTC)
KALLAS = Entity(1, EntityKind.PERSON, "Kaja Kallas", ("Kallas",), 60)
FEW = tuple(Shown(1, at * 20, at * 20 + 6, "Then Kallas spoke again.", 5) for at in range(12))
PAGE = EntityPage(
    KALLAS,
    EntityNote("See [[EU]].", ("people",)),
    "2026-01-27",
    "2026-03-01",
    (Met(1, "An article", "2026-01-27", 60, FEW),),
    (Quoting(RECORDS[0], "An article"),),
    (),
    (Entity(7, EntityKind.ORG, "NATO", (), 0),),
    (Beside(Entity(2, EntityKind.ORG, "European Union", (), 0), 3),),
)


@pytest.fixture
def view(qtbot: QtBot) -> EntityPageView:
    made = EntityPageView(themes()["light"])
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show_page(PAGE)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_rows_of_a_page_are_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = PageModel()
    model.show(rows_of(PAGE))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_page_says_what_it_knows_and_each_row_leads_somewhere(view: EntityPageView, qtbot: QtBot) -> None:
    assert view.facts.text() == "Person · 60 mentions in 1 document · 2026-01-27 – 2026-03-01"
    assert view.forms.text() == "Also written Kallas"
    rows = view._model.records()
    for kind, signal, args in (
        (Entity, view.entity_asked, [7]),
        (Quoting, view.note_asked, [RECORDS[0].document_id, RECORDS[0].id]),
        (Beside, view.entity_asked, [2]),
        (DocumentRow, view.document_asked, [1]),
        (Shown, view.place_asked, [1, 0, 6]),
        (MoreRow, view.more_asked, [1, 1]),
    ):
        at = next(number for number, row in enumerate(rows) if isinstance(row, kind))
        view.list.setCurrentIndex(view._model.index(at))
        with qtbot.waitSignal(signal) as told:
            QTest.keyClick(view.list, Qt.Key.Key_Return)
        assert told.args == args


def test_more_passages_take_the_place_of_the_row_that_offers_them(view: EntityPageView) -> None:
    more = [Shown(1, at * 20, at * 20 + 6, "Then Kallas spoke again.", 5) for at in range(60)]
    view.show_more(1, 1, more)
    rows = view._model.records()
    assert sum(isinstance(row, Shown) for row in rows) == 60
    assert not any(isinstance(row, MoreRow) for row in rows)


def test_what_is_typed_stays_when_the_page_is_loaded_anew(view: EntityPageView, qtbot: QtBot) -> None:
    view.edit_note()
    QTest.keyClicks(view.editor, " More")
    view.show_page(PAGE)
    assert view.editor.toPlainText() == "See [[EU]]. More"
    with qtbot.waitSignal(view.note_changed) as told:
        view.save()
    assert told.args == [1, "See [[EU]]. More"]


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_a_page_is_painted_in_every_theme_also_narrow(view: EntityPageView, name: str) -> None:
    view.set_theme(themes()[name])
    view.resize(200, 500)
    colors = {view.grab().toImage().pixelColor(x, 300).name() for x in range(200)}
    assert len(colors) > 1


def test_links_to_names_are_links_and_code_is_not() -> None:
    note = "Ask [[Kaja Kallas]] or [[EU|the *Union*]], not `[[code]]`."
    assert with_links(note) == ("Ask [Kaja Kallas](name:Kaja%20Kallas) or [the \\*Union\\*](name:EU), not `[[code]]`.")
    assert [named(one) for one in ("name:Kaja%20Kallas", "name:100%25", "https://example.org")] == [
        "Kaja Kallas", "100%", "",
    ]  # fmt: skip
    document = QTextDocument()
    document.setMarkdown(with_links(note))
    assert document.toPlainText() == "Ask Kaja Kallas or the *Union*, not [[code]]."


def test_names_are_offered_behind_two_brackets(qtbot: QtBot) -> None:
    editor = NoteEditor()
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    editor.setFocus()
    editor.names_wanted.connect(lambda: editor.links.set_names(["Kaja Kallas", "New Delhi"]))
    QTest.keyClicks(editor, "ask [[kall")
    assert editor.links.offering
    QTest.keyClick(editor.links._popup, Qt.Key.Key_Return)
    assert editor.toPlainText() == "ask [[Kaja Kallas]]"
    qtbot.waitUntil(lambda: not editor.links.offering)
    with qtbot.waitSignal(editor.done):
        QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_places_are_a_sound_model_and_thousands_are_ticked_at_once(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    small = PlacesModel(PAGE.met)
    qtmodeltester.check(small)  # type: ignore[no-untyped-call]
    many = tuple(Shown(1, at * 9, at * 9 + 3, "an owl flew", 3) for at in range(20_000))
    begun = perf_counter()
    dialog = TagAllDialog(themes()["light"], "owl", [Met(1, "Owls", "", len(many), many)], [])
    qtbot.addWidget(dialog)
    dialog.grab()
    dialog.none_button.click()
    assert dialog.model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    dialog.model.setData(dialog.model.index(3), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert dialog.model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    assert [one.start for one in dialog.chosen()] == [18]
    dialog.filter.setText("nothing has this")
    assert dialog.model.rowCount() == 0
    assert perf_counter() - begun < 5.0


def test_names_that_stream_in_have_ids_until_they_are_stored() -> None:
    streamed = Streamed()
    streamed.begin([Entity(4, EntityKind.ORG, "EU", (), 2)])
    text = "EU and Kallas and Kaja Kallas"
    found = [
        FoundMention(0, 2, EntityKind.ORG, "EU", Origin.MODEL),
        FoundMention(7, 13, EntityKind.PERSON, "Kaja Kallas", Origin.MODEL),
        FoundMention(18, 29, EntityKind.PERSON, "Kaja Kallas", Origin.MODEL),
    ]
    assert [one.entity_id for one in streamed.take(1, text, found)] == [4, -2, -2]
    assert streamed.entities() == [
        Entity(4, EntityKind.ORG, "EU", (), 3), Entity(-2, EntityKind.PERSON, "Kaja Kallas", ("Kallas",), 2),
    ]  # fmt: skip
    assert streamed.named(-2) == (EntityKind.PERSON, "Kaja Kallas")
