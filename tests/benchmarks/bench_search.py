"""How fast the search index is, beside SQLite FTS5 and tantivy on the same annotations and questions in one run.

    python tests/benchmarks/bench_search.py [--sizes 10000,100000] [--large] [--seed 7]

`--large`: 500,000 annotations, too, which takes some minutes and 3 GB of memory.

Prints a table and, as the last line, one JSON object. Times are wall-clock milliseconds to the first 50 hits with
their total. Searching, opening and memory are measured in a process of their own.
"""

import argparse
import itertools
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import search_tantivy

from postil_db.index.entry import Entry

VOCABULARY, TAGS, DOCUMENTS, ENTITIES, PER_CLASS, LIMIT = 60_000, 200, 2_000, 4_000, 10, 50
CLASSES = (
    "rare",
    "common",
    "and",
    "and_common",
    "phrase",
    "prefix1",
    "prefix3",
    "tag_word",
    "newest",
    "near",
    "facets",
    "everything",
)
STOP = ("the of and to in a is that it was for on are as with his they at be this from have or by one had").split()  # noqa: SIM905  # shorter to read
ONSETS = ("b c d f g h j k l m n p qu r s t v w z br ch cl cr dr fl fr gl pl pr sc sh sk sl sp st str th tr").split()  # noqa: SIM905  # shorter to read
VOWELS = ("a e i o u ai ea ee io oa ou á é ö").split()  # noqa: SIM905  # shorter to read
CODAS = ["", "", "", "n", "r", "l", "s", "t", "m", "nd", "st", "ct", "ng", "rd"]

type Questions = dict[str, list[tuple[str, str, list[str]]]]  # by class: ours, FTS5's, the words for tantivy


def make_entries(number: int, seed: int) -> Iterator[Entry]:
    """Annotations like a reader's, with words as unevenly used as in real text. The k-th is the same for any number."""
    chance = random.Random(seed)
    words = list(STOP)
    known = set(words)
    while len(words) < VOCABULARY:
        syllables = chance.choices((1, 2, 3, 4), (8, 38, 38, 16))[0]
        word = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(syllables)) + chance.choice(CODAS)
        if word not in known:
            known.add(word)
            words.append(word)
    common = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
    titles = [" ".join(chance.choices(words, cum_weights=common, k=6)) for _ in range(DOCUMENTS)]
    people = [" ".join(chance.choices(words[500:], k=2)) for _ in range(ENTITIES)]
    tags = ["/".join(words[200 + 7 * tag : 200 + 7 * tag + 1 + tag % 2]) for tag in range(TAGS)]
    for key in range(1, number + 1):
        document = min(int(chance.expovariate(6 / DOCUMENTS)), DOCUMENTS - 1)
        noted = chance.random() < 0.7
        yield Entry(
            id=key,
            rev=key,
            document_id=document + 1,
            title=titles[document],
            quote=" ".join(chance.choices(words, cum_weights=common, k=chance.randint(8, 60))),
            note=" ".join(chance.choices(words, cum_weights=common, k=chance.randint(1, 80))) if noted else "",
            tags=tuple(dict.fromkeys(chance.choices(tags, k=chance.randint(0, 4)))),
            entities=tuple(dict.fromkeys(chance.choices(people, k=chance.randint(0, 3)))),
            color=chance.choice(("yellow", "green", "blue", "pink", "purple")),
            created=1_700_000_000_000_000 + key * 1_000_000,
        )


