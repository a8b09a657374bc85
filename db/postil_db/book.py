"""One index in a folder of its own: opened when it is first needed, signed, and replaced by a newer one."""

import logging
import shutil
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from postil_db.files import make_folder

if TYPE_CHECKING:
    from postil_db.index.annotation_index import AnnotationIndex

INDEX_VERSION = 3  # raise it with `index.schema.VERSION`
FRESH = ".new"  # what the folder of an index is called while it is made anew

log = logging.getLogger(__name__)


class Book:
    """One index in a folder of its own. `healed`: nothing is known to be missing in it."""

    def __init__(self, folder: Path, lock: RLock) -> None:
        self.folder, self._lock = folder, lock
        self._index: AnnotationIndex | None = None
        self.healed = False

    @property
    def is_open(self) -> bool:
        """Whether it was opened."""
        return self._index is not None

    @property
    def index(self) -> "AnnotationIndex":
        """The index, opened."""
        with self._lock:
            if self._index is None:
                self._index = _opened(self.folder)
            return self._index

    def close(self) -> None:
        """Put what is only in memory on disk, and let go."""
        index, self._index = self._index, None
        if index is not None:
            try:
                index.close()
            except Exception:  # what is lost here is mended at the next search
                log.exception("the index did not close")

    def discard(self) -> None:
        """Delete it."""
        self.close()
        self.healed = False
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _signature(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.stamp")

    def sign(self, stamp: str) -> None:
        """Keep what the entries on disk were made from."""
        self._signature.write_text(f"{len(self.index.revisions())} {INDEX_VERSION} {stamp}", encoding="utf-8")

    @property
    def _signed(self) -> list[str]:
        with suppress(OSError, ValueError):
            return self._signature.read_text(encoding="utf-8").split(" ", 2)
        return []

    @property
    def stamp(self) -> str:
        """What the entries on disk were made from; "" where that is not known."""
        signed = self._signed
        return signed[2] if len(signed) == 3 and signed[1] == str(INDEX_VERSION) else ""

    @property
    def entries(self) -> int:
        """How many entries there were then."""
        signed = self._signed
        return int(signed[0]) if signed and signed[0].isdecimal() else -1

    def replacing(self) -> "Book":
        """Another one, to take the place of this one once it is whole."""
        return Book(self.folder.with_name(self.folder.name + FRESH), self._lock)

    @property
    def was_being_replaced(self) -> bool:
        """Whether making it anew was begun and not ended."""
        return self.folder.with_name(self.folder.name + FRESH).exists()

    def replace(self, other: "Book") -> None:
        """Take the other's place on disk."""
        with self._lock:
            other.close()
            self.discard()
            other.folder.rename(self.folder)


def _opened(folder: Path) -> "AnnotationIndex":
    # Whoosh is loaded at the first search, not at start.
    from postil_db.index.annotation_index import AnnotationIndex

    make_folder(folder.parent.parent)
    make_folder(folder.parent)
    for path in folder.parent.iterdir():
        if path.is_file() and path.suffix != ".stamp":  # of a version of Postil that had one index, right here
            path.unlink(missing_ok=True)
    return AnnotationIndex.open(folder)
