"""Where the files that come with Postil lie: themes, fonts, icons.

By path and not through `importlib.resources`, whose import alone costs a tenth of the time to the first page.
"""

from pathlib import Path

import postil_resources


def bundled(folder: str, name: str = "") -> Path:
    """A file of one of the folders of resources, or the folder itself."""
    return Path(postil_resources.__path__[0]) / folder / name
