"""What is loaded when: the layers keep apart at run time too, and start-up stays light."""

import subprocess
import sys

import pytest

HEAVY = ("PySide6", "spacy", "numpy", "whoosh", "trafilatura", "lxml", "thinc")


def loaded_by(module: str) -> set[str]:
    """The top-level modules that importing `module` in a fresh Python loads."""
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "postil_db.library",
        "postil.documents.reader",
        "postil.entities.client",
        "postil.anchors.describe",
        "postil.command",
    ],
)
def test_headless_parts_load_nothing_heavy(module: str) -> None:
    assert loaded_by(module).isdisjoint(HEAVY)


def test_the_command_line_loads_no_database_before_it_needs_one() -> None:
    assert "sqlalchemy" not in loaded_by("postil.command")


def test_the_library_knows_nothing_of_the_desktop() -> None:
    assert "postil" not in loaded_by("postil_db.library")


def test_the_window_loads_no_language_model_and_no_document_libraries() -> None:
    assert loaded_by("postil.main").isdisjoint({"spacy", "thinc", "trafilatura", "lxml", "nh3", "py3langid"})
