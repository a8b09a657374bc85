"""What is given to the model at a time, and in which order: what the reader looks at comes first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 5_000
"""Code points of the longest piece; a longer block is cut, since the model's memory grows with its input."""

FIRST_BATCH = 8
LATER_BATCH = 64
BATCH_LENGTH = 30_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a part of a very long one; `start` is its place in the document."""

    block: int
    start: int
    text: str


def pieces_of(blocks: Sequence[str]) -> list[Piece]:
    """The blocks as pieces in text order, blank ones left out."""
    pieces, start = [], 0
    for index, text in enumerate(blocks):
        pieces += [Piece(index, start + at, part) for at, part in _cut(text) if not part.isspace()]
        start += len(text) + 1
    return pieces


def batches(pieces: Sequence[Piece], first_block: int = 0) -> Iterator[list[Piece]]:
    """The pieces from `first_block` on, then those before it: a small batch first, so that something shows at once."""
    begin = next((index for index, piece in enumerate(pieces) if piece.block >= first_block), 0)
    batch: list[Piece] = []
    length, limit = 0, FIRST_BATCH
    for piece in (*pieces[begin:], *pieces[:begin]):
        batch.append(piece)
        length += len(piece.text)
        if len(batch) >= limit or length >= BATCH_LENGTH:
            yield batch
            batch, length, limit = [], 0, LATER_BATCH
    if batch:
        yield batch


def places(batch: Sequence[Piece]) -> list[tuple[int, int]]:
    """The stretches of the document that a batch covers: one, or two where it goes on at the beginning."""
    found: list[tuple[int, int]] = []
    for piece in batch:
        start, end = piece.start, piece.start + len(piece.text)
        if found and start >= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _cut(text: str) -> Iterator[tuple[int, str]]:
    """Cut at the end of a sentence where there is one, else at a blank, else anywhere; nothing is lost."""
    at = 0
    while len(text) - at > LONGEST:
        half, full = at + LONGEST // 2, at + LONGEST
        sentence = max(text.rfind(mark, half, full) for mark in (". ", "? ", "! ", ".\n"))
        cut = (sentence + 2 if sentence > 0 else text.rfind(" ", half, full) + 1) or full
        yield at, text[at:cut]
        at = cut
    if at < len(text):
        yield at, text[at:]
