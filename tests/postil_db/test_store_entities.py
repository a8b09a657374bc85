from tests import factories
from tests.postil_db.desk import Desk

from postil_db.library import Library
from postil_db.records import EntityKind, FoundMention, Origin
from postil_db.store import documents, entities

V = "model/1"


def found(desk: Desk, text: str, kind: EntityKind, name: str = "", nth: int = 1) -> FoundMention:
    return factories.make_found(desk.new.content, text, kind, name, nth)


def recognise(desk: Desk, *mentions: FoundMention, version: str = V) -> frozenset[int]:
    done = desk.library.write(
        "", lambda session: entities.replace(session, desk.info.id, version, mentions), undoable=False
    )
    return done.changes.mentions


def everything(desk: Desk) -> list[FoundMention]:
    return [
        found(desk, "Kaja Kallas", EntityKind.PERSON),
        found(desk, "Kallas", EntityKind.PERSON, "Kaja Kallas", nth=2),
        found(desk, "New Delhi", EntityKind.PLACE),
        found(desk, "New Delhi", EntityKind.PLACE, nth=2),
        found(desk, "European Union", EntityKind.ORG),
    ]


def test_mentions_come_in_text_order_with_their_words(desk: Desk) -> None:
    given = everything(desk)
    assert recognise(desk, *reversed(given)) == {desk.info.id}
    kept = desk.see(entities.mentions, desk.info.id)
    text = desk.new.content.text
    assert [(it.start, it.text) for it in kept] == sorted((it.start, text[it.start : it.end]) for it in given)
    assert {it.origin for it in kept} == {Origin.MODEL}


def test_entities_are_counted_and_know_their_other_forms(desk: Desk) -> None:
    recognise(desk, *everything(desk))
    told = [(it.name, it.kind, it.aliases, it.count) for it in desk.see(entities.of_document, desk.info.id)]
    assert told == [
        ("Kaja Kallas", EntityKind.PERSON, ("Kallas",), 2),
        ("New Delhi", EntityKind.PLACE, (), 2),
        ("European Union", EntityKind.ORG, (), 1),
    ]
    assert desk.see(entities.every) == desk.see(entities.of_document, desk.info.id)
    kallas = desk.see(entities.every)[0]
    assert [it.text for it in desk.see(entities.of_entity, kallas.id)] == ["Kaja Kallas", "Kallas"]


def test_the_recogniser_is_remembered(desk: Desk) -> None:
    assert desk.see(entities.recogniser, desk.info.id) == ""
    recognise(desk)
    assert desk.see(entities.recogniser, desk.info.id) == V
    assert desk.see(entities.mentions, desk.info.id) == []


def test_a_better_recogniser_replaces_everything_and_ids_last(desk: Desk) -> None:
    recognise(desk, *everything(desk))
    before = {it.name: it.id for it in desk.see(entities.every)}
    recognise(desk, found(desk, "New Delhi", EntityKind.PLACE), version="model/2")
    assert [(it.name, it.id, it.count) for it in desk.see(entities.every)] == [("New Delhi", before["New Delhi"], 1)]
    assert desk.see(entities.recogniser, desk.info.id) == "model/2"


def test_recognition_is_nothing_to_undo(desk: Desk, library: Library) -> None:
    recognise(desk, *everything(desk))
    assert library.undo_label() == "Add document"


def test_mentions_in_a_span_share_a_character_with_it(desk: Desk) -> None:
    recognise(desk, *everything(desk))
    delhi = found(desk, "New Delhi", EntityKind.PLACE, nth=2)

    def texts(start: int, end: int) -> list[str]:
        return [it.text for it in desk.see(entities.in_span, desk.info.id, start, end)]

    assert texts(delhi.start, delhi.end) == ["New Delhi"]
    assert texts(delhi.end - 1, delhi.end + 5) == ["New Delhi"]
    assert texts(delhi.end, delhi.end + 1) == []
    assert texts(delhi.start - 1, delhi.start) == []
    assert len(texts(0, len(desk.new.content.text))) == 5


def test_entities_of_annotations(desk: Desk) -> None:
    recognise(desk, *everything(desk))
    one = desk.mark("Kaja Kallas met Rajnath Singh in New Delhi")
    part, none = desk.mark("Union and India"), desk.mark("maritime")
    told = desk.see(entities.by_annotation, [none.id, part.id, one.id])
    assert {key: [it.name for it in value] for key, value in told.items()} == {
        one.id: ["Kaja Kallas", "New Delhi"],
        part.id: ["European Union"],
    }


def test_a_recogniser_s_slips_are_left_out(desk: Desk) -> None:
    end = len(desk.new.content.text)
    recognise(
        desk,
        FoundMention(5, 5, EntityKind.PERSON, "Nobody", Origin.RULE),
        FoundMention(-3, 2, EntityKind.PERSON, "Nobody", Origin.RULE),
        FoundMention(end - 1, end + 9, EntityKind.PERSON, "Nobody", Origin.RULE),
        found(desk, "India", EntityKind.PLACE),
    )
    assert [it.name for it in desk.see(entities.every)] == ["India"]


def test_entities_of_removed_documents_are_out_of_sight(desk: Desk, library: Library) -> None:
    recognise(desk, *everything(desk))
    desk.act(documents.remove, [desk.info.id])
    assert desk.see(entities.every) == []
    library.undo()
    assert len(desk.see(entities.every)) == 3
