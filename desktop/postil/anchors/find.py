"""Find a quote in a text, also when typing or copying changed its blanks, quotation marks or hyphens."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

_ALIKE = {
    **dict.fromkeys("‘’‚‛′‹›", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_ONE_FOR_ONE = str.maketrans(_ALIKE)
_SPELT_OUT = {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Blanks of any kind and number, what is not seen, and what is written with one sign or several.
_UNEVEN = re.compile(f"[\\s\u00ad\u200b\u200c\u200d\u2060\ufeff]+|[{''.join(_SPELT_OUT)}]")


def find_quote(text: str, quote: str, nth: int = 1) -> tuple[int, int] | None:
    """Return start and end of the `nth` place where `quote` stands, or None."""
    return next(islice(find_quotes(text, quote), nth - 1, None), None) if nth > 0 else None


def find_quotes(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every place where `quote` stands, overlapping places too.

    Where the quote stands letter by letter, only such places count. Else blanks of any kind and number are alike, and
    so are quotation marks, hyphens and dashes, ligatures and their letters; what is invisible is passed over.
    """
    yield from Searched(text).places(quote)


class Searched:
    """A text in which many quotes are looked for: what is alike in it is found out once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> "_Folded":
        return _fold(self.text)

    def places(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of every place where `quote` stands, as `find_quotes` does."""
        quote = unicodedata.normalize("NFC", quote).strip()
        if quote and quote in self.text:
            yield from ((at, at + len(quote)) for at in _places(self.text, quote))
        elif wanted := _fold(quote).text.strip():
            folded = self._folded
            yield from (folded.span(at, at + len(wanted)) for at in _places(folded.text, wanted))


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in which what counts as alike is the same, and the way back to where each sign of it came from.

    From `here[n]` on, up to `here[n + 1]`, one sign follows another as in the text from `there[n]` on; `uneven[n]`:
    except that this stretch is all of what the text writes from `there[n]` up to `there[n + 1]`.
    """

    text: str
    here: list[int]
    there: list[int]
    uneven: list[bool]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the folded text stands in the text itself: whole signs."""
        first, last = bisect_right(self.here, start) - 1, bisect_right(self.here, end - 1) - 1
        begin = self.there[first] + (0 if self.uneven[first] else start - self.here[first])
        if self.uneven[last]:
            return begin, self.there[last + 1]
        return begin, self.there[last] + end - self.here[last]


def _fold(text: str) -> _Folded:
    pieces, here, there, uneven = list[str](), [0], [0], [False]
    length = done = 0
    for match in _UNEVEN.finditer(text):
        written = match[0]
        if written == " ":
            continue
        folded = _SPELT_OUT.get(written) or (" " if any(map(str.isspace, written)) else "")
        pieces += [text[done : match.start()], folded]
        length += match.start() - done
        if folded:
            here.append(length)
            there.append(match.start())
            uneven.append(True)
        length += len(folded)
        done = match.end()
        here.append(length)
        there.append(done)
        uneven.append(False)
    pieces.append(text[done:])
    return _Folded("".join(pieces).translate(_ONE_FOR_ONE), here, there, uneven)
