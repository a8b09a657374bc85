"""What stands together, by sentence, paragraph and highlight; checked against a plain count over the texts."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.library import Library
from postil_db.records import EntityKind, FoundMention, Origin, Together, Unit
from postil_db.sentences import sentences
from postil_db.store import entities, together

PERSON, PLACE, DATE = EntityKind.PERSON, EntityKind.PLACE, EntityKind.DATE


def recognise(desk: Desk, *mentions: FoundMention) -> None:
    desk.library.write("", lambda session: entities.replace(session, desk.info.id, "1", mentions), undoable=False)


def every_mention(desk: Desk, *names: tuple[str, EntityKind]) -> list[FoundMention]:
    text = desk.new.content.text
    return [
        FoundMention(at, at + len(name), kind, name, Origin.MODEL)
        for name, kind in names
        for at in range(len(text))
        if text.startswith(name, at)
    ]


def told(table: Together) -> dict[tuple[str, str], int]:
    names = [one if isinstance(one, str) else one.name for one in table.columns]
    return {(table.rows[row].name, names[column]): count for (row, column), count in table.counts.items()}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Smith met J. Doe of the U.S. Senate. He left.", ["Mr. Smith met J. Doe of the U.S. Senate.", "He left."]),
        ("“Stop.” She said so. 3.5 % more", ["“Stop.”", "She said so. 3.5 % more"]),
        ("他来了。她走了！", ["他来了。", "她走了！"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_pairs_by_each_unit(desk: Desk) -> None:
    people_only = frozenset({PERSON})
    recognise(desk, *every_mention(desk, ("Kallas", PERSON), ("New Delhi", PLACE), ("India", PLACE)))
    desk.mark("Kallas met Rajnath Singh in New Delhi", tags=("meetings",))
    assert told(desk.see(lambda session: together.entity_pairs(session, unit=Unit.PARAGRAPH))) == {
        ("Kallas", "New Delhi"): 1
    }
    by_highlight = desk.see(lambda session: together.entity_pairs(session, unit=Unit.HIGHLIGHT))
    assert told(by_highlight) == {("Kallas", "New Delhi"): 1}
    tagged = desk.see(together.entities_with_tags)
    assert told(tagged) == {("Kallas", "meetings"): 1, ("New Delhi", "meetings"): 1}
    ids = {one.name: one.id for one in by_highlight.rows}
    found = desk.see(lambda session: together.passages(session, ids["Kallas"], ids["New Delhi"], unit=Unit.SENTENCE))
    assert [one.text for one in found] == ["Kaja Kallas met Rajnath Singh in New Delhi on Tuesday."]
    assert desk.new.content.text[found[0].start : found[0].end] == found[0].text
    by_tag = desk.see(lambda session: together.passages(session, ids["Kallas"], "meetings", unit=Unit.HIGHLIGHT))
    assert [one.text for one in by_tag] == ["Kallas met Rajnath Singh in New Delhi"]
    desk.mark("Security and Defence Partnership", tags=("elsewhere",))  # in a paragraph without any of these names
    by_sentence = desk.see(lambda session: together.entities_with_tags(session, unit=Unit.SENTENCE, kinds=people_only))
    assert told(by_sentence) == {("Kallas", "meetings"): 1}
    people = desk.see(lambda session: together.entity_pairs(session, kinds=people_only))
    assert [one.name for one in people.rows] == ["Kallas"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["Ann", "Bob", "Cy", "walks."]), min_size=1, max_size=7), max_size=5))
def test_paragraphs_are_counted_as_a_plain_scan_does(library: Library, paragraphs: list[list[str]]) -> None:
    new = factories.make_document(f"Title {paragraphs}", *(" ".join(words) for words in paragraphs))
    desk = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
    names = ("Ann", "Bob", "Cy")
    recognise(desk, *every_mention(desk, *((name, PERSON) for name in names)))
    blocks = [block.text for block in new.content.blocks]
    wanted = {
        frozenset(pair): sum(all(name in block for name in pair) for block in blocks)
        for pair in itertools.combinations(names, 2)
    }
    table = desk.see(lambda session: together.entity_pairs(session, document=desk.info.id))
    assert {frozenset(pair): count for pair, count in told(table).items()} == {
        pair: count for pair, count in wanted.items() if count
    }


def test_dates_in_the_order_of_time(desk: Desk) -> None:
    tuesday = factories.make_found(desk.new.content, "Tuesday", DATE)
    recognise(desk, FoundMention(tuesday.start, tuesday.end, DATE, "Tuesday", Origin.RULE, "2026-01-27"))
    (date,) = desk.see(together.dates)
    assert (date.value, date.passage.text.split()[-1]) == ("2026-01-27", "Tuesday.")
