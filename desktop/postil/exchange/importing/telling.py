"""What an import would do, and what it came to, in sentences."""

from collections.abc import Iterator

from postil.exchange.importing.carrying import Imported
from postil.exchange.importing.matching import Fate
from postil.exchange.importing.plan import Group, Plan


def counted(number: int, one: str = "annotation", many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def planned(plan: Plan) -> list[str]:
    """What the import would do, a sentence each."""
    new, found = plan.count(Fate.NEW), list[str]()
    if new:
        found.append(f"{_all(new)} new in {counted(plan.documents, 'document')}.")
    if plan.lost:
        found.append(f"{_of(plan.lost, new)} kept as {_notes(plan.lost)}: the passage was not found.")
    return [*found, *besides(plan)]


def besides(plan: Plan, *, updated: bool = False) -> list[str]:
    """What there is to know of it besides what comes in. `updated`: what differs is taken over."""
    known, changed, found = plan.count(Fate.KNOWN), plan.count(Fate.CHANGED), list[str]()
    if about := plan.page_notes:
        found.append(f"{counted(about, 'note')} on a document as a whole {_are(about)} put on its first line.")
    if known:
        found.append(f"{_all(known)} in the library already.")
    if twice := plan.count(Fate.TWICE):
        found.append(f"{counted(twice)} {'stands' if twice == 1 else 'stand'} in the file twice: taken once.")
    if changed and not updated:
        found.append(f"{_all(changed)} in the library with another note, other tags or another colour.")
    if left := len(plan.left):
        found.append(f"{_all(left)} left out: {'its document was' if left == 1 else 'their documents were'} not found.")
    return [*found, *plan.contents.notes]


def done(imported: Imported, left: int = 0) -> str:
    """What the import came to, in a sentence or some."""
    found = list[str]()
    if imported.added or not imported.updated:
        where = f" into {counted(imported.documents, 'document')}" if imported.added else ""
        found.append(f"{counted(imported.added)} imported{where}.")
    if imported.updated:
        found.append(f"{counted(imported.updated)} changed to what the file says.")
    if imported.lost:
        found.append(f"{counted(imported.lost)} kept as {_notes(imported.lost)}.")
    if left:
        found.append(f"{counted(left)} left out: add the documents, and import the file again.")
    return " ".join(found)


def of_group(group: Group) -> str:
    """What becomes of the annotations of one document."""
    if group.reason is not None:
        return f"{len(group.left):,} left out: {group.reason.value}"
    return " · ".join(_parts(group)) or "nothing"


def _parts(group: Group) -> Iterator[str]:
    new, known, changed, twice = (group.count(fate) for fate in Fate)
    if new:
        yield f"{new:,} new"
    if group.lost:
        yield f"{group.lost:,} without {'its' if group.lost == 1 else 'their'} passage"
    if known:
        yield f"{known:,} there already"
    if changed:
        yield f"{changed:,} {'differs' if changed == 1 else 'differ'}"
    if twice:
        yield f"{twice:,} said twice"


def _all(number: int) -> str:
    return f"{counted(number)} {_are(number)}"


def _of(number: int, every: int) -> str:
    return "It is" if number == every == 1 else f"{number:,} of them {_are(number)}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _notes(number: int) -> str:
    return "a lost note" if number == 1 else "lost notes"
