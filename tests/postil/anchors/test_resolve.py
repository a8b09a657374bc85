"""Passages are found again in a text that changed, or said to be lost; never put where they are not."""

import random
from collections.abc import Sequence

import pytest
from tests.benchmarks.anchor_edits import KINDS, edited

from postil.anchors.normalise import letters, words
from postil.anchors.resolve import Resolved, resolve
from postil_db.describing import describe
from postil_db.records import AnchorState, Block, BlockKind, Content, Selector

PARAGRAPHS = [
    "The harbour lay quiet under the morning fog, and only the bell of the pilot boat was heard now and then.",
    "Two days later the council met behind closed doors to weigh the cost of the new breakwater.",
    "“We cannot wait,” said the engineer, “for the winter storms will find the first stones loose.”",
    "Her report named three risks: the depth of the silt, the price of granite, and the patience of the fishermen.",
    "Nobody in the room doubted her figures; what they doubted was whether the town would still be there to pay.",
    "So the vote was put off until spring, and the minutes were filed under the heading of unfinished business.",
]
OLD = "\n".join(PARAGRAPHS)


def _selectors(text: str, *quotes: str) -> list[Selector]:
    content = Content(tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n")))
    return [describe(content, text.index(quote), text.index(quote) + len(quote)) for quote in quotes]


def _one(new: str, quote: str, old: str = OLD) -> Resolved:
    return resolve(old, new, _selectors(old, quote))[0]


def test_an_unchanged_text_keeps_every_place() -> None:
    """Nothing to do."""
    found = resolve(OLD, OLD, _selectors(OLD, "morning fog", "“We cannot wait,”"))
    assert [one.state for one in found] == [AnchorState.EXACT] * 2


def test_what_comes_before_moves_a_passage() -> None:
    """The words are the same, the place is another."""
    new = "A new beginning that nobody had planned.\n" + OLD
    found = _one(new, "“We cannot wait,”")
    assert found.state is AnchorState.MOVED
    assert new[found.start : found.end] == "“We cannot wait,”"


def test_what_comes_behind_leaves_a_passage_exact() -> None:
    """Same words at the same place."""
    assert _one(OLD + "\nAn afterword.", "morning fog").state is AnchorState.EXACT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“We cannot wait,”", '"We cannot wait,"'),
        ("closed doors", "closed\u00a0 doors"),
        ("breakwater", "break\u00adwater"),
        ("first stones", "ﬁrst stones"),
        ("harbour lay", "har-\nbour lay"),
    ],
)
def test_other_signs_for_the_same_words_are_no_change_of_words(old: str, new: str) -> None:
    """Quotation marks, blanks, hyphens and ligatures: the place holds the new signs, the state says moved."""
    text = OLD.replace(old, new)
    found = _one(text, old)
    assert found.state is AnchorState.MOVED
    assert text[found.start : found.end] == new


def test_a_reworded_passage_is_changed() -> None:
    """It is found by what stayed, and takes the words that were put in the place of others at its ends."""
    new = OLD.replace("the depth of the silt, the price of granite", "the height of the silt, the cost of marble")
    found = _one(new, "the depth of the silt, the price of granite")
    assert found.state is AnchorState.CHANGED
    assert new[found.start : found.end] == "the height of the silt, the cost of marble"


def test_a_paragraph_that_went_elsewhere_takes_its_passages_along() -> None:
    """Also a short passage, which alone could stand anywhere."""
    new = "\n".join([*PARAGRAPHS[1:], PARAGRAPHS[0]])
    found = _one(new, "the bell")
    assert found.state is AnchorState.MOVED
    assert found.start == new.index("the bell of the pilot")


def test_a_deleted_passage_is_lost_even_if_its_words_stand_elsewhere() -> None:
    """“the town” is still there, but it was another one that was marked."""
    old = OLD + "\nAnd once more the town slept."
    place = old.rindex("the town")
    content = Content((Block(BlockKind.PARAGRAPH, old),))
    found = resolve(old, OLD, [describe(content, place, place + 8)])[0]
    assert found.state is AnchorState.ORPHAN
    assert found.start == found.end


