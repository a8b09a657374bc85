"""A book full of names: from articles of the shared corpora, where they are, else from a seeded generator."""

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil_db.records import Content

ENDINGS = ("", "son", "berg", "ova", "ini", "wood", "sen", "ez", "ard", "mann")
"""Each time that the articles come round again, their longer names end otherwise: a book has new names to the end."""

FIRST = ("Kaja", "Rajnath", "Olga", "Peter", "Amina", "Luis", "Ingrid", "Tomas", "Grace", "Hiroshi", "Marta", "Yusuf")
LAST = ("Kal", "Sin", "Mor", "Tar", "Hol", "Ver", "Bren", "Dal", "Fer", "Gar", "Len", "Nor", "Pol", "Ral", "Stel")
TOWNS = ("New Delhi", "Brussels", "Oslo", "Lima", "Nairobi", "Lisbon", "Osaka", "Quito", "Riga", "Tunis")
BODIES = ("the European Union", "the World Bank", "the Treaty Office", "Halden Semiconductor", "the Ministry of Trade")
SENTENCES = (
    "{first} {last} met {other} in {town} on 3 March {year}.",
    "{last} said that {body} would open an office in {town} before the winter.",
    "Nobody in {town} had heard of {body} until {first} {last} wrote about it.",
    "The letter that {other} sent to {body} lay in a drawer for years, and was read by few.",
    "It rained, and the streets were empty; only {last} went out to look at the harbour.",
)


def book(words: int, seed: int = 1) -> "Content":
    """Chapters of some twenty paragraphs, of so many words in all."""
    from postil_db.records import Block, BlockKind, Content

    articles = _articles()
    paragraphs = _retold(articles, random.Random(seed)) if articles else _invented(random.Random(seed))
    blocks: list[Block] = []
    told = 0
    while told < words:
        if len(blocks) % 21 == 0:
            blocks.append(Block(BlockKind.HEADING, f"Chapter {len(blocks) // 21 + 1}", level=1))
        text = next(paragraphs)
        told += len(text.split())
        blocks.append(Block(BlockKind.PARAGRAPH, text))
    return Content(tuple(blocks))


def _articles() -> list[str]:
    given = os.environ.get("POSTIL_CORPORA")
    folder = Path(given) if given else Path(__file__).parents[3] / "shared" / "corpora"
    path = folder / "article-bodies" / "ground-truth.json"
    if not path.is_file():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    bodies = (row["articleBody"] for row in rows.values())
    return [part.strip() for body in bodies for part in body.split("\n") if len(part.split()) > 8]


def _retold(paragraphs: list[str], chance: random.Random) -> Iterator[str]:
    number = 0
    while True:
        ending = ENDINGS[number % len(ENDINGS)]
        order = list(paragraphs)
        chance.shuffle(order)
        for text in order:
            # After a small letter: what begins a sentence is seldom a name.
            yield re.sub(r"(?<=[a-z] )([A-Z][a-z]{4,})\b", rf"\1{ending}", text)
        number += 1


def _invented(chance: random.Random) -> Iterator[str]:
    while True:
        yield " ".join(_sentence(chance) for _ in range(chance.randint(2, 8)))


def _sentence(chance: random.Random) -> str:
    def last() -> str:
        return chance.choice(LAST) + chance.choice(LAST).lower() + chance.choice(ENDINGS)

    return chance.choice(SENTENCES).format(
        first=chance.choice(FIRST),
        last=last(),
        other=f"{chance.choice(FIRST)} {last()}",
        town=chance.choice(TOWNS),
        body=chance.choice(BODIES),
        year=chance.randint(1950, 2025),
    )
