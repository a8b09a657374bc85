"""What each command of the menus does."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from postil.settings import STRENGTHS, SYSTEM
from postil.view.adding import open_address, open_folder, paste, show_whole_page
from postil.view.calling import Calling
from postil.view.commanding_places import place_commands
from postil.view.commanding_printed import printed_commands
from postil.view.hinting import connect_hints
from postil.view.importing import import_annotations
from postil.view.library_order import order_commands
from postil.view.menus import MENUS, PAGE, Needs
from postil.view.parts import Parts
from postil.view.window import enter
from postil.view.wiring_safety import safety_commands
from postil.view.wiring_search import search_commands
from postil.view.wiring_together import together_commands
from postil.view.wiring_versions import version_commands
from postil_db.records import Color

PAGE_COMMANDS = tuple(command.name for command in MENUS[PAGE] if command is not None)


def connect_commands(parts: Parts) -> None:
    """Connect every command of the menus with what it does."""
    window, work, asking, look = parts.window, parts.work, parts.asking, parts.appearance
    halves, to = parts.halves, parts.halves.to

    does: dict[str, Callable[[], object]] = {
        "open": asking.open_files,
        "open_folder": partial(open_folder, parts),
        "open_address": partial(open_address, parts),
        "whole_page": partial(show_whole_page, parts),
        "paste": partial(paste, parts),
        "export": lambda: asking.export(parts.searching.query),
        "import": partial(import_annotations, parts),
        "close": _in_turn(window.notes_panel.save, to(lambda half: half.desk.close_document)),
        "quit": window.close,
        "undo": _in_turn(window.notes_panel.save, work.undo),
        "redo": work.redo,
        "copy": to(lambda half: half.page.text.copy_selection),
        "copy_citation": to(lambda half: half.page.text.copy_citation),
        "copy_markdown": to(lambda half: half.page.text.copy_markdown),
        "find": _in_turn(to(lambda half: half.journey.leave), to(lambda half: half.page.show_find)),
        "search": window.to_search,
        "settings": asking.settings,
        "palette": Calling(parts).call,
        "keys": asking.keys,
        "about": asking.about,
        "sample": partial(parts.first_run.offer, again=True),
        **_marking(parts),
        **_going(parts),
        **place_commands(parts),
        **together_commands(parts),
        **printed_commands(parts),
        **version_commands(parts),
        **safety_commands(parts),
        **search_commands(parts),
        **order_commands(parts),
        **{name: partial(to(lambda half: half.page.do), name) for name in PAGE_COMMANDS},
    }
    does[f"theme_{SYSTEM}"] = partial(look.set_theme, SYSTEM)
    for strength in STRENGTHS:
        does[f"strength_{strength}"] = partial(look.set_strength, strength)
    for name, do in does.items():
        window.commands[name].triggered.connect(lambda _checked=False, do=do: do())
    window.commands.theme_chosen.connect(look.set_theme)
    window.commands.themes_asked.connect(look.find_themes)
    look.themes_found.connect(lambda: window.commands.show_themes(look.themes.values()))
    window.commands["full_screen"].triggered.connect(lambda on: window.showFullScreen() if on else window.showNormal())
    halves.follow(lambda half: half.journey.changed, lambda back, _forward: window.commands["back"].setEnabled(back))
    halves.follow(lambda half: half.journey.changed, lambda _back, on: window.commands["forward"].setEnabled(on))
    enable = partial(_enable, parts)
    halves.switched.connect(enable)
    halves.hear(lambda half: half.desk.document_opened, enable)
    halves.hear(lambda half: half.desk.document_closed, enable)
    halves.hear(lambda half: half.page.selection_changed, enable)
    enable()
    connect_hints(parts)
    window.commands.kept.connect(parts.closing.save_soon)
    parts.journey.changed.emit(False, False)
    for name in ("undo", "redo"):
        window.commands[name].setEnabled(False)


def _marking(parts: Parts) -> dict[str, Callable[[], object]]:
    to = parts.halves.to
    return {
        **{f"mark_{color}": lambda color=color: parts.marking.mark(color) for color in Color},
        "tag": to(lambda half: half.marking.tag),
        "note": to(lambda half: half.marking.note),
        "remove": to(lambda half: half.marking.remove),
    }


def _going(parts: Parts) -> dict[str, Callable[[], object]]:
    window, to = parts.window, parts.halves.to

    def show(panel: QWidget) -> None:
        window.show_panel(panel)
        enter(panel)

    return {
        "back": to(lambda half: half.journey.back),
        "forward": to(lambda half: half.journey.forward),
        "next_annotation": lambda: parts.marking.step(1),
        "previous_annotation": lambda: parts.marking.step(-1),
        "next_name": lambda: parts.naming.step(1),
        "previous_name": lambda: parts.naming.step(-1),
        "to_library": partial(show, window.library_panel),
        "to_contents": partial(show, window.contents_panel),
        "to_tags": partial(show, window.tags_panel),
        "to_notes": partial(show, window.notes_panel),
        "to_names": partial(show, window.names_panel),
        "next_pane": partial(window.step_pane, 1),
        "previous_pane": partial(window.step_pane, -1),
    }


def _enable(parts: Parts, *_: object) -> None:
    opened = parts.desk.document is not None
    start, end = parts.window.page.selection()
    there = {Needs.DOCUMENT: opened, Needs.SELECTION: opened and start != end}
    for name, one in parts.window.commands.listed.items():
        if one.command.needs in there:
            parts.window.commands[name].setEnabled(there[one.command.needs])


def _in_turn(*calls: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        for call in calls:
            call()

    return run
