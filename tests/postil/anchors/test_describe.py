from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from postil.anchors.describe import describe
from postil_db.records import Block, BlockKind, Content, Section

WORDS = st.sampled_from(
    ["Kallas", "שָׁלוֹם", "👩\u200d👩\u200d👧", "e\u0301", "𠀋𪚥", "中文", " ", "\n", "\u00a0", "end."]
)


def test_a_passage_with_its_context_and_section() -> None:
    content = Content(
        (
            Block(BlockKind.HEADING, "One", level=1),
            Block(BlockKind.PARAGRAPH, "Nothing here."),
            Block(BlockKind.HEADING, "Two", level=2),
            Block(BlockKind.PARAGRAPH, "Kaja Kallas met Rajnath Singh in New Delhi, and both sides signed."),
        ),
        (Section("One", 1, 0), Section("Two", 2, 2)),
    )
    start = content.text.index("Rajnath")
    selector = describe(content, start - 1, start + 14)
    assert selector.quote == "Rajnath Singh"
    assert (selector.start, selector.end) == (start, start + 13)
    assert selector.prefix == "Nothing here.\nTwo\nKaja Kallas met "[-32:]
    assert selector.suffix == " in New Delhi, and both sides signed."[:32]
    assert selector.section == "Two"
    assert selector.text_hash == sha256(content.text.encode()).hexdigest()


def test_it_agrees_with_what_the_other_tests_are_built_on() -> None:
    content = factories.make_content()
    expected = factories.make_selector(content, "European Union")
    assert describe(content, expected.start, expected.end) == expected


@pytest.mark.parametrize(("start", "end"), [(5, 5), (26, 27), (-1, 4), (4, 2), (0, 10_000)])
def test_no_passage_there(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="passage"):
        describe(factories.make_content(), start, end)


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, int, int]:
    text = "".join(draw(st.lists(WORDS, min_size=1, max_size=30)))
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))


@given(passages())
def test_the_quote_is_what_stands_there(passage: tuple[str, int, int]) -> None:
    text, start, end = passage
    content = Content((Block(BlockKind.PARAGRAPH, text),))
    if not text[start:end].strip():
        with pytest.raises(ValueError, match="empty"):
            describe(content, start, end)
        return
    selector = describe(content, start, end)
    assert text[selector.start : selector.end] == selector.quote == text[start:end].strip()
    assert text[: selector.start].endswith(selector.prefix)
    assert text[selector.end :].startswith(selector.suffix)
    assert len(selector.prefix) == min(32, selector.start)
    assert len(selector.suffix) == min(32, len(text) - selector.end)
