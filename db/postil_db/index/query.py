"""What a reader types -> a Whoosh query tree. Never fails, and never costs more than its length.

Words, "phrases", beginnings*, tag:name, tag:"two words", tag:path/*, note: quote: title: entity: color:, -not, AND, OR,
NOT and brackets; words side by side must all be there. What is no clause is plain text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from postil_db.index.bulk import Passage
from postil_db.index.entry import Part, Terms
from postil_db.index.fold import Step, label, steps
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query

MAX_LENGTH, MAX_WORDS, MAX_DEPTH = 500, 64, 16

_PARTS = {"title": Part.TITLE, "quote": Part.QUOTE, "note": Part.NOTE, "entity": Part.ENTITY}
_LABELS = {"tag": "tag", "color": "color", "colour": "color"}
_TOKEN = re.compile(
    r"""\s+
    | (?P<bracket>[()])
    | (?P<minus>-(?=[^\s)-]))?
      (?: (?P<group>(?<=-)\()
        | (?:(?P<field>tag|note|quote|title|entity|colou?r):(?=[^\s()]))?
          (?: "(?P<phrase>[^"]*)(?P<closed>"\*?)? | (?P<word>[^\s()"]+) ) )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood. `words`: what ranks the hits. `terms`: what to mark in them."""

    tree: Any
    words: tuple[Step, ...]
    terms: Terms


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # ( ) - AND OR NOT clause
    field: str = ""
    text: str = ""
    phrase: bool = False
    open: bool = False


def _tokens(typed: str) -> Iterator[_Token]:
    at, depth, ignored = 0, 0, 0
    while at < len(typed):
        match = _TOKEN.match(typed, at)
        if not match or match.end() == at:
            at += 1
            continue
        at = match.end()
        last = at == len(typed)
        if match["minus"]:
            yield _Token("-")
        bracket = match["bracket"] or match["group"]
        if bracket == "(":
            if depth < MAX_DEPTH:
                depth += 1
                yield _Token("(")
            else:
                ignored += 1
        elif bracket == ")":
            if ignored:
                ignored -= 1
            elif depth:
                depth -= 1
                yield _Token(")")
        elif match["phrase"] is not None:
            closed = match["closed"] or ""
            unfinished = (last and not closed) or closed.endswith("*")
            yield _Token("clause", (match["field"] or "").lower(), match["phrase"], phrase=True, open=unfinished)
        elif word := match["word"]:
            if word in ("AND", "OR", "NOT") and not match["field"]:
                yield _Token(word, text=word)
            else:
                starred = word.endswith("*")
                yield _Token("clause", (match["field"] or "").lower(), word, open=starred or (last and bool(word)))


@dataclass(slots=True)
class _Parser:
    """Recursive descent, as deep as brackets may be."""

    tokens: list[_Token]
    at: int = 0
    room: int = MAX_WORDS
    words: dict[Step, None] = field(default_factory=dict)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    open_phrases: set[tuple[str, ...]] = field(default_factory=set)
    marked: set[Step] = field(default_factory=set)

    def peek(self, ahead: int = 0) -> str:
        """The kind of the next token, or "" at the end."""
        return self.tokens[self.at + ahead].kind if self.at + ahead < len(self.tokens) else ""

    def either(self, wanted: bool) -> Untyped:
        """Alternatives joined by OR. `wanted`: not under a NOT."""
        branches = [self.every(wanted)]
        while self.peek() == "OR":
            self.at += 1
            branches.append(self.every(wanted))
        branches = [branch for branch in branches if branch is not None]
        return whoosh_query.Or(branches) if len(branches) > 1 else branches[0] if branches else None

    def every(self, wanted: bool) -> Untyped:
        """Conditions that must all hold, up to an OR, a closing bracket or the end."""
        branches: list[Any] = []
        while (kind := self.peek()) not in ("", ")"):
            if kind == "OR" and branches and self._operand_follows():
                break
            if kind in ("AND", "OR") and branches and (self._operand_follows() or self.at + 1 == len(self.tokens)):
                self.at += 1  # an AND between two, or an operator that waits for what is still to be typed
                continue
            branch = self.condition(wanted)
            if branch is not None:
                branches.append(branch)
        return whoosh_query.And(branches) if len(branches) > 1 else branches[0] if branches else None

    def _operand_follows(self) -> bool:
        return self.peek(1) in ("clause", "(", "-", "NOT")

    def condition(self, wanted: bool) -> Untyped:
        """One condition, perhaps negated."""
        negated = False
        while self.peek() in ("-", "NOT"):
            if self.peek() == "NOT" and not self._operand_follows():
                if self.at + 1 < len(self.tokens) or self.at == 0:
                    break  # plain text
                self.at += 1
                return None
            negated = not negated
            self.at += 1
        inner = self.operand(wanted != negated)
        return None if inner is None else whoosh_query.Not(inner) if negated else inner

    def operand(self, wanted: bool) -> Untyped:
        """A bracket or a clause."""
        if not self.peek():
            return None
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "(":
            inner = self.either(wanted)
            if self.peek() == ")":
                self.at += 1
            return inner
        return None if token.kind in ("-", ")") else self.clause(token, wanted)

    def clause(self, token: _Token, wanted: bool) -> Untyped:
        """A word, a phrase or a field with its value."""
        if token.field in _LABELS:
            return self._label(token, wanted)
        found = steps(token.text)[: max(0, self.room)]
        if not found:
            return None
        self.room -= len(found)
        starred = token.text.endswith("*") and not token.phrase
        if starred or (token.open and wanted):
            found = (*found[:-1], Step(found[-1].text, found[-1].offset, open=True))
        if wanted:
            self._note(found)
        part = _PARTS.get(token.field)
        if len(found) > 1 or part is not None:
            return Passage(found, part)
        kind = whoosh_query.Prefix if found[0].open else whoosh_query.Term
        return kind("text", found[0].text)

    def _label(self, token: _Token, wanted: bool) -> Untyped:
        name, kind = token.text, whoosh_query.Term
        if name.endswith("*") and not token.phrase:
            name, kind = name[:-1], whoosh_query.Prefix
        folded = label(name)
        if kind is whoosh_query.Prefix:
            folded += "/" * name.endswith("/")
        elif not folded:
            return self.clause(_Token("clause", "", f"{token.field} {token.text}"), wanted)
        if self.room <= 0:
            return None
        self.room -= 1
        return kind(_LABELS[token.field], folded)

    def _note(self, found: tuple[Step, ...]) -> None:
        for step in found:
            self.words[Step(step.text, 0)] = None
            if step.open:
                self.words[Step(step.text, 0, open=True)] = None
        if len(found) == 1:
            self.marked.add(found[0])
        else:
            texts = tuple(step.text for step in found)
            (self.open_phrases if found[-1].open else self.phrases).add(texts)


def parse(typed: str) -> Query:
    """Understand what was typed. The last word, while nothing follows it, is also taken as a beginning."""
    cut = typed[:MAX_LENGTH]
    tokens = list(_tokens(cut))
    parser = _Parser(tokens)
    tree = parser.either(wanted=True)
    terms = Terms(
        words=frozenset(step.text for step in parser.marked if not step.open),
        prefixes=frozenset(step.text for step in parser.marked if step.open),
        phrases=frozenset(parser.phrases),
        open_phrases=frozenset(parser.open_phrases),
    )
    return Query(whoosh_query.Every() if tree is None else tree, tuple(parser.words), terms)
