"""Old libraries are brought up to date after a verified backup, wholly or not at all."""

import inspect
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from tests.postil_db.desk import sit_down

from postil_db import migrations
from postil_db.connection import connect
from postil_db.errors import Unreachable
from postil_db.library import Library, Session
from postil_db.store import annotations
from postil_db.tables import Base

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{now}"


def upgrade() -> None:
    op.add_column("fact", sa.Column("seen", sa.Integer()))
    op.execute("UPDATE fact SET seen = 1")
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True), sqlite_strict=True)
    {end}
"""


def add_migration(folder: Path, monkeypatch: pytest.MonkeyPatch, end: str = "") -> None:
    """Make this Postil one version newer than it is."""
    now, after = f"{migrations.SCHEMA:04d}", f"{migrations.SCHEMA + 1:04d}"
    folder.mkdir(exist_ok=True)
    (folder / f"{after}_test.py").write_text(NEXT.format(now=now, next=after, end=end))
    monkeypatch.setattr(migrations, "VERSIONS", (*migrations.VERSIONS, folder))
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)


def version_of(path: Path) -> tuple[int, bool]:
    """The version that a closed database says it has, and whether it has the new table."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        return connection.execute("PRAGMA user_version").fetchone()[0], "extra" in tables


def test_migrations_make_the_tables_that_the_rows_expect(library: Library) -> None:
    def compare(session: Session) -> list[object]:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        return [it for it in compare_metadata(context, Base.metadata) if "alembic_version" not in repr(it)]

    assert library.read(compare) == []


def test_the_suite_makes_libraries_as_the_migrations_do(tmp_path: Path) -> None:
    """The suite runs the migrations once and makes its other libraries from what they made."""
    dumps = []
    for name, upgrade in (("short", migrations.upgrade), ("whole", inspect.unwrap(migrations.upgrade))):
        for _ in range(2):  # the second time is the short one
            (path := tmp_path / name).write_bytes(b"")
            engine = connect(path)
            with engine.begin() as connection:
                upgrade(connection)
            engine.dispose()
        with closing(sqlite3.connect(path)) as made:
            dumps.append([made.execute("PRAGMA user_version").fetchone(), *made.iterdump()])
    assert len(dumps[0]) > 20
    assert dumps[0] == dumps[1]


def test_every_table_is_strict(library: Library) -> None:
    tables = library.read(lambda session: session.connection().exec_driver_sql("PRAGMA table_list").all())
    lax = {row.name for row in tables if row.type == "table" and not row.strict}
    assert lax == {"alembic_version", "sqlite_schema", "sqlite_temp_schema", "sqlite_sequence"} & {
        row.name for row in tables
    }


def test_the_newest_migration_carries_the_number(library: Library) -> None:
    assert library.read(lambda session: migrations.version(session.connection())) == migrations.SCHEMA
    names = sorted(path.name for path in migrations.VERSIONS[0].glob("[0-9]*.py"))
    assert names[-1].startswith(f"{migrations.SCHEMA:04d}_")


def test_an_old_library_is_backed_up_and_upgraded(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder, cache=cache) as library:
        made = sit_down(library).mark()
    old = migrations.SCHEMA
    add_migration(tmp_path / "more", monkeypatch)
    with Library.open(folder, cache=cache) as library:
        assert library.read(annotations.every) == [made]
    assert version_of(folder / "library.sqlite3") == (old + 1, True)
    (backup,) = (folder / "backups").iterdir()
    assert backup.name.endswith(f"before-version-{old + 1}.sqlite3")
    assert version_of(backup) == (old, False)


def test_a_migration_that_fails_half_way_leaves_the_old_library(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder, cache=cache) as library:
        made = sit_down(library).mark()
    old = version_of(folder / "library.sqlite3")
    with monkeypatch.context() as newer:
        add_migration(tmp_path / "more", newer, end="raise RuntimeError('killed here')")
        with pytest.raises(RuntimeError, match="killed here"):
            Library.open(folder, cache=cache)
        assert version_of(folder / "library.sqlite3") == old
        assert len(list((folder / "backups").iterdir())) == 1
    with Library.open(folder, cache=cache) as library:
        assert library.read(annotations.every) == [made]
        assert library.check() == []


def test_no_migration_without_a_backup(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library.open(folder, cache=cache).close()
    old = version_of(folder / "library.sqlite3")
    (folder / "backups").rmdir()
    (folder / "backups").write_text("in the way")
    add_migration(tmp_path / "more", monkeypatch)
    with pytest.raises(Unreachable, match="backups is a file"):
        Library.open(folder, cache=cache)
    assert version_of(folder / "library.sqlite3") == old


def test_what_a_killed_creation_left_is_no_library(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_connection: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(migrations, "upgrade", die)
        with pytest.raises(KeyboardInterrupt):
            Library.open(folder, cache=cache)
    assert not (folder / "library.sqlite3").exists()
    with Library.open(folder, cache=cache) as library:
        assert library.check() == []
