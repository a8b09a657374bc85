"""The child process that reads with the model: `python -m postil.entities.worker`, JSON lines in and out.

Requests: `{"do": "warm"}` loads the model; `{"do": "recognise", ...}` answers with batches of spans in the order in
which the reader will meet them, then with the refined list. Spans travel as [start, end, label].
"""

import os
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from postil.documents.limits import serve
from postil.entities import abroad, edges, order, refine
from postil.entities.languages import ENGLISH
from postil.entities.passage import Passage
from postil.entities.span import Span
from postil.entities.truecase import Spelling

if TYPE_CHECKING:
    from postil.entities.abroad import Reads

ANSWER_LENGTH = 2_000
"""Refined spans in one answer: a line stays short, however long the book."""

UNSEEN = dict.fromkeys([0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " ")
"""Signs that turn the writing around and take no room would stick to names; blanks in their place keep offsets."""

Answer = Mapping[str, object]


@cache
def _model(language: str) -> "Reads":
    if language != ENGLISH.language:
        return abroad.reader(language)
    from postil.entities import model_files, recognise  # spaCy takes a second to import: only when it is needed

    return recognise.Model(model_files.model_folder())


def handle(request: dict[str, Any]) -> Iterator[Answer]:
    """Answer one request."""
    if request["do"] == "warm":
        list(_model(ENGLISH.language).spans(["Warm up."]))
        return
    blocks = [block.translate(UNSEEN) for block in request["blocks"]]
    spans = [Span(*row) for row in request["known"]]
    if request["model"]:
        for answer, found in _read(blocks, request):
            spans += found
            yield answer
    passage = Passage("\n".join(blocks), spans, request["language"])
    passes = refine.passes_for(passage.language, with_model=bool(request["model"] or spans))
    yield from _refined(passage, passes, request["published"])


def _read(blocks: list[str], request: dict[str, Any]) -> Iterator[tuple[Answer, list[Span]]]:
    """Run the model over the batches that are still to do."""
    model, english = _model(request["model"]), request["model"] == ENGLISH.language
    spelling = Spelling(blocks)
    batches = list(order.batches(order.pieces_of(blocks), request["first_block"]))
    yield {"of": len(batches)}, []
    for number, batch in enumerate(batches):
        if number in request["skip"]:
            continue
        found: list[Span] = []
        for piece, spans in zip(batch, model.spans([spelling.calm(piece.text) for piece in batch]), strict=True):
            cleaned = edges.clean(piece.text, spans) if english else spans
            found += (span.moved(piece.start) for span in cleaned)
        places = order.places(batch)
        yield {"batch": number, "of": len(batches), "spans": [span[:3] for span in found], "places": places}, found


def _refined(passage: Passage, passes: tuple[refine.Pass, ...], published: str) -> Iterator[Answer]:
    for stage in refine.refine(passage, passes):
        yield {"stage": stage}  # a sign of life: a book takes its time
    rows = [list(mention) for mention in refine.mentions(passage, published)]
    for at in range(0, len(rows), ANSWER_LENGTH):
        yield {"refined": rows[at : at + ANSWER_LENGTH]}


def main() -> None:
    """Serve requests until the parent goes away."""
    for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # the reader's other programs want a core too
    warnings.simplefilter("ignore")
    serve(handle)


if __name__ == "__main__":
    main()
