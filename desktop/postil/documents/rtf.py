"""RTF to blocks: its words and paragraphs; what they looked like is left out."""

import re

from postil.documents.canonical import clean, one_line
from postil.documents.faults import Broken
from postil.documents.kinds import Kind
from postil.documents.parsed import Parsed
from postil_db.records import Block, BlockKind

_TITLE = re.compile(rb"\{\\title ([^{}\\]{1,300})\}")
_AUTHOR = re.compile(rb"\{\\author ([^{}\\]{1,300})\}")
_PICTURE = re.compile(rb"\\pict\b")
_CELL_ENDS = re.compile(r"\s*\|\s*")


def parse_rtf(data: bytes, name: str) -> Parsed:
    """Read an RTF file. Raises Broken."""
    # Imported here: only these files need it.
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as fault:  # the boundary: it raises whatever a broken file leads it to
        raise Broken(f"“{name}” is damaged, so it could not be read. Save it as plain text, and open that.") from fault
    pictures = len(_PICTURE.findall(data))
    notes = [f"Left out: {pictures} {'picture' if pictures == 1 else 'pictures'}."] if pictures else []
    return Parsed(
        [_block(line) for line in clean(text).split("\n") if line.strip()],
        Kind.RTF,
        title=_said(_TITLE, data),
        authors=tuple(filter(None, (_said(_AUTHOR, data),))),
        notes=notes,
    )


def _block(line: str) -> Block:
    """A paragraph, or a row of a table, whose cells end with a bar each."""
    if line.rstrip().endswith("|") and line.count("|") > 1:
        cells = _CELL_ENDS.split(line.strip().removesuffix("|"))
        return Block(BlockKind.TABLE_ROW, "\t".join(one_line(cell) for cell in cells))
    return Block(BlockKind.PARAGRAPH, one_line(line))


def _said(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data[:100_000])
    return one_line(found[1].decode("cp1252", "replace")) if found else ""
