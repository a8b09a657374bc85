"""Who hears whom around the window of all names, which is made when it is first asked for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMenu

from postil import settings
from postil.view import acts_names
from postil.view.dialogs.export import file_name
from postil.view.entities.table_deeds import TableDeeds
from postil.view.entities.table_model import NOTHING
from postil.view.entities.table_rows import Named, Shown, shown, sorts_of, words_of
from postil.view.entities.table_view import MOST_KEPT
from postil.view.entities.table_window import NamesWindow
from postil.view.exporting import Written
from postil.view.panels.words import plural
from postil_db.changes import Changes
from postil_db.records.entity_list import ListedEntity

if TYPE_CHECKING:
    from postil.view.entities.pages import Pages
    from postil.view.parts import Parts

FEW = 3_000
"""So many names are arranged at once, in a few milliseconds; more of them off the UI thread."""
SOON_MS = 150
_REST = 4
"""After a library was counted, it rests that many times as long: many documents may come in one after the other."""


class NamesList(QObject):
    """Keeps the window of all names in step with the library and with the open document."""

    written = Signal(int)  # rows of an export that are in the file; from the worker

    def __init__(self, parts: "Parts", pages: "Pages") -> None:
        super().__init__(parts.window)
        self._parts = parts
        words = parts.appearance.chosen(settings.NAMES_SORT)
        self.window = NamesWindow(parts.appearance.theme, sorts_of(words))
        self.deeds = TableDeeds(self.window, pages, parts)
        self._asked_at, self._loading, self._stale = 0.0, False, False
        self._folder = ""
        self._total = 0
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._load)
        self._restore()
        self._hear_window()
        self._hear_others()

    def show(self) -> None:
        """Bring it to the front, with the library as it is now."""
        window = self.window
        self._set_possible()
        if not window.isVisible():
            self._load()
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()
        if window.stack.currentIndex():
            window.table.enter()
        else:
            window.which.filter.setFocus()

    # what it hears

    def _hear_window(self) -> None:
        window, table, deeds = self.window, self.window.table, self.deeds
        window.wanted.connect(self._arrange)
        window.scope_changed.connect(self._change_scope)
        window.sorts_changed.connect(lambda sorts: self._keep(settings.NAMES_SORT, list(words_of(sorts))))
        window.which.export_asked.connect(self._offer_export)
        window.messages.undo.connect(self._parts.work.undo)
        window.deeds.asked.connect(deeds.do)
        window.closed.connect(self._rest)
        table.widths_changed.connect(lambda widths: self._keep(settings.NAMES_WIDTHS, widths))
        table.deed_pressed.connect(deeds.do)
        table.opened.connect(deeds.open)
        table.walked.connect(deeds.walk)
        table.menu_asked.connect(deeds.open_menu)
        self.written.connect(lambda rows: window.deeds.show_progress(rows, self._total))
        table.copy_asked.connect(deeds.copy)
        for name in ("undo", "redo"):  # their keys work here, too
            window.addAction(self._parts.window.commands[name])

    def _hear_others(self) -> None:
        parts, window = self._parts, self.window
        parts.work.changed.connect(self._take_changes)
        parts.work.act_done.connect(window.messages.take_done)
        parts.appearance.theme_changed.connect(window.set_theme)
        parts.window.commands.keys_changed.connect(lambda: window.set_bindings(parts.window.commands.bindings))
        parts.window.leaving.connect(self._keep_shape)
        parts.window.closed.connect(window.close)
        parts.halves.switched.connect(self._turn)
        parts.halves.hear(lambda half: half.desk.document_opened, self._turn)
        parts.halves.hear(lambda half: half.desk.document_closed, self._turn)

    def _take_changes(self, changes: Changes, _initiator: object = None) -> None:
        touched = (changes.mentions, changes.documents, changes.decisions, changes.entity_notes, changes.tags)
        if self.window.isVisible() and (any(touched) or changes.everything):
            self._ask_soon()

    def _turn(self, *_: object) -> None:
        """Another document is open, or none."""
        was = self.window.which.here
        self._set_possible()
        if self.window.isVisible() and (was or self.window.which.here):
            self._ask_soon()

    def _change_scope(self) -> None:
        self._keep(settings.NAMES_HERE, self.window.which.here)
        self._load()

    # loading

    def _set_possible(self) -> None:
        possible = self._parts.desk.document_id is not None
        self.window.which.set_here(self._parts.appearance.chosen(settings.NAMES_HERE), possible=possible)

    def _ask_soon(self) -> None:
        if self._loading:
            self._stale = True
        elif not self._soon.isActive():
            self._soon.start()

    def _load(self) -> None:
        self._soon.stop()
        self._loading, self._stale, self._asked_at = True, False, monotonic()
        table = self.window.table
        current = table.current()
        chosen = table.chosen() if table.chosen_count <= MOST_KEPT else []
        before = {one.id: (one.kind, one.name) for one in (*chosen, *([current] if current is not None else []))}
        document = self._parts.desk.document_id if self.window.which.here else None
        query = acts_names.load_list(document_id=document, wanted=self.window.arrangement, follow=list(before.values()))
        self._parts.work.query(query, lambda sight: self._take(sight, before), self._fail)

    def _take(self, sight: Shown, before: Mapping[int, Named]) -> None:
        took = monotonic() - self._asked_at
        self._loading = False
        self._soon.setInterval(max(SOON_MS, round(took * 1000 * _REST)) if took > 0.2 else SOON_MS)
        if self._stale:
            self._ask_soon()
        if not self.window.isVisible():
            return
        first = not self.window.table.currentIndex().isValid() and not self.window.which.filter.text()
        self.window.show_names(sight, _now(sight, before))
        if sight.arrangement != self.window.arrangement:
            self._arrange()
        if first and self.window.which.filter.hasFocus() and sight.places:
            self.window.table.enter()

    def _fail(self, error: object) -> None:
        self._loading = False
        self.window.messages.show_fault(str(error))

    def _arrange(self) -> None:
        """Show the names that are known in another order, or others of them."""
        listed, wanted = self.window.table.names.sight.listing, self.window.arrangement
        if len(listed.rows) <= FEW:
            self.window.show_names(shown(listed, wanted))
        else:
            self._parts.work.query(acts_names.arrange_list(listed=listed, wanted=wanted), self._take_arranged)

    def _take_arranged(self, sight: Shown) -> None:
        if sight.listing is self.window.table.names.sight.listing and sight.arrangement == self.window.arrangement:
            self.window.show_names(sight)

    # exporting

    def _offer_export(self) -> None:
        """Ask which names; where there is no choice, nothing is asked."""
        table = self.window.table
        rows, places, chosen = table.names.sight.listing.rows, table.names.sight.places, table.chosen()
        offers: list[tuple[str, Callable[[], object]]] = []
        if len(chosen) > 1:
            offers.append((f"What is chosen ({len(chosen):,})…", lambda: self._export(chosen)))
        if 0 < len(places) < len(rows):
            offers.append((f"What is shown ({len(places):,})…", lambda: self._export([rows[at] for at in places])))
        what = "All names of this document" if self.window.which.here else "All names of the library"
        every = sorted(rows, key=lambda one: -one.mentions) if len(places) < len(rows) else [rows[at] for at in places]
        offers.append((f"{what} ({len(rows):,})…", lambda: self._export(every)))
        if len(offers) == 1:
            offers[0][1]()
            return
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in offers:
            menu.addAction(words, do)
        button = self.window.which.export
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _export(self, entities: Sequence[ListedEntity]) -> None:
        document = self._parts.desk.document
        title = f"Names of {document.info.title}" if self.window.which.here and document is not None else "Names"
        proposed = str(Path(self._folder) / file_name(title))
        name, _ = QFileDialog.getSaveFileName(self.window, "Export names", proposed, "CSV table (*.csv)")
        if not name:
            return
        self._folder, self._total = str(Path(name).parent), len(entities)

        def done(told: Written) -> None:
            self.window.deeds.show_progress(-1, 0)
            if told.fault:
                self.window.messages.show_fault(told.fault)
            else:
                self.window.messages.show_news(f"{plural(told.rows, 'name')} exported to {name}.")

        query = acts_names.write_list(entities=entities, path=Path(name), told=self.written.emit)
        self._parts.work.query(query, done, self._fail)

    # settings

    def _restore(self) -> None:
        look, window = self._parts.appearance, self.window
        window.set_bindings(self._parts.window.commands.bindings)
        widths = look.chosen(settings.NAMES_WIDTHS)
        window.table.set_widths(widths)
        window.restoreGeometry(QByteArray.fromBase64(look.chosen(settings.NAMES_GEOMETRY).encode()))

    def _keep(self, option: settings.Option[Any], value: object) -> None:
        self._parts.appearance.set_option(option, value)

    def _keep_shape(self) -> None:
        shape = bytes(self.window.saveGeometry().toBase64().data()).decode()
        self._keep(settings.NAMES_GEOMETRY, shape)

    def _rest(self) -> None:
        """The window was closed: remember its shape, and let go of what is much."""
        self._keep_shape()
        self._soon.stop()
        if len(self.window.table.names.sight.listing.rows) > FEW:
            self.window.table.show_names(NOTHING)
        self._parts.page.setFocus()


def _now(sight: Shown, before: Mapping[int, Named]) -> dict[int, int]:
    """The ids that names have now which are called something else, by those they had."""
    became = sight.listing.became
    if not became:
        return {}
    ids = {(one.kind, one.name): one.id for one in sight.listing.rows}
    return {number: ids[became[named]] for number, named in before.items() if became.get(named) in ids}
