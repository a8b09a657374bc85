"""W3C Web Annotations (JSON-LD), and what Hypothesis and Thorium write, which are close to them.

Positions in such files count in another program's text: they only break a tie. A note on a page as a whole has no
quote. A reply goes under the note that it answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from postil.exchange.importing import fit
from postil.exchange.importing.incoming import Contents, Incoming, NoAnnotations, Source, Step
from postil.exchange.importing.json_rows import NoJson, pieces
from postil.exchange.importing.source_file import MOST, too_many

NAME = "web-annotation"
_LISTS = ("rows", "items", "annotations")
_SIGNS = ('"selector"', "ns/anno.jsonld", '"Annotation"', '"uri"')
_DEEPEST = 5  # selectors that refine one another


@dataclass(slots=True)
class _Reply:
    answers: tuple[str, ...]
    said: str
    when: str


@dataclass(slots=True)
class _Found:
    """What was read so far. `ids`: where the annotation of an id stands."""

    annotations: list[Incoming] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    replies: list[_Reply] = field(default_factory=list)
    odd: int = 0


def recognises(text: str) -> bool:
    """Whether a text looks like it."""
    return text.lstrip()[:1] in ("{", "[") and '"target"' in text and any(sign in text for sign in _SIGNS)


def parse(text: str, name: str, step: Step) -> Contents:
    """Read all of it; raises NoAnnotations."""
    found, about = _Found(), Source()
    loose: dict[str, object] = {}
    try:
        for key, value, at in pieces(text, _LISTS):
            if key == "about" and isinstance(value, dict):
                about = Source(_first(value, "dc:title", "title"), _first(value, "dc:creator", "creator"))
            if key == "" or key in _LISTS:
                _take(found, value, about)
                step(at, len(text))
            elif key:
                loose[key] = value
            if len(found.annotations) > MOST:
                raise too_many(name)
    except NoJson:
        raise NoAnnotations(
            f"“{name}” is not whole: after {len(found.annotations):,} annotations it is no JSON any more. "
            "Nothing was taken over. Export it once more."
        ) from None
    first = loose.get("first")
    if isinstance(first, dict) and isinstance(first.get("items"), list):
        for one in first["items"]:
            _take(found, one, about)
    if "target" in loose and not found.annotations:
        _take(found, loose, about)
    notes = list(_answer(found))
    if found.odd:
        notes.append(f"{_rows(found.odd)} left out: nothing is marked or said in them.")
    return Contents(NAME, tuple(found.annotations), notes=tuple(notes))


def _take(found: _Found, row: object, about: Source) -> None:
    if not isinstance(row, Mapping):
        found.odd += 1
        return
    answers = row.get("references")
    note, tags = _said(row)
    if isinstance(answers, list) and answers:
        who = fit.line(row.get("user")).removeprefix("acct:").partition("@")[0]
        said = f"{who}: {note}" if who else note
        when = fit.text(row.get("created"))
        found.replies.append(_Reply(tuple(map(fit.text, answers)), said, when))
        return
    target = _mapping(row.get("target"))
    quote, place = _passage(target)
    if not target or not (quote or note or tags):
        found.odd += 1
        return
    created, modified = fit.times(row.get("created"), row.get("updated") or row.get("modified"))
    if identity := fit.text(row.get("id")):
        found.ids[identity] = len(found.annotations)
    found.annotations.append(
        Incoming(
            _source(row, target, about),
            quote,
            note=note or None,
            tags=tags or None,
            color=fit.color(_mapping(row.get("body")).get("color")),
            created_at=created,
            modified_at=modified,
            **place,
        )
    )


def _passage(target: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The quote of a target, and what else is said of its place."""
    quote, place = "", dict[str, Any]()
    for selector in _selectors(target.get("selector"), _DEEPEST):
        kind = selector.get("type")
        if kind == "TextQuoteSelector" and not quote:
            quote = fit.text(selector.get("exact")).strip()
            place |= {name: fit.text(selector.get(name)) for name in ("prefix", "suffix")}
        elif kind == "TextPositionSelector":
            place |= {name: fit.whole(selector.get(name)) for name in ("start", "end")}
    return quote, place


def _selectors(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one
            yield from _selectors(one.get("refinedBy"), depth - 1)


def _said(row: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The note and the tags of an annotation: in Hypothesis's own fields, or in its bodies."""
    notes, tags = [fit.text(row.get("text")), fit.text(row.get("bodyValue"))], list[object]()
    own = row.get("tags")
    tags += own if isinstance(own, list) else []
    bodies = row.get("body")
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, str):
            notes.append(fit.text(body))
        elif isinstance(body, Mapping):
            value = next(filter(None, (fit.text(body.get(name)) for name in ("value", "id", "source"))), "")
            (tags if body.get("purpose") == "tagging" else notes).append(value)
            tags.append(body.get("tag"))
    return "\n\n".join(note.strip() for note in notes if note.strip()), fit.tags(tags)


def _source(row: Mapping[str, Any], target: Mapping[str, Any], about: Source) -> Source:
    document = _mapping(row.get("document"))
    given = target.get("source")
    address = given.get("id") if isinstance(given, Mapping) else given
    return Source(
        title=_first(document, "title") or about.title,
        author=about.author,
        address=fit.line(row.get("uri")) or fit.line(address) or fit.line(target.get("id")),
    )


def _answer(found: _Found) -> Iterator[str]:
    """Put replies under the notes that they answer; what is told of it."""
    alone = 0
    put = 0
    for reply in sorted(found.replies, key=lambda one: one.when):
        at = next((found.ids[one] for one in reply.answers if one in found.ids), None)
        if at is None:
            alone += 1
            continue
        parent = found.annotations[at]
        note = "\n\n".join(filter(None, (parent.note, reply.said)))
        found.annotations[at] = replace(parent, note=note)
        put += 1
    if put:
        told = (
            "One reply is put under the note it answers" if put == 1 else f"{put:,} replies are put under their notes"
        )
        yield f"{told}."
    if alone:
        told = "One reply was" if alone == 1 else f"{alone:,} replies were"
        yield f"{told} left out: what {'it answers' if alone == 1 else 'they answer'} is not in this file."


def _mapping(value: object) -> Mapping[str, Any]:
    """An object; of a list of them the first; a bare address as the object it is the id of."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        return {"id": value}
    return value if isinstance(value, Mapping) else {}


def _first(values: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = values.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if found := fit.line(value):
            return found
    return ""


def _rows(count: int) -> str:
    return "One row was" if count == 1 else f"{count:,} rows were"
