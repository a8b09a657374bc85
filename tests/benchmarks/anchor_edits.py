"""Edit a text as its authors would, and know of every character that stayed where it went."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

type Piece = tuple[str, int]
"""Some text, and where in the old text it comes from, character by character; -1 for what is new."""
type Paragraph = list[Piece]
type Edit = Callable[[list[Paragraph], random.Random, Sequence[str]], list[Paragraph]]

WORD = re.compile(r"\w+")
TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "–", "-": "‐", '"': "”", "'": "’"})
ALIVE, DEAD = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Edited:
    """The new text, and for each character of it the place of the old one that it was, or -1."""

    text: str
    origins: "np.ndarray[tuple[int], np.dtype[np.int64]]"

    def truth(self, start: int, end: int) -> tuple[float, tuple[int, ...]]:
        """Which share of a passage survived, and where its characters are now."""
        there = np.nonzero((self.origins >= start) & (self.origins < end))[0]
        return len(there) / (end - start), tuple(there.tolist())


def edited(paragraphs: Sequence[str], edits: Sequence[Edit], seed: int, others: Sequence[str]) -> Edited:
    """Make a new text of these paragraphs. `others`: paragraphs of which what comes in is made."""
    chance, at = random.Random(seed), 0
    work: list[Paragraph] = []
    for text in paragraphs:
        work.append([(text, at)])
        at += len(text) + 1
    for edit in edits:
        work = edit(work, chance, others)
    pieces: list[Piece] = []
    for one in work:
        pieces += [*one, ("\n", -1)]
    pieces = pieces[:-1]
    origins = [np.arange(o, o + len(t)) if o >= 0 else np.full(len(t), -1) for t, o in pieces]
    return Edited("".join(text for text, _ in pieces), np.concatenate(origins))


def insert(share: float) -> Edit:
    """Put paragraphs between."""

    def edit(work: list[Paragraph], chance: random.Random, others: Sequence[str]) -> list[Paragraph]:
        done = []
        for one in work:
            if chance.random() < share:
                done.append([(chance.choice(others), -1)])
            done.append(one)
        return done

    return edit


def delete(share: float) -> Edit:
    """Take paragraphs out."""
    return lambda work, chance, _others: [one for one in work if chance.random() >= share] or work[:1]


def move(share: float) -> Edit:
    """Put paragraphs elsewhere."""

    def edit(work: list[Paragraph], chance: random.Random, _others: Sequence[str]) -> list[Paragraph]:
        goes = [chance.random() < share for _ in work]
        stay = [one for one, gone in zip(work, goes, strict=True) if not gone]
        for one, gone in zip(work, goes, strict=True):
            if gone:
                stay.insert(chance.randrange(len(stay) + 1), one)
        return stay

    return edit


def reword(share: float) -> Edit:
    """Put other words in the place of some, take some out, put some in."""

    def edit(work: list[Paragraph], chance: random.Random, others: Sequence[str]) -> list[Paragraph]:
        vocabulary = [word for one in chance.sample(list(others), min(300, len(others))) for word in WORD.findall(one)]

        def change(word: str, origin: int) -> list[Piece]:
            if chance.random() >= share:
                return [(word, origin)]
            kind = chance.random()
            if kind < 0.6:
                return [(chance.choice(vocabulary), -1)]
            return [] if kind < 0.8 else [(word, origin), (" " + chance.choice(vocabulary), -1)]

        return [_words_changed(one, change) for one in work]

    return edit


def sentences(share: float) -> Edit:
    """Take sentences out, and put others in."""

    def edit(work: list[Paragraph], chance: random.Random, others: Sequence[str]) -> list[Paragraph]:
        def change(sentence: str, origin: int) -> list[Piece]:
            if chance.random() < share / 2:
                return []
            new = [(chance.choice(others).split(". ")[0] + ". ", -1)] if chance.random() < share / 2 else []
            return [(sentence, origin), *new]

        return [_changed(one, re.compile(r"[^.!?]+[.!?]*\s*"), change) for one in work]

    return edit


def typography(work: list[Paragraph], chance: random.Random, _others: Sequence[str]) -> list[Paragraph]:
    """Set quotes, dashes, ligatures, soft hyphens and blanks in another way."""

    def word(text: str, origin: int) -> list[Piece]:
        at, roll = text.find("fi"), chance.random()
        if at >= 0 and roll < 0.5:
            return [(text[:at], origin), ("ﬁ", origin + at), (text[at + 2 :], origin + at + 2)]
        if len(text) > 6 and roll < 0.1:
            return [(text[:4], origin), ("\u00ad", -1), (text[4:], origin + 4)]
        return [(text, origin)]

    def blank(text: str, origin: int) -> list[Piece]:
        return (
            [("\u00a0", origin), ("  ", -1)][: 1 + (chance.random() < 0.5)]
            if chance.random() < 0.05
            else [(text, origin)]
        )

    signs = [[(text.translate(TYPOGRAPHY), origin) for text, origin in one] for one in work]
    return [_changed(_words_changed(one, word), re.compile(" "), blank) for one in signs]


def rewrap(work: list[Paragraph], chance: random.Random, _others: Sequence[str]) -> list[Paragraph]:
    """Break paragraphs into two, join them, hyphenate words where a line ended."""
    done: list[Paragraph] = []
    for one in work:
        if done and chance.random() < 0.1:
            done[-1] = [*done[-1], (" ", -1), *one]
        elif chance.random() < 0.2:
            done += _split(one, chance)
        else:
            done.append(one)
    return done


def _split(one: Paragraph, chance: random.Random) -> list[Paragraph]:
    at = chance.randrange(len(one))
    text, origin = one[at]
    cut = chance.randrange(len(text) + 1)
    rest = (text[cut:], origin + cut if origin >= 0 else -1)
    inside = 0 < cut < len(text) and text[cut - 1].isalpha() and text[cut].isalpha()
    return [[*one[:at], (text[:cut] + ("-" if inside and origin < 0 else ""), origin)], [rest, *one[at + 1 :]]]


def _words_changed(one: Paragraph, change: Callable[[str, int], list[Piece]]) -> Paragraph:
    return _changed(one, WORD, change)


def _changed(one: Paragraph, pattern: re.Pattern[str], change: Callable[[str, int], list[Piece]]) -> Paragraph:
    done: Paragraph = []
    for text, origin in one:
        if origin < 0:
            done.append((text, origin))
            continue
        at = 0
        for match in pattern.finditer(text):
            done += [(text[at : match.start()], origin + at), *change(match[0], origin + match.start())]
            at = match.end()
        done.append((text[at:], origin + at))
    return [piece for piece in done if piece[0]]


KINDS: dict[str, tuple[Edit, ...]] = {
    "unchanged": (insert(0.001),),
    "rewrap": (rewrap,),
    "typography": (typography,),
    "insert": (insert(0.1),),
    "delete": (delete(0.1),),
    "sentences": (sentences(0.2),),
    "move": (move(0.03),),
    "reword_5": (reword(0.05),),
    "reword_15": (reword(0.15),),
    "reword_30": (reword(0.30),),
    "all": (insert(0.1), delete(0.1), move(0.03), reword(0.05), rewrap, typography),
}
