import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from postil.documents.canonical import LONGEST_BLOCK, contents
from postil.documents.crossing import Crossing, received, sent
from postil.documents.pictures import Pictures
from postil_db.records import Block, BlockKind, NewDocument, PrintedPage, Section, Style, StyleKind

GIF = b"GIF89a" + bytes(50)


def crossed(crossing: Crossing) -> Crossing:
    """What arrives at the other end."""

    def through_json() -> Iterator[dict[str, Any]]:
        for answer in sent(crossing):
            yield json.loads(json.dumps(answer))

    return received(through_json())


def test_nothing_is_lost_on_the_way() -> None:
    styles = (Style(0, 2, StyleKind.SUPER), Style(0, 2, StyleKind.LINK, "#a.xhtml#n"))
    blocks = (
        Block(BlockKind.HEADING, "Title", 1),
        Block(BlockKind.IMAGE, "alt", image="ab" * 32),
        Block(BlockKind.FOOTNOTE, "12 words", marker="1", styles=styles, anchor="a.xhtml a.xhtml#n"),
        *(Block(BlockKind.PARAGRAPH, str(number)) for number in range(1200)),
    )
    content = contents("Title", list(blocks), [Section("One", 2, 2)]).content
    pages = tuple(PrintedPage(595.5, 842.0, at, at + 3, bytes([at])) for at in range(45))
    document = NewDocument("Title", content, "application/pdf", "f" * 64, ("A", "B"), "en", "2020", "/x", pages)
    crossing = Crossing(document, ("A note.",), {"ab" * 32: GIF, "cd" * 32: bytes(range(256))})
    assert crossed(crossing) == crossing


@given(
    st.lists(st.sampled_from(["The title", "Word. ", "a", "中", "", "x " * 15_000]), min_size=1, max_size=6),
    st.booleans(),
)
def test_every_place_of_a_block_is_found_in_the_text(texts: list[str], heading: bool) -> None:
    long = [text * (LONGEST_BLOCK // 3) if len(text) < 7 else text for text in texts]
    kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
    blocks = [Block(kind, text.strip()) for text in long]
    places = contents("The title", blocks)
    text = places.content.text
    for index, block in enumerate(blocks):
        for at in range(0, len(block.text), 997):
            if not block.text[at].isspace():
                assert text[places.offset(index, at)] == block.text[at]
        for start, offset in places.runs(index):
            assert places.offset(index, start) == offset


def test_pictures_are_kept_once_within_limits() -> None:
    pictures = Pictures()
    first = pictures.add(GIF)
    assert pictures.add(GIF) == first
    assert pictures.add(b"GIF89a" + bytes(20_000_001)) == ""
    assert pictures.add(b"<svg onload='x()'/>") == ""
    pictures.missing()
    pictures.missing()
    for number in range(11):
        pictures.add(b"\x89PNG\r\n\x1a\n" + bytes([number]) * 19_000_000)
    assert len(pictures.images) == 11
    assert pictures.notes() == [
        "1 picture is left out: of a kind that is not shown (a drawing or a film).",
        "2 pictures are left out: too large to be kept.",
        "2 pictures are left out: missing from the file.",
    ]
