"""One library: lock, connection, sessions, undo and index under one roof."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from types import MappingProxyType, TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from postil_db import history, opening, originals
from postil_db.asked import Asked
from postil_db.backed_up import Backup, Listener, Loss, Preview
from postil_db.changes import Changes
from postil_db.checked import Checked
from postil_db.describing import describe
from postil_db.errors import NoSpace, ReadOnly, Unreachable
from postil_db.faults import told
from postil_db.files import Files
from postil_db.keeping import KeepingSession
from postil_db.locking import Lock
from postil_db.places import cache_folder, index_folder
from postil_db.records import DocumentInfo, NewDocument
from postil_db.searching import Searching
from postil_db.store import annotations, decisions, documents, facts, trash
from postil_db.tables import ActRow
from postil_db.touched import touched

__all__ = ["Added", "Backup", "Library", "Loss", "Operation", "Preview", "Session", "Written"]

type Operation[T] = Callable[[Session], T]


@dataclass(frozen=True, slots=True)
class Written[T]:
    """What a write gave back, and what it touched."""

    result: T
    changes: Changes


@dataclass(frozen=True, slots=True)
class Added:
    """A document that was added. `new`: False if the library had it already."""

    info: DocumentInfo
    new: bool


class Library(Checked, Asked):
    """A library on disk, open. Any thread may use it; operations take turns.

    `read_only`: it may not be written to; what is read then is a private copy of how it was when it was opened.
    `reserve_used`: the disk was full, and the last save took the room that was kept for it.
    """

    def __init__(self, files: Files, cache: Path, engine: Engine, lock: Lock | None, copy: Path | None) -> None:
        self.folder = files.folder
        self.read_only = copy is not None
        self._files, self._engine, self._file_lock, self._copy = files, engine, lock, copy
        self._lock, self._copying = RLock(), RLock()
        self._busy: KeepingSession | None = None
        self._listeners: list[Listener] = []
        self._closed = self._leaving = False
        self.reserve_used = False
        self._identity = files.identity()
        self.id = self.read(facts.library_id)
        self._searching = Searching(index_folder(cache, self.id, files.folder), self.read, self._lock)

    @property
    def notice(self) -> str:
        """What the reader should know about how the library is open, in sentences; "" if all is as usual."""
        if not self.read_only:
            return opening.warning(self._files)
        return (
            f"The library in {self.folder} is open for reading only, because its folder or a file in it cannot be "
            "written to. To change something, change the permissions and open it again."
        )

    @classmethod
    def open(cls, folder: Path, *, cache: Path | None = None) -> Self:
        """Open the library in a folder, or make one there. Raises what `postil_db.errors` names.

        `cache`: where the index goes; by default the user's cache folder.
        """
        files = Files(folder.expanduser().absolute())
        with told(files.folder):
            opening.prepare_folder(files)
            writable = files.writable()
            lock = Lock.take(files.folder, writable=writable)
            copy: Path | None = None
            engine: Engine | None = None
            try:
                if writable:
                    files.keep_private()
                    files.tidy()
                    if not files.database.exists():
                        opening.create(files)
                else:
                    copy = opening.private_copy(files)
                version = opening.look(files)
                engine = opening.open_engine(files, Files(copy) if copy else None, version)
                if writable:
                    files.keep_reserve()
                if copy and lock:
                    lock.release()  # a reader has what it needs, and keeps nobody from writing
                # Two readers may have the same library open, but never the same index.
                return cls(files, copy or cache or cache_folder(), engine, lock, copy)
            except BaseException:
                _give_up(engine, lock, copy)
                raise

    def read[T](self, op: Operation[T]) -> T:
        """Run an operation that changes nothing."""
        with self._lock, told(self.folder):
            self._require_open()
            if self._busy is not None:
                return op(self._busy)
            with Session(self._engine, autoflush=False) as session:
                result = op(session)
                if session.new or session.dirty or session.deleted:
                    raise RuntimeError("a read that writes")
                return result

    def write[T](self, label: str, op: Operation[T], *, undoable: bool = True, joins: str = "") -> Written[T]:
        """Run an operation as one transaction: when this returns, the disk holds it; when it raises, nothing changed.

        `label` names the act for the undo menu. `joins`: the same word twice running, within half a minute, is one act
        (a note that is saved at each pause of the typing). Listeners hear of it before this returns. On a full disk the
        operation is run a second time, in the room that was kept for that.
        """
        self._require_writable()
        try:
            return self._write(label, op, undoable=undoable, joins=joins)
        except NoSpace:
            if not self._files.give_up_reserve():
                raise
            written = self._write(label, op, undoable=undoable, joins=joins)
            self.reserve_used = True
            return written

    def _write[T](self, label: str, op: Operation[T], *, undoable: bool, joins: str) -> Written[T]:
        with self._lock:
            self._require_open()
            if self._busy is not None:
                raise RuntimeError("a write inside a write")
            if (found := self._files.identity()) != self._identity:
                what = "was replaced by another program while Postil had it open" if found else "is not there any more"
                raise Unreachable(
                    f"Nothing was saved: {self._files.database} {what}. Copy what you just wrote, close Postil, see to "
                    f"that {'file' if found else 'file or its disk'}, and open it again."
                )
            with told(self.folder), KeepingSession(self._engine) as session, session.begin():
                self._busy = session
                try:
                    result = op(session)
                    session.flush()
                    _follow_decisions(session)
                    if undoable:
                        history.record(session, label, joins)
                    done = touched(session, label)
                    fresh = self._searching.entries(session, done.stale)
                finally:
                    self._busy = None
            self._searching.follow(done.stale, fresh, done.changes)
        if done.changes:
            for listener in self._listeners:
                listener(done.changes)
        return Written(result, done.changes)

    def add(
        self, document: NewDocument, original: bytes, images: Mapping[str, bytes] = MappingProxyType({})
    ) -> Written[Added]:
        """Add a document; the bytes it was made of are kept first. The same bytes twice are one document.

        `images`: the bytes of its pictures, by the SHA-256 that its blocks name them by.
        """
        self._require_writable()

        files = {**images, document.sha256: original}

        def op(session: Session) -> Added:
            for digest, kept in files.items():
                if not originals.is_there(self._files, digest):  # the trash was emptied a moment ago
                    originals.keep(self._files, digest, kept)
            document_id, new = documents.add(session, document)
            session.flush()
            if new and not documents.info(session, document_id).annotations:
                _keep_comments(session, document_id, document)
            return Added(documents.info(session, document_id), new)

        with told(self.folder):
            for digest, kept in files.items():
                originals.keep(self._files, digest, kept)
        return self.write("Add document", op, joins=history.addition(document.sha256))

    def original(self, sha256: str) -> Path:
        """Where the bytes of a document or of a picture in one are; not to be written to."""
        return originals.find(self._files, sha256)

    def empty_trash(self, items: Iterable[trash.Item] | None = None, *, before: datetime | None = None) -> int:
        """Delete for good what lies in the trash: these things, what was deleted before some time, or all; how many.

        There is a backup before, and no undo; neither where there is nothing to delete.
        """
        if items is None:
            lying = self.read(trash.every)
            items = [(one.kind, one.id) for one in lying if before is None or one.removed_at < before]
        if not (chosen := list(items)):
            return 0
        self.backup("before emptying the trash")

        def op(session: Session) -> tuple[int, list[str]]:
            there = len(trash.every(session))
            files = trash.empty(session, chosen)
            return there - len(trash.every(session)), files

        with self._lock, told(self.folder):  # nobody adds the same document between the two
            count, files = self.write("Empty the trash", op, undoable=False).result
            originals.discard(self._files, files)
        return count

    def undo(self) -> Changes | None:
        """Take back the last act that stands; None if there is none."""
        return self._step(history.next_undo, history.undo)

    def redo(self) -> Changes | None:
        """Do again what was last undone; None if there is nothing."""
        return self._step(history.next_redo, history.redo)

    def undo_label(self) -> str:
        """The name of the act that undo would take back, or ""."""
        return self.read(lambda session: act.label if (act := history.next_undo(session)) else "")

    def redo_label(self) -> str:
        """The name of the act that redo would do again, or ""."""
        return self.read(lambda session: act.label if (act := history.next_redo(session)) else "")

    def subscribe(self, listener: Listener) -> None:
        """Have `listener` called after every write that touched something, on the thread that wrote."""
        self._listeners.append(listener)

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact about the library; not undone by undo."""
        self.write("", lambda session: facts.remember(session, key, value), undoable=False)

    def recall(self, key: str) -> str:
        """A remembered fact, or ""."""
        return self.read(lambda session: facts.recall(session, key))

    def close(self) -> None:
        """Close the library and let others have it; a backup that is being made is given up. Twice is no mistake."""
        self._searching.close()
        self.leave()
        with self._copying, self._lock:
            self._closed = True
            _give_up(self._engine, self._file_lock, self._copy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _step(
        self,
        choose: Callable[[Session], ActRow | None],
        apply: Callable[[Session, ActRow], None],
    ) -> Changes | None:
        self._require_writable()

        def op(session: Session) -> None:
            act = choose(session)
            if act is not None:
                apply(session, act)

        with self._lock:
            act = self.read(choose)
            return None if act is None else self.write(act.label, op, undoable=False).changes

    def _require_open(self) -> None:
        """Nothing may happen after closing: the engine would connect again, without the lock."""
        if self._closed:
            raise Unreachable(f"The library in {self.folder} was closed. Open it again.")

    def _require_writable(self) -> None:
        if self.read_only:
            raise ReadOnly(f"Nothing was changed. {self.notice}")


def _keep_comments(session: Session, document_id: int, document: NewDocument) -> None:
    """Make annotations of the comments that came with a document."""
    wanted = []
    for comment in document.comments:
        with suppress(ValueError):  # on nothing: on a picture, or on what was left out
            place = describe(document.content, comment.start, comment.end)
            wanted.append(annotations.NewAnnotation(place, note=comment.text))
    annotations.add_all(session, document_id, wanted)


def _follow_decisions(session: KeepingSession) -> None:
    """Make what is said of names follow the decisions that this transaction made or took back."""
    ruled = [change for change in session.ledger.changes if change.table == "decision"]
    if ruled:
        decisions.follow(session, [image for change in ruled for image in (change.before, change.after) if image])


def _give_up(engine: Engine | None, lock: Lock | None, copy: Path | None) -> None:
    """Let go of whatever an open library holds, the lock last."""
    if engine:
        engine.dispose()
    if copy:
        shutil.rmtree(copy, ignore_errors=True)
    if lock:
        lock.release()
