"""Automatic backups: when one is due, and when fewer annotations than there were is a reason for alarm."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from postil_db import backup
from postil_db.backup import Holds, holdings
from postil_db.errors import Damaged
from postil_db.files import Files
from postil_db.store import facts
from postil_db.tables.base import now
from postil_db.thinning import backups

APART = timedelta(hours=1)
JUST_NOW = timedelta(minutes=5)
MANY = 50
"""From so many rows on (documents, annotations, decisions) an import is large, and there is a backup before it."""
ALARMING_FROM = 20
ALARM = "annotations_lost_since"
"""The fact that holds the number of the last backup before a sudden loss, until the reader has seen to it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Annotations went away that nobody may have meant to remove. `good`: the last backup that has them."""

    before: int
    after: int
    good: Path


def held(connection: Connection) -> Holds:
    """What the library holds now."""
    return holdings(lambda query: int(connection.exec_driver_sql(query).scalar_one()))


def due(holding: Holds, files: Files, apart: timedelta = APART) -> bool:
    """Whether something changed since the newest backup, and that is a while ago by the clock, right or wrong.

    `holding`: what the library holds now.
    """
    made = backups(files.backups)
    if not made:
        return holding.rev > 0
    return abs(now() - made[0].time) >= apart and _holds(made[0].path) != holding


def make(holding: Holds, files: Files, copy: Callable[[], Path], *, alarmed: bool) -> tuple[Path, Loss | None]:
    """Make an automatic backup; older ones are thinned, unless annotations were lost: then nothing is deleted.

    `holding`: what the library holds; `copy`: makes the backup.
    """
    before = next((one for one in backups(files.backups) if one.compared), None)
    was = _holds(before.path) if before else None
    path = copy()
    if before and was and was.annotations >= ALARMING_FROM and holding.annotations * 2 < was.annotations:
        return path, Loss(was.annotations, holding.annotations, before.path)
    if not alarmed:
        backup.thin(files)
    return path, None


def alarm(session: Session, files: Files) -> Loss | None:
    """The loss that the reader has not seen to yet."""
    number = facts.recall(session, ALARM)
    good = next((one for one in backups(files.backups) if str(one.number) == number), None)
    was = _holds(good.path) if good else None
    if good is None or was is None:
        return None
    return Loss(was.annotations, held(session.connection()).annotations, good.path)


def _holds(path: Path) -> Holds | None:
    """What a backup holds; None if it cannot be read: then a new one is due, and tells nothing of losses."""
    try:
        return backup.holds(path)
    except (Damaged, sqlite3.Error, OSError):
        return None
