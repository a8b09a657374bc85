"""Let a newer copy take a document's place, its passages found again as resolve.py finds them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postil_db.records import AnchorState, Selector

if TYPE_CHECKING:
    from postil_db.library import Library, Session
    from postil_db.store.versions import Found

LABEL = "Replace with newer version"
"""How the undo menu calls it."""


def replace(session: "Session", old_id: int, new_id: int) -> Mapping[AnchorState, int]:
    """Let a newer copy take a document's place; how many annotations ended in which state."""
    from postil_db.store import versions

    return versions.replace(session, old_id, new_id, find)


def replace_in(library: "Library", old_id: int, new_id: int) -> Mapping[AnchorState, int]:
    """Do it as one act, with the adding of the newer copy if nothing was done since that."""
    from postil_db.history import addition
    from postil_db.store import documents

    digest = library.read(lambda session: documents.info(session, new_id)).sha256
    return library.write(LABEL, lambda session: replace(session, old_id, new_id), joins=addition(digest)).result


def find(old: str, new: str, selectors: Sequence[Selector]) -> "list[Found]":
    """Find passages of an old text in a new one."""
    from postil.anchors.resolve import resolve
    from postil_db.store.versions import Found

    return [Found(one.state, one.start, one.end) for one in resolve(old, new, selectors)]


def summary(counts: Mapping[AnchorState, int]) -> str:
    """What became of the annotations, in a sentence; "" if there were none."""
    told = (
        (counts[AnchorState.EXACT], "stands as it did", "stand as they did"),
        (counts[AnchorState.MOVED], "moved along", "moved along"),
        (counts[AnchorState.CHANGED], "has other words now", "have other words now"),
        (counts[AnchorState.ORPHAN], "lost its passage", "lost their passages"),
    )
    parts = [f"{count:,} {one if count == 1 else many}" for count, one, many in told if count]
    return f"Annotations: {', '.join(parts)}." if parts else ""
