"""Where things live on this machine. Nothing here changes the disk."""

import os
from pathlib import Path

import platformdirs


def library_folder(given: Path | None = None) -> Path:
    """The library to open: the one given, else `POSTIL_LIBRARY`, else the one in the user's data folder."""
    if given is not None:
        return given
    from_environment = os.environ.get("POSTIL_LIBRARY", "")
    if from_environment:
        return Path(os.path.expanduser(from_environment))  # noqa: PTH111 - Path's own raises for an unknown user
    return platformdirs.user_data_path("postil", appauthor=False) / "library"


def cache_folder() -> Path:
    """Where whatever can be made again is kept, the index above all."""
    return platformdirs.user_cache_path("postil", appauthor=False)


def index_folder(cache: Path, library_id: str, folder: Path) -> Path:
    """Where a library's index goes. A copy of a library has the same id, and may be open at the same time: by place."""
    from hashlib import sha256  # loads a good deal: not for those who only want to know a folder

    place = sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return cache / f"{library_id}-{place}" / "index"