def test_the_right_one_of_two_alike_is_found() -> None:
    """The order of the text tells them apart."""
    old = "\n".join([*PARAGRAPHS, *PARAGRAPHS[:2], "The end of it."])
    second = old.rindex("closed doors")
    content = Content((Block(BlockKind.PARAGRAPH, old),))
    new = "An opening line of quite other words.\n" + old
    found = resolve(old, new, [describe(content, second, second + 12)])[0]
    assert found.start == new.rindex("closed doors")


def test_without_the_old_text_quote_and_surroundings_are_searched_for() -> None:
    """What comes from another program has no old text."""
    (selector,) = _selectors(OLD, "the price of granite")
    new = "Something else first.\n" + OLD.replace("granite", "granit")
    found = resolve("", new, [selector])[0]
    assert new[found.start : found.end] == "the price of granit"
    assert resolve("", "Nothing of this kind is said here.", [selector])[0].state is AnchorState.ORPHAN


def test_writing_without_blanks_is_compared_sign_by_sign() -> None:
    """Chinese, and signs beyond the first plane."""
    old = "今天天气很好，我们去公园散步吧。𝒳明天可能会下雨，所以要带伞出门。"
    new = "昨天很冷。" + old.replace("公园", "河边")
    found = _one(new, "我们去公园散步", old)
    assert new[found.start : found.end] == "我们去河边散步"


def test_words_know_where_they_stand() -> None:
    """Case, ligatures and what is invisible do not count."""
    taken = words("Die ﬁne\u00adArt, O’Neil")
    assert list(taken.folded) == ["die", "fineart", "o", "neil"]
    assert [taken.text[a:b] for a, b in zip(taken.starts, taken.ends, strict=True)][1] == "ﬁne\u00adArt"


def _places(found: Sequence[Resolved], text: str) -> bool:
    return all(
        one.start == one.end <= len(text)
        if one.state is AnchorState.ORPHAN
        else 0 <= one.start < one.end <= len(text) and text[one.start : one.end].strip()
        for one in found
    )


@pytest.mark.parametrize("kind", KINDS)
def test_edits_of_every_kind_keep_what_is_left(kind: str) -> None:
    """Random edits: every place is inside the text, and exact and moved ones say the same words."""
    chance = random.Random(kind)
    body = [f"{one} {chance.randrange(10**6)}" for one in PARAGRAPHS * 8]
    old = "\n".join(body)
    content = Content((Block(BlockKind.PARAGRAPH, old),))
    spans = [(at, at + chance.randint(1, 200)) for at in (chance.randrange(len(old) - 200) for _ in range(60))]
    wanted = [describe(content, start, end) for start, end in spans if old[start:end].strip()]
    for seed in range(3):
        new = edited(body, KINDS[kind], seed, PARAGRAPHS).text
        found = resolve(old, new, wanted)
        assert _places(found, new)
        for selector, one in zip(wanted, found, strict=True):
            if one.state in (AnchorState.EXACT, AnchorState.MOVED):
                assert letters(new[one.start : one.end]) == letters(selector.quote)


def test_nonsense_never_raises() -> None:
    """Positions outside, quotes that are not there, empty texts, signs alone."""
    chance = random.Random(7)
    signs = "ab \n“—…ﬁ\u00ad\u200b今𝒳\U0001f600.e\u0301"
    for _ in range(300):
        old, new, quote = ("".join(chance.choices(signs, k=chance.randrange(30))) for _ in range(3))
        start = chance.randrange(-5, 40)
        selector = Selector(start, start + chance.randrange(-2, 40), quote, old[:5], new[:5], "", "")
        inside = [
            Selector(at, at + 3, old[at : at + 3], old[max(0, at - 5) : at], "", "", "") for at in range(len(old))
        ]
        assert _places(resolve(old, new, [selector, *inside]), new)
