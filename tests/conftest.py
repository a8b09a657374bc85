"""What every test stands on: no screen, no network, and folders of its own."""

import functools
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget
    from sqlalchemy import Connection

    from postil_db.library import Library

PATIENCE_MS = 60_000
# How long an example takes says how busy the machine is; what must be quick has a test that says so.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("any machine")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs deaf to Ctrl+C, and their children inherit that; some tests press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


gc.set_threshold(0)  # a helper's thread would free what windows of earlier tests left, and crash: we do it below


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin what takes long, so that no worker is left with it at the end; what needs the model stays together."""
    items.sort(key=lambda item: (item.get_closest_marker("model") is None, item.get_closest_marker("slow") is None))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Look for garbage between tests, in the thread that the windows belong to."""
    new, _, looked = gc.get_count()
    if new > 20_000:
        gc.collect(2 if looked >= 20 else 1)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the data, cache and settings of whoever runs it."""
    monkeypatch.delenv("POSTIL_LIBRARY", raising=False)
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail whatever reaches for another machine; sockets between processes of this one stay allowed.

    Also where the refusal itself is caught, as a program that makes do without a network would.
    """
    asked: list[str] = []

    def refuse(name: str) -> NoReturn:
        asked.append(name)
        raise AssertionError(f"a test asked the network for {name}")

    def only_local(real: Callable[..., Any]) -> Callable[..., Any]:
        def local_only(self: socket.socket, *given: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                refuse(str(given[-1]))
            return real(self, *given)

        return local_only

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, only_local(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, lambda host, *_rest, **_more: refuse(str(host)))
    yield
    assert asked == [], "a test asked the network, and nobody said so"


@pytest.fixture(scope="session", autouse=True)
def migrated_once() -> Iterator[None]:
    """Give new libraries the tables that the migrations made the first time: hundreds of tests need one.

    That it comes to the same is a test of the migrations; they run whole in every other process that a test starts.
    """
    from postil_db import migrations

    upgrade, known = migrations.upgrade, (migrations.SCHEMA, migrations.VERSIONS)
    made: list[str] = []

    @functools.wraps(upgrade)
    def upgrade_or_copy(connection: "Connection") -> None:
        found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first()
        if found or known != (migrations.SCHEMA, migrations.VERSIONS):
            upgrade(connection)
        elif made:
            for statement in made:
                connection.exec_driver_sql(statement)
        else:
            upgrade(connection)
            tables = "SELECT sql FROM sqlite_master WHERE sql != '' AND name NOT LIKE 'sqlite_%'"
            made.extend(connection.exec_driver_sql(tables).scalars())
            for (stamp,) in connection.exec_driver_sql("SELECT version_num FROM alembic_version"):
                made.append(f"INSERT INTO alembic_version VALUES ('{stamp}')")
            made.append(f"PRAGMA user_version = {migrations.SCHEMA}")

    migrations.upgrade = upgrade_or_copy
    yield
    migrations.upgrade = upgrade


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Leave nothing copied: without a screen, Qt frees it after Python has ended, and takes the process with it."""
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()


@pytest.fixture
def library(tmp_path: Path) -> Iterator["Library"]:
    """Give an empty library in a folder of its own."""
    from postil_db.library import Library

    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as opened:
        yield opened


class PatientBot(QtBot):
    """Waits longer than others: a wait lasts no longer than it must, and a busy machine is no fault of ours."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitExposed(self, widget: "QWidget", *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: "QWidget", *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: "QApplication", request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Give the folder of real documents, or skip: the suite passes without them."""
    given = os.environ.get("POSTIL_CORPORA")
    folder = Path(given) if given else Path(__file__).parents[2] / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder} (set POSTIL_CORPORA)")
    return folder
