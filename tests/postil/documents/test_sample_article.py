from postil.documents.canonical import clean
from postil.documents.parse import parse_bytes
from postil.documents.sample import examples, sample
from postil_db.records import BlockKind, StyleKind


def test_the_sample_is_an_article_with_something_of_everything() -> None:
    document = sample().document
    assert 450 <= len(document.content.text.split()) <= 650
    kinds = {block.kind for block in document.content.blocks}
    assert {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE} <= kinds
    styles = {style.kind for block in document.content.blocks for style in block.styles}
    assert {StyleKind.BOLD, StyleKind.ITALIC, StyleKind.LINK} <= styles
    assert document.language == "en"
    assert document.content.blocks[0].text == document.title


def test_it_reads_the_same_as_any_file() -> None:
    reading = sample()
    read = parse_bytes(reading.original, "india-eu-partnership.md")
    document, notes = read.document, read.notes
    assert document.content == reading.document.content
    assert (document.title, document.sha256, document.language) == (
        reading.document.title,
        reading.document.sha256,
        "en",
    )
    assert notes == ()


def test_the_examples_stand_exactly_once_in_it_in_order() -> None:
    text = sample().document.content.text
    assert text == clean(text)
    found = examples()
    assert len(found) == 3
    assert [text.count(example.quote) for example in found] == [1, 1, 1]
    places = [text.index(example.quote) for example in found]
    assert places == sorted(places)
    assert all(example.tags for example in found)
    assert any(example.note for example in found)
