"""Text -> words, so that what a reader types meets what a text says: case, accents, ligatures and widths folded away.

Scripts written without spaces (Chinese, Japanese, Thai ...) become overlapping pairs of characters, which finds any
word in them without a dictionary.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from postil_db.index.entry import How

WORD_MAX = 64  # longer "words" are encoded data; what follows adds nothing but bulk

_ALIKE = {
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ı": "i",
    "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ẞ": "ss", "・": " ",
}  # fmt: skip
_SYLLABLES = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")  # taken apart, か and が or two Hangul syllables would be alike
_VOWEL_SIGNS = range(0x0900, 0x1AB0)  # in the scripts from Devanagari to Khmer marks are letters, not accents


class _Folding(dict[int, str]):
    """A table for `str.translate` that fills itself: character -> what it is searched as.

    `uneven`: those met so far that become none or several.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded


def _fold_one(char: str) -> str:
    if char in _ALIKE:
        return _ALIKE[char]
    category = unicodedata.category(char)
    if category == "Cf":  # soft hyphens, joiners, marks of direction
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    if _SYLLABLES.match(char):
        return char
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(_ALIKE.get(piece, piece) for piece in apart if not is_accent(piece))


def is_accent(char: str) -> bool:
    """Whether `char` only decorates the one before it."""
    return unicodedata.category(char).startswith("M") and ord(char) not in _VOWEL_SIGNS


_FOLDING = _Folding()
_SIGNS = "".join(chr(code) for code in _VOWEL_SIGNS if unicodedata.category(chr(code)).startswith("M"))
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001f3fa\U0001f400-\U0001faff"  # each a word of its own; skin tones left out
_ASCII_WORD = re.compile("[a-z0-9]+")
_IN_WORD = re.compile(f"[^\\W_{_UNSPACED}]|[{_SIGNS}]")
_RUN = re.compile(f"[{_UNSPACED}]+|[{_PICTURES}]|(?:[^\\W_{_UNSPACED}]|[{_SIGNS}])+")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")
_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text as it is compared."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def fold_char(char: str) -> str:
    """One character as it is compared: none, one or several characters."""
    return _FOLDING[ord(char)]


def label(name: str) -> str:
    """A tag's name as it is compared: folded, blanks evened out, no blanks around the slashes of a path."""
    parts = (_BLANKS.sub(" ", part).strip() for part in fold(name).split("/"))
    return "/".join(part for part in parts if part)


def words(text: str) -> list[str]:
    """The words of `text` for the index; the n-th one stands at position n.

    A run of n unspaced characters gives n words: n - 1 pairs and its last character alone, so that every character of
    it begins a word.
    """
    return _split(fold(text))


def _split(folded: str) -> list[str]:
    if folded.isascii():
        found = _ASCII_WORD.findall(folded)
        return [word[:WORD_MAX] for word in found] if len(folded) > WORD_MAX else found
    runs = _RUN.findall(folded)
    if not _UNSPACED_RUN.search(folded):
        return [run[:WORD_MAX] for run in runs] if len(folded) > WORD_MAX else runs
    found = []
    for run in runs:
        if _UNSPACED_RUN.match(run):
            found += [run[at : at + 2] for at in range(len(run))]
        else:
            found.append(run[:WORD_MAX])
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A word to look for, `offset` positions after the first one of its phrase; if `open`, just its beginning.

    `how`: in which way it stands for other words, too.
    """

    text: str
    offset: int
    open: bool = False
    how: How | None = None


def steps(text: str) -> tuple[Step, ...]:
    """The words of `text` as a query looks for them."""
    found, offset = [], 0
    for run in _RUN.findall(fold(text)):
        if not _UNSPACED_RUN.match(run):
            found.append(Step(run[:WORD_MAX], offset))
            offset += 1
        elif len(run) == 1:
            found.append(Step(run, offset, open=True))
            offset += 1
        else:
            found += [Step(run[at : at + 2], offset + at) for at in range(len(run) - 1)]
            offset += len(run)
    return tuple(found)


def words_with_starts(text: str) -> tuple[list[str], list[int]]:
    """The same words, and where each of them begins in `text`."""
    folded = fold(text)
    if not text.isascii() and (not _folded_alike(text) or _UNSPACED_RUN.search(text)):
        every = list(placed(text))
        return [word.text for word in every], [word.start for word in every]
    runs = _ASCII_WORD if folded.isascii() else _RUN
    return _split(folded), [match.start() for match in runs.finditer(folded)]


@dataclass(slots=True)  # not frozen: thousands are made for one page of results
class Placed:
    """A word of the index with the code points of the text that it was folded from."""

    text: str
    start: int
    end: int
    first_end: int  # where its first character ends: all that is marked of a pair found by one character


def placed(text: str) -> Iterator[Placed]:
    """The same words as `words`, each with its place in `text`."""
    folded = fold(text)
    return _placed_alike(folded) if _folded_alike(text) else _placed_apart(text)


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What `placed_beginning` looks for. `plain`: the whole word that begins so, in a text that is folded to ASCII."""

    wanted: re.Pattern[str]
    plain: re.Pattern[str]


