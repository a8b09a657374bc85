"""How fast the search is, beside SQLite FTS5 and tantivy on the same annotations and questions in one run.

    python tests/benchmarks/bench_search.py [--sizes 10000,100000] [--large] [--seed 7]

`--large`: 500,000 annotations, too, which takes half an hour and 3 GB of memory.

Prints a table and, as the last line, one JSON object. Times are milliseconds by the clock to the first 50 hits with
their total, those with `cpu` in their name of the processor (the same on a busy machine).

The plain keys are of the product: `Library.ask` over annotations, entities and the texts of documents (20 words for
each annotation), with snippets and facets, and `Library.write` of a note, safely on disk. Keys that begin with `index_`
are of the index of annotations by itself. FTS5 and tantivy hold the annotations only and give ids, which is less work
than the library does. Each is measured in a process of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import search_bare, search_fts5, search_product, search_tantivy
from tests.benchmarks.search_corpus import CLASSES, PER_CLASS, Questions, make_corpus, make_questions
from tests.benchmarks.search_times import LIMIT, share, timed

from postil_db.index.entry import Entry


def measure(number: int, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """All figures for one size."""
    corpus = make_corpus(number, given.seed)
    questions = make_questions(corpus.entries, given.seed, each=1 if given.quick else PER_CLASS)
    asked = folder / f"asked-{number}.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    library = folder / f"library-{number}"
    search_product.make_library(library, corpus)
    entries = corpus.entries
    del corpus
    figures = _child("--build", str(library)) | _child("--ask-library", str(library), str(asked))
    figures |= search_product.interrupted(library)
    if given.library_only:
        return figures | {"fts5_p95_ms": {}, "tantivy_p95_ms": {}, "index_p95_ms": {}}
    own, path = folder / f"index-{number}", folder / f"fts-{number}.sqlite3"
    figures["index_build_per_s"] = round(search_bare.build(own, entries))
    figures["fts5_build_per_s"] = round(search_fts5.build(path, entries))
    figures["index_mb"] = round(sum(file.stat().st_size for file in own.iterdir()) / 2**20, 1)
    figures["fts5_mb"] = round(path.stat().st_size / 2**20, 1)
    figures |= _child("--ask", str(own), str(asked))
    figures["fts5_p95_ms"], figures["fts5_save_p95_ms"] = search_fts5.measure(path, entries, questions)
    return figures | beside_tantivy(folder / f"tantivy-{number}", entries, questions)


def _child(*arguments: str) -> dict[str, Any]:
    said = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, Any] = json.loads(said)
    return figures


def beside_tantivy(folder: Path, entries: Sequence[Entry], questions: Questions) -> dict[str, Any]:
    """tantivy's figures; none where it is not installed."""
    try:
        built = search_tantivy.build(folder, entries)
    except ImportError:
        return {"tantivy_p95_ms": {}}
    ask = search_tantivy.opened(folder, LIMIT)
    p95 = {
        name: share([timed(ask, name, words) for _, _, words in asked * 5], 0.95)
        for name, asked in questions.items()
        if name not in search_fts5.SKIPPED
    }
    return {"tantivy_p95_ms": p95, "tantivy_build_per_s": round(built)}


def show(number: int, figures: dict[str, Any]) -> None:
    """Print one size's table."""
    columns = {
        "library p95": figures["p95_ms"],
        "of it CPU": figures["p95_cpu_ms"],
        "index alone": figures["index_p95_ms"],
        "FTS5": figures["fts5_p95_ms"],
        "tantivy": figures["tantivy_p95_ms"],
    }
    print(f"\n{number:,} annotations; milliseconds; the ratios are of the library's clock\n")
    print(f"  {'query':<12}" + "".join(f"{name:>13}" for name in columns) + f"{'/ FTS5':>10}{'/ tantivy':>10}")
    for name in CLASSES:
        ours = columns["library p95"][name]
        line = f"  {name:<12}" + "".join(_cell(held.get(name), 13) for held in columns.values())
        print(line + "".join(_cell(_ratio(columns[other].get(name), ours), 10) for other in ("FTS5", "tantivy")))
    for name, value in figures.items():
        if not isinstance(value, dict):
            print(f"  {name:<24}{value!s:>12}")


def _cell(value: float | None, width: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.2f}"


def _ratio(theirs: float | None, ours: float) -> float | None:
    return theirs / ours if theirs is not None and ours else None


def _answer_parent(given: argparse.Namespace) -> bool:
    """Whether this process was started to measure one thing, which it then has done."""
    if given.ask or given.ask_library:
        place, asked = given.ask or given.ask_library
        questions = json.loads(Path(asked).read_text(encoding="utf-8"))
        how = search_bare.measure if given.ask else search_product.measure
        print(json.dumps(how(Path(place), questions)))
    elif given.build:
        print(json.dumps(search_product.build(Path(given.build))))
    elif given.rebuild:
        search_product.rebuild(Path(given.rebuild))
    else:
        return False
    return True


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--library-only", action="store_true", help="without FTS5, tantivy and the index by itself")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="ask each question once, to see that all of it runs")
    for hidden, count in (("--ask", 2), ("--ask-library", 2), ("--build", None), ("--rebuild", None)):
        parser.add_argument(hidden, nargs=count, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if _answer_parent(given):
        return
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        sizes = [*map(int, given.sizes.split(",")), *[500_000] * given.large]
        for number in sizes:
            results[str(number)] = measure(number, Path(folder), given)
            show(number, results[str(number)])
    print(json.dumps(results))


if __name__ == "__main__":
    main()
