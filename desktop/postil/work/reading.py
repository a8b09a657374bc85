"""A Query: something to be read from the library, off the UI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postil_db.library import Library, Operation


@dataclass(frozen=True, slots=True)
class Query[T]:
    """What to read.

    `run` is called on the worker: it may not touch a widget. `topic`: of several queries with the same topic only
    the latest one's answer is delivered ("" = all are).
    """

    run: Callable[["Library"], T]
    topic: str = ""


def reading[T](op: "Operation[T]", topic: str = "") -> Query[T]:
    """Make a query out of one reading transaction."""
    return Query(lambda library: library.read(op), topic)
