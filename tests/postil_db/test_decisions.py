"""What a reader rules about names holds everywhere, for what comes later too, and can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.deciding import Replay, Span, occurrences
from postil_db.errors import Refused
from postil_db.library import Library
from postil_db.records import Decision, Effect, EntityKind, EntityNote, FoundMention, NewDecision, Origin, Ruling
from postil_db.store import decisions, entities, entity_notes, tags
from postil_db.tables.base import EPOCH

PERSON, ORG, PLACE = EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE
SECOND = ("Kallas again", "Kaja Kallas flew home. Kallas slept. The Kremlin did not.")


@pytest.fixture
def other(library: Library, desk: Desk) -> Desk:
    """A second document, recognised; the first one is, too."""
    new = factories.make_document(*SECOND)
    second = Desk(library, new, library.add(new, new.content.text.encode()).result.info)
    recognise(desk, found(desk, "Kaja Kallas", PERSON), found(desk, "Kallas", PERSON, "Kaja Kallas", nth=2))
    recognise(second, found(second, "Kaja Kallas", PERSON), found(second, "Kallas", ORG, nth=3))
    return second


def found(desk: Desk, text: str, kind: EntityKind, name: str = "", nth: int = 1) -> FoundMention:
    return factories.make_found(desk.new.content, text, kind, name, nth)


def recognise(desk: Desk, *mentions: FoundMention) -> None:
    desk.library.write("", lambda session: entities.replace(session, desk.info.id, "1", mentions), undoable=False)


def named(desk: Desk) -> list[tuple[str, EntityKind, str]]:
    """Each mention of a document: its text, the entity's kind and name."""
    names = {one.id: one.name for one in desk.see(entities.every)}
    return [(it.text, it.kind, names[it.entity_id]) for it in desk.see(entities.mentions, desk.info.id)]


def ruled(desk: Desk, ruling: Ruling, **more: object) -> Decision:
    made = desk.act(decisions.decide, NewDecision(ruling, **more))  # type: ignore[arg-type]
    assert isinstance(made, Decision)
    return made


def test_not_an_entity_everywhere_and_undone(desk: Desk, other: Desk, library: Library) -> None:
    before = named(desk), named(other)
    new = NewDecision(Ruling.NOT_ENTITY, PERSON, "Kaja Kallas")
    assert desk.see(decisions.effect, new) == Effect(3, 2)
    written = library.write("Not a name", lambda session: decisions.decide(session, new))
    assert written.changes.mentions == {desk.info.id, other.info.id}
    assert written.changes.decisions == {written.result.id}
    assert (named(desk), named(other)) == ([], [("Kallas", ORG, "Kallas")])
    library.undo()
    assert (named(desk), named(other)) == before
    library.redo()
    assert named(desk) == []
    assert library.check() == []


def test_one_mention_is_none(desk: Desk, other: Desk) -> None:
    first = desk.see(entities.mentions, desk.info.id)[0]
    ruled(desk, Ruling.NOT_ENTITY, document_id=desk.info.id, start=first.start, end=first.end)
    assert named(desk) == [("Kallas", PERSON, "Kaja Kallas")]
    assert len(named(other)) == 2


def test_decisions_build_on_one_another_and_are_taken_back_in_any_order(desk: Desk, other: Desk) -> None:
    split = ruled(desk, Ruling.MERGE, kind=ORG, name="Kallas", to_kind=PERSON, to_name="Kaja Kallas")
    assert {name for _text, _kind, name in named(other)} == {"Kaja Kallas"}
    ruled(desk, Ruling.RENAME, kind=PERSON, name="Kaja Kallas", to_name="K. Kallas")
    assert {name for _text, _kind, name in [*named(desk), *named(other)]} == {"K. Kallas"}
    desk.act(decisions.withdraw, [split.id])
    assert named(other) == [("Kaja Kallas", PERSON, "K. Kallas"), ("Kallas", ORG, "Kallas")]


def test_a_form_is_split_off(desk: Desk, other: Desk) -> None:
    ruled(desk, Ruling.SPLIT, kind=PERSON, name="Kaja Kallas", text="Kallas", to_name="Siim Kallas")
    assert named(desk) == [("Kaja Kallas", PERSON, "Kaja Kallas"), ("Kallas", PERSON, "Siim Kallas")]
    assert named(other)[1] == ("Kallas", ORG, "Kallas")