def beginnings(words_: Iterable[str]) -> Beginnings:
    """Words that begin so."""
    every = sorted(words_)
    # looked behind from the end of it: the search goes from one place to the next that may be one
    plain = (f"{word}(?<![a-z0-9]{word})" for word in every if _ASCII_WORD.fullmatch(word))
    return Beginnings(
        re.compile("|".join(map(re.escape, every))), re.compile(f"(?:{'|'.join(plain) or '(?!)'})[a-z0-9]*")
    )


def placed_beginning(text: str, words_: Beginnings) -> Iterator[Placed]:
    """Those of the words of `placed` that begin so; in most texts without looking at the others."""
    folded, wanted = fold(text), words_.wanted
    first = wanted.search(folded)
    if first is None:
        return
    if not _folded_alike(text) or _UNSPACED_RUN.search(folded):
        yield from (word for word in placed(text) if wanted.match(word.text))
        return
    if folded.isascii():
        yield from _placed_plain(words_.plain.finditer(folded, first.start()))
        return
    at = first.start()
    while begun := wanted.search(folded, at):
        at = begun.start()
        run = _RUN.match(folded, at)
        if run is None or (at and _IN_WORD.match(folded, at - 1) and _IN_WORD.match(folded, at)):
            at += 1  # in the middle of a word
            continue
        yield Placed(run.group()[:WORD_MAX], at, run.end(), run.end())
        at = run.end()


def placed_from(text: str, starts: Iterable[int], count: int) -> Iterator[list[Placed]]:
    """From each of these places, where a word begins, so many of the words of `placed`."""
    folded = fold(text)
    if folded.isascii() and _folded_alike(text):
        for start in starts:
            yield list(_placed_plain(islice(_ASCII_WORD.finditer(folded, start), count)))
        return
    every = list(placed(text))
    wanted = set(starts)
    # at the end of each word may stand the lone last character of what is written without blanks
    yield from (every[at : at + 2 * count] for at, word in enumerate(every) if word.start in wanted)


def _placed_plain(hits: Iterable[re.Match[str]]) -> Iterator[Placed]:
    for hit in hits:
        start, end = hit.span()
        yield Placed(hit.group()[:WORD_MAX], start, end, end)


def _folded_alike(text: str) -> bool:
    """Whether every character of a text that was folded became just one."""
    return text.isascii() or _FOLDING.uneven.isdisjoint(text)


def _placed_apart(text: str) -> Iterator[Placed]:
    pieces = [fold_char(char) for char in text]
    source = [at for at, piece in enumerate(pieces) for _ in piece]

    def end(last: int) -> int:
        after = source[last] + 1
        while after < len(text) and not pieces[after] and is_accent(text[after]):
            after += 1
        return after

    for match in _RUN.finditer("".join(pieces)):
        run, start = match.group(), match.start()
        if _UNSPACED_RUN.match(run):
            for at in range(len(run)):
                last = min(at + 1, len(run) - 1)
                yield Placed(run[at : at + 2], source[start + at], end(start + last), end(start + at))
        else:
            stop = end(match.end() - 1)
            yield Placed(run[:WORD_MAX], source[start], stop, stop)


def _placed_alike(folded: str) -> Iterator[Placed]:
    """The same for a text of which every character was folded to just one."""
    if folded.isascii():
        yield from _placed_plain(_ASCII_WORD.finditer(folded))
        return
    for match in _RUN.finditer(folded):
        run, start, end = match.group(), match.start(), match.end()
        if _UNSPACED_RUN.match(run):
            for at in range(len(run)):
                yield Placed(run[at : at + 2], start + at, min(start + at + 2, end), start + at + 1)
        else:
            yield Placed(run[:WORD_MAX], start, end, end)
