"""`self-test`: Postil's main job on a library that is thrown away, to tell whether this installation works."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from postil.command.console import Call, NotDone
from postil.command.parser import Commands

if TYPE_CHECKING:
    from postil.command.console import Json
    from postil_db.library import Library
    from postil_db.records import Document

_ARTICLE = """# A meeting in Brussels

Kaja Kallas met Subrahmanyam Jaishankar in Brussels on 27 January 2026.

The European Union and India signed a partnership.
"""
_QUOTE = "signed a partnership"


@dataclass(slots=True)
class _Checks:
    """What was checked so far, told as it happens."""

    say: Callable[[str], None]
    done: "list[Json]" = field(default_factory=list)

    def passed(self, what: str, detail: str = "") -> None:
        self.done.append({"check": what, "ok": True, "detail": detail})
        self.say(f"ok    {what}{': ' if detail else ''}{detail}")

    @contextmanager
    def checking(self, what: str) -> Iterator[None]:
        """Whatever goes wrong inside is a finding, not a fault of this command."""
        try:
            yield
        except Exception as error:
            self.done.append({"check": what, "ok": False, "detail": f"{type(error).__name__}: {error}"})
            self.say(f"FAIL  {what}: {type(error).__name__}: {error}")
            raise _Failed from error


class _Failed(Exception):
    """A check found something; it has been told."""


def declare(commands: Commands) -> None:
    """Declare `self-test`."""
    commands.add(
        "self-test",
        self_test,
        "Try that Postil works here: read, recognise, mark, find, export, in a library that is thrown away",
        more="Your own library is not touched.",
    )


def self_test(call: Call) -> int:
    """Run the checks; the first one that fails ends them with exit status 1."""
    checks = _Checks(call.console.say if not call.as_json else lambda _: None)
    try:
        with tempfile.TemporaryDirectory(prefix="postil-self-test-") as folder:
            _run(Path(folder), checks)
        status = 0
    except _Failed:
        call.console.tell("This installation does not work. Install Postil anew, or report the line above.")
        status = 1
    if call.as_json:
        call.console.emit(checks.done)
    return status


def _run(folder: Path, checks: _Checks) -> None:
    with checks.checking("open a library"):
        from postil_db.library import Library

        library = Library.open(folder / "library", cache=folder / "cache")
    with library:
        checks.passed("open a library")
        with checks.checking("read a document"):
            document = _document(library, folder)
            checks.passed("read a document", document.info.title)
        with checks.checking("recognise names"):
            checks.passed("recognise names", _names(library, document))
        with checks.checking("mark a passage"):
            _mark(library, document)
            checks.passed("mark a passage", _QUOTE)
        with checks.checking("find it again"):
            _expect(library.search("selftest tag:try").total == 1, "the annotation was not found")
            checks.passed("find it again")
        with checks.checking("export it"):
            _expect(_export(library) == 1, "the annotation was not exported")
            checks.passed("export it")
        with checks.checking("undo it"):
            library.undo()
            _expect(library.search("selftest").total == 0, "the annotation is still found")
            checks.passed("undo it")
        with checks.checking("check the library"):
            findings = library.check()
            _expect(not findings, " ".join(findings))
            checks.passed("check the library")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotDone(otherwise)


def _document(library: "Library", folder: Path) -> "Document":
    from postil.documents.reader import read_file
    from postil_db.store import documents

    path = folder / "article.md"
    path.write_text(_ARTICLE, encoding="utf-8")
    reading = read_file(path)
    added = library.add(reading.document, reading.original).result
    return library.read(lambda session: documents.get(session, added.info.id))


def _names(library: "Library", document: "Document") -> str:
    from postil.command.adding import recognise_names
    from postil.entities.client import Recogniser
    from postil_db.store import entities

    recogniser = Recogniser()
    try:
        note = recognise_names(library, recogniser, document, lambda *_: None)
    finally:
        recogniser.stop()
    _expect(not note, note)
    names = [entity.name for entity in library.read(lambda session: entities.of_document(session, document.id))]
    _expect("Kaja Kallas" in names, f"of the names only these were found: {', '.join(names) or 'none'}")
    return ", ".join(names)


def _mark(library: "Library", document: "Document") -> None:
    from postil.anchors.describe import describe
    from postil.anchors.find import find_quote
    from postil_db.store import annotations

    place = find_quote(document.text, _QUOTE)
    _expect(place is not None, "the passage was not found in the text")
    if place is not None:
        selector = describe(document.content, *place)
        library.write(
            "Add annotation",
            lambda session: annotations.add(session, document.id, selector, note="selftest", tags=["try"]),
        )


def _export(library: "Library") -> int:
    from postil.exchange.formats import FORMATS
    from postil.exchange.scope import Scope

    return FORMATS["csv"].write(library, Scope(tag="try"), io.StringIO(newline=""))
