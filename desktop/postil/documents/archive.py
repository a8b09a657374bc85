"""Containers: ZIP archives and compressed files, opened in memory, within limits, and never unpacked to a disk."""

import zipfile
import zlib
from io import BytesIO
from typing import Self
from zlib import decompressobj

from postil.documents.faults import Broken, NotText, TooLarge

MOST_ENTRIES = 50_000
LARGEST_ENTRY_MB = 100
LARGEST_ARCHIVE_MB = 1000
"""Unpacked, all that is read of one archive together."""

_WIDEST_RATIO, _RATIO_FROM = 1000, 10_000_000
_MB = 1_000_000


class Archive:
    """A ZIP archive whose entries are read one by one, by the names it gives them; they name nothing outside it.

    Raises Broken for what is no whole archive, TooLarge for one that would unpack to more than may be read.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._called = f"“{name}”"
        if data.count(b"PK\x01\x02") > MOST_ENTRIES:
            raise TooLarge(f"{self._called} holds more than {MOST_ENTRIES:,} files, so it was not opened.")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
            raise Broken(f"{self._called} is damaged or not complete. Copy or download it again.") from None
        # The first of two entries with one name is the one that was meant; a later one may have been smuggled in.
        self._entries = {entry.filename: entry for entry in reversed(self._zip.infolist())}
        self._left = LARGEST_ARCHIVE_MB * _MB

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        """What the archive's entries are called."""
        return list(self._entries)[::-1]

    def size(self, name: str) -> int:
        """How long an entry says it is, in bytes."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """The bytes of an entry. Raises KeyError where there is none, Broken, TooLarge."""
        entry = self._entries[name]
        most = min(LARGEST_ENTRY_MB * _MB, self._left)
        if entry.file_size > most or entry.file_size > max(_RATIO_FROM, _WIDEST_RATIO * entry.compress_size):
            raise TooLarge(f"{self._called} unpacks to more than may be read, so it was not opened.")
        if entry.flag_bits & 1:
            raise Broken(f"{self._called} is locked with a password. Save a copy without one and open that.")
        try:
            with self._zip.open(entry) as file:
                data = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            raise Broken(f"{self._called} is damaged: a part of it cannot be unpacked.") from None
        self._left -= len(data)
        return data


def unpacked(data: bytes, name: str, largest: int) -> bytes:
    """What gzip compressed, of at most `largest` bytes. Raises Broken, NotText, TooLarge."""
    whole, rest = bytearray(), data
    while rest.startswith(b"\x1f\x8b"):
        stream = decompressobj(31)
        try:
            whole += stream.decompress(rest, largest + 1 - len(whole))
        except zlib.error:
            raise Broken(f"“{name}” is damaged: it cannot be unpacked.") from None
        if len(whole) > largest:
            raise TooLarge(f"“{name}” unpacks to more than {largest // _MB} MB, so it was not read.")
        if not stream.eof:
            raise Broken(f"“{name}” is not complete. Copy or download it again.")
        rest = stream.unused_data
    if whole[257:262] == b"ustar":
        raise NotText(f"“{name}” is an archive of files. Unpack it and open the files in it.")
    return bytes(whole)
