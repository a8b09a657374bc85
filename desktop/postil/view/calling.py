"""Calling: what the palette offers in one window, and what becomes of the choice."""

from functools import partial

from postil.view.keys import native
from postil.view.menus import PAGE
from postil.view.palette import Palette
from postil.view.palette_rows import Offer
from postil.view.panels.library_delegate import origin
from postil.view.parts import Parts
from postil.view.searching import tag_query
from postil_db.records import Color

_COLORS = {f"mark_{color}": str(color) for color in Color}
_LEFT_OUT = ("palette", "let_go")


class Calling:
    """Opens the palette, which is made when it is first asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._palette: Palette | None = None

    def call(self) -> None:
        """Open the palette, or put it away if it is open."""
        if self._palette is None:
            self._palette = self._make()
        if self._palette.isVisible():
            self._palette.close_palette()
        else:
            self._palette.open([*self._commands(), *self._documents(), *self._sections(), *self._tags()])

    def _make(self) -> Palette:
        parts = self._parts
        made = Palette(parts.appearance.theme, parts.window)
        parts.appearance.theme_changed.connect(made.set_theme)
        return made

    def _commands(self) -> list[Offer]:
        commands = self._parts.window.commands
        recent = commands.recent
        last = len(recent)
        order = {name: number for number, name in enumerate(recent)}
        found = []
        for name, listed in commands.listed.items():
            if name in _LEFT_OUT:
                continue
            action, command = commands[name], listed.command
            why = "" if action.isEnabled() else str(command.needs) or "Not now"
            offer = Offer(
                "command",
                commands.title(name),
                partial(self._do, name),
                detail=listed.place,
                keys=tuple(native(key) for key in commands.bindings.keys(name)[:1]),
                sign="check" if action.isChecked() else command.sign or _COLORS.get(name, ""),
                why=why,
                recent=name in order,
            )
            found.append((order.get(name, last), listed.place == PAGE, offer))
        return [offer for *_, offer in sorted(found, key=lambda one: one[:2])]

    def _documents(self) -> list[Offer]:
        shelf, here = self._parts.stock.shelf, self._parts.desk.document_id
        return [
            Offer(
                "document", info.title, partial(self._open, info.id), detail=origin(info) or "Document", sign="document"
            )
            for info in (shelf.documents if shelf else ())
            if info.id != here
        ]

    def _sections(self) -> list[Offer]:
        document = self._parts.desk.document
        if document is None:
            return []
        content = document.content
        return [
            Offer(
                "section",
                section.title,
                partial(self._go, content.starts[section.block]),
                detail="Section",
                sign="contents",
            )
            for section in content.sections
            if section.title
        ]

    def _tags(self) -> list[Offer]:
        shelf = self._parts.stock.shelf
        return [
            Offer("tag", tag.name, partial(self._search, tag.name), detail="Tag", sign="tag")
            for tag in (shelf.tags if shelf else ())
        ]

    def _do(self, name: str) -> None:
        commands = self._parts.window.commands
        commands.note_use(name)
        commands[name].trigger()

    def _open(self, document_id: int) -> None:
        self._parts.journey.leave()
        self._parts.desk.open(document_id)
        self._parts.page.setFocus()

    def _go(self, offset: int) -> None:
        self._parts.journey.leave()
        self._parts.page.go_to(offset)
        self._parts.page.setFocus()

    def _search(self, tag: str) -> None:
        bar = self._parts.window.search_bar
        self._parts.window.to_search()
        bar.set_text(tag_query(tag))
