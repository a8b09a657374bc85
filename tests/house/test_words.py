"""What the reader sees is written in one way: as it is shown, in English, with nothing that only looks translatable."""

import ast
from pathlib import Path

VIEW = Path(__file__).parents[2] / "desktop" / "postil"
MARKS = {"tr", "translate", "QT_TR_NOOP", "QT_TRANSLATE_NOOP", "gettext", "ngettext"}


def wrapped(source: str) -> list[int]:
    """The lines where words are handed to something that would translate them."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(getattr(node.func, "attr", getattr(node.func, "id", None)), str)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in MARKS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]


def test_no_sentence_pretends_to_be_translated() -> None:
    """There are no translations: a part of the sentences wrapped for some would promise what is not kept."""
    found = [
        f"{path.relative_to(VIEW)}:{line}"
        for path in sorted(VIEW.rglob("*.py"))
        for line in wrapped(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_what_is_wrapped_is_found() -> None:
    assert wrapped('title = "Tag"\nself.setText(self.tr("Tag"))\nname.translate(table)\n') == [2]
