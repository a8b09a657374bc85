"""What the commands do that concern pages as they are printed, and how large the page is shown either way."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from postil.view.page.faces import Faces, PrintManner
from postil.view.parts import Parts

ZOOM_STEP = 1.1


def printed_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """Give what each of these commands does, by name; keep their ticks in step."""
    commands, look, halves = parts.window.commands, parts.appearance, parts.halves

    def faces() -> Faces:
        return parts.page.faces

    def keep(*_: object) -> None:
        """Say what can be done, and what is chosen."""
        here, manner = faces(), look.print_manner
        commands["printed_pages"].setEnabled(bool(here.pages))
        commands["printed_pages"].setChecked(here.printed)
        for name, on in _ticks(manner).items():
            commands[name].setEnabled(here.printed)
            commands[name].setChecked(on)

    def change(how: Callable[[PrintManner], PrintManner]) -> None:
        look.set_print_manner(how(look.print_manner))
        keep()

    halves.follow(lambda half: half.page.faces.offered, keep)
    halves.follow(lambda half: half.page.printed_changed, keep)
    look.print_manner_changed.connect(keep)
    halves.switched.connect(keep)
    keep()
    return {
        "printed_pages": lambda: faces().turn(not faces().printed),
        "two_pages": lambda: change(lambda manner: replace(manner, two=not manner.two)),
        "white_paper": lambda: change(lambda manner: replace(manner, white=not manner.white)),
        "fit_width": lambda: change(lambda manner: replace(manner, fit="width")),
        "fit_page": lambda: change(lambda manner: replace(manner, fit="page")),
        "zoom_in": partial(zoom, parts, 1),
        "zoom_out": partial(zoom, parts, -1),
        "zoom_reset": partial(zoom, parts, 0),
    }


def zoom(parts: Parts, step: int) -> None:
    """Show what is in view larger (1), smaller (-1) or at its normal size (0)."""
    faces, look = parts.page.faces, parts.appearance
    if faces.printed:
        faces.now.zoom_asked.emit(step)
    else:
        look.set_zoom(look.typography.zoom * ZOOM_STEP**step if step else 1.0)


def _ticks(manner: PrintManner) -> dict[str, bool]:
    return {
        "two_pages": manner.two,
        "white_paper": manner.white,
        "fit_width": manner.fit == "width",
        "fit_page": manner.fit == "page",
    }
