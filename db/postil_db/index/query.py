"""What a reader types -> a Whoosh query tree. Never fails, and never costs more than its length.

The language is that of `language.py`; words side by side must all be there. What is no clause is plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from postil_db.index.clauses import any_named, conditioned
from postil_db.index.entry import How, Loose, Part, Terms
from postil_db.index.fields import CHOICES, DATES, KINDS
from postil_db.index.fold import Step, fold, label, steps
from postil_db.index.language import Piece, pieces, understood
from postil_db.index.nodes import Near, Passage
from postil_db.index.whoosh_parts import Untyped
from postil_db.index.whoosh_parts import query as whoosh_query

MAX_WORDS, MAX_DEPTH, MAX_NEAR = 64, 16, 4
MAX_FUZZY = 6  # misspelt words: each is compared with all words that begin as it does
SHORTEST_STEM = 5  # letters of a word that is still being typed

_PARTS = {"quote": (Part.QUOTE,), "note": (Part.NOTE,), "text": (Part.TEXT,)}
_OPERANDS = ("clause", "(", "-", "NOT")


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood. `words`: what ranks the hits. `terms`: what to mark in them. `trashed`: of the trash, too.

    `plain`: the words asked for as they were typed, by where they stand in the query; for "did you mean". `near`: it
    asks what stands near what.
    """

    tree: Any
    words: tuple[Step, ...]
    terms: Terms
    trashed: bool = False
    plain: tuple[tuple[int, int, str], ...] = ()
    near: bool = False


def _within(every: Sequence[Piece]) -> list[Piece]:
    """The pieces without brackets that are too deep, or that close nothing."""
    depth = ignored = 0
    kept = []
    for piece in every:
        if piece.kind == "(":
            if depth == MAX_DEPTH:
                ignored += 1
                continue
            depth += 1
        elif piece.kind == ")":
            if ignored or not depth:
                ignored = max(0, ignored - 1)
                continue
            depth -= 1
        kept.append(piece)
    return kept


@dataclass(slots=True)
class _Parser:
    """Recursive descent, as deep as brackets may be."""

    pieces: list[Piece]
    today: date
    stems: bool = True
    at: int = 0
    room: int = MAX_WORDS
    nears: int = MAX_NEAR
    fuzzy: int = MAX_FUZZY
    trashed: bool = False
    words: dict[Step, None] = field(default_factory=dict)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    open_phrases: set[tuple[str, ...]] = field(default_factory=set)
    marked: set[Step] = field(default_factory=set)
    plain: list[tuple[int, int, str]] = field(default_factory=list)

    def peek(self, ahead: int = 0) -> str:
        """The kind of the next piece, or "" at the end."""
        return self.pieces[self.at + ahead].kind if self.at + ahead < len(self.pieces) else ""

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
            waits = self.at + 1 == len(self.pieces)
            if kind in ("AND", "OR", "NEAR") and branches and (self._operand_follows() or waits):
                self.at += 1  # an AND between two, or an operator that waits for what is still to be typed
                continue
            branch = self.nearby(wanted)
            if branch is not None:
                branches.append(branch)
        return whoosh_query.And(branches) if len(branches) > 1 else branches[0] if branches else None

    def _operand_follows(self) -> bool:
        return self.peek(1) in _OPERANDS

    def nearby(self, wanted: bool) -> Untyped:
        """A condition, and those that must stand near it."""
        left = self.condition(wanted)
        found: list[Any] = []
        while self.peek() == "NEAR" and left is not None and self.peek(1) in ("clause", "(") and self.nears:
            apart = self.pieces[self.at].apart
            self.at += 1
            self.nears -= 1
            right = self.condition(wanted)
            if right is None:
                continue
            found.append(Near(left, right, apart))
            left = right
        return whoosh_query.And(found) if len(found) > 1 else found[0] if found else left

    def condition(self, wanted: bool) -> Untyped:
        """One condition, perhaps negated."""
        negated = False
        while self.peek() in ("-", "NOT"):
            if self.peek() == "NOT" and not self._operand_follows():
                if self.at + 1 < len(self.pieces) or self.at == 0:
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
        piece = self.pieces[self.at]
        self.at += 1
        if piece.kind == "(":
            inner = self.either(wanted)
            if self.peek() == ")":
                self.at += 1
            return inner
        return None if piece.kind in ("-", ")") else self.clause(piece, wanted)

    def clause(self, piece: Piece, wanted: bool) -> Untyped:
        """A word, a phrase or a field with its value."""
        if piece.field and not understood(piece):
            return self.words_of(replace(piece, field="", text=f"{piece.field} {piece.text}", phrase=True), wanted)
        if piece.field in ("tag", "color"):
            return self._label(piece, wanted)
        if piece.field in CHOICES or piece.field in DATES or piece.field in ("lang", "source", "doc"):
            self.trashed = self.trashed or (piece.field == "is" and piece.text.strip().casefold() == "trashed")
            self.room -= 1
            return conditioned(piece, (), self.today) if self.room >= 0 else None
        return self.words_of(piece, wanted)

    def words_of(self, piece: Piece, wanted: bool) -> Untyped:
        """Words, perhaps of a field."""
        found = _steps(piece, stems=self.stems, unfinished=wanted)[: max(0, self.room)]
        if not found:
            named = piece.field if piece.text == "*" else ""
            return any_named(named) if named in ("entity", *KINDS) else None
        self.room -= len(found)
        found = self._few_fuzzy(found)
        if piece.field in ("", *_PARTS):
            if wanted:
                self._note(found, piece)
            parts = _PARTS.get(piece.field, ())
            if len(found) > 1 or parts or found[0].how:
                return Passage(found, parts)
            kind = whoosh_query.Prefix if found[0].open else whoosh_query.Term
            return kind("text", found[0].text)
        if wanted and piece.field not in ("title", "author"):
            self._mark(found)
        return conditioned(piece, found, self.today)

    def _few_fuzzy(self, found: tuple[Step, ...]) -> tuple[Step, ...]:
        """The words, of which only a few may be misspelt; the others are taken as they are."""
        kept = []
        for step in found:
            if step.how is How.FUZZY:
                self.fuzzy -= 1
            kept.append(replace(step, how=None) if step.how is How.FUZZY and self.fuzzy < 0 else step)
        return tuple(kept)

    def _label(self, piece: Piece, wanted: bool) -> Untyped:
        name, kind = piece.text, whoosh_query.Term
        if name.endswith("*") and not piece.phrase:
            name, kind = name[:-1], whoosh_query.Prefix
        folded = label(name)
        if kind is whoosh_query.Prefix:
            folded += "/" * name.endswith("/")
        elif not folded:
            text = f"{piece.field} {piece.text}"
            return self.words_of(replace(piece, field="", text=text, phrase=False), wanted)
        if self.room <= 0:
            return None
        self.room -= 1
        return kind(piece.field, folded)

    def _note(self, found: tuple[Step, ...], piece: Piece) -> None:
        for step in found:
            self.words[Step(step.text, 0)] = None
            if step.open:
                self.words[Step(step.text, 0, open=True)] = None
            if step.how:
                self.words[Step(step.text, 0, how=step.how)] = None
        if len(found) == 1 and found[0].how in (None, How.STEM) and not piece.field:
            self.plain.append((piece.start, piece.end, found[0].text))
        self._mark(found)

    def _mark(self, found: tuple[Step, ...]) -> None:
        if len(found) == 1:
            self.marked.add(found[0])
        else:
            texts = tuple(step.text for step in found)
            (self.open_phrases if found[-1].open else self.phrases).add(texts)

    def terms(self) -> Terms:
        """What to mark."""
        return Terms(
            words=frozenset(step.text for step in self.marked if not step.open),
            prefixes=frozenset(step.text for step in self.marked if step.open),
            phrases=frozenset(self.phrases),
            open_phrases=frozenset(self.open_phrases),
            loose=frozenset(Loose(step.how, step.text) for step in self.marked if step.how),
        )


