"""Where the files that come with Postil lie: themes, fonts, icons.

By path and not through `importlib.resources`, whose import alone costs a tenth of the time to the first page.
"""

from functools import cache
from pathlib import Path

import postil_resources


def bundled(folder: str, name: str = "") -> Path:
    """A file of one of the folders of resources, or the folder itself."""
    return Path(postil_resources.__path__[0]) / folder / name


@cache
def drawing(name: str) -> str:
    """The SVG of an icon, read once: another theme tints every icon anew. Unknown: `FileNotFoundError`."""
    return bundled("icons", f"{name}.svg").read_text(encoding="utf-8")
