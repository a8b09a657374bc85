"""The few small signs that a style sheet can only take from files: arrows and ticks, tinted for one theme.

They are written to the cache folder, once for each colour, under names made of their content: a folder that is lost or
full costs nothing but the signs.
"""

from pathlib import Path
from string import Template
from zlib import crc32

from PySide6.QtGui import QColor

from postil.view.look.bundled import bundled, drawing

_SIGNS = {"down": 12, "up": 12, "check": 14}


def rules(folder: Path, ink: QColor, on_accent: QColor) -> str:
    """Write the signs into `folder` and give the style sheet's rules that use them; "" if that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = {name: _write(folder, name, on_accent if name == "check" else ink) for name in _SIGNS}
    except OSError:
        return ""
    template = bundled("themes", "glyphs.qss").read_text(encoding="utf-8")
    return Template(template).substitute(paths)


def _write(folder: Path, name: str, color: QColor) -> str:
    sign = drawing(name).replace("currentColor", color.name()).replace('stroke-width="1.6"', 'stroke-width="2.4"')
    path = folder / f"{name}-{crc32(sign.encode()):08x}.svg"
    if not path.exists():
        path.write_text(sign, encoding="utf-8")
    return path.as_posix()
