"""A whole library: asked, written to and indexed as the window does it.

Its annotations, tags and documents go into the database as rows, many at once; the index is then made by the library.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.benchmarks.search_corpus import Corpus, Questions
from tests.benchmarks.search_times import LIMIT, both_timed, peak_mb, share

BENCH = Path(__file__).with_name("bench_search.py")
AT_ONCE = 5_000
SAVES_EACH = 20  # for each question of a class
CUT_AT = 0.4  # of the annotations


def make_library(folder: Path, corpus: Corpus) -> None:
    """The library on disk, without any index."""
    from postil_db.library import Library, Session
    from postil_db.records import Block, BlockKind, Content, EntityKind, FoundMention, NewDocument, Origin
    from postil_db.store import documents, entities

    def add_texts(session: Session) -> None:
        for text in corpus.texts:
            content = Content(tuple(Block(BlockKind.PARAGRAPH, one) for one in text.paragraphs))
            digest = sha256(content.text.encode()).hexdigest()
            new = NewDocument(title=text.title, content=content, media_type="text/plain", sha256=digest, language="xx")
            number, _ = documents.add(session, new)
            found = [FoundMention(low, high, EntityKind.PERSON, name, Origin.MODEL) for low, high, name in text.names]
            entities.replace(session, number, "bench", found)

    with Library.open(folder, cache=folder / "cache") as library:
        library.write("", add_texts, undoable=False)
        tags = {name: number for number, name in enumerate(sorted({t for e in corpus.entries for t in e.tags}), 1)}
        library.write("", partial(_put, "tag", [_tag(name, number) for name, number in tags.items()]), undoable=False)
        for first in range(0, len(corpus.entries), AT_ONCE):
            some = corpus.entries[first : first + AT_ONCE]
            library.write("", partial(_put, "annotation", [_annotation(one) for one in some]), undoable=False)
            carried = [_carried(one.id, tags[tag], at) for one in some for at, tag in enumerate(one.tags)]
            library.write("", partial(_put, "annotation_tag", carried), undoable=False)


def _put(table: str, rows: list[dict[str, Any]], session: Any) -> None:
    from sqlalchemy import text

    from postil_db.history import put_rows
    from postil_db.tables.base import seal

    put_rows(session, table, [{**row, "rev": 1, "checksum": seal(row)} for row in rows])
    if table == "annotation":
        session.execute(text("UPDATE annotation SET index_rev = id WHERE index_rev = 0"))


def _tag(name: str, number: int) -> dict[str, Any]:
    return {"id": number, "name": name, "folded": name.casefold(), "color": None}


def _carried(annotation: int, tag: int, at: int) -> dict[str, Any]:
    return {"annotation_id": annotation, "tag_id": tag, "ordinal": at}


def _annotation(entry: Any) -> dict[str, Any]:
    return {
        "id": entry.id,
        "document_id": entry.document_id,
        "start": entry.start,
        "end": entry.end,
        "quote": entry.quote,
        "prefix": "",
        "suffix": "",
        "section": "",
        "text_hash": "",
        "color": entry.color,
        "note": entry.note,
        "anchor_state": "exact",
        "created_at": entry.created,
        "modified_at": entry.created,
        "removed_at": None,
    }


def build(folder: Path) -> dict[str, object]:
    """Make the index of all of it; in a fresh process."""
    from postil_db.library import Library

    begin = time.perf_counter(), time.process_time()
    passed: list[tuple[float, float, int]] = []

    def progress(done: int, total: int) -> None:
        if done == total:
            passed.append((time.perf_counter() - begin[0], time.process_time() - begin[1], total))

    with Library.open(folder, cache=folder / "cache") as library:
        library.heal_index(progress)
        (marks_s, marks_cpu, count), (all_s, all_cpu, words) = passed[0], passed[-1]
        return {
            "build_per_s": round(count / marks_s),
            "build_per_cpu_s": round(count / marks_cpu),
            "texts_words_per_cpu_s": round(words / max(all_cpu - marks_cpu, 1e-3)),
            "build_all_s": round(all_s, 1),
            "build_rss_mb": peak_mb(),
        }


def interrupted(folder: Path) -> dict[str, object]:
    """Kill a rebuild on its way and have it go on: what share of the annotations is not made twice."""
    child = [sys.executable, str(BENCH), "--rebuild", str(folder)]
    with subprocess.Popen(child, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        before = float(next(line for line in running.stdout if float(line) >= CUT_AT))
        os.kill(running.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    lines = subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()
    made_again = float(lines[-1])  # of all, the share that the second run made
    return {"rebuild_cut_at": round(before, 2), "rebuild_went_on_with": round(made_again, 2)}


def rebuild(folder: Path) -> None:
    """Make the index anew and say how far it is; at last, which share of all annotations this run put in."""
    from postil_db.library import Library

    with Library.open(folder, cache=folder / "cache") as library:
        every = library.read(_count)
        first: list[int] = []

        def progress(done: int, total: int) -> None:
            if not first:
                first.append(total)
            if first[0] == total:
                print((every - total + done) / every, flush=True)

        library.rebuild_index(progress)
        print(first[0] / every)


def _count(session: Any) -> int:
    from sqlalchemy import text

    return int(session.execute(text("SELECT count(*) FROM annotation")).scalar())


def measure(folder: Path, questions: Questions) -> dict[str, object]:
    """Ask and save; in a fresh process."""
    from postil_db.library import Library

    begin = time.perf_counter()
    with Library.open(folder, cache=folder / "cache") as library:
        opened = time.perf_counter()
        library.ask(questions["common"][0][0], limit=LIMIT)
        first = time.perf_counter()
        library.heal_index()  # as the window does, a moment after its first page
        healed = time.perf_counter()
        p50, p95, cpu = {}, {}, {}
        for name, asked in questions.items():
            sort = "newest" if name == "newest" else "relevance"
            times = [both_timed(library.ask, ours, limit=LIMIT, sort=sort) for ours, _, _ in asked * 3]
            wall, busy = zip(*times, strict=True)
            p50[name], p95[name], cpu[name] = share(wall, 0.5), share(wall, 0.95), share(busy, 0.95)
        memory = peak_mb()
        saved = _saves(library, SAVES_EACH * len(questions["rare"]))
    return {
        "p50_ms": p50,
        "p95_ms": p95,
        "p95_cpu_ms": cpu,
        "open_ms": round((opened - begin) * 1e3, 1),
        "first_ask_ms": round((first - opened) * 1e3, 1),
        "heal_ms": round((healed - first) * 1e3, 1),
        "rss_mb": memory,
        **saved,
    }


def _saves(library: Any, count: int) -> Mapping[str, object]:
    """Save a note and ask for a word of it, again and again."""
    from postil_db.store import annotations

    saves, visible = [], []
    for number, word in enumerate(_new_words(count), 1):
        save = partial(annotations.set_note, annotation_id=number, note=f"a note of some words {word}")
        saves.append(both_timed(library.write, "Edit note", save))
        asked = both_timed(library.ask, word, limit=LIMIT)
        visible.append(tuple(map(sum, zip(saves[-1], asked, strict=True))))
        found = library.ask(f"{word} ", limit=LIMIT).results
        assert [one.annotation.id for one in found] == [number]
    (wall, busy), (seen, seen_busy) = zip(*saves, strict=True), zip(*visible, strict=True)
    return {
        "save_p95_ms": share(wall, 0.95),
        "save_cpu_p95_ms": share(busy, 0.95),
        "visible_ms": share(seen, 0.95),
        "visible_cpu_ms": share(seen_busy, 0.95),
    }


def _new_words(count: int) -> Iterator[str]:
    return ("zq" + "".join(chr(97 + int(digit)) for digit in str(number)) for number in range(count))
