"""Tell the single-byte encodings of Latin and Cyrillic letters apart by the letters that each language has.

Statistics over a whole encoding (as charset-normalizer keeps) often cannot: "tão" and "tăo" are one byte apart.
"""

from collections import Counter

# In the order of preference where several fit: the commoner encoding first.
_LETTERS = (
    ("cp1252", "äöüß"),  # German
    ("cp1252", "éèàùçâêîôûëïüœæ"),  # French
    ("cp1252", "áéíóúüñ¿¡ºª"),  # Spanish
    ("cp1252", "ãõáéíóúâêôçàü"),  # Portuguese
    ("cp1252", "àèéìòù"),  # Italian
    ("cp1252", "åäöæøé"),  # Swedish, Danish, Norwegian, Finnish
    ("cp1252", "éëïóöüèê"),  # Dutch
    ("cp1252", "áðéíóúýþæö"),  # Icelandic
    ("cp1254", "çğıöşüâîû"),  # Turkish
    ("cp1250", "áčďéěíňóřšťúůýžäĺľôŕ"),  # Czech, Slovak
    ("iso8859_2", "áčďéěíňóřšťúůýžäĺľôŕ"),
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("iso8859_2", "ąćęłńóśźż"),
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("iso8859_2", "áéíóöőúüű"),
    ("cp1250", "čćđšž"),  # Croatian, Slovenian
    ("iso8859_2", "čćđšž"),
    ("cp1250", "ăâîşţ"),  # Romanian
    ("iso8859_2", "ăâîşţ"),
    ("cp1257", "ąčęėįšųūžāēģīķļņõäöü"),  # Baltic
)
_SIGNS = frozenset("“”„‘’‚«»‹›–—…•§°©®™€£·½¼¾\u00a0")
_FITS = 0.97


def encoding_of_letters(data: bytes) -> str:
    """Return the codec in which `data` reads as one of the languages above, or "" if none fits well."""
    wide = len(data) - len(data.translate(None, bytes(range(128, 256))))
    plain = len(data) - len(data.translate(None, bytes([*range(65, 91), *range(97, 123)])))
    if not wide:
        return ""
    return _latin(data) if plain > wide else _cyrillic(data)


def _cyrillic(data: bytes) -> str:
    """The codec in which the commonest letters are common, and small: the encodings differ in just that."""
    for codec in ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"):
        signs = Counter(sign for sign in data.decode(codec, errors="replace") if sign > "\x7f")
        small = sum(count for sign, count in signs.items() if "а" <= sign <= "ё")
        common = sum(signs[sign] for sign in "оеаинтсрвл")
        if small > 0.8 * signs.total() and common > 0.55 * signs.total():
            return codec
    return ""


def _latin(data: bytes) -> str:
    counts: dict[str, Counter[str]] = {}
    best, best_share = "", _FITS
    for codec, letters in _LETTERS:
        if codec not in counts:
            text = data.decode(codec, errors="replace")
            counts[codec] = Counter(sign.lower() for sign in text if sign > "\x7f")
        share = _share(counts[codec], letters)
        if share > best_share:
            best, best_share = codec, share
    return best


def _share(signs: Counter[str], letters: str) -> float:
    """How much of the signs beyond ASCII is explained by the letters, if any of it is."""
    known = sum(count for sign, count in signs.items() if sign in letters)
    other = sum(count for sign, count in signs.items() if sign in _SIGNS)
    total = signs.total()
    return (known + other) / total if total and (known or other == total) else 0.0
