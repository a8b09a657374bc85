"""`add`: files and text into the library, with their names recognised."""

from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from postil.command import shapes
from postil.command.console import Call, NotDone
from postil.command.parser import Commands
from postil.command.text import counted, plain, shortened
from postil.command.versions import Versions

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from postil.documents.reader import DocumentReader, Reading
    from postil.entities.client import Recogniser
    from postil_db.library import Added, Library
    from postil_db.records import Document

_FROM_STDIN = "-"


def declare(commands: Commands) -> None:
    """Declare `add`."""
    parser = commands.add(
        "add",
        add,
        "Put files into the library and recognise the names in them",
        more="Books (EPUB), PDF, Word, OpenDocument, RTF, web pages (HTML, MHTML), Markdown and plain text are read. A "
        "file that is there already is not added twice; one that cannot be read does not stop the others. A folder "
        "stands for all that can be read in it and below. A web address (https://…) is fetched once, with the pictures "
        "of its article; nothing else ever uses the network.",
        examples=(
            "postil add article.html",
            "postil add ~/Papers",
            "postil add https://example.org/article",
            "postil add *.md --no-entities",
            'pbpaste | postil add - --title "From the clipboard"',
            "postil add draft-2.docx --replace 7",
        ),
        check=_check,
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder, a web address, or - for text from standard input"
    )
    parser.add_argument("--title", metavar="T", default="", help="call the document this (with one FILE only)")
    parser.add_argument(
        "--whole-page", action="store_true", help="of a web page take all the text, not its article alone"
    )
    parser.add_argument(
        "--replace",
        metavar="DOCUMENT",
        default="",
        help="as a newer version of this document: its annotations go over (with one FILE only)",
    )
    parser.add_argument("--no-entities", action="store_true", help="leave recognising names to the window")


def add(call: Call) -> int:
    """Add each file, tell what could not be read and why, and go on with the others."""
    from postil.documents.reader import DocumentReader
    from postil.entities.client import Recogniser

    files, added = _unfolded(call), list["Added"]()
    versions = Versions(call, len(files))
    with DocumentReader() as reader, ExitStack() as ending:
        reader.start()  # both load what they need while the library is opened here
        recogniser = Recogniser()
        if not call.args.no_entities:
            ending.enter_context(_warming(recogniser))
        library = call.library
        library.back_up_before("before adding many files", len(files))
        for number, name in enumerate(files, start=1):
            before = f"[{number}/{len(files)}] " if len(files) > 1 else ""
            step = _steps(call, before + ("standard input" if name == _FROM_STDIN else plain(name)))
            reading = _read(call, reader, name, step)
            if reading is None:
                continue
            one = library.add(reading.document, reading.original, reading.images).result
            added.append(one)
            versions.take(one)
            if not call.args.no_entities:
                _recognise(call, recogniser, one.info.id, step)
            if len(files) > 1:
                call.console.progress(f"{before}{shortened(one.info.title, 60)}", lasting=True)
    call.console.end_progress()
    _show(call, added, versions)
    return 0 if files and len(added) == len(files) else 1


def _unfolded(call: Call) -> list[str]:
    """The files to read, in the place of each folder those in it; tell what was not looked at."""
    from postil.work.folders import files_in  # here, as everything that only some commands need

    files = list[str]()
    for name in call.args.files:
        if not name or _is_other(name) or not call.console.path(name).is_dir():
            files.append(name)
            continue
        if call.args.title or call.args.replace:
            raise NotDone("--title and --replace are for a single document, and a folder may hold many.")
        found = files_in(call.console.path(name))
        for note in found.notes:
            call.console.tell(note)
        if not found.files:
            call.console.tell(f"There is nothing to read in the folder {plain(name)}.")
        files += map(str, found.files)
    return files


def _is_other(name: str) -> bool:
    """Whether it is no file but standard input or a web address."""
    return name == _FROM_STDIN or name.lower().startswith(("http://", "https://"))


