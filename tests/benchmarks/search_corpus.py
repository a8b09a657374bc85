"""A reader's library, made up by a seed: documents of words as unevenly used as in real text, and marked passages."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postil_db.index.entry import Entry

VOCABULARY, TAGS, ENTITIES, PER_CLASS = 60_000, 200, 4_000, 10
MARKS_EACH, FEWEST = 50, 20  # annotations in a document, on average; documents
PARAGRAPHS, WORDS = 12, 80  # of a document, of a paragraph
NAME_EVERY = 25  # words
CLASSES = (
    "rare",
    "common",
    "and",
    "and_common",
    "phrase",
    "prefix1",
    "prefix3",
    "tag_word",
    "newest",
    "near",
    "near_entity",
    "facets",
    "everything",
)
STOP = ("the of and to in a is that it was for on are as with his they at be this from have or by one had").split()  # noqa: SIM905  # shorter to read
ONSETS = ("b c d f g h j k l m n p qu r s t v w z br ch cl cr dr fl fr gl pl pr sc sh sk sl sp st str th tr").split()  # noqa: SIM905  # shorter to read
VOWELS = ("a e i o u ai ea ee io oa ou á é ö").split()  # noqa: SIM905  # shorter to read
CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ct", "ng", "rd"]

type Questions = dict[str, list[tuple[str, str, list[str]]]]  # by class: ours, FTS5's, the words for tantivy


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its title, its paragraphs, and who is named where in the text that they make (start, end, name)."""

    title: str
    paragraphs: tuple[str, ...]
    names: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the benchmark is made of. An annotation's document is its number in `texts`, from 1."""

    texts: list[Text]
    entries: list[Entry]


class _Words:
    def __init__(self, chance: random.Random) -> None:
        self.words = list(STOP)
        known = set(self.words)
        while len(self.words) < VOCABULARY:
            syllables = chance.choices((1, 2, 3, 4), (8, 38, 38, 16))[0]
            word = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(syllables))
            word += chance.choice(CODAS)
            if word not in known:
                known.add(word)
                self.words.append(word)
        self._common = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def some(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self._common, k=count)


def make_corpus(number: int, seed: int) -> Corpus:
    """So many annotations, and the documents that they are in."""
    chance = random.Random(seed)
    words = _Words(chance)
    people = [" ".join(chance.choices(words.words[500:], k=2)) for _ in range(ENTITIES)]
    texts = [_text(chance, words, people) for _ in range(max(FEWEST, number // MARKS_EACH))]
    tags = ["/".join(words.words[200 + 7 * tag : 200 + 7 * tag + 1 + tag % 2]) for tag in range(TAGS)]
    return Corpus(texts, list(_entries(number, chance, words, tags, texts)))


def _text(chance: random.Random, words: _Words, people: Sequence[str]) -> Text:
    names: list[tuple[int, int, str]] = []
    paragraphs, base = [], 0
    for _ in range(PARAGRAPHS):
        held = words.some(chance, WORDS)
        at = 0
        for number in range(WORDS):
            if number % NAME_EVERY == NAME_EVERY // 2:
                name = people[min(int(chance.expovariate(8 / ENTITIES)), ENTITIES - 1)]
                held[number] = name
                names.append((base + at, base + at + len(name), name))
            at += len(held[number]) + 1
        paragraphs.append(" ".join(held))
        base += len(paragraphs[-1]) + 1
    return Text(" ".join(words.some(chance, 6)), tuple(paragraphs), tuple(names))


def _entries(
    number: int, chance: random.Random, words: _Words, tags: Sequence[str], texts: Sequence[Text]
) -> Iterator[Entry]:
    for key in range(1, number + 1):
        document = min(int(chance.expovariate(6 / len(texts))), len(texts) - 1)
        start, end, quote = _passage(chance, texts[document])
        noted = chance.random() < 0.7
        yield Entry(
            id=key,
            rev=key,
            document_id=document + 1,
            title=texts[document].title,
            quote=quote,
            note=" ".join(words.some(chance, chance.randint(1, 80))) if noted else "",
            tags=tuple(dict.fromkeys(chance.choices(tags, k=chance.randint(0, 4)))),
            entities=tuple(
                dict.fromkeys(name for low, high, name in texts[document].names if low < end and high > start)
            ),
            color=chance.choice(("yellow", "green", "blue", "pink", "purple")),
            created=1_700_000_000_000_000 + key * 1_000_000,
            start=start,
            end=end,
        )


def _passage(chance: random.Random, text: Text) -> tuple[int, int, str]:
    """Some 8 to 60 words of a paragraph, from the beginning of a word to the end of one."""
    number = chance.randrange(PARAGRAPHS)
    paragraph = text.paragraphs[number]
    base = sum(len(one) + 1 for one in text.paragraphs[:number])
    low = paragraph.rfind(" ", 0, chance.randrange(len(paragraph) // 2)) + 1
    high = paragraph.find(" ", min(len(paragraph), low + 5 * chance.randint(8, 60)))
    high = len(paragraph) if high < 0 else high
    return base + low, base + high, paragraph[low:high]


def make_questions(entries: Sequence[Entry], seed: int, each: int = PER_CLASS) -> Questions:
    """The same questions for every engine, by class. Words are chosen by how many annotations hold them.

    `each`: questions of a class.
    """
    chance, number = random.Random(seed), len(entries)
    sample = entries[:: max(1, number // 5000)]
    held: Counter[str] = Counter()
    for entry in sample:
        held.update(set(f"{entry.title} {entry.quote} {entry.note}".split()))
    plain = sorted(word for word in held if word.isascii() and len(word) > 1)
    rare = [word for word in plain if held[word] == 1]
    middle = [word for word in plain if len(sample) * 0.004 < held[word] < len(sample) * 0.05 and len(word) > 3]
    common = [word for word in plain if held[word] > len(sample) * 0.06]
    asked: Questions = {name: [] for name in CLASSES}
    for _ in range(each):
        one, other = chance.sample(common, 2)
        mid, quote = chance.choice(middle), chance.choice(sample).quote.split()
        pair = " ".join(quote[3:5])
        tagged = next(entry for entry in chance.sample(sample, len(sample)) if entry.tags and entry.entities)
        tag, name, word = tagged.tags[0], tagged.entities[0], chance.choice(rare)
        asked["rare"].append((f"{word} ", f'"{word}"', [word]))
        asked["common"].append((f"{one} ", f'"{one}"', [one]))
        asked["and"].append((f"{mid} {one} ", f'"{mid}" "{one}"', [mid, one]))
        asked["and_common"].append((f"{one} {other} ", f'"{one}" "{other}"', [one, other]))
        asked["phrase"].append((f'"{pair}"', f'"{pair}"', pair.split()))
        asked["prefix1"].append((mid[0], f"{mid[0]}*", [mid[0]]))
        asked["prefix3"].append((mid[:3], f"{mid[:3]}*", [mid[:3]]))
        asked["tag_word"].append((f"tag:{tag} {one} ", f'{{tags}}: "{tag}" AND "{one}"', [tag, one]))
        asked["newest"].append((f"{one} ", f'"{one}"', [one]))
        asked["near"].append((f"{one} NEAR/5 {other} ", f'NEAR("{one}" "{other}", 5)', [one, other]))
        asked["near_entity"].append((f'entity:"{name}" NEAR/10 tag:{tag} ', "", []))  # only the library can
        asked["facets"].append((f"{one} ", f'"{one}"', [one]))
        asked["everything"].append(("", "", []))
    return asked