def _steps(piece: Piece, *, stems: bool, unfinished: bool) -> tuple[Step, ...]:
    """The words of a clause, and in which way they stand for others."""
    text, bare = piece.text, not piece.phrase
    if piece.tail == "~" or (bare and text.endswith("~")):
        found = steps(text.rstrip("~"))
        return tuple(replace(step, how=How.FUZZY) if len(step.text) > 2 else step for step in found)
    if bare and (pattern := _pattern(text)):
        return (Step(pattern, 0, how=How.WILD),)
    found = steps(text)
    if not found:
        return ()
    starred = piece.tail == "*" or (bare and text.endswith("*"))
    growing = unfinished and piece.last and (bare or not piece.closed)
    if len(found) == 1 and stems and bare and not starred:
        found = (replace(found[0], how=How.STEM),) if _has_forms(found[0].text) else found
    if starred or growing:
        last = found[-1]
        how = last.how if len(last.text) >= SHORTEST_STEM else None  # so short a beginning is a beginning only
        found = (*found[:-1], replace(last, open=True, how=how))
    return found


def _has_forms(word: str) -> bool:
    return len(word) > 2 and word.isascii() and word.isalpha()


def _pattern(text: str) -> str:
    """A word with * or ? in it, if it begins with two letters at least; "" for anything else."""
    folded = fold(text).strip(".,;:!'")
    if not ("?" in folded.rstrip("*") or "*" in folded.rstrip("*")):
        return ""
    core = folded.replace("*", "").replace("?", "")
    at = min(folded.find(sign) % (len(folded) + 1) for sign in "*?")
    return folded if at >= 2 and core.isalnum() and len(folded) <= 64 else ""


def parse(typed: str, today: date | None = None) -> Query:
    """Understand what was typed. The last word, while nothing follows it, is also taken as a beginning."""
    found = _within(pieces(typed))
    switches = [one.text.casefold() for one in found if one.field == "stem" and understood(one)]
    found = [one for one in found if not (one.field == "stem" and understood(one))]
    parser = _Parser(found, today or date.today(), stems="off" not in switches)  # noqa: DTZ011 - the reader's own day
    tree = parser.either(wanted=True)
    return Query(
        whoosh_query.Every() if tree is None else tree,
        tuple(parser.words),
        parser.terms(),
        parser.trashed,
        tuple(parser.plain),
        parser.nears < MAX_NEAR,
    )
