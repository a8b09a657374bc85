"""A word that stands for others: those of the same stem, those spelt nearly so, those that fit a pattern."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from postil_db.index.entry import How, Loose

MOST = 1000  # words that one word may stand for
NEAREST = 50  # the same, of a misspelt one
ENDING = 8  # letters by which a word may be longer than its stem
SHORT = 5  # letters: up to here one slip, above two


def stem(word: str) -> str:
    """The stem of an English word; any other word itself."""
    return _stem(word) if len(word) > 2 and word.isascii() and word.isalpha() else word


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    from postil_db.index.whoosh_parts import english_stem

    return str(english_stem(word))


def beginning(loose: Loose) -> str:
    """What all words begin with for which this one may stand."""
    if loose.how is How.FUZZY:
        return loose.text[:1]
    if loose.how is How.WILD:
        at = min(loose.text.find(sign) % (len(loose.text) + 1) for sign in "*?")
        return loose.text[:at]
    root = stem(loose.text)
    return root[:-1] if len(root) > 3 else root[:2]


def slips(word: str) -> int:
    """How many letters may be wrong in a word."""
    return 1 if len(word) <= SHORT else 2


def test(loose: Loose) -> Callable[[str], bool]:
    """Whether a word is one of those for which this one stands (of words with its `beginning`)."""
    if loose.how is How.STEM:
        root, longest = stem(loose.text), len(stem(loose.text)) + ENDING
        return lambda word: len(word) <= longest and stem(word) == root
    if loose.how is How.WILD:
        return lambda word: fits(loose.text, word)
    from rapidfuzz.distance import OSA

    allowed = slips(loose.text)
    return lambda word: OSA.distance(loose.text, word, score_cutoff=allowed) <= allowed


def fits(pattern: str, word: str) -> bool:
    """Whether a word fits a pattern of * (anything) and ? (one character; at the end of it, one or none).

    In steps as many as both lengths multiplied, at most: no pattern takes for ever.
    """
    core = pattern.rstrip("?")
    spare = len(pattern) - len(core)
    return any(_fits(core + "?" * count, word) for count in range(spare + 1))


def _fits(pattern: str, word: str) -> bool:
    at = here = 0
    star, retry = -1, 0
    while here < len(word):
        if at < len(pattern) and pattern[at] != "*" and pattern[at] in ("?", word[here]):
            at += 1
            here += 1
        elif at < len(pattern) and pattern[at] == "*":
            star, retry = at, here
            at += 1
        elif star >= 0:
            retry += 1
            at, here = star + 1, retry
        else:
            return False
    return all(sign == "*" for sign in pattern[at:])


def chosen(loose: Loose, words: Iterable[str]) -> list[str]:
    """The words for which this one stands, of these, which begin as they should; the likest first, not too many."""
    if loose.how is How.FUZZY:
        return [word for word, _ in nearest(loose.text, words)][:NEAREST]
    is_one = test(loose)
    found = []
    for word in words:
        if is_one(word):
            found.append(word)
            if len(found) == MOST:
                break
    return found


def nearest(word: str, words: Iterable[str]) -> list[tuple[str, int]]:
    """The words spelt nearly as this one, with the number of slips, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = slips(word)
    near = [one for one in words if abs(len(one) - len(word)) <= allowed]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return sorted(((one, int(slip)) for one, slip, _ in found), key=lambda each: (each[1], each[0]))
