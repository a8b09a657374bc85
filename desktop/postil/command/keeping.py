"""`backup`, `backups`, `restore`: copies of a library, and the way back to one."""

from typing import TYPE_CHECKING

from postil.command.console import Call, NotDone
from postil.command.parser import Commands
from postil.command.text import counted
from postil_db.errors import Damaged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postil.command.console import Json
    from postil_db.library import Backup, Preview


def declare(commands: Commands) -> None:
    """Declare the commands for backups."""
    commands.add(
        "backup",
        backup,
        "Make a verified backup of the library's database",
        more="It is kept in the library's folder, under backups, until you delete it.",
    )
    commands.add(
        "backups",
        backups,
        "List the backups of the library",
        more="Postil makes one by itself every hour in which something changed, and keeps fewer the older they are.",
    )
    parser = commands.add(
        "restore",
        restore,
        "Go back to a backup",
        more="What the library holds now is backed up first, so that going back can be taken back, too.",
        examples=("postil restore 12 --dry-run", "postil restore 12", "postil restore ~/copies/library.sqlite3"),
    )
    parser.add_argument("backup", metavar="BACKUP", help="its number in `postil backups`, or a file")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def backup(call: Call) -> int:
    """Make a backup."""
    made = call.library.backup("asked for")
    if call.as_json:
        call.console.emit({"file": str(made), "bytes": made.stat().st_size})
    else:
        call.console.say(str(made))
    return 0


def backups(call: Call) -> int:
    """List backups, the newest first."""
    made = _made(call)
    if call.as_json:
        call.console.emit([_backup_shape(one) for one in made])
    elif made:
        rows_shown = [
            (str(one.number), f"{one.time.astimezone():%Y-%m-%d %H:%M}", one.reason.replace("-", " "), one.path.name)
            for one in made
        ]
        call.console.table(("number", "made", "why", "file"), rows_shown, right=(0,))
    else:
        call.console.tell("There is no backup yet. Make one: postil backup")
    return 0 if made else 1


def restore(call: Call) -> int:
    """Go back to a backup, or say what that would change."""
    path = _meant(call)
    try:
        library = call.library
    except Damaged:
        return _replace_damaged(call, path)
    preview = library.preview_restore(path)
    if call.as_json:
        call.console.emit(_shape(preview, path))
    else:
        _say(call, preview)
    if not call.args.dry_run:
        library.restore(path)
        call.console.tell(f"The library is as it was in {path.name}. To take this back: postil restore (see backups)")
    return 0


def _meant(call: Call) -> "Path":
    given = str(call.args.backup)
    for one in _made(call):
        if given == str(one.number):
            return one.path
    path = call.console.path(given)
    if given.isdigit() and not path.exists():
        raise NotDone(f"There is no backup {given}. See: postil backups")
    return path


def _made(call: Call) -> "Sequence[Backup]":
    from postil_db.files import Files
    from postil_db.thinning import backups as made_in

    return made_in(Files(call.folder).backups)


def _replace_damaged(call: Call, path: "Path") -> int:
    """Put a backup in the place of a database that cannot be opened; that one is put aside."""
    from postil_db.restoring import put_in_place

    if call.args.dry_run:
        raise NotDone("The library is damaged, so it cannot be compared with the backup. It was left as it is.")
    aside = put_in_place(call.folder, path)
    if call.as_json:
        call.console.emit({"file": str(path), "damaged": str(aside)})
    call.console.tell(f"The library is as it was in {path.name}. The damaged one is kept in {aside}.")
    return 0


def _backup_shape(one: "Backup") -> "Json":
    return {"number": one.number, "file": str(one.path), "made_at": one.time.isoformat(), "reason": one.reason}


def _shape(preview: "Preview", path: "Path") -> "Json":
    return {
        "file": str(path),
        "annotations": {"now": preview.now.annotations, "then": preview.then.annotations},
        "documents": {"now": preview.now.documents, "then": preview.then.documents},
        "lost": preview.lost,
        "changed": preview.changed,
        "back": preview.back,
        "documents_lost": list(preview.documents_lost),
        "documents_back": list(preview.documents_back),
    }


def _say(call: Call, preview: "Preview") -> None:
    now, then = preview.now, preview.then
    call.console.say(f"Documents: {now.documents:,} now, {then.documents:,} in the backup.")
    call.console.say(f"Annotations: {now.annotations:,} now, {then.annotations:,} in the backup.")
    told = (
        (preview.lost, "would go"),
        (preview.changed, "would be as before"),
        (preview.back, "would come back"),
    )
    for count, what in told:
        if count:
            call.console.say(f"  {counted(count, 'annotation', 'annotations')} {what}.")
    for titles, what in ((preview.documents_lost, "would go"), (preview.documents_back, "would come back")):
        for title in titles:
            call.console.say(f"  “{title}” {what}.")
