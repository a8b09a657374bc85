"""The query language as a text: its pieces, for whoever colours, completes or edits a query. Pure; no query fails.

Words, "phrases", beginnings*, wild?cards, misspelt~, -not, AND, OR, NOT, NEAR/10, brackets and fields (`fields.py`).
What is no clause is plain text. The meaning of a query is in `query.py`, which reads the same pieces.
"""

import re
from dataclasses import dataclass
from datetime import date

from postil_db.index.dates import days
from postil_db.index.fields import ALIKE, CHOICES, DATES, FIELDS

MAX_LENGTH = 1000  # what is typed beyond is not read
NEAR = 10  # words apart, where no number is given
FARTHEST = 1000

_NAMES = "|".join(sorted({*FIELDS, *ALIKE}, key=len, reverse=True))
_PIECE = re.compile(
    rf"""\s+
    | (?P<bracket>[()])
    | (?P<minus>-(?=[^\s)-]))?
      (?: (?P<group>(?<=-)\()
        | (?:(?P<field>{_NAMES}):(?=[^\s()]))?
          (?: "(?P<phrase>[^"]*)(?P<closed>"[*~]?)? | (?P<word>[^\s()"]+) ) )""",
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = re.compile(r"NEAR(?:/(\d{1,6}))?$")
_GLOB = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a query and what it is there for.

    `role`: field, value, phrase, operator, bracket, negation, text, fuzzy, wildcard, date, or error (a value that its
    field does not know: it is read as text).
    """

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a query. `field`: "" for words and phrases, whose `value` is as typed; else without quotes."""

    start: int
    end: int
    field: str
    value: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query: a bracket, a sign or an operator, or a clause with its parts.

    `kind`: ( ) - AND OR NOT NEAR or clause. `at`: where the value begins. `tail`: * or ~ after a phrase's closing
    quotation mark. `last`: nothing follows it, not even a blank. `apart`: of NEAR, in words.
    """

    kind: str
    start: int
    end: int
    field: str = ""
    text: str = ""
    at: int = 0
    phrase: bool = False
    closed: bool = True
    tail: str = ""
    last: bool = False
    apart: int = 0


def pieces(query: str) -> tuple[Piece, ...]:
    """A query taken apart."""
    found: list[Piece] = []
    at, cut = 0, query[:MAX_LENGTH]
    while at < len(cut):
        match = _PIECE.match(cut, at)
        if not match or match.end() == at:
            at += 1
            continue
        at = match.end()
        found += _pieces(match, at == len(cut))
    return tuple(found)


def _pieces(match: re.Match[str], last: bool) -> list[Piece]:
    start, end = match.span()
    found = []
    if match["minus"]:
        found.append(Piece("-", start, start + 1))
        start += 1
    bracket = match["bracket"] or match["group"]
    if bracket:
        found.append(Piece(bracket, start, end))
        return found
    name = (match["field"] or "").lower()
    field = ALIKE.get(name, name)
    at = start + (len(name) + 1 if name else 0)
    if match["phrase"] is not None:
        closed = match["closed"] or ""
        found.append(
            Piece(
                "clause", start, end, field, match["phrase"], at,
                phrase=True, closed=bool(closed), tail=closed[1:], last=last,
            )
        )  # fmt: skip
    elif word := match["word"]:
        near = None if field else _NEAR.match(word)
        if word in ("AND", "OR", "NOT") and not field:
            found.append(Piece(word, start, end, text=word, at=at))
        elif near:
            apart = min(FARTHEST, int(near[1])) if near[1] else NEAR
            found.append(Piece("NEAR", start, end, text=word, at=at, apart=apart))
        else:
            found.append(Piece("clause", start, end, field, word, at, last=last))
    return found


def understood(piece: Piece) -> bool:
    """Whether a field knows its value; what it does not know is read as plain text."""
    value = piece.text.strip().casefold()
    if piece.field in DATES:
        return days(piece.text, date(2026, 1, 1)) is not None
    if piece.field == "doc":
        return value.isdecimal() and len(value) < 18
    if piece.field == "color":
        return bool(value)
    return piece.field not in CHOICES or value in CHOICES[piece.field]


def tokens(query: str) -> tuple[Token, ...]:
    """What to colour how, from left to right; blanks are left out."""
    found = []
    every = pieces(query)
    for number, piece in enumerate(every):
        if piece.kind in ("(", ")"):
            found.append(Token(piece.start, piece.end, "bracket"))
        elif piece.kind == "-":
            found.append(Token(piece.start, piece.end, "negation"))
        elif piece.kind != "clause":
            joins = piece.kind == "NOT" or (0 < number < len(every) - 1)
            found.append(Token(piece.start, piece.end, "operator" if joins else "text"))
        else:
            if piece.field:
                found.append(Token(piece.start, piece.at, "field"))
            found.append(Token(piece.at, piece.end, _role(piece)))
    return tuple(found)


def _role(piece: Piece) -> str:
    if not understood(piece):
        return "error"
    if piece.field in DATES:
        return "date"
    if piece.tail == "~" or (not piece.phrase and piece.text.endswith("~") and len(piece.text) > 1):
        return "fuzzy"
    if not piece.phrase and _GLOB.search(piece.text):
        return "wildcard"
    if piece.field:
        return "value"
    return "phrase" if piece.phrase else "text"


def clauses(query: str) -> tuple[Clause, ...]:
    """The conditions of a query, from left to right; a minus sign before one belongs to it."""
    found = []
    every = pieces(query)
    for number, piece in enumerate(every):
        if piece.kind != "clause":
            continue
        before = every[number - 1] if number else None
        negated = before is not None and before.kind in ("-", "NOT")
        start = before.start if negated and before else piece.start
        value = piece.text if piece.field else query[piece.start : piece.end]
        found.append(Clause(start, piece.end, piece.field, value, negated))
    return tuple(found)


def clause_text(field: str, value: str, *, negated: bool = False) -> str:
    """A clause as one types it."""
    value = value.replace('"', " ").strip() if field else value
    quoted = f'"{value}"' if field and re.search(r"[\s()~*?]|^-", value) else value
    return f"{'-' * negated}{field}{':' * bool(field)}{quoted}"


def add_clause(query: str, clause: str) -> str:
    """The query with one more condition; unchanged if it has that already. A blank ends it: no word is unfinished."""
    clause = clause.strip()
    every = pieces(query)
    if not clause or any(query[one.start : one.end] == clause for one in clauses(query)):
        return query
    before = query.strip()[:MAX_LENGTH]
    if not before:
        return f"{clause} "
    if every and every[-1].kind == "clause" and every[-1].phrase and not every[-1].closed:
        before += '"'
    depth, split = 0, False
    for piece in every:
        depth += (piece.kind == "(") - (piece.kind == ")")
        split = split or (piece.kind == "OR" and depth <= 0)
    before += ")" * max(0, depth)
    return f"({before}) {clause} " if split else f"{before} {clause} "


def drop_clause(query: str, index: int) -> str:
    """The query without its condition of this number, and without the operators and brackets that joined only that."""
    every = clauses(query)
    if not 0 <= index < len(every):
        return query
    gone = every[index]
    left = _tidy(f"{query[: gone.start].rstrip()} {query[gone.end :].lstrip()}")
    return f"{left} " if left else ""


def _tidy(query: str) -> str:
    """A query without operators that join nothing and brackets around nothing."""
    while True:
        every = pieces(query)
        idle = [
            piece
            for before, piece, after in zip((None, *every), every, (*every[1:], None), strict=False)
            if _idle(before, piece, after)
        ]
        if not idle:
            return query.strip()
        piece = idle[0]
        query = f"{query[: piece.start].rstrip()} {query[piece.end :].lstrip()}"


def _idle(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    if piece.kind in ("AND", "OR", "NEAR"):
        return before is None or after is None or before.kind in ("(", "AND", "OR") or after.kind == ")"
    if piece.kind in ("NOT", "-"):
        return after is None or after.kind == ")"
    if piece.kind == "(":
        return after is not None and after.kind == ")"
    return piece.kind == ")" and (before is None or before.kind == "(")
