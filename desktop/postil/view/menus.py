"""Every command, declared once: its name, its words, its keys and icon, and the menu it stands in.

To add one: a line in MENUS here, and what it does in commanding.py (or, for what only the page can do, in
page/keys.py). Menus, tips, palette, shortcuts page and the README's table all take words and keys from that line.
A key without Ctrl, Alt or Meta ("J", "Shift+E", "Del") works on the page, where nobody is typing; any other works in
the whole window, unless the command is one `on_page`. Readers may change the keys; commands.py holds what they chose.
"""

from dataclasses import dataclass
from enum import StrEnum

from postil.settings import LIBRARY_ORDERS, STRENGTHS, SYSTEM
from postil_db.records import Color


class Needs(StrEnum):
    """Without what a command can do nothing, as a sentence for whoever looks for it."""

    NOTHING = ""
    DOCUMENT = "Open a document first"
    SELECTION = "Select a passage first"
    DEED = "Nothing to undo"
    UNDOING = "Nothing to redo"
    PLACE = "Nowhere to go yet"
    NAME = "Go to a name first"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys`: alternatives, in Qt's portable notation; `group`: one of several to choose from.

    `words`: what it is called where it stands alone, if the menu's text needs the menu to be understood; `on_page`:
    all its keys work on the page alone; `needs`: when it can be done (the last three are for whoever knows to say).
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    sign: str = ""
    group: str = ""
    checkable: bool = False
    words: str = ""
    on_page: bool = False
    needs: Needs = Needs.NOTHING

    @property
    def title(self) -> str:
        """What it is called where it stands alone."""
        if self.words:
            return self.words
        plain = self.text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
        return f"{self.group.replace('&', '')}: {plain}" if self.group else plain


THEME = "&Theme"
ORDER = "Sort the librar&y"
PAGE = "On the page"
"""What stands in no menu: moving and selecting on the page."""

_DOCUMENT, _SELECTION = Needs.DOCUMENT, Needs.SELECTION


def _page(name: str, text: str, *keys: str) -> Command:
    return Command(name, text, keys, on_page=True, needs=_DOCUMENT)


MENUS: dict[str, tuple[Command | None, ...]] = {
    "&File": (
        Command("open", "&Open…", ("Ctrl+O",), "open", words="Open files"),
        Command("open_folder", "Open &folder…", words="Open all documents in a folder"),
        Command("open_address", "Open &address…", ("Ctrl+L",), "link", words="Open a web address"),
        Command("paste", "&Paste as new document", ("Ctrl+Shift+V",), "paste"),
        Command("export", "&Export annotations…", ("Ctrl+E",), "export"),
        Command("import", "&Import annotations…", ("Ctrl+I",), words="Import annotations from a file"),
        None,
        Command("trash", "&Trash…", sign="trash", words="Show the trash"),
        Command("backups", "&Backups…", words="Show the backups"),
        Command("check_library", "Chec&k the library…", words="Check the library"),
        None,
        Command("close", "&Close document", ("Ctrl+W",), needs=_DOCUMENT),
        Command("quit", "&Quit", ("Ctrl+Q",)),
    ),
    "&Edit": (
        Command("undo", "&Undo", ("Ctrl+Z", "U"), "undo", needs=Needs.DEED),
        Command("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", needs=Needs.UNDOING),
        None,
        Command("copy", "&Copy", ("Ctrl+C", "C"), "copy", words="Copy the selection", on_page=True, needs=_SELECTION),
        Command("copy_citation", "Copy w&ith citation", ("Ctrl+Shift+C",), needs=_SELECTION),
        Command("copy_markdown", "Copy as &Markdown", ("Ctrl+Shift+M",), needs=_SELECTION),
        None,
        Command("find", "&Find in document…", ("Ctrl+F",), "find", needs=_DOCUMENT),
        Command("search", "&Search everything", ("Ctrl+Shift+F", "/"), "search"),
        Command("search_form", "&Advanced search…", ("Ctrl+Shift+A",)),
        Command("save_search", "Sa&ve as smart view…", ("Ctrl+D",), "star", words="Save the search as a smart view"),
        Command("pin_results", "&Keep results beside the page", ("Ctrl+Shift+R",), checkable=True),
        None,
        Command("settings", "Se&ttings…", ("Ctrl+,",), "settings"),
    ),
    "&Mark": (
        *(
            Command(f"mark_{color}", f"&{color.capitalize()}", (str(key),), words=f"Mark in {color}", needs=_DOCUMENT)
            for key, color in enumerate(Color, 1)
        ),
        None,
        Command("tag", "Add &tag…", ("T",), "tag", words="Tag the selection or the annotation", needs=_DOCUMENT),
        Command("note", "Write &note…", ("N",), "note", words="Write a note", needs=_DOCUMENT),
        None,
        Command("remove", "&Remove annotation", ("Del",), "trash", needs=_DOCUMENT),
        None,
        Command("next_change", "Ne&xt changed or lost note", ("Alt+R",), needs=_DOCUMENT),
        Command("previous_change", "Previo&us changed or lost note", ("Alt+Shift+R",), needs=_DOCUMENT),
        Command("accept_change", "&Accept the change", ("Alt+A",), needs=_DOCUMENT),
        Command("accept_changes", "Accept a&ll changes", needs=_DOCUMENT),
        Command("pin_here", "P&in the note to the selection", ("Alt+P",), needs=_SELECTION),
        Command("keep_lost", "&Keep the note as lost", ("Alt+L",), needs=_DOCUMENT),
        Command("look_for_versions", "Look for &versions", words="Look for other versions", needs=_DOCUMENT),
        Command("earlier_version", "Show the &earlier version", words="Earlier version and back", needs=_DOCUMENT),
    ),
    "&Names": (
        Command("names", "&List of names…", ("Ctrl+Shift+E",), "contents", words="List all names as a table"),
        Command("name_page", "&Page of the name", ("P",), words="Open the page of the name", needs=Needs.NAME),
        Command("name_find", "&Find a name…", ("Ctrl+Shift+N",), words="Find a name of the library"),
        Command("name_note", "&Note on the name…", ("Shift+N",), words="Write a note on the name", needs=Needs.NAME),
        Command("name_tag_all", "&Tag every mention…", ("Shift+T",), words="Tag every mention of a name or phrase"),
        None,
        Command("name_not_here", "Not a name &here", ("X",), needs=Needs.NAME),
        Command("name_not", "Not a name an&ywhere", ("Shift+X",), needs=Needs.NAME),
        Command("name_kind", "Change &kind…", ("Y",), words="Change the kind of the name", needs=Needs.NAME),
        Command("name_rename", "&Rename…", ("R",), words="Rename the name", needs=Needs.NAME),
        Command("name_merge", "&Merge with…", ("M",), words="Merge the name with another", needs=Needs.NAME),
        Command("name_split", "&Split off this form", ("Shift+M",), words="Split this form off", needs=Needs.NAME),
        None,
        Command("name_always", "&Always mark the selection…", ("A",), words="Always mark the selection as a name"),
        Command("name_ignore", "Ne&ver mark this", ("I",), words="Never mark this text as a name"),
        None,
        Command("decisions", "&Decisions about names…"),
    ),
    "&View": (
        Command("zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), "zoom_in"),
        Command("zoom_out", "Zoom &out", ("Ctrl+-",), "zoom_out"),
        Command("zoom_reset", "&Normal size", ("Ctrl+0",)),
        None,
        Command(f"theme_{SYSTEM}", "As the system", group=THEME, checkable=True),
        *(Command(f"strength_{name}", name.capitalize(), group="&Name marks", checkable=True) for name in STRENGTHS),
        None,
        Command("printed_pages", "Pages as print&ed", ("F4",), checkable=True, words="Show pages as printed"),
        Command("two_pages", "T&wo pages side by side", checkable=True),
        Command("fit_width", "As wide as the win&dow", checkable=True, words="Fit pages to the width"),
        Command("fit_page", "Whole pa&ges", checkable=True, words="Fit whole pages"),
        Command("whole_page", "All of a web page", words="Show the whole web page", needs=_DOCUMENT),
        Command("white_paper", "W&hite paper", checkable=True, words="Printed pages on white paper"),
        None,
        *(Command(f"order_{name}", text, group=ORDER, checkable=True) for name, text in LIBRARY_ORDERS.items()),
        Command("show_library", "&Library sidebar", ("F9",), "library", checkable=True, words="Show library sidebar"),
        Command("show_side", "&Notes and names", ("Shift+F9",), "note", checkable=True, words="Show notes and names"),
        Command("notes_beside", "Notes &beside the text", checkable=True),
        Command("together", "Togethe&r…", ("Ctrl+Shift+T",), words="Show what stands together"),
        Command("timeline", "Ti&meline…", ("Ctrl+Shift+L",), words="Show the timeline"),
        None,
        Command("split", "S&plit view", ("F8",), checkable=True, words="Split view: two pages", needs=_DOCUMENT),
        Command("focus_mode", "F&ocus mode", ("Shift+F11",), checkable=True, words="Focus mode: the page alone"),
        Command("full_screen", "&Full screen", ("F11",), checkable=True),
    ),
    "&Go": (
        Command("back", "&Back", ("Alt+Left",), "previous", words="Go back", needs=Needs.PLACE),
        Command("forward", "&Forward", ("Alt+Right",), "next", words="Go forward", needs=Needs.PLACE),
        None,
        Command("next_annotation", "&Next annotation", ("J", "Ctrl+J"), needs=_DOCUMENT),
        Command("previous_annotation", "&Previous annotation", ("K", "Ctrl+Shift+J"), needs=_DOCUMENT),
        Command("next_name", "Next na&me", ("E",), words="Next mention or name", needs=_DOCUMENT),
        Command("previous_name", "P&revious name", ("Shift+E",), words="Previous mention or name", needs=_DOCUMENT),
        None,
        Command("next_result", "Next res&ult", ("F3",), words="Next search result"),
        Command("previous_result", "Previou&s result", ("Shift+F3",), words="Previous search result"),
        None,
        Command("go_to", "&Go to position…", ("Ctrl+G",), needs=_DOCUMENT),
        Command("other_half", "Other &half", ("Ctrl+F6",), words="Go to the other half"),
        None,
        Command("to_library", "&Library", ("Ctrl+1",), words="Go to the library"),
        Command("to_contents", "&Contents", ("Ctrl+2",), words="Go to the contents"),
        Command("to_tags", "&Tags", ("Ctrl+3",), words="Go to the tags"),
        Command("to_notes", "N&otes", ("Ctrl+4",), words="Go to the notes"),
        Command("to_names", "N&ames", ("Ctrl+5",), words="Go to the names"),
        Command("next_pane", "Ne&xt pane", ("F6",)),
        Command("previous_pane", "Pre&vious pane", ("Shift+F6",)),
    ),
    PAGE: (
        _page("grow", "Grow the selection: word, name, sentence, paragraph, section", "+", "=", "Alt+Shift+Right"),
        _page("shrink", "Shrink the selection", "-", "Alt+Shift+Left"),
        _page("select_next_character", "Select on by a character", "Shift+Right"),
        _page("select_previous_character", "Select back by a character", "Shift+Left"),
        _page("select_next_word", "Select on by a word", "Ctrl+Shift+Right"),
        _page("select_previous_word", "Select back by a word", "Ctrl+Shift+Left"),
        _page("select_next_line", "Select on by a line", "Shift+Down"),
        _page("select_previous_line", "Select back by a line", "Shift+Up"),
        _page("select_next_sentence", "Select on by a sentence", "Alt+Shift+Down"),
        _page("select_previous_sentence", "Select back by a sentence", "Alt+Shift+Up"),
        _page("select_next_name", "Select on to the end of the next name", "]"),
        _page("select_previous_name", "Select back to the beginning of the last name", "["),
        _page("select_next_paragraph", "Select on by a paragraph", "Ctrl+Shift+Down"),
        _page("select_previous_paragraph", "Select back by a paragraph", "Ctrl+Shift+Up"),
        _page("select_to_line_end", "Select to the end of the line", "Shift+End"),
        _page("select_to_line_start", "Select to the beginning of the line", "Shift+Home"),
        _page("select_to_end", "Select to the end of the document", "Ctrl+Shift+End"),
        _page("select_to_start", "Select to the beginning of the document", "Ctrl+Shift+Home"),
        _page("select_all", "Select everything", "Ctrl+A"),
        _page("caret_mode", "Keep the caret in sight", "F7"),
        _page("screen_down", "A screen down", "Space", "PgDown"),
        _page("screen_up", "A screen up", "Shift+Space", "PgUp"),
        _page("to_start", "To the beginning of the document", "Home", "Ctrl+Home"),
        _page("to_end", "To the end of the document", "End", "Ctrl+End"),
        _page("let_go", "Let go of the selection", "Esc"),
    ),
    "&Help": (
        Command("palette", "&Commands…", ("Ctrl+K",), words="Find a command, document, section or tag"),
        Command("keys", "&Keyboard shortcuts…", ("F1", "Ctrl+?"), "help"),
        Command("sample", "Open the &sample article"),
        Command("about", "&About Postil", sign="info"),
    ),
}


def declared() -> dict[str, Command]:
    """Every command by name, in the order of the menus."""
    return {command.name: command for commands in MENUS.values() for command in commands if command is not None}
