"""The names in the sample article, found beforehand, so that an empty library shows them with the first page."""

import json
from importlib.resources import files

from postil_db.records import EntityKind, FoundMention, Origin

FILE = "india-eu-partnership.names.json"


def sample_names() -> tuple[str, tuple[FoundMention, ...]]:
    """Give the version of the recogniser that found them, and the mentions in text order."""
    kept = json.loads((files("postil_resources") / "samples" / FILE).read_text(encoding="utf-8"))
    mentions = (
        FoundMention(start, end, EntityKind(kind), name, Origin(origin), value)
        for start, end, kind, name, origin, value in kept["mentions"]
    )
    return kept["version"], tuple(mentions)
