"""The halves of the window: one page with its desk, or two of them beside one another, and which of them is active.

Panels and commands belong to the active half. They hear it through `hear` and `follow` and act on it through `to`:
whoever is connected that way need not know how many halves there are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, SignalInstance

from postil.view.desk import Desk
from postil.view.journey import Journey
from postil.view.marking import Marking
from postil.view.naming import Naming
from postil.view.page.page import Page
from postil.work.run import Work


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One page and all that belongs to what is read on it."""

    page: Page
    desk: Desk
    marking: Marking
    naming: Naming
    journey: Journey


def make_half(page: Page, work: Work, parent: QObject) -> Half:
    """Put a desk under a page."""
    desk = Desk(work, parent)
    return Half(page, desk, Marking(work, desk, parent), Naming(desk, parent), Journey(desk, parent))


@dataclass(slots=True, eq=False)
class _Ear:
    """Somebody who hears one signal of the active half.

    `last`: what each half said last, None for a mere hearer; `first`: what is so before a half has said anything.
    """

    signal: Callable[[Half], SignalInstance]
    take: Callable[..., object]
    last: dict[Half, tuple[object, ...]] | None = None
    first: tuple[object, ...] = ()

    def hear_again(self, half: Half) -> None:
        """Take what the half said last."""
        if self.last is not None and (said := self.last.get(half, self.first)):
            self.take(*said)


class Halves(QObject):
    """Knows the halves; the second one is made when the reader first asks for it, and kept from then on.

    `active`: the half that panels and commands belong to. `shown`: the halves in view, in the order of their making.
    """

    made = Signal(object)  # Half: connect it
    leaving = Signal()  # another half becomes the active one
    switched = Signal()
    arranged = Signal(bool)  # other halves are in view now; whether there are two

    def __init__(self, first: Half, make: Callable[[], Half], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._all: list[Half] = []
        self._ears: list[_Ear] = []
        self._awaited: Half | None = None
        self._quietly = False  # whether the awaited one leaves the active one active
        self.active = first
        self.shown: tuple[Half, ...] = (first,)
        self._take_in(first)

    @property
    def split(self) -> bool:
        """Whether there are two in view."""
        return len(self.shown) > 1

    @property
    def other(self) -> Half | None:
        """The half in view that is not the active one."""
        return next((half for half in self.shown if half is not self.active), None)

    def hear(self, signal: Callable[[Half], SignalInstance], take: Callable[..., object]) -> None:
        """Hear what happens in the active half."""
        self._attach(_Ear(signal, take))

    def follow(self, signal: Callable[[Half], SignalInstance], take: Callable[..., object], *first: object) -> None:
        """Hear how things stand in the active half: when that changes, and again when another becomes active.

        `first`: how they stand as long as a half has said nothing.
        """
        self._attach(_Ear(signal, take, {}, first))

    def to(self, what: Callable[[Half], Callable[..., object]]) -> Callable[..., object]:
        """Give what does something in whichever half is active when it is called."""

        def do(*given: object) -> None:
            what(self.active)(*given)

        return do

    def activate(self, half: Half) -> None:
        """Make a half in view the active one."""
        if half is self.active or half not in self.shown:
            return
        self.leaving.emit()
        self.active = half
        for ear in self._ears:
            ear.hear_again(half)
        self.switched.emit()

    def activate_page(self, page: Page) -> None:
        """Make the half of a page the active one."""
        for half in self.shown:
            if half.page is page:
                self.activate(half)

    def split_here(self) -> None:
        """Show the same place once more, in another half."""
        here = self.active
        if here.desk.document is not None:
            self.lay_beside(here.desk.document.id, here.page.position())

    def lay_beside(self, document_id: int, offset: int, *, quietly: bool = False) -> None:
        """Have a second half, with a document at a place if it is the same one, else where that was left.

        `quietly`: the half that is active stays so.
        """
        if self.split:
            return
        here, there = self.active, self._second(quietly=quietly)
        if document_id == here.desk.document_id:
            there.desk.open_like(here.desk, offset)
        else:
            there.desk.open(document_id)

    def open_beside(self, document_id: int, start: int = -1, end: int = -1, annotation: int | None = None) -> None:
        """Open a document in the half that is not the active one; in the only one if nothing is open there."""
        here = self.active
        if here.desk.document is None:
            here.desk.open(document_id, start, end, annotation)
            return
        there = self._second()
        if document_id == here.desk.document_id != there.desk.document_id:
            there.desk.open_like(here.desk, here.desk.document.info.position)
        there.desk.open(document_id, start, end, annotation)
        if there in self.shown:
            self.activate(there)

    def keep_only(self, document_ids: frozenset[int]) -> None:
        """Lead back to no document that is no more."""
        for half in self._all:
            half.journey.keep_only(document_ids)

    def keep_positions(self) -> None:
        """Store how far the reader has come; where both halves show one document, the active one's place counts."""
        for half in (self.other, self.active):
            if half is not None:
                half.desk.keep_position()

    def close_other(self) -> None:
        """Show the active half alone."""
        if (other := self.other) is not None:
            other.desk.close_document()

    def _second(self, *, quietly: bool = False) -> Half:
        """The half that is not the active one; it comes into view when it has something to show."""
        self._quietly = quietly
        if len(self._all) == 1:
            self._take_in(self._make())
        second = next(half for half in self._all if half is not self.active)
        self._awaited = None if second in self.shown else second
        return second

    def _take_in(self, half: Half) -> None:
        self._all.append(half)
        half.desk.document_opened.connect(lambda *_: self._arrive(half))
        half.desk.document_closed.connect(lambda: self._leave(half))
        for ear in self._ears:
            self._tie(ear, half)
        self.made.emit(half)  # the panels hear it first: what is to be shown in them must be there

    def _arrive(self, half: Half) -> None:
        if half is self._awaited:
            self._awaited = None
            self.shown = tuple(one for one in self._all if one in self.shown or one is half)
            if not self._quietly:
                self.activate(half)
            self.arranged.emit(self.split)

    def _leave(self, half: Half) -> None:
        """A half without a document goes out of view, unless it is the last one."""
        if self.split and half in self.shown:
            self.activate(next(one for one in self.shown if one is not half))
            self.shown = (self.active,)
            self.arranged.emit(False)

    def _attach(self, ear: _Ear) -> None:
        self._ears.append(ear)
        for half in self._all:
            self._tie(ear, half)

    def _tie(self, ear: _Ear, half: Half) -> None:
        def take(*said: object) -> None:
            if ear.last is not None:
                ear.last[half] = said
            if half is self.active:
                ear.take(*said)

        ear.signal(half).connect(take)
