"""Texts whose encoding nobody names, and files that mean harm: how many are decoded right, and how many end badly."""

import codecs
import time
from pathlib import Path

from postil.documents.encodings import decode
from postil.documents.reader import DocumentError, DocumentReader, TooMuch

_MEANT = {
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "GB2312": "gb18030",
    "EUC-KR": "cp949",
    "SHIFT_JIS": "cp932",
    "TIS-620": "cp874",
    "Big5": "big5hkscs",
}
"""What the web means by the names of the corpus's folders."""

_SLOW_S = 30.0


def encodings(corpora: Path) -> dict[str, float]:
    """The share of the texts that are decoded as their folder's encoding decodes them."""
    right = total = 0
    for file in sorted((corpora / "text-encodings").glob("*/*")):
        data, name = file.read_bytes(), _codec(file.parent.name)
        try:
            expected = data.decode(name) if name else None
        except UnicodeDecodeError:
            continue
        if expected is not None:
            total += 1
            right += decode(data).text.lstrip("\ufeff") == expected.lstrip("\ufeff")
    return {"encodings": right / max(1, total), "encodings_of": total}


def hostile(corpora: Path) -> dict[str, float]:
    """How many hostile files are read or refused with a sentence; a hang is one that took or needed too much."""
    read = refused = hung = failed = 0
    with DocumentReader() as reader:
        for file in sorted(each for each in (corpora / "hostile").rglob("*") if each.is_file()):
            began = time.perf_counter()
            try:
                reader.read_file(file)
                read += 1
            except TooMuch:
                hung += 1
            except DocumentError as fault:
                failed += "Postil failed" in str(fault)
                refused += 1
            hung += time.perf_counter() - began > _SLOW_S
    return {"hostile_read": read, "hostile_refused": refused, "hostile_failed": failed, "hostile_hangs": hung}


def _codec(folder: str) -> str:
    name = _MEANT.get(folder, folder)
    while name:
        try:
            return _MEANT.get(name, codecs.lookup(name).name)
        except LookupError:
            name = name.rpartition("-")[0]
    return ""
