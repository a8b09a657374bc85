"""The screenshot command and the demo, which load the real window."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.postil.command.calling import Postil

DEMO = Path(__file__).parents[3] / "packaging" / "demo.py"
PNG = b"\x89PNG\r\n\x1a\n"


def size(path: Path) -> tuple[int, int]:
    """The width and height that a PNG file states."""
    content = path.read_bytes()
    assert content.startswith(PNG)
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def run(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_a_picture_of_the_window_is_written(stocked: Postil, tmp_path: Path) -> None:
    words = ("screenshot", "a.png", "--document", "partners", "--size", "900x600", "--theme", "dark", "--scale", "2")
    done = run("-m", "postil", "--library", "library", *words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path / 'a.png'}\n"
    assert size(tmp_path / "a.png") == (1800, 1200)
    assert len(stocked("annotations", "--json").json) == 2


@pytest.mark.usefixtures("qapp")
def test_a_picture_that_cannot_be_made_is_explained(stocked: Postil, tmp_path: Path) -> None:
    unknown = stocked("screenshot", "a.png", "--document", "no")
    assert (unknown.status, unknown.out) == (1, "")
    assert unknown.err.startswith("postil: No document fits “no”.")
    mauve = stocked("screenshot", "a.png", "--theme", "mauve")
    assert (mauve.status, mauve.out) == (1, "")
    assert mauve.err.startswith("postil: There is no theme “mauve”. Choose one of these: light, sepia, dark")
    nowhere = stocked("screenshot", "missing/a.png")
    assert (nowhere.status, nowhere.out) == (1, "")
    assert nowhere.err.startswith("postil: ")
    assert nowhere.err.count("\n") == 1
    assert list(tmp_path.rglob("*.png")) == []


@pytest.mark.model
def test_the_demo_does_the_main_job_and_leaves_a_picture(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("Maria Keller visited Berlin on 3 May 2024.\n\nShe spoke to reporters there.\n")
    done = run(str(DEMO), "own.txt", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("Kaja Kallas", "Maria Keller", "$ postil search", "id,created_at,modified_at", "All of it worked."):
        assert part in done.stdout
    assert size(tmp_path / "demo.png") == (1360, 860)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix) == ["demo.png", "own.txt"]
    assert not any((tmp_path / "xdg_cache_home" / "postil").glob("*/index"))


@pytest.mark.slow
def test_a_demo_that_fails_says_why(tmp_path: Path) -> None:
    done = run(str(DEMO), "missing.html", folder=tmp_path)
    assert done.returncode == 1
    assert "The demo failed: there is no file" in done.stderr
    (tmp_path / "empty.txt").touch()
    done = run(str(DEMO), "empty.txt", folder=tmp_path)
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "demo.png").exists()
