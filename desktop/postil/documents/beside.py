"""Pictures that lie beside a file, by the relative addresses in it: in its folder and below, and nowhere else."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from postil.documents.pictures import LARGEST_PICTURE_MB, is_picture

_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")


class Beside:
    """Finds pictures for one file. `path`: where that is; with a relative one nothing is ever found."""

    def __init__(self, path: str) -> None:
        folder = Path(path).parent
        self._folder = folder if folder.is_absolute() else None
        self._missing: set[str] = set()
        self._web: set[str] = set()

    def find(self, address: str) -> bytes:
        """The bytes of a picture; none for what is not there, is none, or would lead out of the folder."""
        if not address:
            return b""
        try:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                (self._web if parts.scheme in ("http", "https") or parts.netloc else self._missing).add(address)
                return b""
            data = self._bytes(unquote(parts.path))
        except (OSError, ValueError):
            data = b""
        if not data:
            self._missing.add(address)
        return data

    def notes(self) -> list[str]:
        """Say what was not found."""
        told = (
            (len(self._missing), "not in the folder of the file"),
            (len(self._web), "on the web, from which nothing is fetched by itself"),
        )
        return [
            f"{'1 picture is' if count == 1 else f'{count} pictures are'} left out: {why}."
            for count, why in told
            if count
        ]

    def _bytes(self, name: str) -> bytes:
        if self._folder is None or not name.lower().endswith(_ENDINGS) or "\\" in name:
            return b""
        folder = self._folder.resolve()
        file = (folder / name).resolve()  # what a link or ".." makes of it
        if (
            not file.is_relative_to(folder)
            or not file.is_file()
            or file.stat().st_size > LARGEST_PICTURE_MB * 1_000_000
        ):
            return b""
        data = file.read_bytes()
        return data if is_picture(data) else b""
