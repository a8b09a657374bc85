"""Bring a library's tables to this version of Postil."""

from pathlib import Path

from sqlalchemy import Connection

SCHEMA = 4
"""The number of the newest migration; a library carries it as SQLite's `user_version`."""

VERSIONS = (Path(__file__).parent / "versions",)


def version(connection: Connection) -> int:
    """The number of the last migration that the library went through; 0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def upgrade(connection: Connection) -> None:
    """Run what is missing. All of it stands or falls with the caller's transaction."""
    # Alembic takes as long to import as all the rest together, and a library is rarely old.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(path).replace("%", "%%") for path in VERSIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
