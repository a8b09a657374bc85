"""A newer copy takes a document's place: marks and rulings go along, nothing is dropped, undo restores it all."""

import random
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql
from tests import factories
from tests.postil_db.desk import Desk

from postil_db.errors import NotFound, Refused
from postil_db.library import Library, Session
from postil_db.records import AnchorState, EntityKind, NewDecision, Ruling, Selector
from postil_db.store import annotations, decisions, documents, entities, likely, trash, versions
from postil_db.store.versions import Found
from postil_db.tables import AnnotationRow

FIRST, *REST = factories.ARTICLE
EXACT, MOVED, CHANGED, ORPHAN = AnchorState
KEPT = ("document", "annotation", "former_quote", "version", "decision", "annotation_tag")


def find(old: str, new: str, selectors: Sequence[Selector]) -> list[Found]:
    """A simple finder: by the letter; “sea” for “maritime security” is a change, the rest is lost."""
    found = []
    for one in selectors:
        quote = one.quote if one.quote in new else one.quote.replace("maritime security", "safety at sea")
        at = new.find(quote)
        assert old == "" or one.quote in old
        if at < 0:
            found.append(Found(ORPHAN, 0, 0))
            continue
        state = CHANGED if quote != one.quote else EXACT if at == one.start else MOVED
        found.append(Found(state, at, at + len(quote)))
    return found


def rows(library: Library) -> list[object]:
    """Every row that a reader made, as it lies in the file, but for what only the index and the page need."""

    def read(session: Session) -> list[object]:
        found = list[object]()
        for table in KEPT:
            for row in session.execute(sql(f"SELECT * FROM {table} ORDER BY 1, 2")).mappings():
                found.append({name: row[name] for name in row if name not in ("index_rev", "opened_at", "position")})
        return found

    return library.read(read)


def newer(desk: Desk, *paragraphs: str, source: str = "") -> int:
    """Add a newer copy."""
    new = factories.make_document(*paragraphs, source=source)
    return desk.library.add(new, new.content.text.encode()).result.info.id


def replaced(desk: Desk) -> int:
    """A copy with a new beginning, other words in one sentence, and one sentence gone."""
    number = newer(desk, FIRST, "A new beginning.", REST[0], "Kallas said that safety at sea comes first.")
    desk.act(versions.replace, desk.info.id, number, find)
    return number


def test_marks_go_over_with_their_states(desk: Desk) -> None:
    for quote in ("Partners sign", "Kaja Kallas", "maritime security", "European Union"):
        desk.mark(quote, note=f"on {quote}", tags=["a"])
    number = replaced(desk)
    told = {one.note: one for one in desk.see(annotations.of_document, number)}
    states = [told[f"on {quote}"].anchor_state for quote in ("Partners sign", "Kaja Kallas", "maritime security")]
    assert states == [EXACT, MOVED, CHANGED]
    changed, lost = told["on maritime security"], told["on European Union"]
    text = desk.see(documents.get, number).text
    assert text[changed.selector.start : changed.selector.end] == changed.selector.quote == "safety at sea"
    assert desk.see(versions.former, number) == {changed.id: "maritime security"}
    assert (lost.anchor_state, lost.selector.quote, lost.tags) == (ORPHAN, "European Union", ("a",))
    assert lost.selector.start == lost.selector.end
    assert desk.library.check() == []


def test_the_older_copy_is_kept_but_not_listed(desk: Desk) -> None:
    number = replaced(desk)
    assert [info.id for info in desk.see(documents.every)] == [number]
    assert desk.see(documents.get, desk.info.id).text == desk.new.content.text
    assert [info.id for info in desk.see(versions.earlier, number)] == [desk.info.id]
    assert desk.see(versions.newest, desk.info.id) == number
    assert desk.see(trash.every) == []
    with pytest.raises(Refused, match="earlier version"):
        desk.mark()


