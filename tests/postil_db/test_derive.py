"""Decisions replayed on forms: the same as if every mention were looked at, and as told beforehand."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.postil_db.desk import Desk

from postil_db.deciding import Replay, Span, occurrences
from postil_db.library import Session
from postil_db.records import Decision, EntityKind, FoundMention, Mention, NewDecision, Origin, Ruling
from postil_db.store import decisions, derive, entities

PERSON, ORG = EntityKind.PERSON, EntityKind.ORG
NAMES = ("Kaja Kallas", "New Delhi", "India")
WORDS = ("Kaja Kallas", "Kallas", "New Delhi", "India", "European Union", "security")
LONGER = ("in New Delhi", "Kallas met", "The European Union and India")
"""Words that hold, or cut, what was found."""

everywhere = st.one_of(
    st.builds(NewDecision, st.just(Ruling.NOT_ENTITY), st.none() | st.just(PERSON), st.sampled_from(NAMES)),
    st.builds(
        lambda name, to: NewDecision(Ruling.RENAME, None, name, to_name=to), st.sampled_from(NAMES), st.just("X Y")
    ),
    st.builds(
        lambda name, to: NewDecision(Ruling.MERGE, None, name, to_kind=PERSON, to_name=to),
        st.sampled_from(NAMES[:2]),
        st.just("India"),
    ),
    st.builds(lambda text: NewDecision(Ruling.IGNORE, text=text), st.sampled_from(WORDS)),
    st.builds(lambda text: NewDecision(Ruling.ALWAYS, text=text, to_kind=ORG), st.sampled_from(WORDS + LONGER)),
    st.builds(lambda text: NewDecision(Ruling.SPLIT, None, NAMES[0], text), st.just("Kallas")),
)


def found_in(text: str) -> list[FoundMention]:
    names = {"Kaja Kallas": NAMES[0], "Kallas": NAMES[0], "New Delhi": NAMES[1], "India": NAMES[2]}
    spans = {
        start: (end, names[word])
        for word in ("Kallas", "New Delhi", "India", "Kaja Kallas")
        for start, end in occurrences(text, word)
        if not (word == "Kallas" and text[start - 5 : start] == "Kaja ")
    }
    return [FoundMention(start, end, PERSON, name, Origin.MODEL) for start, (end, name) in sorted(spans.items())]


def looked_at_one_by_one(text: str, document: int, ruled: list[Decision]) -> set[tuple[int, int, EntityKind, str]]:
    """What should be shown, worked out mention by mention."""
    replay = Replay(ruled)
    found = [Span(one.start, one.end, text[one.start : one.end], (one.kind, one.name)) for one in found_in(text)]
    now = {span: replay.of(document, span) for span in found}
    taught: list[Span] = []
    spans = [Span(start, end, word, None) for word in replay.always for start, end in occurrences(text, word)]
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):

        def over(other: Span, span: Span = span) -> bool:
            return other.start < span.end and other.end > span.start

        longer = any(over(one) and one.end - one.start > span.end - span.start for one in found if now[one])
        taken = any((one.start, one.end) == (span.start, span.end) for one in found)
        if replay.of(document, span) and not longer and not taken and not any(map(over, taught)):
            taught.append(span)
    shown = {one: named for one, named in now.items() if named}
    for one in list(shown):
        if any(one.start < each.end and one.end > each.start for each in taught):
            del shown[one]
    shown |= {span: named for span in taught if (named := replay.of(document, span))}
    return {(one.start, one.end, *named) for one, named in shown.items()}


def shown(desk: Desk) -> set[tuple[int, int, EntityKind, str]]:
    kept: list[Mention] = desk.see(entities.mentions, desk.info.id)
    names = {one.id: one.name for one in desk.see(entities.every)}
    return {(one.start, one.end, one.kind, names[one.entity_id]) for one in kept}


@settings(max_examples=12, deadline=None)
@given(st.lists(everywhere, min_size=1, max_size=5), st.lists(st.integers(0, 4), max_size=2), st.data())
def test_forms_fare_as_their_mentions_would(
    desk: Desk, made: list[NewDecision], places: list[int], data: st.DataObject
) -> None:
    text, found = desk.new.content.text, found_in(desk.new.content.text)
    here = [found[at % len(found)] for at in places]
    made += [NewDecision(Ruling.KIND, None, "", "", desk.info.id, one.start, one.end, to_kind=ORG) for one in here]
    made = data.draw(st.permutations(made))
    for one in desk.see(decisions.every):
        desk.act(decisions.withdraw, [one.id])
    desk.act(entities.replace, desk.info.id, "v", found)
    before = shown(desk)
    for one in made:
        told = desk.see(decisions.effect, one)
        was = shown(desk)
        desk.act(decisions.decide, one)
        changed = {place[:2] for place in was ^ shown(desk)}
        assert told.mentions == len(changed)
    ruled = desk.see(decisions.every)
    assert shown(desk) == looked_at_one_by_one(text, desk.info.id, ruled)
    middle = len(text) // 2

    def in_two_parts(session: Session) -> None:
        for start, end in ((0, middle), (middle, len(text))):
            part = [one for one in found if start <= one.start < end]
            entities.keep(session, desk.info.id, [(start, end)], part, text)
        entities.finish(session, desk.info.id, "v")

    expected = shown(desk)
    desk.library.write("", in_two_parts, undoable=False)
    assert shown(desk) == expected
    for _ in made:
        desk.library.undo()
    assert shown(desk) == before


def test_what_does_not_change_is_not_told(desk: Desk) -> None:
    desk.act(entities.replace, desk.info.id, "v", found_in(desk.new.content.text))
    done = desk.library.write("", lambda session: derive.derive(session, [desk.info.id]), undoable=False)
    assert not done.changes.mentions
