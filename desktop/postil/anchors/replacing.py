"""Let a newer copy take a document's place, its passages found again as resolve.py finds them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Self

from postil_db.records import AnchorState, Selector

if TYPE_CHECKING:
    from postil_db.library import Library, Session
    from postil_db.store.versions import Finder, Found

LABEL = "Replace with newer version"
"""How the undo menu calls it."""


def replace(session: "Session", old_id: int, new_id: int, finder: "Finder | None" = None) -> Mapping[AnchorState, int]:
    """Let a newer copy take a document's place; how many annotations ended in which state."""
    from postil_db.store import versions

    return versions.replace(session, old_id, new_id, finder or find)


class Sought:
    """Passages that were found before they are asked for: seconds of work while everybody else may save.

    Called as a finder; what was not looked for yet, as it was marked meanwhile, is found then.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, Selector], Found] = {}

    @classmethod
    def ahead(cls, library: "Library", old_id: int, new_id: int) -> Self:
        """Look for all that replacing a document will ask for; the library is held only to read what that is."""
        from postil_db.store import versions

        sought = cls()
        for asked in library.read(lambda session: versions.questions(session, old_id, new_id)):
            sought(asked.old, asked.new, asked.selectors)
        return sought

    def __call__(self, old: str, new: str, selectors: Sequence[Selector]) -> "list[Found]":
        """Give what was found, and find the rest."""
        missing = [one for one in selectors if (old, new, one) not in self._found]
        if missing:
            found = find(old, new, missing)
            self._found |= {(old, new, one): place for one, place in zip(missing, found, strict=True)}
        return [self._found[old, new, one] for one in selectors]


def replace_in(
    library: "Library", old_id: int, new_id: int, finder: "Finder | None" = None
) -> Mapping[AnchorState, int]:
    """Do it as one act, with the adding of the newer copy if nothing was done since that."""
    from postil_db.history import addition
    from postil_db.store import documents

    digest = library.read(lambda session: documents.info(session, new_id)).sha256
    return library.write(LABEL, lambda session: replace(session, old_id, new_id, finder), joins=addition(digest)).result


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
