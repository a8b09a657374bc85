"""A library with one book in it, for measuring the real window: a generated book, or a file of plain text."""

import random
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil_db.records import Color, Content, FoundMention, Selector

NAMES = 800  # so many different names share the mentions, as in a long novel


def make_library(
    folder: Path, words: int, marks: int, *, text: Path | None = None, position: float = 2 / 3, seed: int = 7
) -> int:
    """Make a library in `folder` whose one document lies open at `position`; gives the document's id.

    Nine marks in ten are mentions, one is a highlight of some words; every fifth highlight has a note.
    """
    from postil.entities.client import VERSION
    from postil_db.library import Library
    from postil_db.records import NewDocument
    from postil_db.store import documents, entities
    from postil_db.store.annotations import NewAnnotation, add_all

    content = plain(text.read_text(encoding="utf-8")) if text else _generated(words)
    digest = sha256(content.text.encode()).hexdigest()
    title = text.stem if text else "A book"
    given = NewDocument(title=title, content=content, media_type="text/plain", sha256=digest, language="en")
    chance = random.Random(seed)
    starts = sorted(chance.randrange(len(content.text) - 400) for _ in range(marks))
    mentions = [_mention(content.text, at, chance) for number, at in enumerate(starts) if number % 10]
    with Library.open(folder, cache=folder / "cache") as library:
        document = library.add(given, content.text.encode()).result.info.id
        library.write("Names", lambda session: entities.replace(session, document, VERSION, mentions), undoable=False)
        passages = [
            NewAnnotation(_selector(content.text, digest, at, chance), _color(chance), "" if number % 50 else "A note.")
            for number, at in enumerate(starts)
            if number % 10 == 0
        ]
        library.write("Mark", lambda session: add_all(session, document, passages), undoable=False)
        library.write("", lambda session: documents.opened(session, document), undoable=False)
        place = int(len(content.text) * position)
        library.write("", lambda session: documents.set_position(session, document, place), undoable=False)
    return document


def plain(text: str) -> "Content":
    """Paragraphs out of plain text, parted by empty lines."""
    from postil_db.records import Block, BlockKind, Content

    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return Content(tuple(Block(BlockKind.PARAGRAPH, part) for part in parts if part))


def _generated(words: int) -> "Content":
    from tests.postil.view.page import pages

    return pages.book(words)


def _mention(text: str, start: int, chance: random.Random) -> "FoundMention":
    from postil_db.records import EntityKind, FoundMention, Origin

    kinds = list(EntityKind)
    number = chance.randrange(NAMES)
    return FoundMention(
        start, start + chance.randint(4, 20), kinds[number % len(kinds)], f"Name {number}", Origin.MODEL
    )


def _selector(text: str, digest: str, start: int, chance: random.Random) -> "Selector":
    from postil_db.records import Selector

    end = start + chance.randint(20, 380)
    return Selector(start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32], "", digest)


def _color(chance: random.Random) -> "Color":
    from postil_db.records import Color

    return chance.choice(list(Color))


def text_of(folder: Path) -> str:
    """The text of the one document."""
    from postil_db.library import Library
    from postil_db.store import documents

    with Library.open(folder, cache=folder / "cache") as library:
        return library.read(lambda session: documents.get(session, documents.every(session)[0].id)).text
