"""How well and how fast names are found, against the raw model in the same run.

    python tests/benchmarks/bench_entities.py [--gold FILE] [--passes]
    python tests/benchmarks/bench_entities.py --window [--words 1000000] | --crowd [--mentions 50000]

FILE: JSON lines (`text`, `entities` = [start, end, label]) or CoNLL/IOB columns; by default WikiGold out of the shared
corpora (POSTIL_CORPORA), else our own few articles. `--passes` shows what is lost without each pass. Exact spans and
four kinds (PER ORG LOC MISC), edges trimmed alike on both sides. `--window`: a book's names are found in the real
window while somebody reads and writes in it (names_window.py); `--crowd`: one name thousands of times in one document,
and what ruling about it costs (names_crowd.py). Prints a table and, as the last line, one JSON object.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests.benchmarks.entity_gold import Gold, load
from tests.benchmarks.entity_scores import FOUR, Score, comparable

from postil.entities import edges, model_files, order, refine
from postil.entities.client import Batch, Recogniser
from postil.entities.passage import Passage
from postil.entities.recognise import Model
from postil.entities.span import Span
from postil.entities.truecase import Spelling
from postil_db.records import Block, BlockKind, Content

WARM_RUNS = 5
LONG_DOCUMENT = 5_000
"""Words of the document that the first entity is timed on."""

type Finder = Callable[[str], list[Span]]


def default_gold() -> Path | None:
    """WikiGold, where the corpora are."""
    given = os.environ.get("POSTIL_CORPORA")
    folder = Path(given) if given else Path(__file__).parents[3] / "shared" / "corpora"
    path = folder / "entities" / "wikigold.jsonl"
    return path if path.is_file() else None


def raw(model: Model, text: str) -> list[Span]:
    """What the model says line by line, as it is."""
    pieces = order.pieces_of(text.split("\n"))
    found = model.spans([piece.text for piece in pieces])
    return [span.moved(piece.start) for piece, spans in zip(pieces, found, strict=True) for span in spans]


def read(model: Model, text: str) -> list[Span]:
    """What the model says with shouted lines calmed and edges cleaned, as the worker does it."""
    blocks = text.split("\n")
    spelling, pieces = Spelling(blocks), order.pieces_of(blocks)
    found = model.spans([spelling.calm(piece.text) for piece in pieces])
    return [
        span.moved(piece.start)
        for piece, spans in zip(pieces, found, strict=True)
        for span in edges.clean(piece.text, spans)
    ]


def refined(model: Model, text: str) -> list[Span]:
    """What we show: the model's spans after the document-level passes."""
    passage = Passage(text, read(model, text))
    for _ in refine.refine(passage):
        pass
    refine.mentions(passage)
    return list(passage.spans)


def score(documents: Sequence[Gold], find: Finder) -> tuple[Score, float]:
    """The score over all documents, and the processor seconds that the finding took."""
    total, seconds = Score(), 0.0
    for document in documents:
        began = time.process_time()
        found = find(document.text)
        seconds += time.process_time() - began
        add(total, document, found)
    return total, seconds


def add(total: Score, document: Gold, found: Sequence[Span]) -> None:
    """Count one document's spans."""
    spans = comparable(document.text, [span[:3] for span in found], FOUR)
    total.add(document.text, spans, comparable(document.text, document.spans, FOUR))


def show(title: str, total: Score, more: str = "") -> None:
    """One line of the table."""
    columns = "".join(f"{value:>8.3f}" for value in (*total.prf, *total.overlapping_prf))
    print(f"  {title:<24}{columns}{total.sometimes_share:>11.3f}{more}")


def show_kinds(total: Score) -> None:
    """One line of the table for each kind."""
    for label, exact, overlapping, wanted in total.rows():
        columns = "".join(f"{value:>8.3f}" for value in (*exact, *overlapping))
        print(f"    {label:<22}{columns}{wanted:>11,} wanted")


def show_passes(model: Model, documents: Sequence[Gold]) -> None:
    """What is found without each pass, and in the last column what F1 gains by it."""
    found = [read(model, document.text) for document in documents]
    show("clean edges alone", _with_passes(documents, found, ()))
    whole = _with_passes(documents, found, refine.PASSES).prf[2]
    for step in refine.PASSES:
        total = _with_passes(documents, found, tuple(each for each in refine.PASSES if each is not step))
        show(f"- {step.__name__}", total, f"{whole - total.prf[2]:>+10.4f}")


def _with_passes(documents: Sequence[Gold], found: Sequence[list[Span]], passes: tuple[refine.Pass, ...]) -> Score:
    """The score of some passes over spans that the model found."""
    total = Score()
    for document, spans in zip(documents, found, strict=True):
        passage = Passage(document.text, spans)
        for _ in refine.refine(passage, passes):
            pass
        add(total, document, list(passage.spans))
    return total


def first_batch(documents: Sequence[Gold]) -> tuple[float, float, float]:
    """Milliseconds to the first batch of a long document with a new and a warm child, and the child's peak memory."""
    words = " \n".join(document.text for document in documents).split(" ")[:LONG_DOCUMENT]
    lines = " ".join(words).split("\n")
    content = Content(tuple(Block(BlockKind.PARAGRAPH, line) for line in lines))
    recogniser = Recogniser()
    times = []
    for _ in range(1 + WARM_RUNS):
        began = time.perf_counter()
        items = recogniser.recognise(content, language="en", first_block=len(lines) // 2)
        first = next(items)
        times.append(1000 * (time.perf_counter() - began))
        assert isinstance(first, Batch)
        list(items)
    recogniser.stop()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return times[0], sorted(times[1:])[WARM_RUNS // 2], memory


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=default_gold())
    parser.add_argument("--passes", action="store_true")
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--crowd", action="store_true")
    given, more = parser.parse_known_args()
    if given.window or given.crowd:  # in a process of its own, which loads no model
        script = Path(__file__).with_name("names_window.py" if given.window else "names_crowd.py")
        raise SystemExit(subprocess.run([sys.executable, str(script), *more], check=False).returncode)
    documents = load(given.gold)
    words = sum(len(document.text.split()) for document in documents)
    cold_ms, first_ms, rss_mb = first_batch(documents)  # before this process holds a model of its own
    model = Model(model_files.model_folder())
    raw(model, documents[0].text)  # the first text pays for what is made once

    before, raw_s = score(documents, lambda text: raw(model, text))
    after, refined_s = score(documents, lambda text: refined(model, text))
    print(f"{given.gold.name if given.gold else 'our own articles'}: {len(documents)} documents, {words:,} words\n")
    print(f"  {'':<24}{'exact P':>8}{'R':>8}{'F1':>8}{'overl. P':>9}{'R':>7}{'F1':>8}{'sometimes':>11}")
    show("raw model", before)
    show_kinds(before)
    if given.passes:
        show_passes(model, documents)
    show("refined", after)
    show_kinds(after)
    print(f"\n  words per second: {words / raw_s:,.0f} raw, {words / refined_s:,.0f} refined")
    print(f"  first batch: {cold_ms:.0f} ms with a new child, {first_ms:.0f} ms with a warm one; child {rss_mb:.0f} MB")
    figures = {
        "f1": after.prf[2],
        "f1_raw": before.prf[2],
        "f1_overlap": after.overlapping,
        "f1_overlap_raw": before.overlapping,
        "sometimes": after.sometimes_share,
        "sometimes_raw": before.sometimes_share,
        "speed_ratio": raw_s / refined_s,
        "words_per_s": words / refined_s,
        "first_ms": first_ms,
        "cold_ms": cold_ms,
        "rss_mb": rss_mb,
    }
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
