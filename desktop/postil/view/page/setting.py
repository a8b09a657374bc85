"""How one document is set: the reader's choice, made to suit its language."""

from postil.view.look.theme import Theme
from postil.view.page.direction import is_mirrored
from postil.view.page.formats import Formats
from postil.view.page.typography import Typography, variety
from postil_db.records import Document

_SAMPLE = 4_000
"""Characters of a document by which its script is known."""


def formats_for(document: Document | None, theme: Theme, typography: Typography, has_byline: bool) -> Formats:
    """The formats for a document's blocks, with room for the line about its author if it has one."""
    language = document.info.language if document else ""
    sample = document.text[:_SAMPLE] if document else ""
    formats = Formats(theme, typography, variety(language, sample), mirrored=is_mirrored(language, sample))
    formats.byline = formats.em * 2.2 if has_byline else 0.0
    return formats
