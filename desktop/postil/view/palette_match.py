"""How well a name fits what was typed: whole words first, then beginnings of words, then letters in their order."""

from dataclasses import dataclass
from itertools import pairwise

WHOLE, BEGINS, INSIDE, SCATTERED = 100.0, 80.0, 50.0, 20.0


@dataclass(frozen=True, slots=True)
class Fit:
    """`score`: the higher the better; `letters`: which letters of the name were meant."""

    score: float
    letters: tuple[int, ...] = ()


def fit(name: str, wanted: str) -> Fit | None:
    """How a name fits; None if one of the words typed is not in it. Words may come in any order."""
    folded = name.casefold()
    if len(folded) != len(name):  # some letters grow when folded; positions would be wrong
        folded = name.lower() if len(name.lower()) == len(name) else name
    score, letters = 0.0, set[int]()
    words = wanted.casefold().split()
    for word in words:
        found = _fit_word(folded, word)
        if found is None:
            return None
        score += found.score
        letters.update(found.letters)
    if not words:
        return Fit(0.0)
    return Fit(score / len(words) - min(len(name), 200) // 8 * 0.4, tuple(sorted(letters)))


def _fit_word(name: str, word: str) -> Fit | None:
    best: Fit | None = None
    at = name.find(word)
    while at >= 0:
        end = at + len(word)
        begins = _begins(name, at)
        whole = begins and (end == len(name) or not name[end].isalnum())
        score = (WHOLE if whole else BEGINS if begins else INSIDE) - (4.0 if at else 0.0)
        if best is None or score > best.score:
            best = Fit(score, tuple(range(at, end)))
        at = name.find(word, at + 1)
    return best or _scattered(name, word)


def _scattered(name: str, word: str) -> Fit | None:
    """Fit the letters of a word one by one, each at the beginning of a word or right behind the one before.

    So "cmd" finds "Copy as MarkDown" by beginnings, but not every name that happens to hold three letters.
    """
    starts = [at for at in range(len(name)) if _begins(name, at) and name[at] == word[:1]]
    for start in starts:
        letters = _follow(name, word, start)
        if letters is not None:
            jumps = sum(after - before > 1 for before, after in pairwise(letters))
            return Fit(SCATTERED - jumps, letters)
    return None


def _follow(name: str, word: str, start: int) -> tuple[int, ...] | None:
    letters = [start]
    for letter in word[1:]:
        after = letters[-1] + 1
        if after < len(name) and name[after] == letter:
            letters.append(after)
            continue
        at = next((n for n in range(after, len(name)) if name[n] == letter and _begins(name, n)), None)
        if at is None:
            return None
        letters.append(at)
    return tuple(letters)


def _begins(name: str, at: int) -> bool:
    return at == 0 or not name[at - 1].isalnum()
