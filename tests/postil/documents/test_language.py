import pytest

from postil.documents.language import language_of
from postil_db.records import Block, BlockKind


def told(text: str, declared: str = "", kind: BlockKind = BlockKind.PARAGRAPH) -> str:
    return language_of([Block(kind, text)], declared)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The partners met in New Delhi, and the sides signed a partnership there on Tuesday.", "en"),
        ("Kaja Kallas met Rajnath Singh in New Delhi on Tuesday.", "en"),
        ("Die Partner trafen sich in Neu-Delhi, und beide Seiten unterzeichneten am Dienstag ein Abkommen.", "de"),
        ("Les partenaires se sont réunis à New Delhi et les deux parties ont signé un accord mardi.", "fr"),
        ("合作伙伴在新德里会晤，双方于周二签署了伙伴关系协议。外交部长表示，海上安全是双方合作的重点。", "zh"),
        ("השותפים נפגשו בניו דלהי, והצדדים חתמו שם על הסכם ביום שלישי.", "he"),
        ("12 34 56 – 78", ""),
        ("Zorp qlix vunt", ""),
    ],
)
def test_the_text_tells_its_language(text: str, language: str) -> None:
    assert told(text) == language


def test_what_is_declared_counts_only_for_short_texts() -> None:
    assert told("Hello world", "sv-SE") == "sv"
    assert told("The partners met in New Delhi, and the sides signed a partnership there.", "fr") == "en"
    assert told("Hello world", "x-klingon") == ""


def test_code_is_no_language() -> None:
    assert told("for item in the_list: print(item) and return the value of it", kind=BlockKind.CODE) == ""
