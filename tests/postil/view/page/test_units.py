import pytest
from tests.postil.view.page.pages import paragraphs

from postil.view.page import units
from postil.view.page.marks import Place
from postil_db.records import Block, BlockKind, Content, Section

FIRST = "Mr. J. Smith met Dr. Kallas. She \U0001f600 agreed!  “Why?” he asked."
TEXT = Content(
    (
        Block(BlockKind.HEADING, "A heading", 1),
        Block(BlockKind.PARAGRAPH, FIRST),
        Block(BlockKind.RULE, ""),
        Block(BlockKind.HEADING, "Another", 1),
        Block(BlockKind.PARAGRAPH, "Last words."),
    ),
    (Section("A heading", 1, 0), Section("Another", 1, 3)),
)


def said(span: tuple[int, int]) -> str:
    return TEXT.text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("at", "whole"),
    [
        ("Mr.", "Mr. J. Smith met Dr. Kallas."),
        ("Kallas", "Mr. J. Smith met Dr. Kallas."),
        ("agreed", "She \U0001f600 agreed!"),
        ("A head", "A heading"),
        ("Last", "Last words."),
    ],
)
def test_a_sentence_ends_where_it_ends_and_not_at_a_title_or_an_initial(at: str, whole: str) -> None:
    assert said(units.sentence(TEXT, TEXT.text.index(at))) == whole


def test_sentences_without_blanks_between_them_are_told_apart() -> None:
    text = paragraphs("印度签署了协议。欧盟也签署了。")
    start, end = units.sentence(text, 10)
    assert text.text[start:end] == "欧盟也签署了。"


def test_a_passage_grows_from_word_to_name_to_sentence_to_everything() -> None:
    at = TEXT.text.index("Kallas") + 2
    name = Place(TEXT.text.index("Dr. Kallas"), TEXT.text.index("Dr. Kallas") + len("Dr. Kallas"))
    passages, span = [], (at, at)
    for _ in range(6):
        span = units.grown(TEXT, *span, [name])
        passages.append(said(span))
    section = TEXT.text[: TEXT.text.index("\nAnother")]
    assert passages == ["Kallas", "Dr. Kallas", "Mr. J. Smith met Dr. Kallas.", FIRST, section, TEXT.text]
    assert units.grown(TEXT, *span, []) == span


@pytest.mark.parametrize("text", ["", " ", "\U0001f600", "a", "…"])
def test_any_text_has_units(text: str) -> None:
    content = paragraphs(text)
    for at in range(len(text) + 1):
        for unit in (units.word, units.sentence, units.paragraph, units.section):
            low, high = unit(content, at)
            assert 0 <= low <= high <= len(text)
        assert units.grown(content, at, at, []) in {(0, len(text)), (at, at)}


def test_the_caret_goes_by_sentences_and_paragraphs_both_ways() -> None:
    length, seen, at = len(TEXT.text), [], 0
    while at < length:
        at = units.sentence_edge(TEXT, at, 1)
        seen.append(TEXT.text[:at][-6:])
    assert seen[:3] == ["eading", "allas.", "greed!"]
    assert seen[-2:] == ["nother", "words."]
    back = []
    while at > 0:
        at = units.sentence_edge(TEXT, at, -1)
        back.append(TEXT.text[at : at + 4])
    assert back[0] == "Last"
    assert back[-1] == "A he"
    assert units.paragraph_edge(TEXT, 2, 1) == 9
    assert units.paragraph_edge(TEXT, 9, 1) == 10 + len(FIRST)
    assert units.paragraph_edge(TEXT, 12, -1) == 10
    assert units.paragraph_edge(TEXT, 10, -1) == 0
    assert units.paragraph_edge(TEXT, length, 1) == length
