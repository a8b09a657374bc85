"""Long texts to edit: a novel of the shared corpora, and manuals, which say the same things again and again."""

import ast
import os
import sysconfig
import warnings
from collections.abc import Iterator
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "article.html"
MODULES = ("tkinter", "email", "unittest", "logging", "asyncio", "multiprocessing", "xml", "http", "json", "concurrent")


def novel() -> list[str]:
    """The paragraphs of Moby-Dick, where the corpora are; else those of our sample article."""
    from postil.documents.reader import DocumentReader

    given = os.environ.get("POSTIL_CORPORA")
    folder = Path(given) if given else Path(__file__).parents[3] / "shared" / "corpora"
    book = folder / "epub" / "idpf-moby-dick.epub"
    with DocumentReader() as reader:
        reading = reader.read_file(book if book.is_file() else SAMPLE)
    return [block.text for block in reading.document.content.blocks if block.text.strip()]


def manuals() -> list[str]:
    """The paragraphs of Python's own docstrings: short, alike, and on every machine."""
    root = Path(sysconfig.get_paths()["stdlib"])
    files = [*sorted(root.glob("*.py")), *(one for name in MODULES for one in sorted((root / name).rglob("*.py")))]
    return [" ".join(part.split()) for file in files for doc in _docstrings(file) for part in doc.split("\n\n") if part]


def _docstrings(file: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(file.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def taken(paragraphs: list[str], most: int) -> tuple[list[str], list[str]]:
    """The first paragraphs, up to so many words, and the others."""
    words = 0
    for at, one in enumerate(paragraphs):
        words += len(one.split())
        if words > most:
            return paragraphs[:at], paragraphs[at:]
    half = len(paragraphs) * 4 // 5
    return paragraphs[:half], paragraphs[half:]