def make_questions(entries: Sequence[Entry], seed: int) -> Questions:
    """The same questions for both engines, by class. Words are chosen by how many annotations hold them."""
    chance, number = random.Random(seed), len(entries)
    sample = entries[:: max(1, number // 5000)]
    held: Counter[str] = Counter()
    for entry in sample:
        held.update(set(f"{entry.title} {entry.quote} {entry.note}".split()))
    plain = sorted(word for word in held if word.isascii() and len(word) > 1)
    rare = [word for word in plain if held[word] == 1]
    middle = [word for word in plain if len(sample) * 0.004 < held[word] < len(sample) * 0.05 and len(word) > 3]
    common = [word for word in plain if held[word] > len(sample) * 0.06]
    asked: Questions = {name: [] for name in CLASSES}
    for _ in range(PER_CLASS):
        one, other = chance.sample(common, 2)
        mid, quote = chance.choice(middle), chance.choice(sample).quote.split()
        pair = " ".join(quote[3:5])
        tag = next(entry.tags[0] for entry in chance.sample(sample, len(sample)) if entry.tags)
        word = chance.choice(rare)
        asked["rare"].append((f"{word} ", f'"{word}"', [word]))
        asked["common"].append((f"{one} ", f'"{one}"', [one]))
        asked["and"].append((f"{mid} {one} ", f'"{mid}" "{one}"', [mid, one]))
        asked["and_common"].append((f"{one} {other} ", f'"{one}" "{other}"', [one, other]))
        asked["phrase"].append((f'"{pair}"', f'"{pair}"', pair.split()))
        asked["prefix1"].append((mid[0], f"{mid[0]}*", [mid[0]]))
        asked["prefix3"].append((mid[:3], f"{mid[:3]}*", [mid[:3]]))
        asked["tag_word"].append((f"tag:{tag} {one} ", f'{{tags}}: "{tag}" AND "{one}"', [tag, one]))
        asked["newest"].append((f"{one} ", f'"{one}"', [one]))
        asked["near"].append((f"{one} NEAR/5 {other} ", f'NEAR("{one}" "{other}", 5)', [one, other]))
        asked["facets"].append((f"{one} ", f'"{one}"', [one]))
        asked["everything"].append(("", "", []))
    return asked


def timed[**P](act: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    """Milliseconds that it takes."""
    begin = time.perf_counter()
    act(*given, **named)
    return (time.perf_counter() - begin) * 1e3


def share(times: Sequence[float], part: float) -> float:
    """The time that this part of them stays below."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))], 3)


def peak_mb() -> int | None:
    """The most memory that this process held so far, where the system tells."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), None)


def build_ours(folder: Path, entries: Sequence[Entry]) -> float:
    """Annotations a second."""
    from postil_db.index.annotation_index import AnnotationIndex

    index = AnnotationIndex.open(folder)
    taken = timed(index.build, entries)
    index.close()
    return len(entries) / taken * 1e3


def open_fts5(path: Path) -> sqlite3.Connection:
    """A connection as the library itself would have it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def fts5_row(entry: Entry) -> tuple[int, str, str, str, str, str]:
    """An annotation as FTS5 takes it."""
    return entry.id, entry.title, entry.quote, entry.note, "; ".join(entry.tags), "; ".join(entry.entities)


def build_fts5(path: Path, entries: Sequence[Entry]) -> float:
    """Annotations a second."""
    connection = open_fts5(path)

    def fill() -> None:
        connection.execute(
            "CREATE VIRTUAL TABLE fts USING fts5"
            "(title, quote, note, tags, entities, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("BEGIN")
        insert = "INSERT INTO fts(rowid, title, quote, note, tags, entities) VALUES (?, ?, ?, ?, ?, ?)"
        connection.executemany(insert, map(fts5_row, entries))
        connection.execute("CREATE TABLE tagged (id INTEGER, tag TEXT, PRIMARY KEY (id, tag)) WITHOUT ROWID")
        connection.executemany(
            "INSERT INTO tagged VALUES (?, ?)", ((entry.id, tag) for entry in entries for tag in entry.tags)
        )
        connection.execute("COMMIT")

    taken = timed(fill)
    connection.close()
    return len(entries) / taken * 1e3


def ask_fts5(connection: sqlite3.Connection, name: str, match: str) -> None:
    """The first hits and the total, as ours gives them."""
    if not match:
        connection.execute("SELECT rowid FROM fts ORDER BY rowid DESC LIMIT ?", (LIMIT,)).fetchall()
        connection.execute("SELECT count(*) FROM fts").fetchone()
        return
    order = "rowid DESC" if name == "newest" else "rank"
    connection.execute(f"SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY {order} LIMIT ?", (match, LIMIT)).fetchall()
    connection.execute("SELECT count(*) FROM fts WHERE fts MATCH ?", (match,)).fetchone()
    if name == "facets":
        connection.execute(
            "SELECT tag, count(*) AS held FROM tagged WHERE id IN (SELECT rowid FROM fts WHERE fts MATCH ?)"
            " GROUP BY tag ORDER BY held DESC LIMIT 12",
            (match,),
        ).fetchall()


def ask_ours(folder: Path, questions: Questions) -> dict[str, object]:
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

    def with_facets(query: str, *, limit: int, sort: str) -> None:
        ranked = index.ranked(parse(query), limit=limit, sort=sort)
        for field in ("tag", "entity", "kind", "color"):
            facets.labels(ranked.fitting, field, 12)
        facets.documents(ranked.fitting, 12)
        facets.months(ranked.fitting, 12)

    p50, p95 = {}, {}
    for name, asked in questions.items():
        sort = "newest" if name == "newest" else "relevance"
        ask = with_facets if name == "facets" else index.search
        times = [timed(ask, ours, limit=LIMIT, sort=sort) for ours, _, _ in asked * 5]
        p50[name], p95[name] = share(times, 0.5), share(times, 0.95)
    memory = peak_mb()
    saves, visible = [], []
    for number, entry in enumerate(make_entries(400, seed=99)):
        word = "zq" + "".join(chr(97 + int(digit)) for digit in str(number))
        edited = Entry(
            number + 1, number + 1, 1, entry.title, entry.quote, f"{entry.note} {word}", (), (), "blue", number
        )
        saves.append(timed(index.put, [edited]))
        visible.append(saves[-1] + timed(index.search, word, limit=LIMIT))
        assert index.search(word + " ", limit=LIMIT).ids == (number + 1,)
    flush = timed(index.flush)
    index.close()
    return {
        "import_ms": round((imported - begin) * 1e3, 1),
        "open_ms": round((opened - imported) * 1e3, 1),
        "first_search_ms": round((first - opened) * 1e3, 1),
        "p50_ms": p50,
        "p95_ms": p95,
        "rss_mb": memory,
        "save_p95_ms": share(saves, 0.95),
        "visible_ms": share(visible, 0.95),
        "flush_400_ms": round(flush, 1),
    }


def measure(number: int, seed: int, folder: Path) -> dict[str, object]:
    """All figures for one size."""
    entries = list(make_entries(number, seed))
    questions = make_questions(entries, seed)
    own, path, asked = folder / f"index-{number}", folder / f"fts-{number}.sqlite3", folder / f"asked-{number}.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    figures: dict[str, object] = {
        "build_per_s": round(build_ours(own, entries)),
        "fts5_build_per_s": round(build_fts5(path, entries)),
        "index_mb": round(sum(file.stat().st_size for file in own.iterdir()) / 2**20, 1),
        "fts5_mb": round(path.stat().st_size / 2**20, 1),
    }
    child = [sys.executable, __file__, "--ask", str(own), str(asked)]
    figures |= json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    connection = open_fts5(path)
    fts5: dict[str, float] = {}
    for name, pairs in questions.items():
        slow = ("common", "prefix1", "everything", "facets")
        few = pairs[:5] if name in slow else pairs * 2  # those take FTS5 up to seconds
        times = [timed(ask_fts5, connection, name, theirs) for _, theirs, _ in few]
        fts5[name] = share(times, 0.95)
    figures["fts5_p95_ms"] = fts5
    figures |= beside_tantivy(folder / f"tantivy-{number}", entries, questions)
    replace = "INSERT OR REPLACE INTO fts(rowid, title, quote, note, tags, entities) VALUES (?, ?, ?, ?, ?, ?)"
    edits = [fts5_row(entry) for entry in entries[:100]]
    figures["fts5_save_p95_ms"] = share([timed(connection.execute, replace, edit) for edit in edits], 0.95)
    connection.close()
    return figures


def beside_tantivy(folder: Path, entries: Sequence[Entry], questions: Questions) -> dict[str, object]:
    """tantivy's figures; none where it is not installed."""
    try:
        built = search_tantivy.build(folder, entries)
    except ImportError:
        return {"tantivy_p95_ms": {}}
    ask = search_tantivy.opened(folder, LIMIT)
    p95 = {
        name: share([timed(ask, name, words) for _, _, words in asked * 5], 0.95) for name, asked in questions.items()
    }
    return {"tantivy_p95_ms": p95, "tantivy_build_per_s": round(built)}


def show(number: int, figures: dict[str, object]) -> None:
    """Print one size's table."""
    p50, p95, fts5, tantivy = (figures[name] for name in ("p50_ms", "p95_ms", "fts5_p95_ms", "tantivy_p95_ms"))
    assert isinstance(p50, dict)
    assert isinstance(p95, dict)
    assert isinstance(fts5, dict)
    assert isinstance(tantivy, dict)
    head = f"  {'query':<12}{'p50 ms':>9}{'p95 ms':>9}{'FTS5 p95':>10}{'ratio':>9}{'tantivy p95':>13}{'ratio':>8}"
    print(f"\n{number:,} annotations\n{head}")
    for name in CLASSES:
        ratio = fts5[name] / p95[name] if p95[name] else 0
        line = f"  {name:<12}{p50[name]:>9.2f}{p95[name]:>9.2f}{fts5[name]:>10.2f}{ratio:>8.1f}x"
        theirs = tantivy.get(name)
        print(line + (f"{theirs:>13.2f}{theirs / p95[name]:>7.1f}x" if theirs is not None else ""))
    for name, value in figures.items():
        if not isinstance(value, dict):
            print(f"  {name:<20}{value!s:>12}")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--ask", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        questions = json.loads(Path(given.ask[1]).read_text(encoding="utf-8"))
        print(json.dumps(ask_ours(Path(given.ask[0]), questions)))
        return
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        sizes = [*map(int, given.sizes.split(",")), *[500_000] * given.large]
        for number in sizes:
            results[str(number)] = measure(number, given.seed, Path(folder))
            show(number, results[str(number)])
    print(json.dumps(results))


if __name__ == "__main__":
    main()
