"""Carry out what was planned: one transaction, so that it is done whole or not at all, and undone in one step."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from postil.exchange.importing.incoming import Step
from postil.exchange.importing.matching import Fate, Match, Placed, differences, match
from postil.exchange.importing.plan import Plan
from postil_db.errors import Refused
from postil_db.records import AnchorState, Color, DocumentInfo

if TYPE_CHECKING:
    from postil_db.library import Library, Session
    from postil_db.store.annotations import NewAnnotation, Revision

REASON = "before an import"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `lost`: of the added ones, those without their passage."""

    added: int = 0
    updated: int = 0
    documents: int = 0
    lost: int = 0


def import_annotations(library: "Library", plan: Plan, step: Step, *, update: bool = False) -> Imported:
    """Write what was planned, after a backup where it is much. `update`: what differs becomes as the file says.

    `step` hears how far it is; what it raises takes everything back.
    """
    rows = plan.count(Fate.NEW) + (plan.count(Fate.CHANGED) if update else 0)
    library.back_up_before(REASON, rows)
    label = "Import one annotation" if rows == 1 else f"Import {rows:,} annotations"
    return library.write(label, lambda session: carry_out(session, plan, step, update=update)).result


def carry_out(session: "Session", plan: Plan, step: Step, *, update: bool = False) -> Imported:
    """Do it inside a transaction; raises Refused if a document has changed since the plan was made."""
    from postil_db.store import annotations

    by_document = _by_document(session, plan)
    new = {info: [one for one in matches if one.fate is Fate.NEW] for info, matches in by_document.items()}
    changed = {
        one.known.id: _revision(one)
        for matches in by_document.values()
        for one in matches
        if update and one.fate is Fate.CHANGED and one.known is not None
    }
    total, done = sum(map(len, new.values())) + len(changed), 0
    for info, matches in new.items():
        for some in batched(matches, _AT_ONCE):
            step(done, total)
            annotations.add_all(session, info.id, [_new(one.placed) for one in some])
            done += len(some)
    step(done, total)
    if changed:
        annotations.revise(session, changed)
    lost = sum(one.lost for matches in new.values() for one in matches)
    return Imported(done, len(changed), sum(map(bool, new.values())), lost)


def _by_document(session: "Session", plan: Plan) -> dict[DocumentInfo, Sequence[Match]]:
    """What becomes of everything; looked at anew if anybody has written since."""
    from postil_db.store import annotations, documents, facts

    planned: defaultdict[int, list[Match]] = defaultdict(list)
    infos: dict[int, DocumentInfo] = {}
    for group in plan.groups:
        if group.info is not None:
            infos[group.info.id] = group.info
            planned[group.info.id] += group.matches
    if facts.revision(session) == plan.revision:
        return {infos[number]: matches for number, matches in planned.items()}
    there = {info.id: info for info in documents.every(session)}
    for number, info in infos.items():
        if number not in there or there[number].text_hash != info.text_hash:
            raise Refused(f"“{info.title}” was changed or removed meanwhile. Nothing was imported; look once more.")
    return {
        infos[number]: match([one.placed for one in matches], annotations.of_document(session, number))
        for number, matches in planned.items()
    }


def _new(placed: Placed) -> "NewAnnotation":
    from postil_db.store.annotations import NewAnnotation

    said = placed.said
    former = said.quote if placed.state is AnchorState.CHANGED and placed.state != said.state else ""
    return NewAnnotation(
        placed.selector,
        said.color or Color.YELLOW,
        said.note or "",
        said.tags or (),
        placed.state,
        former,
        said.created_at,
        said.modified_at,
    )


def _revision(one: Match) -> "Revision":
    from postil_db.store.annotations import Revision

    said, what = one.placed.said, differences(one.placed.said, one.known) if one.known else ()
    return Revision(
        said.note if "note" in what else None,
        said.color if "colour" in what else None,
        said.tags if "tags" in what else None,
        said.modified_at,
    )
