"""Short words for importing."""

from pathlib import Path

from postil.exchange.importing import formats, source_file
from postil.exchange.importing.carrying import Imported, import_annotations
from postil.exchange.importing.incoming import Contents
from postil.exchange.importing.plan import Plan, Planner
from postil_db.library import Library

SAMPLES = Path(__file__).parents[3] / "samples" / "annotations"


def go_on(_done: int, _total: int) -> None:
    """Hear of progress, and do nothing."""


def read(name: str) -> Contents:
    """What a sample holds."""
    return formats.load(source_file.read(SAMPLES / name), name, go_on)


def load(text: str, name: str = "file") -> Contents:
    """What a text holds."""
    return formats.load(text, name, go_on)


def plan(library: Library, contents: Contents, document: int = 0) -> Plan:
    """What an import would do. `document`: the one that is named for all that the file is about."""
    planner = Planner(library, contents)
    return planner.plan(go_on, dict.fromkeys(planner.sources, document) if document else None)


def take(library: Library, contents: Contents, document: int = 0, *, update: bool = False) -> Imported:
    """Import."""
    return import_annotations(library, plan(library, contents, document), go_on, update=update)
