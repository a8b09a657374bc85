"""The passage of a text that comes closest to a quote which is not in it."""

import re
from collections import Counter
from difflib import SequenceMatcher
from heapq import nlargest

_CANDIDATES = 8
_ALIKE_ENOUGH = 0.5
_LONGEST_QUOTE = 60
_WORD = re.compile(r"\w+")


def closest(text: str, quote: str) -> str:
    """The words of the text that look most like the quote, or "" if none do."""
    wanted = [word.casefold() for word in _WORD.findall(quote)][:_LONGEST_QUOTE]
    places = list(_WORD.finditer(text))
    if not wanted or not places:
        return ""
    if len(wanted) == 1:
        return _closest_word([place[0] for place in places], wanted[0])
    width = min(len(wanted), len(places))
    best, best_score = "", _ALIKE_ENOUGH
    for first in _promising(places, wanted, width):
        passage = text[places[first].start() : places[first + width - 1].end()]
        score = SequenceMatcher(None, passage.casefold(), quote.casefold(), autojunk=False).ratio()
        if score > best_score:
            best, best_score = passage, score
    return best


def _promising(places: list[re.Match[str]], wanted: list[str], width: int) -> list[int]:
    """Where the runs of `width` words begin that share most words with the quote."""
    words = [place[0].casefold() for place in places]
    needed = Counter(wanted)
    shared, scores = 0, []
    for position, word in enumerate(words):
        # `needed` goes below zero for words seen too often: only those still needed count.
        shared += needed[word] > 0
        needed[word] -= 1
        if position >= width:
            gone = words[position - width]
            needed[gone] += 1
            shared -= needed[gone] > 0
        if position >= width - 1:
            scores.append((shared, -(position - width + 1)))
    return [-first for _, first in nlargest(_CANDIDATES, scores)]


def _closest_word(words: list[str], wanted: str) -> str:
    best, best_score = "", _ALIKE_ENOUGH
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    for word in dict.fromkeys(words):
        matcher.set_seq1(word.casefold())
        if matcher.real_quick_ratio() > best_score and matcher.quick_ratio() > best_score:
            score = matcher.ratio()
            if score > best_score:
                best, best_score = word, score
    return best
