"""What a reader types to go somewhere leads there, or is answered with a sentence that helps."""

import pytest

from postil.view.whereabouts import Nowhere, Whereabouts
from postil_db.records import Block, BlockKind, Content, PrintedPage, Section

TEXTS = ("Chapter 1", "x" * 80, "Chapter 12", "y" * 80, "The End")
CONTENT = Content(
    tuple(Block(BlockKind.PARAGRAPH, text) for text in TEXTS),
    (Section("Chapter 1", 1, 0), Section("Chapter 12", 1, 2), Section("The  End", 2, 4)),
)
PAGES = (PrintedPage(100, 100, 0, 90, b""), PrintedPage(100, 100, 91, len(CONTENT.text), b""))


@pytest.mark.parametrize(
    ("typed", "offset"),
    [
        ("50 %", round(len(CONTENT.text) * 0.5)),
        ("12,5%", round(len(CONTENT.text) * 0.125)),
        ("0 percent", 0),
        ("100%", len(CONTENT.text)),
        ("chapter 1", 0),
        ("Chapter 12", CONTENT.starts[2]),
        ("the  end", CONTENT.starts[4]),
        ("end", CONTENT.starts[4]),
        ("¶ 4", CONTENT.starts[3]),
        ("paragraph 1", 0),
        ("3", CONTENT.starts[2]),
        ("@ 17", 17),
        ("offset 17", 17),
    ],
)
def test_a_place(typed: str, offset: int) -> None:
    assert Whereabouts(CONTENT).find(typed) == offset


def test_a_bare_number_is_a_page_where_there_are_pages() -> None:
    places = Whereabouts(CONTENT, PAGES)
    assert [places.find(typed) for typed in ("2", "p. 2", "page 2", "¶ 2")] == [91, 91, 91, CONTENT.starts[1]]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type where to go"),
        ("101 %", "ends at 100"),
        ("Nineveh", "“Nineveh”"),
        ("9", "paragraphs 1 to 5"),
        ("0", "paragraphs 1 to 5"),
        ("page 1", "no printed pages"),
        ("@99999", "ends at offset"),
    ],
)
def test_no_place(typed: str, says: str) -> None:
    with pytest.raises(Nowhere, match=says):
        Whereabouts(CONTENT).find(typed)


def test_a_page_too_far() -> None:
    with pytest.raises(Nowhere, match="pages 1 to 2"):
        Whereabouts(CONTENT, PAGES).find("3")
