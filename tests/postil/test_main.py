"""The way in, as processes: what needs no window starts without one, and one library has one window."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from postil import __version__, main
from postil.times import Times
from postil_db.library import Library
from postil_db.store import documents

type Postil = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "XDG_RUNTIME_DIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def postil(environment: dict[str, str], tmp_path: Path) -> Postil:
    def run(*words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "postil", *words]
        given = {**environment, **changed}
        return subprocess.run(command, cwd=tmp_path, env=given, text=True, capture_output=True, timeout=60, check=False)

    return run


@pytest.fixture
def window(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a window as a process of its own, and give it once its document is on the screen."""
    document = tmp_path / "first.md"
    document.write_text("# The first article\n\nOne paragraph that is long enough to be read by somebody.\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "postil", "--library", str(tmp_path / "library"), str(document)],
        env={**environment, "POSTIL_TIMES": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    for line in process.stderr:
        if "document shown" in line:
            break
    yield process
    process.kill()
    process.wait()
    process.stderr.close()


def test_version_and_help_need_nothing(postil: Postil) -> None:
    assert postil("--version").stdout == f"postil {__version__}\n"
    shown = postil("--help", QT_QPA_PLATFORM="")
    assert shown.returncode == 0
    assert "--library DIR" in shown.stdout
    assert "annotate" in shown.stdout


def test_without_a_display_it_says_what_works(postil: Postil) -> None:
    refused = postil(QT_QPA_PLATFORM="")
    assert refused.returncode == 1
    assert "make demo" in refused.stderr
    assert "postil --help" in refused.stderr


@pytest.mark.parametrize(("words", "said"), [(["--colour"], "no option --colour"), (["--library"], "needs a folder")])
def test_wrong_usage(postil: Postil, words: list[str], said: str) -> None:
    refused = postil(*words)
    assert refused.returncode == 2
    assert said in refused.stderr


def test_the_way_in_loads_no_qt() -> None:
    code = "import sys, postil.__main__ as m; m.main(['--version']); m.main(['list', '--help'])"
    code += "; sys.exit(any(n.split('.')[0] in ('PySide6', 'sqlalchemy', 'spacy') for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_library_may_stand_anywhere_but_after_two_dashes() -> None:
    from postil.__main__ import _take_library

    assert _take_library(["a", "--library", "L", "b"]) == ("L", ["a", "b"])
    assert _take_library(["--library=L"]) == ("L", [])
    assert _take_library(["--", "--library", "L"]) == (None, ["--", "--library", "L"])


@pytest.mark.slow
def test_a_second_start_hands_its_files_over_and_commands_are_answered(
    window: subprocess.Popen[str], postil: Postil, tmp_path: Path
) -> None:
    library = str(tmp_path / "library")
    (tmp_path / "second.md").write_text("# The second article\n\nAnother paragraph that is long enough to be read.\n")
    listed = postil("--library", library, "list")
    assert listed.returncode == 0, listed.stderr
    assert "The first article" in listed.stdout
    handed = postil("second.md", "--library", library)
    assert handed.returncode == 0, handed.stderr
    added = postil("add", "second.md", "--no-entities", "--library", library)
    assert added.returncode == 0, added.stderr
    assert "The second article" in postil("--library", library, "list").stdout


def test_being_told_to_end_closes_the_window_in_order(window: subprocess.Popen[str], tmp_path: Path) -> None:
    window.send_signal(signal.SIGTERM)
    assert window.wait(20) == 0
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        assert [info.title for info in library.read(documents.every)] == ["The first article"]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_library_that_cannot_be_opened_is_told_and_ends_the_start(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from postil.view.asking import Asking
    from postil.view.opening import application

    told: list[str] = []
    monkeypatch.setattr(Asking, "tell", lambda _self, _title, sentence: told.append(sentence))
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "library.sqlite3").write_bytes(b"no database at all" * 100)
    running = main.Running(application(), tmp_path / "library", times=Times())
    running.window.show()
    qtbot.waitUntil(lambda: bool(told))
    assert running.status == 1
    assert "not a Postil library" in told[0]
    qtbot.waitUntil(lambda: not running.window.isVisible())
    running.close()


def test_a_picture_of_the_window(library: Library, tmp_path: Path, qtbot: QtBot) -> None:
    from PySide6.QtGui import QImage

    target = tmp_path / "window.png"
    main.screenshot(library, target, size=(900, 600), theme="dark", scale=2)
    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == (1800, 1200)
    assert picture.pixelColor(1000, 1100).lightness() < 128
    with pytest.raises(OSError, match="could not be written"):
        main.screenshot(library, tmp_path / "nowhere" / "window.png", size=(720, 480))
    library.remember("still", "open")
