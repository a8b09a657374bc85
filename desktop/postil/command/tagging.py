"""`tag`: the tags of the library."""

from typing import TYPE_CHECKING

from postil.command import shapes
from postil.command.console import Call
from postil.command.parser import Commands, whole_number
from postil.command.text import counted, plain

if TYPE_CHECKING:
    from postil_db.library import Session


def declare(commands: Commands) -> None:
    """Declare `tag` and the commands below it."""
    parser = commands.add(
        "tag",
        None,
        "List, rename, merge or delete tags, or put them on annotations",
        more="Names may be paths, as in policy/defence.",
        examples=(
            "postil tag list",
            "postil tag rename eu europe",
            "postil tag merge defense defence",
            "postil tag add to-read 4 7",
        ),
    )
    below = commands.group(parser)
    below.add("list", list_tags, "List the tags and how many annotations carry each")
    rename_parser = below.add("rename", rename, "Give a tag another name, everywhere")
    rename_parser.add_argument("old", metavar="OLD")
    rename_parser.add_argument("new", metavar="NEW")
    merge_parser = below.add("merge", merge, "Make two tags one: what carries FROM then carries INTO")
    merge_parser.add_argument("source", metavar="FROM")
    merge_parser.add_argument("target", metavar="INTO")
    delete_parser = below.add("delete", delete, "Delete a tag everywhere; the annotations stay")
    delete_parser.add_argument("name", metavar="T")
    for name, handler, summary in (
        ("add", attach, "Put a tag on annotations"),
        ("remove", detach, "Take a tag off annotations"),
    ):
        on_parser = below.add(name, handler, summary)
        on_parser.add_argument("name", metavar="T")
        on_parser.add_argument("ids", metavar="ID", nargs="+", type=whole_number, help="an annotation's id")


def list_tags(call: Call) -> int:
    """List the tags."""
    from postil_db.store import tags

    every = call.library.read(tags.every)
    if call.as_json:
        call.console.emit([shapes.tag(tag) for tag in every])
    elif every:
        rows = [(plain(tag.name), f"{tag.count:,}", tag.color.value if tag.color else "") for tag in every]
        call.console.table(("TAG", "MARKS", "COLOR"), rows, right=(1,))
    else:
        call.console.tell("There are no tags yet.")
    return 0


def rename(call: Call) -> int:
    """Rename a tag."""
    from postil_db.store import tags

    old, new = call.args.old, call.args.new
    call.library.write("Rename tag", lambda session: tags.rename(session, old, new))
    return _report(call, new, f"“{plain(old)}” is now “{plain(new)}”")


def merge(call: Call) -> int:
    """Merge a tag into another one."""
    from postil_db.store import tags

    source, target = call.args.source, call.args.target
    call.library.write("Merge tags", lambda session: tags.merge(session, source, target))
    return _report(call, target, f"“{plain(source)}” was merged into “{plain(target)}”")


def delete(call: Call) -> int:
    """Delete a tag."""
    from postil_db.store import tags

    name = call.args.name
    call.library.write("Delete tag", lambda session: tags.delete(session, name))
    return _report(call, name, f"“{plain(name)}” was deleted")


def attach(call: Call) -> int:
    """Put a tag on annotations."""
    from postil_db.store import tags

    name, ids = call.args.name, call.args.ids
    call.library.write("Add tag", lambda session: tags.attach(session, ids, name))
    return _report(call, name, f"“{plain(name)}” was added")


def detach(call: Call) -> int:
    """Take a tag off annotations."""
    from postil_db.store import tags

    name, ids = call.args.name, call.args.ids
    call.library.write("Remove tag", lambda session: tags.detach(session, ids, name))
    return _report(call, name, f"“{plain(name)}” was taken off")


def _report(call: Call, name: str, told: str) -> int:
    """Tell what was done and how many annotations carry the tag now."""
    count = call.library.read(lambda session: _count(session, name))
    if call.as_json:
        call.console.emit({"tag": name, "annotations": count})
    else:
        call.console.say(f"{told}; {counted(count, 'annotation carries', 'annotations carry')} it.")
    return 0


def _count(session: "Session", name: str) -> int:
    from postil_db.store import tags

    return next((tag.count for tag in tags.every(session) if tag.name.casefold() == name.strip().casefold()), 0)
