"""The pictures of a document, as a reader of files collects them: known kinds only, each once, within limits."""

from hashlib import sha256

LARGEST_PICTURE_MB = 20
LARGEST_TOGETHER_MB = 200
_MB = 1_000_000
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")


class Pictures:
    """Takes the bytes of pictures and says under which name a block shows them.

    Only kinds that are shown without running anything are kept: PNG, JPEG, GIF, BMP and WebP. Drawings (SVG) are not.
    """

    def __init__(self) -> None:
        self.images: dict[str, bytes] = {}
        self._left = LARGEST_TOGETHER_MB * _MB
        self._large = self._unknown = self._missing = 0

    def add(self, data: bytes) -> str:
        """Keep a picture; return its SHA-256 in hex, or "" where it is left out."""
        if not is_picture(data):
            self._unknown += 1
            return ""
        digest = sha256(data).hexdigest()
        if digest in self.images:
            return digest
        if len(data) > min(LARGEST_PICTURE_MB * _MB, self._left):
            self._large += 1
            return ""
        self._left -= len(data)
        self.images[digest] = data
        return digest

    def missing(self) -> None:
        """Count a picture that the document names and does not hold."""
        self._missing += 1

    def drawing(self) -> None:
        """Count a drawing, which is not shown."""
        self._unknown += 1

    def notes(self) -> list[str]:
        """Say what was left out."""
        told = (
            (self._unknown, "of a kind that is not shown (a drawing or a film)"),
            (self._large, "too large to be kept"),
            (self._missing, "missing from the file"),
        )
        return [
            f"{'1 picture is' if count == 1 else f'{count} pictures are'} left out: {why}."
            for count, why in told
            if count
        ]


def is_picture(data: bytes) -> bool:
    """Whether these are the bytes of a picture of a kind that is shown."""
    return data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