@contextmanager
def _warming(recogniser: "Recogniser") -> "Iterator[None]":
    """Let the model load meanwhile."""
    thread = Thread(target=recogniser.warm, name="warming")
    thread.start()
    try:
        yield
    finally:
        recogniser.stop()
        thread.join()


def _read(call: Call, reader: "DocumentReader", name: str, step: "Callable[[str], None]") -> "Reading | None":
    """Read a file; None, once told why, if it cannot be read."""
    from postil.documents.reader import DocumentError

    step("reading")
    title = call.args.title
    try:
        if name == _FROM_STDIN:
            reading = reader.read_text(call.console.read_stdin(), title=title)
        elif _is_other(name):
            reading = reader.read_address(
                name, title=title, whole_page=call.args.whole_page, say=lambda done, _total: step(_fetched(done))
            )
        else:
            reading = reader.read_file(call.console.path(name), title=title, whole_page=call.args.whole_page)
    except (DocumentError, NotDone) as error:
        call.console.tell(_refusal(name, error))
        return None
    for note in reading.notes:
        call.console.tell(f"{plain(name)}: {note}")
    return reading


def _fetched(done: int) -> str:
    return f"fetching, {done / 1_000_000:.1f} MB"


def recognise_names(
    library: "Library", recogniser: "Recogniser", document: "Document", progress: "Callable[[int, int], None]"
) -> str:
    """Find the names in a document and keep them; give what the reader should know about the result, or ""."""
    from postil.entities.client import Finished
    from postil_db.store import entities

    info, finished = document.info, None
    for step in recogniser.recognise(document.content, language=info.language, published=info.published):
        if isinstance(step, Finished):
            finished = step
        else:
            progress(step.done, step.total)
    if finished is None:
        return "Names were not recognised: the recogniser was stopped. Add the document again to try once more."
    version, mentions = finished.version, finished.mentions
    library.write(
        "Recognise names",
        lambda session: entities.replace(session, info.id, version, mentions),
        undoable=False,
    )
    return finished.note


def _refusal(name: str, error: Exception) -> str:
    """Why a file was left out; most reasons name it themselves."""
    return str(error) if len(Path(name).name) > 1 and Path(name).name in str(error) else f"{plain(name)}: {error}"


def _check(args: "Namespace") -> str:
    if args.title and len(args.files) > 1:
        return "--title needs a single FILE"
    if args.files.count(_FROM_STDIN) > 1:
        return "standard input can be read once only"
    if args.replace and len(args.files) > 1:
        return "--replace needs a single FILE"
    return ""


def _recognise(call: Call, recogniser: "Recogniser", document: int, step: "Callable[[str], None]") -> None:
    from postil.entities.languages import version_for
    from postil_db.store import documents, entities

    whole = call.library.read(lambda session: documents.get(session, document))
    known = call.library.read(lambda session: entities.recogniser(session, document))
    if known == version_for(whole.info.language):
        return
    step("recognising names")
    note = recognise_names(
        call.library, recogniser, whole, lambda done, total: step(f"recognising names, {100 * done // total} %")
    )
    if note:
        call.console.tell(f"{shortened(whole.info.title, 60)}: {note}")


def _steps(call: Call, what: str) -> "Callable[[str], None]":
    return lambda step: call.console.progress(f"{what}: {step} …")


def _show(call: Call, added: "list[Added]", versions: "Versions") -> None:
    if call.as_json:
        call.console.emit([{**shapes.added(one.info, new=one.new), **versions.shape(one.info.id)} for one in added])
    elif added:
        rows = [
            (
                str(one.info.id),
                shortened(one.info.title, 60),
                counted(one.info.words, "word", "words"),
                one.info.language or "?",
                "added" if one.new else "already there",
            )
            for one in added
        ]
        call.console.table(("ID", "TITLE", "LENGTH", "LANGUAGE", ""), rows, right=(0, 2))
    versions.say()
