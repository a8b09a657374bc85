"""Decisions go out as JSON and come back, in this library or another one."""

import json

import pytest
from tests import factories

from postil.exchange import decision_file
from postil.exchange.decision_file import NoDecisions
from postil.exchange.decision_words import counted, said
from postil_db.library import Library
from postil_db.records import Effect, EntityKind, NewDecision, Ruling
from postil_db.store import decisions, documents, entities

PERSON, ORG = EntityKind.PERSON, EntityKind.ORG
RULED = (
    NewDecision(Ruling.KIND, PERSON, "Kaja Kallas", to_kind=ORG),
    NewDecision(Ruling.NOT_ENTITY, PERSON, "Rajnath Singh", document_id=1, start=0, end=4),
    NewDecision(Ruling.ALWAYS, text="maritime", to_kind=EntityKind.DOCUMENT),
)


def stocked(library: Library) -> None:
    new = factories.make_document()
    info = library.add(new, new.content.text.encode()).result.info
    found = [factories.make_found(new.content, "Kaja Kallas", PERSON)]
    library.write("", lambda session: entities.replace(session, info.id, "1", found), undoable=False)


def dumped(library: Library) -> str:
    return library.read(lambda session: decision_file.dump(decisions.every(session), documents.every(session)))


def test_what_goes_out_comes_back_into_an_empty_library_and_once_only(library: Library) -> None:
    stocked(library)
    made = library.write("", lambda session: [decisions.decide(session, one).id for one in RULED]).result
    text = dumped(library)
    library.write("", lambda session: decisions.withdraw(session, made))
    plan = library.read(lambda session: decision_file.plan(session, decision_file.load(text)))
    assert (len(plan.new), plan.known, plan.homeless, plan.effect) == (3, 0, 0, Effect(2, 1))
    library.write("Import decisions", lambda session: decision_file.carry_out(session, plan))
    assert [one.what for one in library.read(decisions.every)] == list(RULED)
    again = library.read(lambda session: decision_file.plan(session, decision_file.load(dumped(library))))
    assert (again.new, again.known, again.effect) == ((), 3, Effect(0, 0))
    library.undo()
    assert library.read(decisions.every) == []


def test_decisions_on_documents_that_are_not_here_are_counted_and_left_out(library: Library) -> None:
    stocked(library)
    library.write("", lambda session: decisions.decide(session, RULED[1]))
    found = json.loads(dumped(library))
    found["decisions"][0]["document"]["sha256"] = "0" * 64
    plan = library.read(lambda session: decision_file.plan(session, decision_file.load(json.dumps(found))))
    assert (plan.new, plan.homeless) == ((), 1)


def test_what_cannot_be_stored_is_made_fit(library: Library) -> None:
    stocked(library)
    text = dumped(library).replace("[]", r'[{"ruling": "always", "text": "Kal\ud800las", "to_kind": "person"}]')
    plan = library.read(lambda session: decision_file.plan(session, decision_file.load(text)))
    library.write("Import decisions", lambda session: decision_file.carry_out(session, plan))
    assert [one.what.text for one in library.read(decisions.every)] == ["Kal�las"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format": "postil-decisions", "version": 1}',
        '{"format": "postil-decisions", "version": 2, "decisions": []}',
        '{"format": "postil-decisions", "version": 1, "decisions": [{"ruling": "guess"}]}',
        '{"format": "postil-decisions", "version": 1, "decisions": [{"ruling": "ignore", "text": 3}]}',
        '{"format": "postil-decisions", "version": 1, "decisions": [{"ruling": "ignore", "text": "a", "start": -1}]}',
        "[" * 5000,
    ],
)
def test_what_holds_no_decisions_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NoDecisions, match=r"\.$|export$"):
        decision_file.load(text)


def test_decisions_read_as_sentences() -> None:
    assert said(RULED[0]) == "“Kaja Kallas” is an organisation"
    assert said(RULED[1], "An article") == "“Rajnath Singh” is not a name, at one place of “An article”"
    assert said(RULED[2]) == "“maritime” is always a document"
    assert said(NewDecision(Ruling.MERGE, PERSON, "A", to_name="B")) == "“A” is the same as “B”"
    assert said(NewDecision(Ruling.SPLIT, PERSON, "A", text="a", to_name="B")) == "“a” is not “A” but “B”"
    assert counted(Effect(1, 1)) == "1 mention in 1 document"
    assert counted(Effect(1214, 31)) == "1,214 mentions in 31 documents"
