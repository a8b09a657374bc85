"""A damaged database, saved row by row into a new one; what was damaged is put aside, never deleted.

Works on a copy: where a page of the file cannot be read, the rows around it are reached by asking for smaller and
smaller ranges. Rows that the change log remembers come back from there; annotations whose document is lost get one that
holds their quotes.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postil_db import originals, salvaged_rows
from postil_db.connection import address
from postil_db.errors import Damaged
from postil_db.faults import told
from postil_db.files import PRIVATE_FOLDER, Files, finish, sync
from postil_db.locking import Lock
from postil_db.opening import new_database
from postil_db.restoring import new_aside
from postil_db.tables import Base

HOPELESS = 3000
"""Rows in a row that cannot be read: what comes after them is taken for the unreadable end of the table."""
NAMED = {
    "document": ("document", "documents"),
    "annotation": ("annotation", "annotations"),
    "tag": ("tag", "tags"),
    "block": ("paragraph", "paragraphs"),
}


@dataclass
class Salvaged:
    """What came of it. `rows`: saved, by table; `gaps`: rows or stretches of them that could not be read.

    `remembered`: rows that came from the log of changes; `stand_ins`: originals of documents made for lost ones.
    """

    aside: Path
    rows: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    remembered: int = 0
    stand_ins: dict[str, bytes] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        """The report for the reader."""
        saved = ", ".join(_counted(self.rows.get(table, 0), *names) for table, names in NAMED.items())
        told = [f"Saved into a new library: {saved}."]
        if self.remembered:
            told.append(f"Of these, {self.remembered:,} came back from the log of changes.")
        gaps = {names[1]: self.gaps[table] for table, names in NAMED.items() if self.gaps.get(table)}
        if gaps:
            parts = ", ".join(f"{name} in {_counted(count, 'place', 'places')}" for name, count in gaps.items())
            told.append(f"Not readable any more: {parts}. A backup may still hold them.")
        if self.stand_ins:
            told.append(
                f"Lost, though their annotations are not: {_counted(len(self.stand_ins), 'document', 'documents')}. "
                "Each has one in its place that holds the quotes. Adding the files again brings the texts back."
            )
        return [*told, f"The damaged library is kept in {self.aside}."]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def salvage(folder: Path) -> Salvaged:
    """Save what can be read of the library in a folder; raises `Damaged` where nothing can, `InUse` if it is open."""
    files = Files(folder.expanduser().absolute())
    with told(files.folder):
        lock = Lock.take(files.folder)
        try:
            return _salvage(files)
        finally:
            if lock:
                lock.release()


def _salvage(files: Files) -> Salvaged:
    report = Salvaged(new_aside(files))
    copy = Files(report.aside / ".work")
    copy.folder.mkdir(mode=PRIVATE_FOLDER)
    try:
        for path in files.parts:
            if path.exists():
                shutil.copyfile(path, copy.folder / path.name)
        finish(report.aside / "new.sqlite3", lambda path: _fill(path, copy, report))
    except BaseException:
        shutil.rmtree(report.aside, ignore_errors=True)
        raise
    shutil.rmtree(copy.folder, ignore_errors=True)
    for path in files.parts:
        if path.exists():
            path.rename(report.aside / path.name)
    (report.aside / "new.sqlite3").rename(files.database)
    for digest, original in report.stand_ins.items():
        originals.keep(files, digest, original)
    sync(files.folder)
    return report


def _fill(path: Path, copy: Files, report: Salvaged) -> None:
    new_database(path)
    with closing(_opened(copy)) as source, closing(sqlite3.connect(path, isolation_level=None)) as target:
        present = _tables(source)
        target.execute("BEGIN")
        for table in Base.metadata.sorted_tables:
            if table.name in present:
                _copy_table(source, target, table.name, report)
        report.remembered = salvaged_rows.remember(target)
        report.rows = {table: _count(target, table) for table in NAMED}
        report.stand_ins = salvaged_rows.stand_in(target)
        salvaged_rows.drop_dangling(target)
        facts = dict(target.execute("SELECT key, value FROM fact").fetchall())
        highest = max(salvaged_rows.highest_revision(target), int(facts.get("rev", 0)))
        for key, value in (("id", facts.get("id", uuid.uuid4().hex)), ("rev", str(highest))):
            target.execute("INSERT OR REPLACE INTO fact (key, value) VALUES (?, ?)", (key, value))
        target.execute("COMMIT")
        target.execute("PRAGMA journal_mode=DELETE")
        finding = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if finding != "ok" or not any(report.rows.get(table) for table in ("document", "annotation")):
        raise Damaged(
            f"Nothing could be saved from {copy.database.name}: all of its rows are unreadable. It was left as it is. "
            "Go back to a backup (postil backups lists them)."
        )


def _opened(copy: Files) -> sqlite3.Connection:
    """The copy of the damaged file; without its log if that is what is broken."""
    for options in (("mode=rw",), ("mode=ro", "immutable=1")):
        connection = sqlite3.connect(address(copy.database, *options), uri=True)
        connection.text_factory = lambda stored: stored.decode(errors="replace")
        try:
            connection.execute("PRAGMA cell_size_check=ON")
            _tables(connection)
        except sqlite3.DatabaseError:
            connection.close()
        else:
            return connection
    raise Damaged(
        f"Nothing could be saved from {copy.database.name}: its list of tables is unreadable. It was left as it is. "
        "Go back to a backup (postil backups lists them)."
    )


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _copy_table(source: sqlite3.Connection, target: sqlite3.Connection, table: str, report: Salvaged) -> None:
    wanted = {row[1]: row for row in target.execute(f'PRAGMA table_info("{table}")')}
    try:
        there = [row[1] for row in source.execute(f'PRAGMA table_info("{table}")') if row[1] in wanted]
    except sqlite3.DatabaseError:
        there = []
    if not there:
        report.gaps[table] = 1
        return
    missing = {name: ("" if row[2] == "TEXT" else 0) for name, row in wanted.items() if name not in there and row[3]}
    names = [*there, *missing]
    columns = ", ".join(f'"{name}"' for name in names)
    insert = f'INSERT OR IGNORE INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608
    for rows in _rows(source, table, there, report):
        for row in rows:
            try:
                target.execute(insert, [*row, *missing.values()])
            except sqlite3.IntegrityError:  # a value of the wrong type: unreadable, too
                report.gaps[table] = report.gaps.get(table, 0) + 1


def _rows(
    source: sqlite3.Connection, table: str, names: Sequence[str], report: Salvaged
) -> Iterator[list[tuple[Any, ...]]]:
    """A table's rows; where a range cannot be read whole, its halves are tried."""
    columns = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT {columns} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ?'  # noqa: S608
    ranges, unreadable = [(0, _last(source, table))], 0
    while ranges and unreadable < HOPELESS:
        low, high = ranges.pop()
        try:
            yield source.execute(query, (low, high)).fetchall()
            unreadable = 0
        except sqlite3.DatabaseError:
            if low == high:
                unreadable += 1
                report.gaps[table] = report.gaps.get(table, 0) + (unreadable == 1)
            else:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]


def _last(source: sqlite3.Connection, table: str) -> int:
    """The highest row number, or a bound for it where the end of the table cannot be read."""
    try:
        return int(source.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"').fetchone()[0])  # noqa: S608
    except sqlite3.DatabaseError:
        return 1 << 30


def _count(target: sqlite3.Connection, table: str) -> int:
    return int(target.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608
