"""Bytes to text when nobody said for sure how it was encoded."""

import codecs
import re
from dataclasses import dataclass

from postil.documents.alphabets import encoding_of_letters

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022 = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(\$[@B]|\(J|\$\([DPQ]|\(I)"), "iso2022_jp_ext"),
)
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){2,}~\}")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
# What the web means by these names (WHATWG), and what a superset of each reads besides.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "big5": "big5hkscs",
}
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, how it was encoded, and how many characters could not be read (each stands there as U+FFFD)."""

    text: str
    encoding: str
    unread: int = 0


def decode(data: bytes) -> Decoded:
    """Decode by what is certain first: marks, escapes, UTF-8; then what the file declares; then a guess."""
    for find in (_marked, _wide, _escaped, lambda _data: "utf-8", _spoilt_utf8, declared, _guessed):
        if encoding := find(data):
            try:
                return Decoded(data.decode(encoding), encoding)
            except (UnicodeDecodeError, LookupError):
                if find is _spoilt_utf8:
                    break
    encoding = _marked(data) or _wide(data) or _spoilt_utf8(data) or _guessed(data) or "cp1252"
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def declared(data: bytes) -> str:
    """Return the codec for what an HTML or XML file says of itself, or ""."""
    match = _DECLARED.search(data[:8192])
    if not match:
        return ""
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return ""
    # A page that could be read as far as here as single bytes is not UTF-16, whatever it says.
    return "" if name.startswith(("utf-16", "utf-32", "utf-7")) else _MEANT.get(name, name)


def _marked(data: bytes) -> str:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "")


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes of common characters stand."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2 or not head.count(0):
        return ""
    zeros = [head[place::4].count(0) / len(head[place::4]) for place in range(4)]
    if len(data) % 4 == 0 and min(zeros[2], zeros[3]) > 0.95 and zeros[0] < 0.5:
        return "utf-32-le"
    if len(data) % 4 == 0 and min(zeros[0], zeros[1]) > 0.95 and zeros[3] < 0.5:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.2 and even < odd / 8:
        return "utf-16-le"
    if even > 0.2 and odd < even / 8:
        return "utf-16-be"
    return ""


def _escaped(data: bytes) -> str:
    """Seven-bit encodings that would pass for plain ASCII."""
    if b"\x1b" in data:
        return next((encoding for escape, encoding in _ISO_2022 if escape.search(data)), "")
    return "hz" if data.isascii() and _HZ.search(data) else ""


def _spoilt_utf8(data: bytes) -> str:
    """UTF-8 with a few bytes spoilt rather than something else."""
    text = data[:_SAMPLE].decode("utf-8", errors="replace")
    wide = sum(1 for sign in re.findall(r"[^\x00-\x7f]", text) if sign != "\ufffd")
    return "utf-8" if wide > 4 * text.count("\ufffd") else ""


def _guessed(data: bytes) -> str:
    sample = data if len(data) <= _SAMPLE else data[: data.rfind(b"\n", 0, _SAMPLE) + 1 or _SAMPLE]
    if known := encoding_of_letters(sample):
        return known
    # Imported here: most files never need it.
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return _MEANT.get(codecs.lookup(best.encoding).name, best.encoding) if best else ""
