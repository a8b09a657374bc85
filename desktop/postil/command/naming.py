"""`entities`: the names found in one document, or in all."""

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from postil.command import shapes
from postil.command.console import Call
from postil.command.parser import Commands
from postil.command.text import shortened
from postil_db.records import EntityKind

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from postil_db.library import Session
    from postil_db.records import Entity, Mention

type Named = "tuple[Sequence[Entity], Mapping[int, Sequence[Mention]]]"

_SHOWN_ALIASES = 4


def declare(commands: Commands) -> None:
    """Declare `entities`."""
    parser = commands.add(
        "entities",
        entities,
        "List the people, organisations, places, dates … of a document or of the library",
        more="By kind, the most often named ones first.",
        examples=("postil entities 1", "postil entities --all --json"),
        check=_check,
    )
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", help="id, title, or part of a title")
    parser.add_argument("--all", action="store_true", help="the entities of the whole library")


def entities(call: Call) -> int:
    """List entities with their mentions."""
    found, mentions = call.library.read(lambda session: _named(session, call.args.document))
    if call.as_json:
        call.console.emit([shapes.entity(entity, mentions.get(entity.id, ())) for entity in found])
    elif found:
        _show(call, found)
    if found:
        return 0
    call.console.tell("No names are known here. Adding the file again recognises them: postil add FILE")
    return 1


def _check(args: "Namespace") -> str:
    if args.all == (args.document is not None):
        return "give either a DOCUMENT or --all"
    return ""


def _named(session: "Session", reference: str | None) -> Named:
    from postil_db.store import documents
    from postil_db.store import entities as store

    if reference is None:
        found, read = store.every(session), sorted(info.id for info in documents.every(session))
    else:
        read = [documents.find(session, reference).id]
        found = store.of_document(session, read[0])
    mentions = defaultdict[int, list["Mention"]](list)
    for document in read:
        for mention in store.mentions(session, document):
            mentions[mention.entity_id].append(mention)
    order = list(EntityKind)
    return sorted(found, key=lambda entity: (order.index(entity.kind), -entity.count)), mentions


def _show(call: Call, found: "Sequence[Entity]") -> None:
    width = max(len(f"{entity.count:,}") for entity in found)
    for number, (kind, group) in enumerate(groupby(found, key=lambda entity: entity.kind)):
        entities_of_kind = list(group)
        if number:
            call.console.say()
        call.console.say(f"{kind.value} ({len(entities_of_kind):,})")
        for entity in entities_of_kind:
            aliases = ", ".join(entity.aliases[:_SHOWN_ALIASES]) + (" …" if entity.aliases[_SHOWN_ALIASES:] else "")
            also = f"  (also {shortened(aliases, 60)})" if aliases else ""
            call.console.say(f"  {entity.count:>{width},}  {shortened(entity.name, 60)}{also}")
