"""Nothing in Postil can reach for a network but what fetches an address that the reader typed."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
REACHING = {
    "socket",
    "ssl",
    "urllib.request",
    "http",
    "urllib3",
    "requests",
    "ftplib",
    "smtplib",
    "asyncio",
    "QtNetwork",
}
MAY = {
    "desktop/postil/work/instance.py",  # a socket file between two starts of Postil
    "desktop/postil/work/address.py",
    "desktop/postil/work/interrupts.py",  # a pair of sockets that wakes the window up at a signal
}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def reaches(path: Path) -> bool:
    names = imported(path)
    return any(
        name == one or name.startswith(f"{one}.") or name.endswith(f".{one}") for name in names for one in REACHING
    )


def test_only_the_fetching_of_addresses_knows_a_network() -> None:
    files = [path for folder in ("desktop", "db") for path in (ROOT / folder).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if reaches(path)}
    assert found
    assert {path for path in found - MAY if "fetch" not in Path(path).name} == set()


def test_every_child_but_the_one_that_fetches_gives_up_the_network() -> None:
    """What that means is tested in tests/postil/documents/test_limits.py."""
    allowed = {}
    for path in sorted((ROOT / "desktop").rglob("*worker.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "serve":
                allowed[f"{path.parent.name}/{path.name}"] = [word.arg for word in node.keywords]
    assert allowed.pop("documents/fetching_worker.py") == ["network"]
    assert len(allowed) >= 3
    assert set(map(tuple, allowed.values())) == {()}
