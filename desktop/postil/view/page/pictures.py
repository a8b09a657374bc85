"""The pictures of a document: sizes known before anything is laid out, pixels read when they come into view.

Only kinds of pictures that hold nothing but pixels are read, by their content and not by what a name says; a drawing
(SVG) may refer to other files, so it is left out. Reading happens on a thread of its own, at the size that is shown.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from postil_db.errors import LibraryError
from postil_db.records import BlockKind, Content

KINDS = frozenset({b"png", b"jpeg", b"jpg", b"gif", b"bmp", b"webp", b"tiff", b"ico"})
MOST_PIXELS = 100_000_000
"""A picture of more is not read: it would take half a gigabyte."""
KEPT_BYTES = 48_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the bytes of a picture are, and its natural size in pixels, as it is to be seen."""

    path: Path
    width: int
    height: int


def measured(find: Callable[[str], Path], content: Content) -> dict[str, Picture]:
    """The pictures of a document that can be shown, by the SHA-256 that its blocks name; reads the head of each file.

    For a worker: it touches no widget. `find` gives the file and raises a LibraryError or OSError where there is none.
    """
    found: dict[str, Picture] = {}
    for digest in dict.fromkeys(block.image for block in content.blocks if block.kind is BlockKind.IMAGE):
        if not digest:
            continue
        try:
            path = find(digest)
        except (LibraryError, OSError):
            continue
        size = _size(_reader(path))
        if not size.isEmpty() and size.width() * size.height() <= MOST_PIXELS:
            found[digest] = Picture(path, size.width(), size.height())
    return found


def _reader(path: Path) -> QImageReader:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return reader


def _size(reader: QImageReader) -> QSize:
    """The size of what a reader reads as it is to be seen; empty for what is no picture of pixels."""
    if bytes(reader.format().data()) not in KINDS:
        return QSize()
    size = reader.size()
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    return size.transposed() if turned else size


class Pictures(QObject):
    """Hands out pictures at the size they are shown in; says when one that was not there has come."""

    arrived = Signal(str)
    _read = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: Mapping[str, Picture] = {}
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._asked: set[tuple[str, int]] = set()
        self._thread: ThreadPoolExecutor | None = None
        self._read.connect(self._take)

    def set_known(self, known: Mapping[str, Picture]) -> None:
        """Take the pictures of another document."""
        self._known = known
        self._kept.clear()
        self._asked.clear()

    def size(self, digest: str) -> tuple[int, int] | None:
        """The natural size of a picture; None for one that cannot be shown."""
        picture = self._known.get(digest)
        return (picture.width, picture.height) if picture else None

    def image(self, digest: str, width: int) -> QImage | None:
        """A picture `width` device pixels wide; None while it is being read (`arrived` follows) or if it is broken."""
        key = (digest, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            kept = self._kept[key]
            return kept if not kept.isNull() else None
        picture = self._known.get(digest)
        if picture is not None and key not in self._asked:
            self._asked.add(key)
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, "pictures")
            self._thread.submit(self._load, picture, digest, width)
        return None

    def broken(self, digest: str) -> bool:
        """Whether a picture turned out to hold nothing that can be shown."""
        return any(name == digest and image.isNull() for (name, _), image in self._kept.items())

    def _load(self, picture: Picture, digest: str, width: int) -> None:
        reader = _reader(picture.path)
        height = max(1, round(picture.height * width / picture.width))
        target = QSize(width, height)
        turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        reader.setScaledSize(target.transposed() if turned else target)
        image = reader.read() if _size(reader).isValid() else QImage()
        try:
            self._read.emit(digest, width, image)
        except RuntimeError:  # the page was closed meanwhile
            return

    def _take(self, digest: str, width: int, image: QImage) -> None:
        self._asked.discard((digest, width))
        self._kept[digest, width] = image
        while len(self._kept) > 1 and sum(kept.sizeInBytes() for kept in self._kept.values()) > KEPT_BYTES:
            self._kept.popitem(last=False)
        self.arrived.emit(digest)
