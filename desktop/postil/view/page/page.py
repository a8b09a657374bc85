"""The reading view: one document as a page, with the reader's highlights and the names found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from postil.view.keys import Bindings
from postil.view.look import fonts
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme, themes
from postil.view.page.book_bar import BookBar
from postil.view.page.colored import colored
from postil.view.page.dropping import Dropping
from postil.view.page.faces import Faces
from postil.view.page.find_bar import FindBar
from postil.view.page.finding import Finding
from postil.view.page.formats import Formats
from postil.view.page.hint import Hint
from postil.view.page.links import target_of
from postil.view.page.pictures import Picture
from postil.view.page.place import EMPTY, Place
from postil.view.page.reading import Reading
from postil.view.page.setting import formats_for
from postil.view.page.speaking import Speaking
from postil.view.page.strip import MarksStrip
from postil.view.page.telling import pass_on
from postil.view.page.typography import BOOKISH, ZOOMS, Typography, stepped
from postil_db.records import Annotation, Document, EntityKind, EntityNote, Mention

if TYPE_CHECKING:
    from postil.view.page.face import Face


class Page(QWidget):
    """Shows records and says what the reader does; every offset is in code points of the canonical text."""

    selection_changed = Signal(int, int)
    mark_requested = Signal(object)
    tag_requested = Signal()
    note_requested = Signal()
    annotation_clicked = Signal(int)
    mention_clicked = Signal(int, int, int)
    menu_filled = Signal(object, list)  # a menu that opens, and the mention under the pointer: add to it
    link_clicked = Signal(str)
    place_requested = Signal(int, int)  # the passage that a link inside the document, a footnote or the strip leads to
    position_changed = Signal(int)
    files_dropped = Signal(list)
    zoom_changed = Signal(float)
    painted = Signal()
    scrolled = Signal()  # lines stand elsewhere in the view: it was scrolled, zoomed, resized or laid out anew
    step_requested = Signal(int)
    entity_step_requested = Signal(int)
    remove_requested = Signal()
    let_go_requested = Signal()
    printed_changed = Signal(bool)
    command_requested = Signal(str)  # a key of the page's was pressed that means a command of the window

    def __init__(self, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or themes()["light"]
        fonts.load_reading()
        self._typography = BOOKISH
        self._document: Document | None = None
        self._unpainted = False
        self._position = 0
        reader = QWidget(self)
        self.text = Reading(self._theme, reader)
        self.scroll_bar = BookBar(self.text, reader)
        self.strip = MarksStrip(self.text.overlay, self._theme, reader)
        self.find_bar = FindBar(self._theme, reader)
        self.finding = Finding(self.text, self.find_bar)
        self.text.speaking = self.speaking = Speaking(self.text, self.text)
        self.hint = Hint(self._theme, self)
        self.faces = Faces(self.text, self.strip, self.scroll_bar, self.find_bar, reader)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(reader)
        Dropping(self).dropped.connect(self.files_dropped)
        self.setFocusProxy(self.text)
        self._connect()
        self._color(self._theme)
        self.show_document(None)

    def _connect(self) -> None:
        self._connect_face(self.text)
        self.text.zoom_asked.connect(lambda step: self.set_zoom(stepped(self.zoom(), step)))
        self.faces.made.connect(self._connect_face)
        self.faces.turned.connect(self._turned)
        self.strip.asked.connect(self._leap)

    def _connect_face(self, face: "Face") -> None:
        face.moved.connect(self._moved)
        face.link_clicked.connect(self._follow)
        face.find_asked.connect(self.show_find)
        face.painted.connect(self._painted)
        pass_on(self, face)

    # the document

    def show_document(self, document: Document | None, position: int = 0) -> None:
        """Show a document from `position` on, without marks; None shows how to begin."""
        self.faces.set_pages((), None)
        self._document = document
        content = document.content if document and document.content.blocks else EMPTY
        self._unpainted = document is not None
        self.text.begin(document.info if document else None, content)
        self.text.formats = self._formats()
        self.finding.begin(content)
        self.text.set_content(content, self._place(position))
        self._stack.setCurrentIndex(0 if document is None else 1)
        self.setAccessibleName(document.info.title if document else self.hint.accessibleName())

    def set_pictures(self, pictures: Mapping[str, Picture]) -> None:
        """Take the pictures of the document that is shown next, by the names that its blocks give them."""
        self.text.pictures.set_known(pictures)

    def set_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Show the document's highlights; only what changed is painted again."""
        self.faces.now.repaint_blocks(self.text.overlay.set_annotations(annotations))

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        """Show the document's names, instead of those shown."""
        self.text.overlay.set_mentions(mentions)
        self.faces.now.viewport().update()

    def set_names_written(self, written: Mapping[int, EntityNote]) -> None:
        """Say what the reader wrote about which entities: every mention of those carries a mark in the margin."""
        self.text.overlay.set_written(written)
        self.faces.now.viewport().update()

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """Show further names, while recognition runs."""
        self.faces.now.repaint_blocks(self.text.overlay.add_mentions(mentions))

    # printed pages

    @property
    def printed(self) -> bool:
        """Whether the pages are shown as printed."""
        return self.faces.printed

    def set_printed(self, on: bool) -> None:
        """Show the pages as printed, or the text set anew; where there are none it stays as it is."""
        self.faces.turn(on)

    def _turned(self, printed: bool) -> None:
        self.setFocusProxy(self.faces.now)
        self.finding.turn_to(self.faces.now)
        self.printed_changed.emit(printed)

    # the look

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme
        self._color(theme)
        for part in (self.hint, self.find_bar, self.text.bar, self.strip):
            part.set_theme(theme)
        self.text.set_formats(self._formats())

    def _color(self, theme: Theme) -> None:
        palette = colored(self.palette(), theme)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.text.setPalette(palette)
        self.faces.set_theme(theme)

    def set_zoom(self, factor: float) -> None:
        """Set the text larger or smaller; 1 is the normal size."""
        self.set_typography(replace(self._typography, zoom=factor))

    def zoom(self) -> float:
        """How much larger than normal the text is."""
        return self._typography.zoom

    def typography(self) -> Typography:
        """How the text is set."""
        return self._typography

    def set_typography(self, typography: Typography) -> None:
        """Set the text in another way; the line at the top stays where it is."""
        before = self._typography
        self._typography = replace(typography, zoom=min(max(ZOOMS[0], typography.zoom), ZOOMS[-1]))
        if self._typography == before:
            return
        self.text.bar.hide()
        self.text.set_formats(self._formats())
        if self._typography.zoom != before.zoom:
            self.zoom_changed.emit(self._typography.zoom)

    def set_marking(self, strength: Strength, kinds: frozenset[EntityKind]) -> None:
        """Say how strongly names stand out, and which kinds do at all."""
        self.text.overlay.set_marking(strength, kinds)
        self.faces.now.viewport().update()

    def set_current_annotation(self, id: int | None) -> None:  # noqa: A002 -- the contract's word
        """Emphasise one annotation."""
        self.faces.now.repaint_blocks(self.text.overlay.set_current(id))

    def set_current_entity(self, entity_id: int | None) -> None:
        """Emphasise every mention of one entity."""
        self.text.overlay.set_entity(entity_id)
        self.faces.now.viewport().update()

    # the selection and the place

    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected; equal when nothing is."""
        return self.text.chosen.range

    def select(self, start: int, end: int) -> None:
        """Select a passage, wherever it is."""
        self.faces.now.select(*(min(max(0, at), len(self.text.content.text)) for at in (start, end)))

    def clear_selection(self) -> None:
        """Select nothing; the caret stays at the selection's end."""
        self.text.bar.hide()
        self.select(self.text.chosen.caret, self.text.chosen.caret)

    def selected_text(self) -> str:
        """Exactly the text selected."""
        return self.text.content.text[slice(*self.selection())]

    def go_to(self, start: int, end: int | None = None) -> None:
        """Bring a passage into view, in the upper third unless it is in view already; flash it if it has an end."""
        self.faces.now.go_to(min(max(0, start), len(self.text.content.text)), end)
        if end is not None and end > start and (speaking := self.faces.now.speaking) is not None:
            speaking.tell(start, end)

    def return_to(self, offset: int) -> None:
        """Bring the line of an offset to the top of the view: where the page stood when the reader was there."""
        self.faces.now.scroll_to(self._place(offset))

    def position(self) -> int:
        """The offset of the first line in view."""
        return self.faces.now.place.offset

    def visible_range(self) -> tuple[int, int]:
        """The offsets of the first and last character in view."""
        return self.faces.now.visible_range()

    def tops(self, offsets: Sequence[int]) -> list[float | None]:
        """The y in view of the line that holds each offset; None for what is not laid out now."""
        return self.faces.now.tops(offsets)

    def take_wheel(self, event: QWheelEvent) -> None:
        """Scroll by a turn of the wheel that was made beside the page."""
        QApplication.sendEvent(self.faces.now.viewport(), event)

    # keys

    def set_bindings(self, bindings: Bindings) -> None:
        """Answer to these keys from now on."""
        self.faces.set_bindings(bindings)

    def do(self, name: str) -> None:
        """Do what a command of the page says, as if its key were pressed."""
        self.faces.now.do(name)

    # finding

    def show_find(self) -> None:
        """Show the find bar, with what is selected in it if that is a few words."""
        if self._document is not None:
            self.finding.open_bar(self.selected_text())

    # inside

    def _follow(self, href: str) -> None:
        """Links inside the document lead to a place, all others out of it; those to nowhere do nothing."""
        if not href.startswith("#"):
            self.link_clicked.emit(href)
        elif (place := target_of(self.text.content, href)) is not None:
            self.place_requested.emit(*place)

    def _leap(self, start: int, end: int | None) -> None:
        """Go to what was clicked in the strip; whoever keeps the way back hears of it first."""
        self.place_requested.emit(start, start if end is None else end)
        self.go_to(start, end)

    def _formats(self) -> Formats:
        return formats_for(self._document, self._theme, self._typography, bool(self.text.byline))

    def _place(self, position: int) -> Place:
        return Place(position, 0.0) if position > 0 else Place(0, self.text.formats.em * 3)

    def _moved(self) -> None:
        if self._document is not None and self.position() != self._position:
            self._position = self.position()
            self.position_changed.emit(self._position)

    def _painted(self) -> None:
        if self._unpainted:
            self._unpainted = False
            self.painted.emit()
