"""A query as the fields of a form, and back. Pure.

What stands in the query outside of brackets and is joined by no OR or NEAR is lifted into the fields; all else stays in
`words` as it was typed, so that the form never changes what a query means.
"""

import re
from dataclasses import dataclass, field

from postil_db.index.language import Clause, add_clause, clause_text, clauses, tokens

LISTS = ("tag", "entity", "title", "author", "color", "in", "is", "has", "lang")
"""Fields that take several values in the form, each a clause."""
SPANS = ("created", "published")
"""Fields that take a span of time."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the form says. `values`: by field, those wanted; `spans`: by field, from and to as typed ("" = open)."""

    words: str = ""
    phrase: str = ""
    without: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spans: dict[str, str] = field(default_factory=dict)


def read(query: str) -> Form:
    """The form that says what a query says."""
    if _joined(query):
        return Form(words=query.strip())
    depths = _depths(query)
    kept, cut = [], 0
    phrase, without = "", []
    values: dict[str, tuple[str, ...]] = {}
    spans: dict[str, str] = {}
    for one in clauses(query):
        plain = one.start >= len(depths) or depths[one.start] == 0
        taken = plain
        if plain and one.negated and not one.field:
            without.append(_body(query, one))
        elif plain and not one.negated and one.field in LISTS:
            values[one.field] = (*values.get(one.field, ()), one.value)
        elif plain and not one.negated and one.field in SPANS and one.field not in spans:
            spans[one.field] = one.value
        elif plain and not one.negated and not one.field and not phrase and re.fullmatch(r'"[^"]+"', one.value):
            phrase = one.value.strip('"')
        else:
            taken = False
        if taken:
            kept.append(query[cut : one.start])
            cut = one.end
    kept.append(query[cut:])
    return Form(" ".join("".join(kept).split()), phrase, " ".join(without), values, spans)


def write(form: Form) -> str:
    """The query that says what a form says."""
    wanted = []
    if form.phrase.strip():
        wanted.append('"' + form.phrase.replace('"', " ").strip() + '"')
    wanted += [f"-{one.value}" for one in clauses(form.without) if not one.field]
    for name in LISTS:
        wanted += [clause_text(name, value) for value in form.values.get(name, ())]
    wanted += [clause_text(name, form.spans[name]) for name in SPANS if form.spans.get(name)]
    query = form.words.strip()
    for clause in wanted:
        query = add_clause(query, clause)
    return query.strip()


def span(start: str, end: str) -> str:
    """Two days, months or years as the value of a date field; "" for neither."""
    if start and end:
        return start if start == end else f"{start}..{end}"
    return f">={start}" if start else f"<={end}" if end else ""


def ends(value: str) -> tuple[str, str]:
    """The two ends of a date field's value; what is no span is its own beginning and end."""
    if ".." in value:
        start, _, end = value.partition("..")
        return start, end
    if value.startswith(">="):
        return value[2:], ""
    if value.startswith("<="):
        return "", value[2:]
    return value, value


def _body(query: str, clause: Clause) -> str:
    typed = query[clause.start : clause.end]
    return typed.removeprefix("-") if typed.startswith("-") else typed.removeprefix("NOT").strip()


def _joined(query: str) -> bool:
    """Whether OR, NEAR or the like stands outside of all brackets: then nothing can be lifted out."""
    depths = _depths(query)
    return any(
        token.role == "operator" and depths[token.start] == 0 and query[token.start : token.end] != "NOT"
        for token in tokens(query)
    )


def _depths(query: str) -> list[int]:
    """How many brackets are open at each character."""
    depth, found = 0, [0] * len(query)
    marks = {token.start: query[token.start] for token in tokens(query) if token.role == "bracket"}
    for at in range(len(query)):
        found[at] = depth
        if marks.get(at) == "(":
            depth += 1
        elif marks.get(at) == ")":
            depth = max(0, depth - 1)
    return found
