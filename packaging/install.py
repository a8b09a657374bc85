"""Make `.venv`, install the locked dependencies and Postil itself into it, and see that Qt can start.

Runs on a bare Python with nothing installed. A second run compares one stamp and ends: no work, no network.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "postil-stamp.json"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}


def venv_python() -> Path:
    """Where the environment's own Python is."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted(kind: str) -> str:
    """A digest of all that decides what is installed."""
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for path in (ROOT / "pyproject.toml", ROOT / "packaging" / LOCKS[kind], Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def installed() -> dict[str, str]:
    """What the last set-up left, by kind; empty when there was none or its Python is gone."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if venv_python().exists() else {}


def run(*command: str | Path, why: str) -> None:
    """Run one step; a failing one ends the set-up with a sentence instead of a traceback."""
    done = subprocess.run([str(part) for part in command], check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"Postil could not be set up: {why} (see above). Mend that, then run the same command again.")


def make_environment() -> None:
    """Make an empty environment with this Python."""
    try:
        import ensurepip  # noqa: F401 - Debian ships it apart
        import venv
    except ImportError:
        if not install_packages(["python3-venv"], ["python3"]):
            sys.exit("Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv")
        run(sys.executable, "-m", "venv", "--clear", VENV, why="the environment could not be made")
        return
    venv.create(VENV, clear=True, with_pip=True)


def install_packages(debian: list[str], fedora: list[str]) -> bool:
    """Install system packages where we may: as root, with apt or dnf. Tell whether it worked."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    for probe, commands in (
        ("/usr/bin/apt-get", [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *debian]]),
        ("/usr/bin/dnf", [["dnf", "install", "-y", "-q", *fedora]]),
    ):
        if Path(probe).exists():
            environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            return all(not subprocess.run(command, check=False, env=environment).returncode for command in commands)
    return False


def check_system_libraries() -> None:
    """See that Qt finds the system's libraries; install or name the packages that hold the missing ones."""
    if sys.platform != "linux":
        return
    sys.path.insert(0, str(Path(__file__).parent))
    from system_libraries import missing, packages

    gaps = missing()
    if not gaps:
        return
    debian, fedora = packages(gaps)
    print(f"Qt needs system libraries that are not here: {', '.join(gaps)}", flush=True)
    if install_packages(debian, fedora) and not missing():
        return
    needed = missing(only_required=True)
    print(f"  Debian, Ubuntu   sudo apt install {' '.join(debian)}")
    print(f"  Fedora           sudo dnf install {' '.join(fedora)}", flush=True)
    if needed:
        sys.exit("Install them, then run the same command again.")
    print("Without them the window may not open; all that needs no screen works.", flush=True)


def main() -> None:
    """Do what is left to do."""
    kind = "dev" if "--dev" in sys.argv[1:] else "run"
    have = installed()
    if have.get(kind) == wanted(kind):
        return
    if have.get("python") != sys.version or not venv_python().exists():
        print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
        make_environment()
        have = {"python": sys.version}
    print("Installing what Postil needs (some 300 MB the first time) ...", flush=True)
    pip: list[str | Path] = [venv_python(), "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check"]
    lock = ROOT / "packaging" / LOCKS[kind]
    run(*pip, "--require-hashes", "--no-deps", "-r", lock, why="its dependencies could not be installed")
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT, why="Postil itself could not be installed")
    check_system_libraries()
    print("Preparing the language models ...", flush=True)
    for maker in ("postil.entities.slim", "postil.documents.identifier"):
        run(venv_python(), "-m", maker, why="the language models could not be prepared")
    have |= {"run": wanted("run")} if kind == "run" else {"run": wanted("run"), "dev": wanted("dev")}
    STAMP.write_text(json.dumps(have))
    print("Postil is set up.", flush=True)


if __name__ == "__main__":
    main()
