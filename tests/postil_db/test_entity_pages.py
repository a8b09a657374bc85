"""What the library knows of one entity, and where the links in notes lead."""

import pytest
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound
from postil_db.library import Library
from postil_db.linking import links
from postil_db.records import EntityKind, FoundMention, NewDecision, Origin, Ruling
from postil_db.store import annotations, decisions, entities, entity_notes, entity_pages

PERSON, PLACE = EntityKind.PERSON, EntityKind.PLACE
SECOND = ("Kallas again", "Kaja Kallas flew home. Kallas slept. The Kremlin did not.")


@pytest.fixture
def other(library: Library, desk: Desk) -> Desk:
    """A second document, recognised; the first one is, too."""
    new = factories.make_document(*SECOND, published="2026-03-01")
    second = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
    recognise(desk, ("Kaja Kallas", PERSON, "", 1), ("Kallas", PERSON, "Kaja Kallas", 2), ("New Delhi", PLACE, "", 2))
    recognise(second, ("Kaja Kallas", PERSON, "", 1), ("Kallas", PERSON, "Kaja Kallas", 3))
    return second


def recognise(desk: Desk, *names: tuple[str, EntityKind, str, int]) -> None:
    found = [factories.make_found(desk.new.content, *one) for one in names]
    desk.library.write("", lambda session: entities.replace(session, desk.info.id, "1", found), undoable=False)


def ids(desk: Desk) -> dict[str, int]:
    return {one.name: one.id for one in desk.see(entities.every)}


def test_a_page_tells_where_an_entity_is_named_and_what_stands_beside_it(
    desk: Desk, other: Desk, library: Library
) -> None:
    number = ids(desk)["Kaja Kallas"]
    page = library.read(lambda session: entity_pages.page(session, number, first=other.info.id))
    assert (page.entity.name, page.entity.aliases, page.entity.count) == ("Kaja Kallas", ("Kallas",), 4)
    assert (page.first_seen, page.last_seen) == ("2026-01-27", "2026-03-01")
    assert [(one.title, one.count) for one in page.met] == [("Kallas again", 2), ("Partners sign in New Delhi", 2)]
    assert [(one.entity.name, one.count) for one in page.beside] == [("New Delhi", 1)]
    for met in page.met:
        for shown in met.passages:
            assert shown.text[shown.at : shown.at + shown.length] in ("Kaja Kallas", "Kallas")
    assert desk.see(entity_pages.more, number, desk.info.id) == list(page.met[1].passages)


def test_a_passage_is_cut_at_words_and_ends_with_its_paragraph(library: Library) -> None:
    long = " ".join(["word"] * 60)
    new = factories.make_document("A title", f"{long} 🦉 Kaja Kallas {long}", "Kallas ends here")
    desk = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
    recognise(desk, ("Kaja Kallas", PERSON, "", 1), ("Kallas", PERSON, "Kaja Kallas", 2))
    first, second = desk.see(entity_pages.more, ids(desk)["Kaja Kallas"], desk.info.id)
    assert first.text.startswith("… word ")
    assert first.text.endswith(" word …")
    assert first.text[first.at : first.at + first.length] == "Kaja Kallas"
    assert (second.text, second.at) == ("Kallas ends here", 0)


def test_links_lead_to_a_name_its_forms_and_what_became_of_it(desk: Desk, other: Desk) -> None:
    number = ids(desk)["Kaja Kallas"]
    for name in ("Kaja Kallas", "kaja kallas", "Kallas"):
        found = desk.see(entity_pages.named, name)
        assert found is not None
        assert found.id == number
    assert desk.see(entity_pages.named, "Nobody") is None
    desk.act(decisions.decide, NewDecision(Ruling.RENAME, PERSON, "Kaja Kallas", to_name="K. Kallas"))
    renamed = desk.see(entity_pages.named, "Kaja Kallas")
    assert renamed is not None
    assert renamed.name == "K. Kallas"
    assert desk.see(entity_pages.page, number).entity == renamed
    with pytest.raises(NotFound):
        desk.see(entity_pages.page, 999)


def test_a_link_leads_to_a_name_whatever_its_case(desk: Desk, library: Library) -> None:
    new = factories.make_document("Élan", "The Élan party met in ÅRHUS.")
    third = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
    recognise(third, ("Élan", EntityKind.ORG, "", 2), ("ÅRHUS", PLACE, "", 1))
    for written, name in (("élan", "Élan"), ("Århus", "ÅRHUS")):
        found = desk.see(entity_pages.named, written)
        assert found is not None
        assert found.name == name


def test_a_page_tells_which_notes_quote_it_and_link_to_it(desk: Desk, other: Desk) -> None:
    content = desk.new.content
    quoting = desk.act(annotations.add, desk.info.id, factories.make_selector(content, "Kallas said"))
    linking = desk.act(
        annotations.add, desk.info.id, factories.make_selector(content, "maritime"), note="ask [[Kallas|her]]"
    )
    desk.act(annotations.add, desk.info.id, factories.make_selector(content, "India"), note="`[[Kallas]]` is code")
    desk.act(entity_notes.set_note, ids(desk)["New Delhi"], "where [[Kaja Kallas]] was")
    page = desk.see(entity_pages.page, ids(desk)["Kaja Kallas"])
    assert [one.annotation for one in page.quoting] == [quoting]
    assert [one.annotation for one in page.linking] == [linking]
    assert [one.name for one in page.linking_names] == ["New Delhi"]


def test_a_phrase_is_found_everywhere_as_words_of_their_own(desk: Desk, other: Desk) -> None:
    found = desk.see(entity_pages.places_of_text, "Kallas")
    assert [(one.title, one.count) for one in found] == [("Kallas again", 3), ("Partners sign in New Delhi", 2)]
    assert desk.see(entity_pages.places_of_text, "Kalla") == []


def test_links_are_read_out_of_a_note() -> None:
    note = "[[Kaja  Kallas]] and [[EU|the Union]], not [[]], `[[code]]`\n\n```\n[[fence]]\n```\n[[end]]"
    assert [(one.name, one.shown) for one in links(note)] == [
        ("Kaja Kallas", "Kaja Kallas"), ("EU", "the Union"), ("end", "end"),
    ]  # fmt: skip


def test_ten_thousand_mentions_are_a_page_at_once(library: Library) -> None:
    from time import perf_counter

    new = factories.make_document("Owls", *(["owl " * 50] * 200))
    desk = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
    text = new.content.text
    found = [
        FoundMention(at, at + 3, PERSON, "owl", Origin.MODEL)
        for at in range(5, len(text) - 3)
        if text.startswith("owl ", at)
    ]
    library.write("", lambda session: entities.replace(session, desk.info.id, "1", found), undoable=False)
    begun = perf_counter()
    page = desk.see(entity_pages.page, ids(desk)["owl"])
    assert page.entity.count == 10_000
    assert perf_counter() - begun < 5.0
