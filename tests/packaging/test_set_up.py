"""The set-up scripts: they find a Python or say what to do, and the locks are what they promise."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def find_python(*folders: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the search with nothing on the PATH but `folders` and what a shell needs."""
    path = ":".join(map(str, (*folders, "/usr/bin", "/bin")))
    return subprocess.run(
        ["/bin/sh", str(ROOT / "packaging" / "find_python.sh")],
        env={"PATH": path, "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(folder: Path, name: str, *, fits: bool) -> Path:
    """A command that passes for a Python of a fit version, or one that does not run."""
    folder.mkdir(exist_ok=True)
    command = folder / name
    command.write_text(
        f'#!/bin/sh\n{"" if fits else "exit 127"}\n[ "$2" = "${{2#*version_info}}" ] && echo {command}\nexit 0\n'
    )
    command.chmod(0o755)
    return command


@pytest.fixture
def no_real_python(tmp_path: Path) -> Path:
    """A folder that hides every Python of this machine behind ones that do not run."""
    for name in ("python3", "python3.14", "python3.13", "python3.12"):
        fake_python(tmp_path / "hidden", name, fits=False)
    return tmp_path / "hidden"


def test_a_name_that_does_not_run_is_passed_over(tmp_path: Path, no_real_python: Path) -> None:
    wanted = fake_python(tmp_path / "hidden", "python3.12", fits=True)
    done = find_python(no_real_python)
    assert (done.returncode, done.stdout.strip()) == (0, str(wanted))


def test_the_reader_may_name_a_python(tmp_path: Path, no_real_python: Path) -> None:
    named = fake_python(tmp_path / "own", "my-python", fits=True)
    assert find_python(no_real_python, POSTIL_PYTHON=str(named)).stdout.strip() == str(named)


def test_no_python_is_a_message_that_says_what_to_do(no_real_python: Path) -> None:
    done = find_python(no_real_python)
    assert done.returncode == 1
    assert "Python 3.12 or newer" in done.stderr
    assert "apt install python3" in done.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_a_version_and_hashes_and_nothing_else(name: str) -> None:
    lock = (ROOT / "packaging" / name).read_text()
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\\n)?)+$", entry), entry[
            :80
        ]


def test_the_developers_lock_holds_the_readers_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / "packaging" / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-dev.txt")


@pytest.mark.skipif(os.name == "nt", reason="the libraries are Linux's")
def test_missing_system_libraries_are_named_by_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import system_libraries

    monkeypatch.setattr(system_libraries, "loads", lambda name: name not in {"libEGL.so.1", "libxcb-cursor.so.0"})
    gaps = system_libraries.missing()
    assert gaps == ["libEGL.so.1", "libxcb-cursor.so.0"]
    assert system_libraries.missing(only_required=True) == ["libEGL.so.1"]
    debian, fedora = system_libraries.packages(gaps)
    assert (debian, fedora) == (["libegl1", "libxcb-cursor0"], ["libglvnd-egl", "xcb-util-cursor"])
