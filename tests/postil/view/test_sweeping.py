"""Garbage is freed on the window's thread, whoever makes more of it."""

import gc
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from postil.view import sweeping
from postil.view.sweeping import Sweeping


class Ring:
    """Something that holds itself, as a dialog does whose button calls it."""

    def __init__(self) -> None:
        self.me = self


def make_garbage() -> None:
    for _ in range(2 * sweeping.MANY):
        Ring()


@pytest.fixture
def as_python_does() -> Iterator[None]:
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def freed_in(freed: list[str]) -> None:
    weakref.finalize(Ring(), lambda: freed.append(threading.current_thread().name))


@pytest.mark.usefixtures("qapp", "as_python_does")
def test_no_other_thread_frees_what_the_window_left() -> None:
    freed = list[str]()
    with ThreadPoolExecutor(1, "helper") as helper:
        freed_in(freed)
        helper.submit(make_garbage).result()
        assert freed == ["helper_0"], "Python frees things in another thread no more: then sweeping is needless"
        watch = Sweeping()
        freed_in(freed)
        helper.submit(make_garbage).result()
        assert freed == ["helper_0"]
        gc.disable()
        watch.look()
        gc.enable()
        assert freed == ["helper_0"], "somebody wanted no search"
        watch.look()
        assert freed == ["helper_0", "MainThread"]
        watch.stop()
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.usefixtures("qapp", "as_python_does")
def test_at_times_all_is_looked_through() -> None:
    freed = list[str]()
    gc.set_threshold(0)
    old = Ring()
    weakref.finalize(old, freed.append, "old")
    gc.collect()
    del old
    for _ in range(sweeping.WHOLE_AFTER + 2):
        make_garbage()
        sweeping.sweep()
    assert freed == ["old"]


@pytest.mark.usefixtures("qapp")
def test_few_things_are_not_worth_a_look() -> None:
    freed = list[str]()
    gc.collect()
    freed_in(freed)
    sweeping.sweep()
    assert freed == []
    gc.collect()
