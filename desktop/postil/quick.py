"""Starts Qt sooner: what PySide6 does at every start for the sake of programmers is put off until it is asked for.

Its signatures (the words of a TypeError, `help`, stubs) are compiled from source each time, which is a third of what
importing Qt costs; and it reads the source of every module that is imported after it, in search of `__feature__`.
Neither is done here. A PySide6 that is built in another way than we know starts as it always does.
"""

import builtins
import gc
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from types import ModuleType

_PACKAGE = "shibokensupport.signature"
_PUT_OFF = frozenset(
    f"{_PACKAGE}.{name}"
    for name in ("errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
)


def load_qt() -> None:
    """Import Qt for a window; what was imported before stays as it is."""
    gc.disable()  # nothing that is made during a start is garbage
    if "shiboken6" in sys.modules:
        return
    usual = builtins.__import__

    def importing(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - as Python names it
        locals: Mapping[str, object] | None = None,  # noqa: A002 - as Python names it
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name.startswith(_PACKAGE):  # not sooner: PySide6 forgets what was put there before
            for wanted in {f"{name}.{part}" for part in fromlist or ()} & _PUT_OFF:
                sys.modules.setdefault(wanted, _Later(wanted))
        return usual(name, globals, locals, fromlist, level)

    builtins.__import__ = importing
    try:
        import_module("PySide6.QtCore")
    finally:
        builtins.__import__ = usual  # we use no __feature__ either


def settle() -> None:
    """The window stands: look for garbage again, but no more among what the start has made."""
    gc.freeze()
    gc.enable()


class _Later(ModuleType):
    """Stands for a module until somebody wants something out of it, and hands that on from then on."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)
        self._called = name
        self._real: ModuleType | None = None

    def __getattr__(self, wanted: str) -> object:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        if self._real is None:
            self._real = _load(self._called)
        return getattr(self._real, wanted)


def _load(name: str) -> ModuleType:
    """Import a module of PySide6's own support package, which nobody else finds once Qt is there."""
    package = sys.modules[name.rpartition(".")[0]]
    finder = package.__loader__ if hasattr(package.__loader__, "find_spec") else PathFinder
    spec = finder.find_spec(name, package.__path__)  # type: ignore[union-attr]
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"There is no module {name}.", name=name)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
