"""What a decision says, as a sentence for lists and messages."""

from collections.abc import Sequence

from postil_db.records import Effect, EntityKind, NewDecision, Ruling

KINDS = {
    EntityKind.PERSON: "a person",
    EntityKind.ORG: "an organisation",
    EntityKind.PLACE: "a place",
    EntityKind.DATE: "a date",
    EntityKind.EVENT: "an event",
    EntityKind.DOCUMENT: "a document",
    EntityKind.GROUP: "a group",
    EntityKind.PRODUCT: "a product",
    EntityKind.QUANTITY: "a quantity",
}


def said(what: NewDecision, title: str = "") -> str:
    """What was ruled. `title`: of the document that it is about, if it is about one alone."""
    return f"{_ruled(what)}{_where(what, title)}"


def said_of_all(what: Sequence[NewDecision], title: str = "") -> str:
    """What was ruled of several names alike."""
    first = what[0]
    if len(what) == 1:
        return said(first, title)
    names = [f"“{one.name or one.text}”" for one in what]
    who = " and ".join(names) if len(names) == 2 else f"{names[0]}, {names[1]} and {len(names) - 2:,} more"
    return f"{who} {_ruled_of_all(first)}{_where(first, title)}"


def counted(effect: Effect) -> str:
    """How much a decision changes: "214 mentions in 31 documents"."""
    mentions = f"{effect.mentions:,} mention{'' if effect.mentions == 1 else 's'}"
    return f"{mentions} in {effect.documents:,} document{'' if effect.documents == 1 else 's'}"


def _ruled(what: NewDecision) -> str:
    name, text, other = f"“{what.name}”", f"“{what.text}”", f"“{what.to_name or what.text}”"
    kind = KINDS[what.to_kind] if what.to_kind else ""
    this = name if what.name else "This"
    return {
        Ruling.NOT_ENTITY: f"{this} is not a name",
        Ruling.KIND: f"{this} is {kind}",
        Ruling.RENAME: f"{name} is called {other}",
        Ruling.MERGE: f"{name} is the same as {other}",
        Ruling.SPLIT: f"{text} is not {name}" + (f" but {other}" if what.to_name else ""),
        Ruling.ALWAYS: f"{text} is always {kind}" + (f": {other}" if what.to_name not in ("", what.text) else ""),
        Ruling.IGNORE: f"{text} is never marked",
    }[what.ruling]


def _ruled_of_all(what: NewDecision) -> str:
    kind = KINDS[what.to_kind] if what.to_kind else ""
    return {
        Ruling.NOT_ENTITY: "are not names",
        Ruling.KIND: f"are each {kind}",
        Ruling.RENAME: f"are called “{what.to_name}”",
        Ruling.MERGE: f"are the same as “{what.to_name}”",
        Ruling.SPLIT: "are names of their own",
        Ruling.ALWAYS: f"are each always {kind}",
        Ruling.IGNORE: "are never marked",
    }[what.ruling]


def _where(what: NewDecision, title: str) -> str:
    if what.document_id is None:
        return ""
    place = f"“{title}”" if title else "one document"
    return f", at one place of {place}" if what.start is not None else f", in {place}"
