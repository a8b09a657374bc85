"""The index of annotations by itself, without the library around it: what its figures are made of."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.search_corpus import Questions
from tests.benchmarks.search_times import LIMIT, peak_mb, share, timed

from postil_db.index.entry import Entry

SKIPPED = ("near_entity",)  # that needs the texts


def build(folder: Path, entries: Sequence[Entry]) -> float:
    """Annotations a second."""
    from postil_db.index.annotation_index import AnnotationIndex

    index = AnnotationIndex.open(folder)
    taken = timed(index.build, entries)
    index.close()
    return len(entries) / taken * 1e3


def measure(folder: Path, questions: Questions) -> dict[str, object]:
    """Open, ask, save; in a fresh process."""
    begin = time.perf_counter()
    from postil_db.index import facets
    from postil_db.index.annotation_index import AnnotationIndex
    from postil_db.index.query import parse

    imported = time.perf_counter()
    index = AnnotationIndex.open(folder)
    opened = time.perf_counter()
    index.search(questions["common"][0][0], limit=LIMIT)
    first = time.perf_counter()

    labels = facets.Labels()

    def with_facets(query: str, *, limit: int, sort: str) -> None:
        ranked = index.ranked(parse(query), limit=limit, sort=sort)
        for field in ("tag", "entity", "kind", "color"):
            labels.most(ranked.fitting, field, 12)
        facets.documents(ranked.fitting, 12)
        facets.months(ranked.fitting, 12)

    p95 = {}
    for name, asked in questions.items():
        if name in SKIPPED:
            continue
        sort = "newest" if name == "newest" else "relevance"
        ask = with_facets if name == "facets" else index.search
        p95[name] = share([timed(ask, ours, limit=LIMIT, sort=sort) for ours, _, _ in asked * 5], 0.95)
    memory = peak_mb()
    saves, visible = _saves(index)
    flush = timed(index.flush)
    index.close()
    return {
        "index_import_ms": round((imported - begin) * 1e3, 1),
        "index_open_ms": round((opened - imported) * 1e3, 1),
        "index_first_search_ms": round((first - opened) * 1e3, 1),
        "index_p95_ms": p95,
        "index_rss_mb": memory,
        "index_save_p95_ms": share(saves, 0.95),
        "index_visible_ms": share(visible, 0.95),
        "index_flush_400_ms": round(flush, 1),
    }


def _saves(index: object) -> tuple[list[float], list[float]]:
    from postil_db.index.annotation_index import AnnotationIndex

    assert isinstance(index, AnnotationIndex)
    blank = Entry(0, 0, 1, "title", "a quote of some words " * 6, "", (), (), "blue", 0)
    saves, visible = [], []
    for number in range(1, 401):
        word = "zq" + "".join(chr(97 + int(digit)) for digit in str(number))
        edited = replace(blank, id=number, rev=-number, note=f"a note of some words {word}")
        saves.append(timed(index.put, [edited]))
        visible.append(saves[-1] + timed(index.search, word, limit=LIMIT))
        assert index.search(word + " ", limit=LIMIT).ids == (number,)
    return saves, visible
