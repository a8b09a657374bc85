"""The formats that annotations can be read from. Which one a file has is told by what stands in it, not by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from postil.exchange.importing import calibre, clippings, other_csv, postil_csv, source_file, web_annotation
from postil.exchange.importing.incoming import Contents, NoAnnotations, Step


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """One way into the library. `title` names it to the reader."""

    name: str
    title: str
    recognises: Callable[[str], bool]
    parse: Callable[[str, str, Step], Contents]


FORMATS: Mapping[str, ImportFormat] = {
    each.name: each
    for each in (
        ImportFormat(postil_csv.NAME, "Postil (CSV)", postil_csv.recognises, postil_csv.parse),
        ImportFormat(calibre.NAME, "calibre", calibre.recognises, calibre.parse),
        ImportFormat(
            web_annotation.NAME,
            "Web Annotations, Hypothesis (JSON)",
            web_annotation.recognises,
            web_annotation.parse,
        ),
        ImportFormat(clippings.NAME, "Kindle clippings (text)", clippings.recognises, clippings.parse),
        *(
            ImportFormat(name, title, partial(other_csv.recognises, name), partial(other_csv.parse, name))
            for name, title in (
                (other_csv.READWISE, "Readwise (CSV)"),
                (other_csv.HYPOTHESIS_CSV, "Hypothesis (CSV)"),
                (other_csv.KINDLE, "Kindle (CSV)"),
            )
        ),
    )
}
SUFFIXES = (".csv", ".tsv", ".json", ".jsonld", ".annotation", ".calibre_annotation_collection", ".txt")
"""What such files are called, as a rule."""


def recognise(text: str) -> ImportFormat | None:
    """The format of a text, or of the beginning of one; None if it is none of these."""
    return next((each for each in FORMATS.values() if each.recognises(text)), None)


def looks_like_annotations(path: Path) -> bool:
    """Whether a file is worth being offered for import, by its beginning."""
    return path.suffix.lower() in SUFFIXES and recognise(source_file.peek(path)) is not None


def load(text: str, name: str, step: Step, format_name: str = "") -> Contents:
    """All annotations of a text. `format_name`: what it is said to be, "" to find out. Raises NoAnnotations."""
    if '"postil-decisions"' in text[:1000]:
        raise NoAnnotations(f"“{name}” holds decisions about names. To take them over: postil decisions import")
    chosen = FORMATS[format_name] if format_name else recognise(text)
    if chosen is None:
        raise source_file.no_annotations(name)
    found = chosen.parse(text, name, step)
    if not found.annotations:
        raise NoAnnotations(f"There are no annotations in “{name}”.{''.join(f' {note}' for note in found.notes)}")
    return found
