"""What a plain text says about itself: the frame that Project Gutenberg puts around its books, the head of a mail."""

import re
from dataclasses import dataclass

from postil.documents.canonical import one_line

_START = re.compile(r"^\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG EBOOK.*$", re.IGNORECASE | re.MULTILINE)
_END = re.compile(r"^\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG EBOOK.*$", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r"^(Title|Author|Language): (.+(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_LONGEST_HEAD = 20_000
_MAIL = re.compile(r"\A(?:[A-Z][\w-]{1,40}: .*\n(?:[ \t]+\S.*\n)*){2,}(?=\n)")
_MAIL_FIELD = re.compile(r"^(Subject|From): (.+(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_ADDRESS = re.compile(r"\s*<[^<>]*>|\s*\([^()]*\)$")
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "italian": "it", "spanish": "es", "dutch": "nl", "finnish": "fi",
    "portuguese": "pt", "latin": "la", "swedish": "sv", "danish": "da", "greek": "el", "chinese": "zh",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextAbout:
    """The text itself, and what was said of it; "" or () for what was not. `notes`: what was left out."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    notes: tuple[str, ...] = ()


def about_text(text: str) -> TextAbout:
    """Look at a text whose lines end in line feeds."""
    start = _START.search(text[:_LONGEST_HEAD])
    if start is not None:
        return _book(text, start)
    mail = _MAIL.match(text[:_LONGEST_HEAD])
    fields = dict(_fields(_MAIL_FIELD, mail[0])) if mail else {}
    if "Subject" not in fields or "From" not in fields:
        return TextAbout(text)
    name = _ADDRESS.sub("", fields["From"]).strip('" ') or fields["From"]
    return TextAbout(text, fields["Subject"], (name,))


def _book(text: str, start: re.Match[str]) -> TextAbout:
    fields = dict(_fields(_FIELD, text[: start.start()]))
    end = _END.search(text, start.end())
    book = text[start.end() : end.start() if end else None].strip("\n")
    if not book.strip():
        return TextAbout(text)
    return TextAbout(
        book,
        fields.get("Title", ""),
        tuple(filter(None, re.split(r" and |; ", fields.get("Author", "")))),
        _LANGUAGES.get(fields.get("Language", "").lower(), ""),
        ("Left out: what Project Gutenberg says before and after the book (it is in the original).",),
    )


def _fields(pattern: re.Pattern[str], head: str) -> list[tuple[str, str]]:
    return [(match[1], one_line(match[2])) for match in pattern.finditer(head)]
