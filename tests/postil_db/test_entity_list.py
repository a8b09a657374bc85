"""The list of all names against a plain count in Python."""

import random
from collections.abc import Collection, Iterable

import pytest
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.library import Library
from postil_db.records import EntityKind, FoundMention, Mention, NewDecision, Origin, Ruling
from postil_db.records.entity_list import ListedEntity
from postil_db.store import decisions, documents, entities, entity_list, entity_notes

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
FORMS = ("Kaja Kallas", "KAJA KALLAS", "Kallas", "كايا كالاس", "Кая Каллас", "Ёлка", "=SUM(A1)", "שרה כהן", "李 明")


@pytest.fixture
def desks(library: Library) -> list[Desk]:
    """Four documents with names strewn over them: the forms of any entity may be any words."""
    chance, desks = random.Random(7), []
    for number, published in enumerate(("2026-01-27", "", "2025-03-01T10:00:00+02:00", "2024")):
        words = chance.choices(FORMS, k=40)
        new = factories.make_document(f"Title {number}", " and ".join(words), published=published)
        desk = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
        found, at = [], len(f"Title {number}") + 1
        for word in words:
            kind, name = chance.choice((PERSON, PLACE)), chance.choice(FORMS[:5])
            found.append(FoundMention(at, at + len(word), kind, name, chance.choice((Origin.MODEL, Origin.RULE))))
            at += len(word) + len(" and ")
        desk.act(entities.replace, desk.info.id, "1", found)
        desks.append(desk)
    return desks


def counted(desk: Desk, among: Iterable[Desk], yours: Collection[tuple[EntityKind, str]] = ()) -> list[ListedEntity]:
    """The list, by looking at each mention."""
    named = {one.id: (one.kind, one.name) for one in desk.see(entities.every)}
    by_entity: dict[int, list[tuple[Mention, str]]] = {}
    for one in among:
        day = (one.info.published or one.info.added_at.isoformat())[:10]
        for mention in one.see(entities.mentions, one.info.id):
            by_entity.setdefault(mention.entity_id, []).append((mention, day))
    rows = []
    for number, mine in by_entity.items():
        kind, name = named[number]
        texts = [mention.text for mention, _day in mine if mention.text != name]
        forms = sorted(set(texts), key=lambda form: (-texts.count(form), form))
        days = sorted(day for _mention, day in mine)
        origins = {mention.origin for mention, _day in mine}
        origin = Origin.RULE if Origin.RULE in origins else Origin.MODEL
        if (kind, name) in yours or Origin.YOU in origins:
            origin = Origin.YOU
        met = len({mention.document_id for mention, _day in mine})
        rows.append(ListedEntity(number, kind, name, tuple(forms), len(mine), met, days[0], days[-1], origin))
    return sorted(rows)


def test_the_list_of_the_library_is_what_a_count_gives(desks: list[Desk]) -> None:
    assert sorted(desks[0].see(entity_list.every)) == counted(desks[0], desks)
    assert {one.origin for one in desks[0].see(entity_list.every)} <= {Origin.MODEL, Origin.RULE}


def test_the_list_of_a_document_counts_its_own_mentions(desks: list[Desk]) -> None:
    for number, desk in enumerate(desks):
        listed = desk.see(entity_list.every, desk.info.id)
        assert sorted(one._replace(new=False) for one in listed) == counted(desk, [desk])
        met = {one.entity_id for before in desks[:number] for one in before.see(entities.mentions, before.info.id)}
        assert {one.id for one in listed if one.new} == {one.id for one in listed} - met


def test_what_is_removed_or_no_name_does_not_count(desks: list[Desk]) -> None:
    first, *rest = desks
    first.act(documents.remove, [first.info.id])
    first.act(decisions.decide, NewDecision(Ruling.IGNORE, text="Kallas"))
    listed = sorted(first.see(entity_list.every))
    assert listed == counted(first, rest)
    assert all("Kallas" not in one.aliases for one in listed)


def test_what_you_ruled_about_is_yours_and_is_found_under_its_new_name(desks: list[Desk]) -> None:
    desk = desks[0]
    renamed = NewDecision(Ruling.RENAME, PERSON, "Kallas", to_name="Kaja K.")
    desk.act(decisions.decide, renamed)
    listed = sorted(desk.see(entity_list.every))
    assert listed == counted(desk, desks, {(PERSON, "Kaja K.")})
    assert [one.name for one in listed if one.origin is Origin.YOU] == ["Kaja K."]
    asked = [(PERSON, "Kallas"), (PLACE, "Kallas")]
    assert desk.see(entity_list.became, asked) == {(PERSON, "Kallas"): (PERSON, "Kaja K.")}
    desk.act(decisions.decide, NewDecision(Ruling.ALWAYS, text="and", to_kind=PLACE))
    assert {one.name for one in desk.see(entity_list.every) if one.origin is Origin.YOU} == {"Kaja K.", "and"}


def test_notes_and_tags_stand_in_the_list(desks: list[Desk]) -> None:
    desk = desks[0]
    number = next(one.id for one in desk.see(entity_list.every) if (one.kind, one.name) == (PERSON, "كايا كالاس"))
    desk.act(entity_notes.set_note, number, "known")
    desk.act(entity_notes.attach, [number], "people")
    kept = [(one.id, one.note, one.tags) for one in desk.see(entity_list.every) if one.note or one.tags]
    assert kept == [(number, "known", ("people",))]


def test_places_of_a_name_are_walked_through_all_documents_and_around(desks: list[Desk]) -> None:
    desk = desks[0]
    number = max(desk.see(entity_list.every), key=lambda one: one.documents).id
    places = [(one.document_id, one.start) for one in desk.see(entities.of_entity, number)]
    assert places == sorted(places)

    def step(after: tuple[int, int], **how: object) -> tuple[int, int]:
        found = desk.library.read(lambda session: entity_list.next_place(session, number, after, **how))  # type: ignore[arg-type]
        assert found is not None
        return found.document_id, found.start

    assert [step(place) for place in places] == [*places[1:], places[0]]
    assert [step(place, back=True) for place in places] == [places[-1], *places[:-1]]
    assert step((0, 0)) == places[0]
    here = [place for place in places if place[0] == desk.info.id]
    assert step(here[-1], document_id=desk.info.id) == here[0]
    assert desk.see(entity_list.next_place, 999_999, (0, 0)) is None
