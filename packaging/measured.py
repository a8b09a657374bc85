"""Run a Python command and print which branches of Postil it took: `measured.py [--all] -m pytest ...`.

Counts the command's own process and every Python below it, also the ones that are killed. Ends with the command's own
exit status, whatever the figures are. `--all` names the lines and branches that never ran, file by file.
"""

import marshal
import os
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from branches.sitecustomize import FOLDER, NOTE
from slipcover import Slipcover
from slipcover.branch import decode_branch, is_branch

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "desktop" / "postil", ROOT / "db" / "postil_db")
HOOK = Path(__file__).resolve().parent / "branches"
WORST = 15


def run(command: list[str], notes: Path) -> int:
    """Run the command with every Python in it taking notes; gives its exit status."""
    environment = os.environ | {FOLDER: str(notes)}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HOOK), os.environ.get("PYTHONPATH"))))
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl+C is for the command, which gets it too
    return subprocess.run([sys.executable, *command], env=environment, check=False).returncode


def coverage(notes: Path, sources: Iterable[Path] = SOURCES) -> dict[str, Any]:
    """What ran and what did not, by file, in SlipCover's form."""
    slipcover = Slipcover(branch=True, source=[str(each) for each in sources])
    for kept in notes.glob("*.code"):
        code = marshal.loads(kept.read_bytes())
        slipcover.code_lines[code.co_filename].update(slipcover.lines_from_code(code))
        slipcover.code_branches[code.co_filename].update(slipcover.branches_from_code(code))
    paths = {crc32(os.fsencode(path)): path for path in slipcover.code_lines}
    for file in notes.glob("*.ran"):
        ran = file.read_bytes()
        for path, line in set(NOTE.iter_unpack(ran[: len(ran) // NOTE.size * NOTE.size])):
            slipcover.all_seen[paths[path]].add(decode_branch(line) if is_branch(line) else line)
    files: dict[str, Any] = slipcover.get_coverage()["files"]
    return files


def row(name: str, files: Iterable[dict[str, Any]]) -> str:
    """A line of the table."""
    counts: dict[str, int] = defaultdict(int)
    for file in files:
        for what, count in file["summary"].items():
            counts[what] += count

    def share(what: str) -> str:
        covered, missing = counts[f"covered_{what}"], counts[f"missing_{what}"]
        return f"{100 * covered / (covered + missing):.1f} %" if covered + missing else "-"

    return f"  {name:<52}{share('lines'):>9}{share('branches'):>10}{counts['missing_branches']:>8,}"


def package(name: str) -> str:
    """What a file belongs to: `postil.view`, `postil_db`."""
    _, first, *rest = Path(name).resolve().relative_to(ROOT).parts
    return f"{first}.{rest[0]}" if first == "postil" and len(rest) > 1 else first


def print_table(files: dict[str, Any]) -> None:
    """Print the files that miss most branches, and how much of each package and of all ran."""
    packages = defaultdict(list)
    for name, file in files.items():
        packages[package(name)].append(file)
    print(f"\n{'What ran of Postil':<54}{'lines':>9}{'branches':>10}{'missed':>8}")
    for name, file in sorted(files.items(), key=lambda item: -item[1]["summary"]["missing_branches"])[:WORST]:
        print(row(name, [file]))
    print()
    for name, of in sorted(packages.items()):
        print(row(name, of))
    print(row("all", files.values()))


def print_missing(files: dict[str, Any]) -> None:
    """Print each line and branch that never ran."""
    for name, file in sorted(files.items()):
        lines, branches = file["missing_lines"], file["missing_branches"]
        if lines or branches:
            ways = (f"{start}->{end or 'out'}" for start, end in branches)
            print(f"{name}\n  lines {' '.join(map(str, lines)) or '-'}\n  branches {' '.join(ways) or '-'}")


def main(words: list[str]) -> int:
    """Run the command and report."""
    every = words[:1] == ["--all"]
    with tempfile.TemporaryDirectory(prefix="postil-branches-", ignore_cleanup_errors=True) as folder:
        status = run(words[every:], Path(folder))
        files = coverage(Path(folder))
    if every:
        print_missing(files)
    print_table(files)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