def test_always_marks_and_ignore_never(desk: Desk, other: Desk, library: Library) -> None:
    always = NewDecision(Ruling.ALWAYS, text="Kremlin", to_kind=PLACE)
    assert desk.see(decisions.effect, always) == Effect(1, 1)
    desk.act(decisions.decide, always)
    assert named(other)[-1] == ("Kremlin", PLACE, "Kremlin")
    assert desk.see(entities.mentions, other.info.id)[-1].origin is Origin.YOU
    ruled(desk, Ruling.ALWAYS, text="Kallas", to_kind=PERSON, to_name="Siim Kallas")
    siim = ("Kallas", PERSON, "Siim Kallas")
    whole = ("Kaja Kallas", PERSON, "Kaja Kallas")  # of a longer name it is no part
    assert named(other)[:-1] == [siim, whole, siim]
    ruled(desk, Ruling.IGNORE, text="Kremlin")
    assert named(other) == [siim, whole, siim]
    assert named(desk)[-1] == siim
    library.undo()
    assert named(other)[-1] == ("Kremlin", PLACE, "Kremlin")
    assert desk.see(decisions.every)[-1].what.text == "Kallas"


def test_what_is_recognised_later_follows(desk: Desk, other: Desk) -> None:
    ruled(desk, Ruling.KIND, kind=PERSON, name="Kaja Kallas", to_kind=ORG)
    ruled(desk, Ruling.ALWAYS, text="Kremlin", to_kind=PLACE)
    recognise(other, found(other, "Kaja Kallas", PERSON))
    assert named(other) == [("Kaja Kallas", ORG, "Kaja Kallas"), ("Kremlin", PLACE, "Kremlin")]


def test_notes_and_tags_go_with_their_entity(desk: Desk, other: Desk, library: Library) -> None:
    ids = {one.kind: one.id for one in desk.see(entities.every)}
    desk.act(entity_notes.set_note, ids[PERSON], "High Representative")
    desk.act(entity_notes.set_note, ids[ORG], "a surname")
    desk.act(entity_notes.attach, [ids[PERSON], ids[ORG]], "people")
    assert desk.see(entity_notes.of, ids[PERSON]) == EntityNote("High Representative", ("people",))
    ruled(desk, Ruling.MERGE, kind=ORG, name="Kallas", to_kind=PERSON, to_name="Kaja Kallas")
    merged = EntityNote("High Representative\n\na surname", ("people",))
    assert desk.see(entity_notes.every) == {(PERSON, "Kaja Kallas"): merged}
    library.undo()
    assert desk.see(entity_notes.every)[ORG, "Kallas"] == EntityNote("a surname", ("people",))
    desk.act(tags.delete, "people")
    assert desk.see(entity_notes.of, ids[PERSON]).tags == ()
    library.undo()
    assert desk.see(entity_notes.with_tag, "people") == [(ORG, "Kallas"), (PERSON, "Kaja Kallas")]


def test_names_new_to_the_reader(desk: Desk, other: Desk) -> None:
    ids = {one.kind: one.id for one in desk.see(entities.every)}
    assert desk.see(entities.new_in, desk.info.id) == {ids[PERSON]}
    assert desk.see(entities.new_in, other.info.id) == {ids[ORG]}


@pytest.mark.parametrize(
    "new",
    [
        NewDecision(Ruling.NOT_ENTITY),
        NewDecision(Ruling.ALWAYS, text="two\nlines", to_kind=PLACE),
        NewDecision(Ruling.RENAME, PERSON, "A", to_name=" A "),
        NewDecision(Ruling.SPLIT, PERSON, "A"),
    ],
)
def test_half_a_decision_is_refused(desk: Desk, new: NewDecision) -> None:
    with pytest.raises(Refused):
        desk.act(decisions.decide, new)
    assert desk.see(decisions.every) == []


@pytest.mark.parametrize(
    ("text", "phrase", "places"),
    [
        ("EU and EUR and the EU.", "EU", [(0, 2), (19, 21)]),
        ("c++ is not c+", "c++", [(0, 3)]),
        ("在北京大学和北京", "北京", [(1, 3), (6, 8)]),
        ("naïve naïveté", "naïve", [(0, 5)]),
    ],
)
def test_a_phrase_stands_as_a_word(text: str, phrase: str, places: list[tuple[int, int]]) -> None:
    assert list(occurrences(text, phrase)) == places


NAMES = st.sampled_from(["A", "B", "C"])
RULINGS = st.one_of(
    st.builds(NewDecision, st.just(Ruling.RENAME), st.just(PERSON), NAMES, to_name=NAMES),
    st.builds(NewDecision, st.just(Ruling.NOT_ENTITY), st.just(PERSON), NAMES),
    st.builds(NewDecision, st.just(Ruling.ALWAYS), text=NAMES, to_kind=st.just(PERSON), to_name=NAMES),
)


@given(st.lists(RULINGS, max_size=6), NAMES)
def test_the_last_word_on_a_text_stands(rulings: list[NewDecision], text: str) -> None:
    last = NewDecision(Ruling.ALWAYS, text=text, to_kind=PLACE, to_name="Z")
    made = [Decision(at, one, EPOCH) for at, one in enumerate([*rulings, last])]
    assert Replay(made).of(1, Span(0, 1, text, (PERSON, text))) == (PLACE, "Z")
    assert Replay(made[:-1]).of(1, Span(0, 1, "unnamed", (ORG, "unnamed"))) == (ORG, "unnamed")
