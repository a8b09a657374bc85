"""The part of a library that checks what it holds, and mends it."""

from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from postil_db import checks
from postil_db.backed_up import BackedUp
from postil_db.changes import Changes
from postil_db.checks import Finding
from postil_db.faults import told
from postil_db.searching import Progress
from postil_db.store import documents


class Checked(BackedUp):
    """A library's care for itself; the rest of the library is `Library`."""

    def check(self, *, repair: bool = False, progress: Progress | None = None) -> list[str]:
        """What is wrong with the library, in sentences; an empty list if it is whole.

        `repair`: mend what can be mended without a guess, and make the index anew. `progress` is told after each step
        how far it has come, and may raise to break off. Between the steps others may read and write.
        """
        return [str(finding) for finding in self.findings(repair=repair, progress=progress)]

    def findings(self, *, repair: bool = False, progress: Progress | None = None) -> list[Finding]:
        """What `check` tells, each with whether it was mended."""
        if repair:
            self._require_writable()
        if broken := self._checking(checks.in_file):
            return broken  # what follows reads every row, which a broken file may not allow
        found = self._checking(lambda session: checks.in_rows(session, repair=repair))
        whole = all(finding.mended for finding in found)
        shelf = self.read(documents.every)
        for done, info in enumerate(shelf, 1):
            if progress:
                progress(done, len(shelf))
            if whole:
                found += self._checking(partial(checks.in_text, info=info))
            with told(self.folder):
                found += checks.in_original(info, self._files)
        if repair:
            self._searching.rebuild()
        if any(finding.mended for finding in found):
            for listener in self._listeners:
                listener(Changes(label="Mend the library", everything=True))
        return found

    def _checking(self, look: Callable[[Session], list[Finding]]) -> list[Finding]:
        """Run one step of a check; what it mends is no act of the reader's."""
        with self._lock, told(self.folder):
            self._require_open()
            with Session(self._engine) as session, session.begin():
                return look(session)
