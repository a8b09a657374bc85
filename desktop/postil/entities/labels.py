"""The model's labels (OntoNotes) and the kinds that a reader sees."""

from postil_db.records import EntityKind

KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORG,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "DATE": EntityKind.DATE,
    "TIME": EntityKind.DATE,
    "EVENT": EntityKind.EVENT,
    "LAW": EntityKind.DOCUMENT,
    "WORK_OF_ART": EntityKind.DOCUMENT,
    "NORP": EntityKind.GROUP,
    "PRODUCT": EntityKind.PRODUCT,
}

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})
"""Labels of proper names; the others are dates, amounts and the like, written anew each time."""

PLACES = frozenset({"GPE", "LOC", "FAC"})


def kind_of(label: str) -> EntityKind:
    """The kind a label is shown as; whatever has no kind of its own counts something."""
    return KINDS.get(label, EntityKind.QUANTITY)
