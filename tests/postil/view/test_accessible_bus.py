"""What a screen reader hears over a real AT-SPI bus: the window as another program finds it, not as it knows itself."""

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from tests import factories

from postil_db.library import Library
from postil_db.store import annotations, documents

EAR = Path(__file__).with_name("ear_on_the_bus.py")
TOOLS = ("xvfb-run", "Xvfb", "dbus-run-session")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
MARKED = "maritime security"


def launcher() -> str:
    """The program that makes the bus; the test is left out where it or what it needs is missing."""
    if sys.platform != "linux":
        pytest.skip("AT-SPI is for Linux")
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    found = next((path for path in LAUNCHERS if Path(path).exists()), "")
    if not found:
        pytest.skip("needs at-spi2-core")
    return found


def test_a_screen_reader_finds_window_text_mark_and_lists(tmp_path: Path) -> None:
    program = launcher()
    folder = tmp_path / "library"
    with Library.open(folder, cache=tmp_path / "cache") as library:
        given = factories.make_document()
        document = library.add(given, given.content.text.encode()).result.info
        selector = factories.make_selector(given.content, MARKED)
        library.write("Mark", lambda session: annotations.add(session, document.id, selector))
        library.write("", lambda session: documents.opened(session, document.id), undoable=False)
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        ["xvfb-run", "-a", "dbus-run-session", "--", sys.executable, str(EAR), str(folder), program, MARKED],
        env={
            **kept,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": os.pathsep.join((str(EAR.parents[3]), *sys.path)),
            "XDG_CACHE_HOME": str(tmp_path / "home"),
            "XDG_RUNTIME_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["fault"] == ""
    assert told["applications"] == ["Postil"]
    assert told["title"] == f"{document.title} — Postil"
    assert MARKED in told["text"]
    assert told["text"].startswith(given.content.text[:40])
    assert told["caret"] >= 0
    assert told["mark"].get("bg-color") != told["beside"].get("bg-color"), "a mark is told by its colour"
    parts = [(role, name) for _depth, role, name in told["parts"]]
    names = [name for _role, name in parts]
    assert {"Document text", "Annotations of this document"} <= set(names)
    assert any(MARKED in name for name in names), "the card is among the parts"
    assert any(document.title in name for role, name in parts if role == "list item")
    heard = ("list", "tree", "table", "text", "push button", "button", "check box", "combo box")
    unnamed = [(of, role) for of, (role, name) in pairwise(parts) if role in heard and not name]
    # a box of choices has a list without a name, and Qt puts two signs into the search box
    assert [role for of, role in unnamed if of[0] != "combo box" and of[1] and "Search " not in of[1]] == []
