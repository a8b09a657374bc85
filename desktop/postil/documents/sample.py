"""The article that an empty library offers, and the example annotations that come with it."""

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from postil.documents.canonical import contents
from postil.documents.markdown import parse_markdown
from postil.documents.reader import Reading
from postil_db.records import Color, NewDocument

_NAME = "india-eu-partnership"


@dataclass(frozen=True)
class Example:
    """An annotation to make on the sample: its quote stands exactly in the text."""

    quote: str
    color: Color
    tags: tuple[str, ...]
    note: str


def sample() -> Reading:
    """Return the sample article. It is ours, so that it is read here and needs no child process."""
    original = _folder().joinpath(f"{_NAME}.md").read_bytes()
    parsed = parse_markdown(original.decode())
    document = NewDocument(
        title=parsed.title,
        content=contents(parsed.title, parsed.blocks).content,
        media_type=parsed.media_type,
        sha256=sha256(original).hexdigest(),
        authors=parsed.authors,
        language=parsed.language,
        published=parsed.published,
    )
    return Reading(document, original)


def examples() -> tuple[Example, ...]:
    """Return the annotations to make on the sample, in text order."""
    found = tomllib.loads(_folder().joinpath(f"{_NAME}.toml").read_text(encoding="utf-8"))["annotation"]
    return tuple(Example(one["quote"], Color(one["color"]), tuple(one["tags"]), one["note"]) for one in found)


def _folder() -> Traversable:
    return files("postil_resources") / "samples"
