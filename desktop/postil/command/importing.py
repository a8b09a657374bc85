"""`import`: annotations out of a file into the library, or what that would do."""

from typing import TYPE_CHECKING

from postil.command.console import Call, Json, NotDone
from postil.command.parser import Commands
from postil.command.text import plain, shortened

if TYPE_CHECKING:
    from postil.exchange.importing.carrying import Imported
    from postil.exchange.importing.incoming import Source
    from postil.exchange.importing.plan import Group, Plan, Planner

_STDIN = "-"
FORMAT_NAMES = ("csv", "calibre", "web-annotation", "clippings", "readwise", "hypothesis-csv", "kindle")
"""As in exchange.importing.formats, named here so that help needs not load it."""


def declare(commands: Commands) -> None:
    """Declare `import`."""
    parser = commands.add(
        "import",
        take,
        "Take over annotations from a file",
        more="Postil's own CSV, Web Annotations and Hypothesis (JSON or CSV), calibre's annotation collections, and "
        "what Readwise (CSV) and Kindle (clippings, CSV) write are known by what stands in them. The documents must be "
        "in the library: add them first. What is there already is left as it is. Undo takes it all back in one step.",
        examples=(
            "postil import library.csv --dry-run",
            "postil import highlights.json --left-out rest.csv",
            "postil import book.calibre_annotation_collection --document 3",
        ),
    )
    parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    parser.add_argument("--format", choices=FORMAT_NAMES, default="", help="what FILE is (default: find out)")
    parser.add_argument(
        "--document", metavar="D", help="the document that FILE is about: id, title, or part of a title"
    )
    parser.add_argument("--dry-run", action="store_true", help="only tell what it would do")
    parser.add_argument(
        "--update", action="store_true", help="where note, tags or colour differ, take those of FILE (default: leave)"
    )
    parser.add_argument("--left-out", metavar="CSV", help="write what found no document there, to import it later")


def take(call: Call) -> int:
    """Take them over, or tell what that would do; exit 1 when all of it had to be left out."""
    from postil.exchange.importing import left_out, telling
    from postil.exchange.importing.carrying import import_annotations
    from postil.exchange.importing.incoming import NoAnnotations
    from postil.exchange.importing.matching import Fate

    args, console = call.args, call.console
    try:
        plan = _plan(call)
    except NoAnnotations as fault:
        raise NotDone(str(fault)) from None
    wanted = plan.count(Fate.NEW) + (plan.count(Fate.CHANGED) if args.update else 0)
    imported: Imported | None = None
    if wanted and not args.dry_run:
        imported = import_annotations(call.library, plan, _Progress(call, "saving"), update=args.update)
    console.end_progress()
    saved = left_out.write(console.path(args.left_out), plan) if args.left_out and plan.left else 0
    if call.as_json:
        console.emit(_shape(plan, imported, saved and args.left_out))
    else:
        told = [telling.done(imported), *telling.besides(plan, updated=args.update)] if imported else None
        for sentence in told or telling.planned(plan):
            console.say(plain(sentence))
        _say_groups(call, plan)
        if saved:
            console.say(
                f"Written to {args.left_out}: {telling.counted(saved)}. Add the documents, and import that file."
            )
    return 0 if any(plan.count(fate) for fate in Fate) else 1


def _plan(call: Call) -> "Plan":
    from postil.exchange.importing import formats, source_file
    from postil.exchange.importing.plan import Planner

    args = call.args
    if args.file == _STDIN:
        text, name = call.console.read_stdin(), "standard input"
    else:
        path = call.console.path(args.file)
        text, name = source_file.read(path), path.name
    contents = formats.load(text.removeprefix("\ufeff"), name, _Progress(call, "reading"), args.format)
    planner = Planner(call.library, contents)
    return planner.plan(_Progress(call, "finding passages"), _chosen(call, planner))


def _chosen(call: Call, planner: "Planner") -> "dict[Source, int]":
    """The document that was named, for the one that the file is about."""
    from postil_db.store import documents

    reference = call.args.document
    if not reference:
        return {}
    info = call.library.read(lambda session: documents.find(session, reference))
    if len(planner.sources) > 1:
        raise NotDone(
            f"--document is for a file about one document, and this one is about {len(planner.sources):,}. "
            "Import it without, and name the documents in the window."
        )
    return dict.fromkeys(planner.sources, info.id)


class _Progress:
    """Shows a share on the terminal, whenever it is another one."""

    def __init__(self, call: Call, doing: str) -> None:
        self._console, self._doing, self._shown = call.console, doing, -1

    def __call__(self, done: int, total: int) -> None:
        share = 100 * done // max(1, total)
        if share != self._shown:
            self._shown = share
            self._console.progress(f"{self._doing}, {share} %")


def _say_groups(call: Call, plan: "Plan") -> None:
    from postil.exchange.importing import telling

    if len(plan.groups) < 2 and not plan.left:
        return
    rows = [
        (
            str(group.info.id) if group.info else "-",
            shortened(group.info.title if group.info else group.source.name, 50),
            plain(telling.of_group(group)),
        )
        for group in sorted(plan.groups, key=lambda one: (one.info is None, -len(one.left)))
    ]
    call.console.say()
    call.console.table(("ID", "DOCUMENT", ""), rows, right=(0,))


def _shape(plan: "Plan", imported: "Imported | None", saved: str | int) -> dict[str, Json]:
    from postil.exchange.importing.matching import Fate

    return {
        "format": plan.contents.format,
        "new": plan.count(Fate.NEW),
        "known": plan.count(Fate.KNOWN),
        "changed": plan.count(Fate.CHANGED),
        "twice": plan.count(Fate.TWICE),
        "lost": plan.lost,
        "left_out": len(plan.left),
        "added": imported.added if imported else 0,
        "updated": imported.updated if imported else 0,
        "documents": [_group(group) for group in plan.groups],
        "notes": list(plan.contents.notes),
        "left_out_file": saved or None,
        "done": imported is not None,
    }


def _group(group: "Group") -> dict[str, Json]:
    from postil.exchange.importing.matching import Fate

    return {
        "id": group.info.id if group.info else None,
        "title": group.info.title if group.info else group.source.title,
        "url": group.source.address,
        "new": group.count(Fate.NEW),
        "known": group.count(Fate.KNOWN),
        "changed": group.count(Fate.CHANGED),
        "lost": group.lost,
        "left_out": len(group.left),
        "reason": group.reason.value if group.reason else None,
    }
