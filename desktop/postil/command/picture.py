"""`screenshot`: a picture of the window; the only command that loads widgets."""

import re
from importlib import import_module

from postil.command.console import Call
from postil.command.parser import Commands

_MOST_PIXELS = 16_000


def declare(commands: Commands) -> None:
    """Declare `screenshot`."""
    parser = commands.add(
        "screenshot",
        screenshot,
        "Write a picture of the window, with the library and a document in it",
        more="It needs no screen.",
        examples=(
            "postil screenshot window.png",
            "postil screenshot window.png --document 1 --size 1400x900 --theme dark --scale 2",
        ),
    )
    parser.add_argument("file", metavar="FILE", help="the picture, .png")
    parser.add_argument("--document", metavar="D", help="open this document: id, title, or part of a title")
    parser.add_argument(
        "--size", metavar="WxH", type=_size, default=(1280, 800), help="of the window (default: 1280x800)"
    )
    parser.add_argument(
        "--theme",
        metavar="NAME",
        default="light",
        help="light, sepia, dark, contrast, or one of your own (default: light)",
    )
    parser.add_argument("--scale", metavar="S", type=_scale, default=1.0, help="pixels for each point (default: 1)")


def screenshot(call: Call) -> int:
    """Build a window on the library, paint it, and write what it shows."""
    from postil_db.store import documents

    args = call.args
    document = call.library.read(lambda session: documents.find(session, args.document).id) if args.document else None
    target = call.console.path(args.file)
    # By its name: the window stands above the command line, which knows nothing of it but this.
    paint = import_module("postil.main").screenshot
    paint(call.library, target, document=document, size=args.size, theme=args.theme, scale=args.scale)
    if call.as_json:
        call.console.emit({"file": str(target), "bytes": target.stat().st_size})
    else:
        call.console.say(str(target))
    return 0


def _size(word: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)[x×](\d+)", word.strip())
    if not match:
        raise ValueError
    width, height = int(match[1]), int(match[2])
    if not (200 <= width <= _MOST_PIXELS and 200 <= height <= _MOST_PIXELS):
        raise ValueError
    return width, height


def _scale(word: str) -> float:
    scale = float(word)
    if not 0.5 <= scale <= 4:
        raise ValueError
    return scale


_size.__name__ = "size (width x height, each from 200 on)"  # what argparse calls it in "invalid … value"
_scale.__name__ = "scale (0.5 to 4)"
