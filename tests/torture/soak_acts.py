"""What somebody does on the page, in the lists beside it, and with documents."""

from collections.abc import Callable

from tests.torture.soak_reader import WORDS, SoakReader

from postil.view.page.printed.reading import PrintedReading
from postil_db.records import Color

DOCUMENTS = 12
MOST_MARKS = 60
MOST_IN_TRASH = 40

COMMANDS = (
    "undo", "undo", "undo", "redo", "next_annotation", "previous_annotation", "next_name", "previous_name", "back",
    "forward", "zoom_in", "zoom_out", "zoom_reset", "other_half", "notes_beside", "show_side", "show_library",
    "to_start", "to_end", "screen_down", "grow", "let_go", "next_pane", "focus_mode", "find", "caret_mode",
    "next_change", "accept_change", "earlier_version", "look_for_versions", "copy_markdown", "to_contents", "to_tags",
)  # fmt: skip


class OnThePage(SoakReader):
    """Marks, notes, tags, printed pages, versions, the trash."""

    def mark(self) -> None:
        document = self.parts.desk.document
        if document is not None and len(self.parts.desk.annotations) < MOST_MARKS:
            start = self.pick.randrange(max(1, len(document.text) - 60))
            self.window.page.select(start, start + self.pick.randrange(5, 60))
            self.parts.marking.mark(self.pick.choice(list(Color)))

    def note(self) -> None:
        links = self.pick.choice(("", "", " [[Kaja Kallas]]"))
        words = " ".join(self.pick.choices(WORDS, k=9)) + links
        self._each(lambda number: self.window.notes_panel.note_changed.emit(number, words))

    def tag(self) -> None:
        self._each(lambda number: self.window.notes_panel.tag_added.emit([number], self.pick.choice(WORDS[:6])))

    def untag(self) -> None:
        for annotation in self.parts.desk.annotations:
            if annotation.tags:
                self.window.notes_panel.tag_removed.emit(annotation.id, annotation.tags[0])
                return

    def recolor(self) -> None:
        self._each(lambda number: self.window.notes_panel.color_changed.emit([number], self.pick.choice(list(Color))))

    def remove(self) -> None:
        self._each(lambda number: self.window.notes_panel.remove_requested.emit([number]))

    def command(self) -> None:
        self.do(self.pick.choice(COMMANDS))
        self.put_away()

    def theme(self) -> None:
        there = [name for name in self.commands.listed if name.startswith(("theme_", "strength_"))]
        self.do(self.pick.choice(there))

    def open(self) -> None:
        if (shelf := self.parts.stock.shelf) is not None and shelf.documents:
            self.parts.journey.leave()
            number = self.pick.choice(shelf.documents).id
            if self.pick.random() < 0.3:
                self.window.library_panel.beside_requested.emit(number)
            else:
                self.parts.desk.open(number)

    def split(self) -> None:
        self.do("split")
        self.do("other_half")

    def scroll(self) -> None:
        bar = self.window.page.faces.now.verticalScrollBar()
        bar.setValue(self.pick.randrange(bar.maximum() + 1))

    def resize(self) -> None:
        self.window.resize(self.pick.randrange(700, 1500), self.pick.randrange(500, 1000))

    def printed(self) -> None:
        """Show a PDF as it is printed, turn its pages, mark there; or leave it as text."""
        shelf = self.parts.stock.shelf
        paged = [one.id for one in (shelf.documents if shelf else ()) if one.media_type == "application/pdf"]
        if not paged:
            return
        self.parts.desk.open(self.pick.choice(paged))
        self.settle()
        self.do("printed_pages")
        now = self.window.page.faces.now
        if isinstance(now, PrintedReading):
            self.do(self.pick.choice(("two_pages", "fit_width", "fit_page", "white_paper", "zoom_in", "zoom_out")))
            self.scroll()
            self.mark()
            self.live(50)

    def dialog(self) -> None:
        self.do(self.pick.choice(("trash", "backups", "check_library", "settings", "keys", "about", "export", "go_to")))
        self.live(60)
        self.put_away()

    def version(self) -> None:
        """Read a file again that changed, and let it take its former self's place."""
        path = self.folder / "changing.txt"
        words = [" ".join(self.pick.choices(WORDS, k=60)) + "." for _ in range(3)]
        path.write_text("\n\n".join(("A text that changes every now and then", *BODY, *words)), encoding="utf-8")
        self.parts.files.add([path])
        self.settle()
        for button in self.window.messages.findChildren(type(self.window.messages._again)):
            if button.isVisible() and button.text() in ("Replace it", "Read the new version", "Keep both"):
                button.click()
                break
        self.settle()
        self._make_room()

    def delete(self) -> None:
        shelf = self.parts.stock.shelf
        if shelf is not None and len(shelf.documents) > DOCUMENTS // 2:
            self.window.library_panel.remove_requested.emit([self.pick.choice(shelf.documents).id])
            self.settle()
            if self.pick.random() < 0.8:
                self.do("undo")

    def bring_back(self) -> None:
        """Take something out of the trash; empty a full one."""
        from postil.view.dialogs.trash import TrashDialog

        self.do("trash")
        self.settle()
        for dialog in self.window.findChildren(TrashDialog):
            if not dialog.isVisible() or not (rows := dialog.list.lines.rowCount()):
                continue
            if rows > MOST_IN_TRASH:
                dialog.empty_button.click()
            else:
                dialog.list.setCurrentIndex(dialog.list.lines.index(self.pick.randrange(rows), 0))
                dialog.restore_button.click()
            self.settle()
        self.put_away()

    def _make_room(self) -> None:
        shelf = self.parts.stock.shelf
        if shelf is not None and len(shelf.documents) > DOCUMENTS + 3:
            self.window.library_panel.remove_requested.emit([max(one.id for one in shelf.documents)])
            self.settle()

    def _each(self, do: Callable[[int], object]) -> None:
        if self.parts.desk.annotations:
            do(self.pick.choice(self.parts.desk.annotations).id)


BODY = tuple(f"This is paragraph {number} of the text; Kaja Kallas wrote it in New Delhi." for number in range(12))
