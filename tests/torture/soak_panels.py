"""What somebody does about names, in the search, in the palette, and in the windows beside the main one."""

from PySide6.QtWidgets import QApplication
from tests.torture.soak_acts import OnThePage
from tests.torture.soak_reader import WORDS

from postil.view.entities.decisions import DecisionsDialog
from postil.view.timeline.canvas import Timeline
from postil.view.timeline.window import TimelineWindow
from postil.view.together.frame import Frame
from postil.view.together.window import TogetherWindow

MOST_DECISIONS = 12
MOST_VIEWS = 5
QUERIES = (
    *WORDS[:6], "tag:alpha", "color:green", "treaty -winter", '"Kaja Kallas"', "note:letter", "is:note harbour", "per:"
)  # fmt: skip
RULINGS = (
    "name_not_here", "name_not", "name_kind", "name_rename", "name_merge", "name_split", "name_always", "name_ignore",
    "name_tag_all",
)  # fmt: skip


class InThePanels(OnThePage):
    """Pages of names, rulings, smart views, search with facets and chips, palette, Together, Timeline."""

    # names

    def name_page(self) -> None:
        """Open a page of a name, write on it, tag it, go where it leads, and back."""
        names = self.parts.desk.names
        if names is None or not names.entities:
            return
        panel, entity = self.window.names_panel, self.pick.choice(names.entities).id
        panel.page_requested.emit(entity)
        self.settle()
        page = panel.page
        if not panel.paged or page.page is None:
            return
        number, tag = page.page.entity.id, self.pick.choice(WORDS[:6])
        do = self.pick.randrange(5)
        if do == 0:
            page.note_changed.emit(number, " ".join(self.pick.choices(WORDS, k=7)))
        elif do == 1:
            page.tag_added.emit(number, tag)
        elif do == 2 and page.page.note.tags:
            page.tag_removed.emit(number, page.page.note.tags[0])
        elif do == 3 and page.page.beside:
            page.entity_asked.emit(self.pick.choice(page.page.beside).entity.id)
        elif page.page.met:
            page.document_asked.emit(self.pick.choice(page.page.met).document_id)
        self.settle()
        page.back_asked.emit()

    def find_name(self) -> None:
        if self.do("name_find"):
            self.answer()

    def rule(self) -> None:
        """Rule about a name or about what is selected."""
        names, document = self.parts.desk.names, self.parts.desk.document
        if names is None or document is None:
            return
        if names.mentions and self.pick.random() < 0.8:
            self.parts.naming.go_to_entity(self.pick.choice(names.mentions).entity_id)
        elif (start := document.text.find(self.pick.choice(WORDS[:8]))) >= 0:
            self.window.page.select(start, start + 6)
        self.settle()
        if self.do(self.pick.choice(RULINGS)):
            self.answer()
        if self.pick.random() < 0.5:
            self.do("undo")

    def withdraw(self) -> None:
        """Look at the decisions, and take some back where there are many."""
        self.do("decisions")
        self.settle()
        for dialog in self.window.findChildren(DecisionsDialog):
            if dialog.isVisible() and dialog.model.rowCount() > MOST_DECISIONS // 2:
                dialog.list.selectAll()
                dialog.withdraw_button.click()
                self.settle()
        self.put_away()

    # search

    def search(self) -> None:
        """Search, and take the answer apart: facets, chips, groups, order, a step, the first result."""
        self.window.search_bar.set_text(self.pick.choice((*QUERIES, "")))
        self.live(150)  # the box waits for the typing to end
        self.wait(lambda: not self.parts.searching.waiting)
        results, what = self.window.search_results, self.pick.randrange(7)
        if what == 0 and (rows := results.facets.lines.rowCount()):
            results.facets.clicked.emit(results.facets.lines.index(self.pick.randrange(rows), 0))
        elif what == 1 and results.chips.chips:
            chip = self.pick.choice(results.chips.chips)
            self.pick.choice((chip.turned, chip.removed)).emit()
        elif what == 2:
            self.pick.choice(list(results.tabs.buttons.values())).click()
        elif what == 3:
            results.head.order.setCurrentIndex(self.pick.randrange(results.head.order.count()))
            results.head.sort_changed.emit(results.sort())
        elif what == 4:
            self.do("next_result")
        elif what == 5 and results.list.model().rowCount():
            results.list.entered.emit(0)
        else:
            self.do("pin_results")
        self.live(150)
        self.settle()

    def view(self) -> None:
        """Keep a search as a smart view, run one, or delete one where there are many."""
        panel, views = self.window.views_panel, self.parts.smart_views.views
        if len(views) > MOST_VIEWS:
            panel.deleted.emit(self.pick.choice(views))
        elif views and self.pick.random() < 0.6:
            panel.activated.emit(self.pick.choice(views))
            self.live(150)
        elif self.parts.searching.query and self.do("save_search"):
            self.answer()
        self.settle()

    def form(self) -> None:
        self.do("search_form")
        self.live(20)
        self.put_away()

    # elsewhere

    def palette(self) -> None:
        """Open the palette, type, and go to a document, section or tag if one is offered first."""
        from postil.view.palette import Palette

        self.do("palette")
        for palette in self.window.findChildren(Palette):
            if not palette.isVisible():
                continue
            palette.line.setText(self.pick.choice(("Document 3", "alpha", "treaty", "zoom", "theme", "xyz")))
            self.live(5)
            first = palette.list.model().index(0, 0)
            if first.isValid() and str(first.data()).startswith(("Document", *WORDS[:6])):
                palette.line.entered.emit()
            else:
                palette.close_palette()
        self.settle()

    def rest(self) -> None:
        """Do nothing for two minutes, as the window sees it."""
        for _ in range(2):
            self.running.resting.look()
            self.settle()

    def together(self) -> None:
        """Open the window of what stands together, or the timeline; change what it shows; go to a passage."""
        self.do(self.pick.choice(("together", "timeline")))
        self.settle()
        frames = [one for one in QApplication.topLevelWidgets() if isinstance(one, Frame) and one.isVisible()]
        for frame in frames:
            frame.scope.setCurrentIndex(self.pick.randrange(frame.scope.count()))
            self.settle()
            if isinstance(frame, TogetherWindow):
                frame.against.setCurrentIndex(self.pick.randrange(2))
                frame.unit.setCurrentIndex(self.pick.randrange(frame.unit.count()))
                self.settle()
                self.pick.choice((frame.as_table, frame.as_graph)).click()
            elif isinstance(frame, TimelineWindow) and isinstance(frame.stack.currentWidget(), Timeline):
                frame.timeline.zoom(self.pick.choice((0.5, 2.0)))
                frame.timeline.choose(0)
            self.settle()
            passages = frame.pane.list.model()
            if passages.rowCount():
                frame.pane.list.clicked.emit(passages.index(0, 0))
            frame.grab()
        self.put_away()
