"""A library of names that are hard to get right: all capitals, right to left, scripts in one another, formulas."""

from functools import partial
from pathlib import Path

from tests import factories

from postil.entities.client import VERSION
from postil_db.library import Library
from postil_db.records import EntityKind
from postil_db.store import documents, entities, entity_notes

PERSON, PLACE, ORG, PRODUCT = EntityKind.PERSON, EntityKind.PLACE, EntityKind.ORG, EntityKind.PRODUCT
ARABIC, HEBREW, RUSSIAN, CHINESE = "محمد بن سلمان", "שרה כהן", "Владимир Ленский", "習近平"
MIXED = "Åsa Öberg-Ленская الثانية"
PARAGRAPHS = (
    "KAJA KALLAS SIGNS",
    f"KAJA KALLAS MET {ARABIC} IN NEW DELHI. Kaja Kallas 🦉 spoke.",
    f"قال {ARABIC} إن {HEBREW} في القاهرة 2026.",
    f"{RUSSIAN} и {MIXED} встретили {CHINESE}=SUM(A1) & sons.",
    f"Then {ARABIC} left with {CHINESE}.",
)
FOUND = (
    ("KAJA KALLAS", PERSON, "Kaja Kallas", 1),
    ("KAJA KALLAS", PERSON, "Kaja Kallas", 2),
    ("Kaja Kallas", PERSON, "", 1),
    ("NEW DELHI", PLACE, "", 1),
    (ARABIC, PERSON, "", 1),
    (ARABIC, PERSON, "", 2),
    (ARABIC, PERSON, "", 3),
    (HEBREW, PERSON, "", 1),
    (RUSSIAN, PERSON, "", 1),
    (MIXED, ORG, "", 1),
    (CHINESE, PERSON, "", 1),
    (CHINESE, PERSON, "", 2),
    ("=SUM(A1) & sons", PRODUCT, "", 1),
)
SECOND = ("A second text", f"Kaja Kallas and {ARABIC} in Cairo.")
FOUND_THERE = (("Kaja Kallas", PERSON, "", 1), (ARABIC, PERSON, "", 1), ("Cairo", PLACE, "", 1))


def fill(folder: Path, cache: Path) -> tuple[int, int]:
    """Make the library: two documents, recognised, the first one open when the window comes; gives their ids."""
    with Library.open(folder, cache=cache) as library:
        numbers = []
        for paragraphs, found, day in ((PARAGRAPHS, FOUND, "2026-01-27"), (SECOND, FOUND_THERE, "2024-05-01")):
            new = factories.make_document(*paragraphs, published=day)
            number = library.add(new, new.content.text.encode()).result.info.id
            mentions = [factories.make_found(new.content, *one) for one in found]
            library.write("", partial(entities.replace, document_id=number, recogniser=VERSION, found=mentions))
            numbers.append(number)
        delhi = next(one.id for one in library.read(entities.every) if one.name == "NEW DELHI")
        library.write("", lambda session: entity_notes.set_note(session, delhi, "The capital."))
        library.write("", lambda session: documents.opened(session, numbers[0]), undoable=False)
        library.remember("hint_seen", "1")
    return numbers[0], numbers[1]
