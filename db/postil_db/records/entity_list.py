"""An entity as a row of the list of all names."""

from typing import NamedTuple

from postil_db.records.kinds import EntityKind, Origin


class ListedEntity(NamedTuple):
    """What is known of an entity at a glance; a tuple, for a library has a hundred thousand of them.

    `mentions`, `documents`: how many name it. `first_seen`, `last_seen`: the days, in ISO 8601, of the first and the
    last of those documents. `origin`: the strongest word on it: yours before a rule's before the model's; yours is
    also what a decision of yours made of it. `new`: no earlier document names it.
    """

    id: int
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    first_seen: str
    last_seen: str
    origin: Origin
    note: str = ""
    tags: tuple[str, ...] = ()
    new: bool = False