def test_undo_restores_every_row_to_the_byte(desk: Desk) -> None:
    for quote in ("Partners sign", "maritime security", "European Union"):
        desk.mark(quote, tags=["a", "b"])
    gone = desk.mark("Kaja Kallas")
    desk.act(annotations.remove, [gone.id])
    ruling = desk.new.content.text.index("India")
    desk.act(decisions.decide, NewDecision(Ruling.NOT_ENTITY, document_id=desk.info.id, start=ruling, end=ruling + 5))
    number = newer(desk, FIRST, "Before.", *REST[:1])
    before = rows(desk.library)
    desk.act(versions.replace, desk.info.id, number, find)
    after = rows(desk.library)
    assert after != before
    desk.library.undo()
    assert rows(desk.library) == before
    desk.library.redo()
    assert rows(desk.library) == after
    assert desk.library.check() == []


def test_what_lies_in_the_trash_comes_back_to_the_newer_copy(desk: Desk) -> None:
    gone = desk.mark("Kaja Kallas")
    desk.act(annotations.remove, [gone.id])
    number = replaced(desk)
    desk.act(trash.restore, [(one.kind, one.id) for one in desk.see(trash.every)])
    assert [one.id for one in desk.see(annotations.of_document, number)] == [gone.id]


def test_rulings_and_the_place_go_over(desk: Desk) -> None:
    content = desk.new.content
    start = content.text.index("Kaja Kallas")
    desk.act(decisions.decide, NewDecision(Ruling.NOT_ENTITY, document_id=desk.info.id, start=start, end=start + 11))
    desk.act(documents.set_position, desk.info.id, content.starts[1])
    number = newer(desk, FIRST, "A new beginning.", *REST)
    new = desk.see(documents.get, number)
    desk.act(entities.replace, number, "v1", [factories.make_found(new.content, "Kaja Kallas", EntityKind.PERSON)])
    desk.act(versions.replace, desk.info.id, number, find)
    assert desk.see(entities.mentions, number) == []
    assert new.text[desk.see(documents.info, number).position :].startswith("Kaja")
    desk.library.undo()
    assert len(desk.see(entities.mentions, number)) == 1


def test_a_title_of_the_readers_own_goes_over(desk: Desk) -> None:
    first = newer(desk, FIRST, *REST, "First.")
    second = newer(desk, FIRST, *REST, "Second.")
    desk.act(documents.set_title, desk.info.id, "My own title")
    desk.act(versions.replace, desk.info.id, first, find)
    assert desk.see(documents.title, first) == "My own title"
    desk.act(versions.replace, first, second, find)
    assert desk.see(documents.title, second) == "My own title"


def test_names_of_an_older_copy_are_not_new(desk: Desk) -> None:
    found = [factories.make_found(desk.new.content, "Kaja Kallas", EntityKind.PERSON)]
    desk.act(entities.replace, desk.info.id, "v1", found)
    number = newer(desk, *factories.ARTICLE, "More.")
    desk.act(entities.replace, number, "v1", found)
    desk.act(versions.replace, desk.info.id, number, find)
    assert desk.see(entities.new_in, number) == set()


def test_a_change_is_accepted_or_said_to_be_none(desk: Desk) -> None:
    marked = desk.mark()
    number = replaced(desk)
    desk.act(versions.accept, [marked.id])
    assert desk.see(annotations.get, marked.id).anchor_state is EXACT
    assert desk.see(versions.former, number) == {}
    desk.library.undo()
    assert desk.see(versions.former, number) == {marked.id: "maritime security"}
    desk.act(versions.lose, [marked.id])
    lost = desk.see(annotations.get, marked.id)
    assert (lost.anchor_state, lost.selector.quote) == (ORPHAN, "maritime security")
    assert lost.selector.prefix.endswith("said that ")
    assert desk.library.check() == []


