"""The fields of the query language: what may stand before a colon, and what after it. Pure, and quick to load."""

from postil_db.records import AnchorState, Color, EntityKind

WORDS = ("title", "quote", "note", "text", "author", "source", "entity", *(kind.value for kind in EntityKind))
"""Fields that take words."""

DATES = ("created", "modified", "published")
CHOICES: dict[str, tuple[str, ...]] = {
    "is": (*(state.value for state in AnchorState), "trashed", "unread"),
    "has": ("note", "tag", "entity"),
    "in": ("highlight", "note", "entity", "text"),
    "color": tuple(color.value for color in Color),
    "stem": ("on", "off"),
}
"""Fields that take one of a few values."""

KINDS = tuple(kind.value for kind in EntityKind)
FIELDS = ("tag", *WORDS, "color", "lang", "doc", "is", "has", "in", *DATES, "stem")
ALIKE = {"colour": "color", "highlight": "quote", "language": "lang", "modified_at": "modified"}
"""Other names of fields."""

MEANINGS = {
    "tag": "Tag, or a tag above it",
    "title": "Document’s title",
    "quote": "Highlighted words",
    "note": "Words of a note",
    "text": "Words of a document’s text",
    "author": "Document’s author",
    "source": "Address or file it came from",
    "entity": "Anything named",
    "person": "Person named",
    "org": "Organisation named",
    "place": "Place named",
    "date": "Date named, or what it means",
    "event": "Event named",
    "document": "Law or work named",
    "group": "Group of people named",
    "product": "Product named",
    "quantity": "Quantity named",
    "color": "Colour of a highlight",
    "lang": "Document’s language",
    "doc": "Document, by number",
    "is": "State of a highlight, or of its document",
    "has": "What a highlight has",
    "in": "Only this kind of result",
    "created": "When a highlight was made",
    "modified": "When a highlight was last changed",
    "published": "When a document was published",
    "stem": "Other forms of a word: on or off",
}
"""What a reader is told of each field."""
