"""The measure of branches counts what ran, in every process, down to one that is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
MODULE = """\
def told(words):
    for word in words:
        if word == "a":
            return True
    return False


def never():
    while True:
        pass
"""
KILLED = "import os, postil; postil.told('a'); os.kill(os.getpid(), 9)"
NESTED = f"import subprocess, sys, postil; postil.told('b'); subprocess.run([sys.executable, '-c', {KILLED!r}])"


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_lines_and_branches_are_counted_in_children_and_in_the_killed(tmp_path: Path) -> None:
    (tmp_path / "postil").mkdir()
    (tmp_path / "postil" / "__init__.py").write_text(MODULE)
    (tmp_path / "postil" / "unseen.py").write_text("if 1 < 2:\n    pass\n")
    (tmp_path / "notes").mkdir()
    code = (
        "import sys, pathlib; import measured; folder = pathlib.Path.cwd(); "
        f"status = measured.run(['-c', {NESTED!r} + '; sys.exit(5)'], folder / 'notes'); "
        "files = measured.coverage(folder / 'notes', [folder / 'postil']); "
        "print([(name, *(files[name][kind] for kind in ('missing_lines', 'executed_branches', 'missing_branches')))"
        " for name in sorted(files)], status)"
    )
    path = f"{PACKAGING}:{tmp_path}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == (
        "[('postil/__init__.py', [9, 10], [(2, 3), (2, 5), (3, 2), (3, 4)], [(9, 10)]), "
        "('postil/unseen.py', [1, 2], [], [(1, 0), (1, 2)])] 5\n"
    )
