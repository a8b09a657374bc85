import pytest

from postil.command.hint import closest
from postil.command.text import columns, counted, plain, shortened

TEXT = """Kaja Kallas met Rajnath Singh in New Delhi on Tuesday.
She said that “maritime security” comes first, and that trade comes second. Trade was discussed at length."""


def test_a_terminal_is_told_nothing_by_a_title() -> None:
    assert plain("a\x1b[31mred\r\nb\u202egnp\x07") == "a [31mred b gnp"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [("short", 5, "short"), ("longer text", 7, "longer…"), ("印度和欧盟", 7, "印度和…"), ("a\n\nb", 9, "a b")],
)
def test_text_is_cut_to_the_columns_it_takes(text: str, width: int, expected: str) -> None:
    assert shortened(text, width) == expected


def test_columns_align_in_any_script() -> None:
    rows = [("ID", "TITLE", "N"), ("1", "印度", "10"), ("12", "Cafe\u0301", "7")]
    assert list(columns(rows, right=(0, 2))) == ["ID  TITLE   N", " 1  印度   10", "12  Cafe\u0301    7"]


def test_numbers_come_with_their_noun() -> None:
    assert counted(1, "word", "words") == "1 word"
    assert counted(1234, "word", "words") == "1,234 words"


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("maritime securities comes first", "maritime security” comes first"),
        ("Kaja Kallas met Ranjath Sing", "Kaja Kallas met Rajnath Singh"),
        ("TRADE WAS DISCUSSED", "Trade was discussed"),
        ("Kalas", "Kallas"),
        ("completely unrelated words here", ""),
        ("zzz", ""),
        ("…", ""),
    ],
)
def test_the_closest_passage_is_offered(quote: str, expected: str) -> None:
    assert closest(TEXT, quote) == expected


def test_the_closest_passage_of_a_long_text_is_found_among_its_likes() -> None:
    text = " ".join(f"trade talks number {number} went well" for number in range(20_000))
    assert closest(text, "trade talks numbr 17321 went well") == "trade talks number 17321 went well"
