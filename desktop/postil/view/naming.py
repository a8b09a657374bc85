"""Naming: the names found in the open document; walks through their mentions, and has them found where they are not."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from postil.entities.languages import advice, offer, version_for
from postil.view.acts import Names
from postil.view.desk import Desk
from postil.view.entities.streamed import Streamed
from postil.view.mention_list import MentionList, index_from, place_among
from postil_db.records import EntityKind, FoundMention, Mention

STREAM_MS = 500
"""While names are being found, the list of them is shown anew that often at most, and a long one less often."""
PER_NAME_MS = 1 / 12


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
        self._stored: Sequence[Mention] | None = None
        self._every = MentionList()  # those included that are not stored yet
        self._streaming = False  # whether it holds any of those, and is ours to add to
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
        self._asked, self._position, self._chosen = None, 0, False
        self._stored, self._every, self._streaming = None, MentionList(), False
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
        document = self._desk.document
        stale = document is not None and names.recogniser != version_for(document.info.language)
        if names.mentions is not self._stored:
            self._take_stored(names, stale=stale)
        if not stale or names.mentions or self._asked is None:
            # In the first document of all, everything is new: that is worth no mark.
            first = len(names.new) == len(names.entities)
            self.known_shown.emit(frozenset() if first else names.new, names.written)
        if stale and document is not None and self._asked != document.id:
            self._asked = document.id
            self.recognition_wanted.emit(document, document.content.block_at(document.info.position))

    def _take_stored(self, names: Names, *, stale: bool) -> None:
        """Take other mentions than those before, not only what is written of them."""
        before = self._streamed.named(self._entity)
        self._stored, self._every, self._streaming = names.mentions, MentionList.of(names.mentions), False
        self._streamed.begin(names.entities)
        self._soon.stop()
        self._whole = bool(names.recogniser)
        if self._desk.document is not None:
            self._tell_language(self._desk.document.info.language, told_at_end=stale)
        if not stale or names.mentions or self._asked is None:
            self.mentions_shown.emit(self._every)
            self.entities_shown.emit(names.entities)
        if before is not None:
            self._entity = next((one.id for one in names.entities if (one.kind, one.name) == before), self._entity)
            at = self._every.at(self._at.start, self._entity) if self._at and self._entity is not None else None
            self._set_current(self._entity, at)
        if self._entity is not None and not self._every.of_entity(self._entity):
            self._set_current(None, None)

    def take_batch(self, document_id: int, mentions: Sequence[FoundMention]) -> None:
        """Show a batch as soon as it is found, unless an older result is on the page until the new one is whole."""
        if document_id == self._desk.document_id and not (self._whole and self._stored):
            new = [one for one in mentions if all(one.end != other.end for other in self._every.standing(one.start))]
            text = self._desk.document.text if self._desk.document is not None else ""
            taken = self._streamed.take(document_id, text, new)
            if not self._streaming:
                self._every, self._streaming = self._every.copy(), True
            self._every.add(taken)
            self.mentions_added.emit(taken)
            if new and not self._soon.isActive():
                self._soon.start(max(STREAM_MS, round(self._streamed.count * PER_NAME_MS)))

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
        at = self._every.at(start, entity_id)
        if at is not None:
            self._chosen = True
            self._set_current(entity_id, at)

    def step_in_entity(self, entity_id: int, direction: int) -> None:
        """Go to the next (+1) or previous (-1) mention of one entity, and have it the one to walk through."""
        self._chosen = True
        mine = self._every.of_entity(entity_id)
        at = place_among(mine, self._at) if self._at is not None and self._at.entity_id == entity_id else None
        if at is None:
            here = self._position if self._at is None else self._at.start
            later = index_from(mine, here)
            at = (later if direction > 0 else later - 1) - direction
        self._go_to(mine[(at + direction) % len(mine)] if mine else None)

    def step(self, direction: int) -> None:
        """Go to the next or previous mention of the chosen entity, or else of any name that is shown."""
        if self._chosen and self._entity is not None:
            self.step_in_entity(self._entity, direction)
            return
        here = self._position - (direction > 0) if self._at is None else self._at.start
        ways = self._every.after(here) if direction > 0 else self._every.before(here)
        self._go_to(next((one for one in ways if one.kind in self._kinds), None))

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

    def _go_to(self, one: Mention | None) -> None:
        if one is None:
            self.advice.emit("No names are marked in this document.")
        else:
            self._set_current(one.entity_id, one)
            self.step_made.emit(one.start, one.end)

    def _set_current(self, entity_id: int | None, at: Mention | None) -> None:
        self._entity, self._at = entity_id, at
        mine = self._every.of_entity(entity_id)
        place = place_among(mine, at) if at is not None else None
        self.current_changed.emit(entity_id, 0 if place is None else place + 1, len(mine))
