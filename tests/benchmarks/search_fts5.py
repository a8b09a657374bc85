"""SQLite FTS5 on the annotations and questions of `bench_search.py`."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.search_corpus import Questions
from tests.benchmarks.search_times import LIMIT, share, timed

from postil_db.index.entry import Entry

SLOW = ("common", "prefix1", "everything", "facets")  # those take FTS5 up to seconds
SKIPPED = ("near_entity",)


def build(path: Path, entries: Sequence[Entry]) -> float:
    """Annotations a second."""
    connection = _open(path)

    def fill() -> None:
        connection.execute(
            "CREATE VIRTUAL TABLE fts USING fts5"
            "(title, quote, note, tags, entities, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("BEGIN")
        insert = "INSERT INTO fts(rowid, title, quote, note, tags, entities) VALUES (?, ?, ?, ?, ?, ?)"
        connection.executemany(insert, map(_row, entries))
        connection.execute("CREATE TABLE tagged (id INTEGER, tag TEXT, PRIMARY KEY (id, tag)) WITHOUT ROWID")
        connection.executemany(
            "INSERT INTO tagged VALUES (?, ?)", ((entry.id, tag) for entry in entries for tag in entry.tags)
        )
        connection.execute("COMMIT")

    taken = timed(fill)
    connection.close()
    return len(entries) / taken * 1e3


def measure(path: Path, entries: Sequence[Entry], questions: Questions) -> tuple[dict[str, float], float]:
    """The time of each class that it can answer, and of saving one annotation; 95 in 100 stay below, in ms."""
    connection = _open(path)
    asked: dict[str, float] = {}
    for name, pairs in questions.items():
        few = pairs[:5] if name in SLOW else pairs * 2
        if name not in SKIPPED:
            asked[name] = share([timed(_ask, connection, name, theirs) for _, theirs, _ in few], 0.95)
    replace = "INSERT OR REPLACE INTO fts(rowid, title, quote, note, tags, entities) VALUES (?, ?, ?, ?, ?, ?)"
    saves = [timed(connection.execute, replace, _row(entry)) for entry in entries[:100]]
    connection.close()
    return asked, share(saves, 0.95)


def _open(path: Path) -> sqlite3.Connection:
    """A connection as the library itself would have it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _row(entry: Entry) -> tuple[int, str, str, str, str, str]:
    return entry.id, entry.title, entry.quote, entry.note, "; ".join(entry.tags), "; ".join(entry.entities)


def _ask(connection: sqlite3.Connection, name: str, match: str) -> None:
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