def test_a_lost_one_is_pinned_elsewhere(desk: Desk) -> None:
    marked = desk.mark("European Union", note="kept")
    number = replaced(desk)
    content = desk.see(documents.content, number)
    desk.act(versions.pin, marked.id, factories.make_selector(content, "A new beginning"))
    now = desk.see(annotations.get, marked.id)
    assert (now.anchor_state, now.selector.quote, now.note) == (EXACT, "A new beginning", "kept")
    with pytest.raises(Refused, match="another document"):
        desk.act(versions.pin, marked.id, factories.make_selector(desk.new.content, "European Union"))


def test_a_lost_one_is_found_again_in_a_later_copy(desk: Desk) -> None:
    marked = desk.mark("European Union")
    number = replaced(desk)
    last = newer(desk, *factories.ARTICLE, "And an afterword.")
    desk.act(versions.replace, number, last, find)
    assert desk.see(annotations.get, marked.id).anchor_state in (EXACT, MOVED)
    assert [info.id for info in desk.see(versions.earlier, last)] == [number, desk.info.id]


def test_the_first_quote_is_remembered_until_the_change_is_accepted(desk: Desk) -> None:
    marked = desk.mark()
    number = replaced(desk)
    last = newer(desk, FIRST, *REST)
    desk.act(versions.replace, number, newer(desk, "Other words.", "Kallas said that safety at sea is all."), find)
    assert desk.see(annotations.get, marked.id).anchor_state is CHANGED
    assert set(desk.see(versions.former, desk.see(annotations.get, marked.id).document_id).values()) == {
        "maritime security"
    }
    assert last == desk.info.id  # the same bytes: the first copy came back, and is listed again
    assert desk.info.id in [info.id for info in desk.see(documents.every)]


def test_comments_that_came_twice_are_there_once(desk: Desk) -> None:
    desk.mark("Kaja Kallas", note="who?")
    number = newer(desk, FIRST, "A new beginning.", *REST)
    content = desk.see(documents.content, number)
    place = factories.make_selector(content, "Kaja Kallas")
    desk.act(annotations.add, number, place, note="who?")
    desk.act(versions.replace, desk.info.id, number, find)
    assert [one.note for one in desk.see(annotations.of_document, number)] == ["who?"]


def test_a_check_finds_marks_that_stand_at_other_words(desk: Desk) -> None:
    """In every state but lost, a mark stands at the words that it quotes."""
    desk.mark()
    lost = desk.mark("European Union")
    number = replaced(desk)

    def shift(session: Session, state: AnchorState) -> None:
        for row in session.scalars(select(AnnotationRow).where(AnnotationRow.anchor_state == state)):
            row.start, row.end = row.start + 1, row.end + 1

    desk.act(shift, CHANGED)
    (told,) = desk.library.check()
    assert "does not stand at the words" in told
    desk.library.undo()
    desk.act(shift, ORPHAN)
    assert desk.library.check() == []
    assert lost.id in [one.id for one in desk.see(annotations.of_document, number)]


def test_nonsense_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.act(versions.replace, desk.info.id, desk.info.id, find)
    with pytest.raises(NotFound):
        desk.act(versions.replace, desk.info.id, 99, find)


def test_a_newer_copy_is_recognised_by_source_or_by_text(desk: Desk) -> None:
    chance = random.Random(1)
    words = [f"word{chance.randrange(400)}" for _ in range(600)]
    first = newer(desk, " ".join(words), source="/home/a/report.txt")
    words[::40] = ["other"] * 15
    second = newer(desk, " ".join(words))
    strange = newer(desk, " ".join(f"else{number}" for number in range(300)), source="/home/a/report.txt")
    lone = newer(desk, " ".join(f"lone{number}" for number in range(300)))
    told = desk.act(likely.older_copy, second)
    assert (told.older.id, told.same_source) == (first, False)
    assert told.likeness > 0.6
    assert desk.act(likely.older_copy, strange).same_source
    assert desk.act(likely.older_copy, lone) is None
