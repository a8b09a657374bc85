"""Naming: the names found in the open document; walks through their mentions, and has them found where they are not."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from postil.entities.languages import advice, offer, version_for
from postil.view.acts import Names
from postil.view.desk import Desk
from postil.view.entities.streamed import Streamed
from postil_db.records import EntityKind, FoundMention, Mention

STREAM_MS = 300
"""While names are being found, the list of them is shown anew that often at most."""


class Naming(QObject):
    """Knows every mention of the open document; see the module's text."""

    recognition_wanted = Signal(object, int)  # Document, block at the top of the page
    mentions_shown = Signal(object)  # all of them
    mentions_added = Signal(object)  # a batch, while recognition runs
    entities_shown = Signal(object)
    known_shown = Signal(object, object)  # ids of names that are new to the reader; EntityNotes by id
    current_changed = Signal(object, int, int)  # entity id or None, which of its mentions (from 1), how many
    step_made = Signal(int, int)  # start, end of the mention stepped to
    noted = Signal(str)  # what the reader should know about the result
    advice = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._mentions: Sequence[Mention] = ()
        self._kinds = frozenset(EntityKind)
        self._position = 0
        self._entity: int | None = None
        self._chosen = False  # whether the reader asked for this entity, or only came upon it
        self._at: Mention | None = None
        self._asked: int | None = None
        self._offered: set[str] = set()
        self._streamed = Streamed()
        self._soon = QTimer(self, singleShot=True, interval=STREAM_MS)
        self._soon.timeout.connect(self._show_streamed)
        self._whole = False  # whether the names on the page are those of the whole document

    def forget(self) -> None:
        """Start afresh with another document."""
        self._mentions, self._asked, self._position, self._chosen = (), None, 0, False
        self._streamed.begin(())
        self._soon.stop()
        self._set_current(None, None)
        self.noted.emit("")

    def set_position(self, offset: int) -> None:
        """Hear where the page stands."""
        self._position = offset

    def set_kinds(self, kinds: frozenset[EntityKind]) -> None:
        """Hear which kinds are shown: the others are not walked through."""
        self._kinds = kinds

    def take_names(self, names: Names) -> None:
        """Show what is stored; ask for recognition if no recogniser of this version has read the document."""
        before = self._streamed.named(self._entity)
        same = bool(names.mentions) and names.mentions is self._mentions  # only what is written of them is new
        self._mentions = names.mentions
        self._streamed.begin(names.entities)
        self._soon.stop()
        document = self._desk.document
        stale = document is not None and names.recogniser != version_for(document.info.language)
        self._whole = bool(names.recogniser)
        if document is not None:
            self._tell_language(document.info.language, told_at_end=stale)
        if not stale or names.mentions or self._asked is None:
            if not same:
                self.mentions_shown.emit(names.mentions)
                self.entities_shown.emit(names.entities)
            # In the first document of all, everything is new: that is worth no mark.
            first = len(names.new) == len(names.entities)
            self.known_shown.emit(frozenset() if first else names.new, names.written)
        if before is not None:
            self._entity = next((one.id for one in names.entities if (one.kind, one.name) == before), self._entity)
            self._at = next((one for one in names.mentions if self._at and one.start == self._at.start), None)
            self._set_current(self._entity, self._at)
        if self._entity is not None and all(one.entity_id != self._entity for one in names.mentions):
            self._set_current(None, None)
        if stale and document is not None and self._asked != document.id:
            self._asked = document.id
            self.recognition_wanted.emit(document, document.content.block_at(document.info.position))

    def take_batch(self, document_id: int, mentions: Sequence[FoundMention]) -> None:
        """Show a batch as soon as it is found, unless an older result is on the page until the new one is whole."""
        if document_id == self._desk.document_id and not (self._whole and self._mentions):
            shown = {(one.start, one.end) for one in self._mentions}
            new = [one for one in mentions if (one.start, one.end) not in shown]
            text = self._desk.document.text if self._desk.document is not None else ""
            self.mentions_added.emit(self._streamed.take(document_id, text, new))
            if new and not self._soon.isActive():
                self._soon.start()

    def take_end(self, document_id: int, note: str) -> None:
        """Pass on what the reader should know."""
        if document_id == self._desk.document_id and note:
            self.noted.emit(note)

    @property
    def current(self) -> Mention | None:
        """The mention that the reader is at."""
        return self._at

    def go_to_entity(self, entity_id: int) -> None:
        """Go to an entity's next mention."""
        self.step_in_entity(entity_id, 1)

    def choose(self, entity_id: int, start: int, _end: int) -> None:
        """Make the entity of a mention that was clicked the current one."""
        at = next((one for one in self._every() if one.entity_id == entity_id and one.start == start), None)
        if at is not None:
            self._chosen = True
            self._set_current(entity_id, at)

    def step_in_entity(self, entity_id: int, direction: int) -> None:
        """Go to the next (+1) or previous (-1) mention of one entity, and have it the one to walk through."""
        self._chosen = True
        self._step([one for one in self._every() if one.entity_id == entity_id], direction)

    def step(self, direction: int) -> None:
        """Go to the next or previous mention of the chosen entity, or else of any name that is shown."""
        if self._chosen and self._entity is not None:
            self.step_in_entity(self._entity, direction)
        else:
            self._step([one for one in self._every() if one.kind in self._kinds], direction)

    def _every(self) -> Sequence[Mention]:
        """Every mention, those included that are not stored yet, in the order of the text."""
        if not self._streamed.mentions:
            return self._mentions
        return sorted((*self._mentions, *self._streamed.mentions), key=lambda one: (one.start, one.end))

    def _show_streamed(self) -> None:
        self.entities_shown.emit(self._streamed.entities())

    def let_go(self) -> None:
        """Have no current entity; the next step is to any name."""
        self._chosen = False
        self._set_current(None, None)

    def _tell_language(self, language: str, *, told_at_end: bool) -> None:
        """Say what a language lacks: beside the names each time, how to get its model once."""
        if not told_at_end and (note := advice(language)):
            self.noted.emit(note)
        if (how := offer(language)) and how not in self._offered:
            self._offered.add(how)
            self.advice.emit(how)

    def _step(self, among: Sequence[Mention], direction: int) -> None:
        if not among:
            self.advice.emit("No names are marked in this document.")
            return
        at = self._at
        if at is not None and at in among:
            index = (among.index(at) + direction) % len(among)
        else:
            here = self._position if at is None else at.start
            later = next((number for number, one in enumerate(among) if one.start >= here), 0)
            index = later if direction > 0 else (later - 1) % len(among)
        chosen = among[index]
        self._set_current(chosen.entity_id, chosen)
        self.step_made.emit(chosen.start, chosen.end)

    def _set_current(self, entity_id: int | None, at: Mention | None) -> None:
        self._entity, self._at = entity_id, at
        mine = [one for one in self._every() if one.entity_id == entity_id]
        self.current_changed.emit(entity_id, mine.index(at) + 1 if at in mine else 0, len(mine))
