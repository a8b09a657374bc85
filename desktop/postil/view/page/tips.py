"""What a mark says when the pointer rests on it."""

from collections.abc import Sequence

from postil.view.page.date_words import spoken_value
from postil.view.page.marks import Highlight, Name
from postil_db.records import EntityKind

LONGEST = 400
_KINDS = {
    EntityKind.PERSON: "Person",
    EntityKind.ORG: "Organisation",
    EntityKind.PLACE: "Place",
    EntityKind.DATE: "Date",
    EntityKind.EVENT: "Event",
    EntityKind.DOCUMENT: "Document",
    EntityKind.GROUP: "Group",
    EntityKind.PRODUCT: "Product",
    EntityKind.QUANTITY: "Quantity",
}


def kind_name(kind: EntityKind) -> str:
    """What a kind is called."""
    return _KINDS[kind]


def tip_for(highlights: Sequence[Highlight], name: Name | None, href: str, there: str = "") -> str:
    """The notes on the highlights there, the name and its kind, and where a link leads; "" for nothing to say.

    `there`: what stands where a link inside the document leads to, as the text of a footnote.

    As HTML that holds nothing but escaped text, so that Qt wraps it.
    """
    from html import escape  # large tables that nobody needs before the first tip

    parts = []
    for mark in highlights:
        if mark.note:
            note = mark.note if len(mark.note) <= LONGEST else mark.note[: LONGEST - 1] + "…"
            parts.append(escape(note).replace("\n", "<br>"))
    if name is not None:
        means = spoken_value(name.value)
        meaning = f" · {escape(means)}" if means and means != name.label else ""
        parts.append(f"{escape(kind_name(name.kind))} · <b>{escape(name.label)}</b>{meaning}")
        if name.written is not None and name.written.note:
            note = name.written.note
            note = note if len(note) <= LONGEST else note[: LONGEST - 1] + "…"
            parts.append(escape(note).replace("\n", "<br>"))
        if name.written is not None and name.written.tags:
            parts.append(escape(", ".join(f"#{tag}" for tag in name.written.tags)))
    if there:
        parts.append(escape(there))
    elif href:
        parts.append(escape(href if len(href) <= 120 else href[:119] + "…"))
    return f"<qt>{'<hr>'.join(parts)}</qt>" if parts else ""
