"""Hand-labelled texts from files: JSON lines, CoNLL/IOB columns, or our own marked articles."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.entity_scores import Labelled
from tests.postil.entities.labelled import articles

NO_BLANK_BEFORE = frozenset([".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "'", "''", "...", "”", "’s"])
NO_BLANK_AFTER = frozenset(["(", "[", "$", "“", "``"])


@dataclass(frozen=True)
class Gold:
    """A text and the spans that a person marked in it."""

    text: str
    spans: list[Labelled]


def load(path: Path | None) -> list[Gold]:
    """The gold file given; else our own articles."""
    if path is None:
        return [
            Gold(article.content.text, [(start, end, kind.value) for start, end, kind, _ in article.mentions])
            for article in articles().values()
        ]
    text = path.read_text(encoding="utf-8-sig")
    if text.lstrip().startswith("{"):
        return [_from_json(line) for line in text.splitlines() if line.strip()]
    documents = [Gold(*_from_columns(part)) for part in text.split("-DOCSTART-") if part.strip()]
    return documents or sys.exit(f"{path} holds no labelled text")


def _from_json(line: str) -> Gold:
    row = json.loads(line)
    spans: list[Any] = next((row[name] for name in ("entities", "ents", "spans", "label", "labels") if name in row), [])
    return Gold(row["text"], [_labelled(span) for span in spans])


def _labelled(span: Sequence[Any] | Mapping[str, Any]) -> Labelled:
    """A span as [start, end, label], or as an object that names them."""
    if isinstance(span, Mapping):
        return int(span["start"]), int(span["end"]), str(span.get("label", span.get("type", span.get("tag", ""))))
    start, end, label, *_ = span
    return int(start), int(end), str(label)


def _from_columns(part: str) -> tuple[str, list[Labelled]]:
    """Tokens in the first column, tags (B-, I-, E-, S-, L-, U- or O) in the last; an empty line ends a sentence."""
    text, spans = "", list[Labelled]()
    for token, tag in _tokens(part):
        if token == "\n":
            text = text.rstrip(" ") + "\n"
            continue
        if token in NO_BLANK_BEFORE:
            text = text.rstrip(" ")
        start = len(text)
        text += token
        position, _, label = tag.partition("-")
        goes_on = position in ("I", "E", "L") and spans and spans[-1][2] == label
        if label and goes_on and not text[spans[-1][1] : start].strip(" "):
            spans[-1] = (spans[-1][0], len(text), label)
        elif label:
            spans.append((start, len(text), label))
        text += "" if token in NO_BLANK_AFTER else " "
    return text, spans


def _tokens(part: str) -> Iterator[tuple[str, str]]:
    for line in part.splitlines()[1 if part.startswith((" ", "\t")) else 0 :]:
        if line.startswith("# "):
            continue  # a remark, of CoNLL-U and its kin
        columns = line.split()
        yield (columns[0], columns[-1]) if columns else ("\n", "O")
