"""From a place in a text to the selector that will find it again."""

from postil_db.describing import CONTEXT, describe

__all__ = ["CONTEXT", "describe"]
