"""A file is one idea and a function does one thing: the bounds that keep them so."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("desktop", "db", "resources", "packaging") for path in (ROOT / folder).rglob("*.py"))
LONGEST_FUNCTION, LONGEST_FILE = 60, 400


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert FILES
    assert long == []


def test_no_file_is_longer_than_one_idea() -> None:
    assert [str(path.relative_to(ROOT)) for path in FILES if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_file_names_a_package_registry() -> None:
    hosts = ("python" + "hosted", "py" + "pi.org", "registry.npm" + "js", "deb.deb" + "ian")
    texts = [path for path in ROOT.glob("*") if path.is_file() and path.suffix in {".md", ".toml", ""}]
    texts += [*FILES, *(ROOT / "packaging").glob("*.txt"), *(ROOT / "packaging").glob("*.sh")]
    assert [str(path) for path in texts if any(host in path.read_text(errors="replace") for host in hosts)] == []
