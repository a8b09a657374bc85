from hypothesis import example, given
from hypothesis import strategies as st

from postil.anchors.offsets import Utf16

PIECES = st.sampled_from(
    ["a", " ", "\n", "é", "e\u0301", "שָׁלוֹם", "🦉", "👩\u200d👩\u200d👧", "𠀋", "𪚥", "中", "🇮🇳", "ﬁ", "\u202e", "Ω"]
)
TEXTS = st.one_of(st.lists(PIECES).map("".join), st.text())


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS)
@example("")
@example("🦉")
@example("no astral character at all, é 中")
def test_every_offset_is_what_encoding_says_and_comes_back(text: str) -> None:
    convert = Utf16(text)
    for point in range(len(text) + 1):
        expected = units(text[:point])
        assert convert.to_utf16(point) == expected
        assert convert.to_code_points(expected) == point


def test_between_the_units_of_a_character_is_its_start() -> None:
    assert Utf16("a🦉b").to_code_points(2) == 1


def test_offsets_beyond_the_ends_are_the_ends() -> None:
    convert = Utf16("a🦉")
    assert (convert.to_utf16(-1), convert.to_utf16(9)) == (0, 3)
    assert (convert.to_code_points(-1), convert.to_code_points(9)) == (0, 2)
