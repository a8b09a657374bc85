"""Decisions about names as JSON: to carry what a reader ruled to another library, and to keep it.

`{"format": "postil-decisions", "version": 1, "decisions": [{"ruling": …, "kind": …, "name": …, "text": …,
"document": {"sha256": …, "title": …}, "start": …, "end": …, "to_kind": …, "to_name": …, "created_at": …}]}`, in the
order in which they were made; what says nothing is left out. A document is known by the SHA-256 of its bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from postil_db.records import Decision, DocumentInfo, Effect, EntityKind, NewDecision, Ruling
from postil_db.store.text import clean

if TYPE_CHECKING:
    from postil_db.library import Session

FORMAT, VERSION = "postil-decisions", 1
_NO_FILE = "This is no file of decisions about names. Choose one that Postil wrote: postil decisions export"


class NoDecisions(Exception):
    """A file holds no decisions, or one that makes no sense. `str(error)` is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Read:
    """A decision of a file. `sha256`: of the document that it is about, "" for all."""

    what: NewDecision
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `new`: to be decided; `known`: how many stand already; `homeless`: how many are about documents that are not in this
    library; `effect`: what the new ones change.
    """

    new: tuple[NewDecision, ...]
    known: int
    homeless: int
    effect: Effect


def dump(made: Sequence[Decision], documents: Sequence[DocumentInfo]) -> str:
    """Decisions as JSON; those about documents that are no more are left out."""
    infos = {info.id: info for info in documents}
    rows = [
        _row(one, infos.get(one.what.document_id or 0))
        for one in made
        if one.what.document_id is None or one.what.document_id in infos
    ]
    return json.dumps({"format": FORMAT, "version": VERSION, "decisions": rows}, ensure_ascii=False, indent=2) + "\n"


def load(text: str) -> list[Read]:
    """Decisions out of JSON; raises NoDecisions for what is none, naming the first fault."""
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise NoDecisions(_NO_FILE) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("decisions"), list):
        raise NoDecisions(_NO_FILE)
    if found.get("version") != VERSION:
        raise NoDecisions("These decisions were written by a newer Postil. Install that one to read them.")
    return [_read(number, row) for number, row in enumerate(found["decisions"], 1)]


def plan(session: "Session", wanted: Sequence[Read]) -> Plan:
    """What importing decisions would do to a library."""
    from postil_db.store import decisions, documents

    ids = {info.sha256: info.id for info in documents.every(session)}
    standing = {one.what for one in decisions.every(session)}
    new: dict[NewDecision, None] = {}
    known = homeless = 0
    for one in wanted:
        if one.sha256 and one.sha256 not in ids:
            homeless += 1
            continue
        what = _placed(one.what, ids[one.sha256]) if one.sha256 else one.what
        if what in standing or what in new:
            known += 1
        else:
            new[what] = None
    return Plan(tuple(new), known, homeless, decisions.effect(session, *new))


def carry_out(session: "Session", planned: Plan) -> None:
    """Decide all that is new."""
    from postil_db.store import decisions

    for one in planned.new:
        decisions.decide(session, one)


def _row(decision: Decision, document: DocumentInfo | None) -> dict[str, object]:
    what = decision.what
    said: dict[str, object] = {
        "ruling": what.ruling.value,
        "kind": what.kind.value if what.kind else "",
        "name": what.name,
        "text": what.text,
        "document": {"sha256": document.sha256, "title": document.title} if document else "",
        "start": what.start,
        "end": what.end,
        "to_kind": what.to_kind.value if what.to_kind else "",
        "to_name": what.to_name,
        "created_at": decision.created_at.isoformat(),
    }
    return {name: value for name, value in said.items() if value not in ("", None)}


def _read(number: int, row: Any) -> Read:  # noqa: ANN401 - whatever JSON holds
    try:
        document = row.get("document") or {}
        what = NewDecision(
            Ruling(row["ruling"]),
            kind=EntityKind(row["kind"]) if row.get("kind") else None,
            to_kind=EntityKind(row["to_kind"]) if row.get("to_kind") else None,
            name=_word(row.get("name", "")),
            text=_word(row.get("text", "")),
            to_name=_word(row.get("to_name", "")),
            start=_place(row.get("start")),
            end=_place(row.get("end")),
        )
        return Read(what, str(document["sha256"]) if document else "")
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NoDecisions(f"Decision {number} of this file makes no sense, so none was taken over.") from None


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return clean(value)


def _place(value: object) -> int | None:
    if value is None or (type(value) is int and 0 <= value < 1 << 53):
        return value
    raise TypeError


def _placed(what: NewDecision, document_id: int) -> NewDecision:
    return replace(what, document_id=document_id)
