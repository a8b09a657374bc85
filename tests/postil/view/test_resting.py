"""Garbage that was put out of reach is found when the reader pauses, and only then."""

import gc
import weakref

import pytest

from postil.view.resting import Resting
from postil.work.run import Work


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.me = self


def frozen_garbage() -> "weakref.ref[Ring]":
    ring = weakref.ref(Ring())
    gc.freeze()
    gc.collect()
    assert ring() is not None
    return ring


@pytest.mark.usefixtures("qapp")
def test_garbage_out_of_reach_is_found_when_the_reader_pauses() -> None:
    at = [1]
    work = Work()
    resting = Resting(work, lambda: tuple(at))
    resting.look()
    ring = frozen_garbage()
    at[0] = 2
    resting.look()
    work.busy.emit(True)
    resting.look()
    assert ring() is not None  # the pointer moved, then something was asked of the library
    resting.look()
    assert ring() is None
    ring = frozen_garbage()
    resting.look()
    assert ring() is not None  # nothing has happened since: a night costs nothing
    resting.stop()
    work.close()
    gc.unfreeze()
