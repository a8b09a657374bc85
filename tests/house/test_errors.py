"""Every error of ours is raised in a test that names it: in `pytest.raises`, or to a helper that asks there."""

import ast
import builtins
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "desktop", ROOT / "db")
TESTS = ROOT / "tests"


def trees(folder: Path, pattern: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob(pattern)):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def our_errors() -> set[type[BaseException]]:
    """Every class of ours that is an exception, by the names of what it is derived from."""
    derived = dict[str, tuple[str, set[str]]]()
    for source in SOURCES:
        for path, tree in trees(source, "*.py"):
            module = ".".join(path.relative_to(source).with_suffix("").parts)
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    names = {base.id for base in node.bases if isinstance(base, ast.Name)}
                    derived[f"{module}.{node.name}"] = (node.name, names)
    usual = {
        name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
    }
    known, found = usual, set[str]()
    while more := {path for path, (_, bases) in derived.items() if bases & known} - found:
        found |= more
        known = known | {derived[path][0] for path in more}
    return {getattr(import_module(module), name) for module, _, name in (path.rpartition(".") for path in found)}


def asked_for(tree: ast.Module) -> set[type]:
    """What the names mean that stand among arguments: `raises(InUse)`, `refused(path, InUse)`, `def f(kind=InUse)`."""
    imported = {
        each.asname or each.name: (node.module, each.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("postil")
        for each in node.names
    }
    found = set[type]()
    for node in ast.walk(tree):
        arguments = list[ast.expr]()
        if isinstance(node, ast.Call):
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.arguments):
            arguments = node.defaults
        for given in arguments:
            found |= {each for each in meant(given, imported) if isinstance(each, type)}
    return found


def meant(given: ast.expr, imported: dict[str, tuple[str, str]]) -> Iterator[object]:
    """The classes among an argument, alone or in lists and tuples; not what it calls."""
    if isinstance(given, ast.Tuple | ast.List):
        for each in given.elts:
            yield from meant(each, imported)
    elif isinstance(given, ast.Name) and given.id in imported and given.id.strip("_")[:1].isupper():
        module, name = imported[given.id]
        yield getattr(import_module(module), name)
    elif isinstance(given, ast.Attribute) and isinstance(given.value, ast.Name) and given.value.id in imported:
        module, name = imported[given.value.id]
        with_it = import_module(module)
        owner = getattr(with_it, name, None) or import_module(f"{module}.{name}")
        yield getattr(owner, given.attr, None)


def test_every_error_of_ours_is_raised_in_a_test() -> None:
    errors = our_errors()
    assert len(errors) > 30
    named = {each for _, tree in trees(TESTS, "test_*.py") for each in asked_for(tree)}
    never = sorted(f"{error.__module__}.{error.__name__}" for error in errors - named)
    assert never == [], "no test asks for these"


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("from postil_db.errors import InUse\nwith raises(InUse): pass", True),
        ("from postil_db import errors\nwith raises((errors.InUse, OSError)): pass", True),
        ("from postil_db.errors import InUse as X\nparametrize('kind', [X])", True),
        ("from postil_db.errors import InUse\nraise InUse('made up')", False),
        ("from postil_db.errors import InUse\nfail(InUse('made up'))", False),
        ("import InUse\nraises(InUse)", False),
    ],
)
def test_an_error_that_a_test_makes_up_does_not_count(code: str, counts: bool) -> None:
    from postil_db.errors import InUse

    assert (InUse in asked_for(ast.parse(code))) is counts
