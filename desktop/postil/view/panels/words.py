"""Numbers and times as a reader says them."""

from datetime import UTC, datetime

from PySide6.QtCore import QDate, QLocale

from postil_db.records import AnchorState, Annotation


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 note", "1,204 notes"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def short_time(moment: datetime, now: datetime | None = None) -> str:
    """A moment in local time, as short as it stays clear: the hour today, the day this year, else the whole date."""
    local, today = moment.astimezone(), (now or datetime.now(UTC)).astimezone()
    if local.date() == today.date():
        return f"Today {local:%H:%M}"
    pattern = "d MMM" if local.year == today.year else "d MMM yyyy"
    return QLocale().toString(_date(local), pattern)


def stand(annotation: Annotation) -> str:
    """How an annotation stands since its document changed, for the line that says when it was made; "" as usual."""
    if annotation.anchor_state is AnchorState.ORPHAN:
        section = annotation.selector.section
        return f"Lost, once in “{section}” · " if section else "Lost · "
    return "Changed · " if annotation.anchor_state is AnchorState.CHANGED else ""


def full_time(moment: datetime) -> str:
    """A moment in local time, whole, for a tip."""
    local = moment.astimezone()
    return f"{QLocale().toString(_date(local), QLocale.FormatType.LongFormat)}, {local:%H:%M}"


def _date(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)
