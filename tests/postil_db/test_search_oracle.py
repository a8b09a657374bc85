"""Whatever a library holds and whatever is asked: the same is found as by reading all of the database.

More examples: POSTIL_EXAMPLES=1000 pytest tests/postil_db/test_search_oracle.py
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tests import factories
from tests.postil_db.search_library import Thing, things

from postil_db.index.expand import stem
from postil_db.index.fold import label, words
from postil_db.library import Library
from postil_db.records import Annotation, Color, EntityKind, Group
from postil_db.store import annotations, documents, entities

EXAMPLES = int(os.environ.get("POSTIL_EXAMPLES", "10"))
WORDS = ["sea", "seas", "study", "studies", "Kallas", "café", "cafes", "negotiate", "negotiating", "the", "Tallinn"]
TAGS = ["policy", "policy/defence", "to read"]
TEXTS = [
    ("Book of the sea", "the sea of studies", "Kallas negotiating in Tallinn of the sea", "café of the seas"),
    ("Negotiate", "study the cafes Kallas", "of of of the negotiate sea Tallinn Kallas study"),
]

type Scan = Callable[[Thing], bool]


@dataclass(frozen=True)
class Question:
    """A query and what it means. `asks_words`, `denies_words`: whether words must, or must not, be there."""

    typed: str
    scan: Scan
    asks_words: bool = False
    denies_words: bool = False


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("oracle")
    with Library.open(folder / "library", cache=folder / "cache") as opened:
        for texts in TEXTS:
            new = factories.make_document(*texts)
            document_id = opened.add(new, new.content.text.encode()).result.info.id
            found = [factories.make_found(new.content, "Kallas", EntityKind.PERSON, "Kaja Kallas")]
            opened.write("", partial(entities.replace, document_id=document_id, recogniser="v", found=found))
        opened.ask("")
        yield opened


def holds(thing: Thing, fits: Callable[[str], bool], part: str = "") -> bool:
    return any(fits(word) for name, held in thing.parts if part in ("", name) for word in held)


def same(wanted: str, *, stems: bool) -> Callable[[str], bool]:
    (folded,) = words(wanted)
    return lambda word: word == folded or (stems and stem(word) == stem(folded))


def word(wanted: str) -> Question:
    fits = same(wanted, stems=True)
    return Question(wanted, lambda thing: holds(thing, fits), asks_words=True)


def exact(wanted: str) -> Question:
    fits = same(wanted, stems=False)
    return Question(f'"{wanted}"', lambda thing: holds(thing, fits), asks_words=True)


def beginning(wanted: str) -> Question:
    begun = words(wanted)[0][:3]
    return Question(f"{begun}*", lambda thing: holds(thing, lambda one: one.startswith(begun)), asks_words=True)


def misspelt(wanted: str) -> Question:
    (folded,) = words(wanted)
    allowed = 1 if len(folded) <= 5 else 2

    def near(one: str) -> bool:
        return one[:1] == folded[:1] and OSA.distance(one, folded) <= allowed

    return Question(f"{wanted}~", lambda thing: holds(thing, near), asks_words=True)


def pattern(wanted: str) -> Question:
    (folded,) = words(wanted)
    if len(folded) < 4:
        return exact(wanted)

    def fits(one: str) -> bool:
        return len(one) >= 4 and one[:2] == folded[:2] and one[3:].endswith(folded[-1])

    return Question(f"{folded[:2]}?*{folded[-1]}", lambda thing: holds(thing, fits), asks_words=True)


def phrase(pair: tuple[str, str]) -> Question:
    wanted = words(" ".join(pair))

    def follows(thing: Thing) -> bool:
        return any(
            held[at : at + len(wanted)] == wanted for _, held in thing.parts for at in range(len(held))
        )  # fmt: skip

    return Question(f'"{" ".join(pair)}"', follows, asks_words=True)


def of_part(part: str) -> Callable[[str], Question]:
    def ask(wanted: str) -> Question:
        fits = same(wanted, stems=True)
        return Question(f"{part}:{wanted}", lambda thing: holds(thing, fits, part), asks_words=True)

    return ask


def tagged(name: str) -> Question:
    wanted = label(name)

    def carries(thing: Thing) -> bool:
        return any(f"{label(tag)}/".startswith(f"{wanted}/") for tag in thing.tags)

    return Question(f'tag:"{name}"', carries)


def titled(wanted: str) -> Question:
    fits = same(wanted, stems=True)
    return Question(f"title:{wanted}", lambda thing: any(any(map(fits, words(title))) for title in thing.titles))


OTHERS = [
    Question("color:green", lambda thing: thing.color == "green"),
    Question("has:note", lambda thing: thing.has_note),
    Question("is:exact", lambda thing: thing.group == "annotation"),
    Question("created:today", lambda thing: thing.group == "annotation"),
    Question("created:<2020", lambda _thing: False),
    Question("has:entity", lambda thing: bool(thing.names)),
    Question('person:"Kaja Kallas"', lambda thing: bool(thing.names)),
    Question("person:*", lambda thing: bool(thing.names)),
    Question("org:kallas", lambda _thing: False),
    Question("published:2026-01..2026-02", lambda _thing: True),
    Question("published:>2026", lambda _thing: False),
    Question("lang:en", lambda _thing: True),
    Question("lang:fr", lambda _thing: False),
    Question("is:unread", lambda _thing: True),
]


def negated(inner: Question) -> Question:
    return Question(f"-({inner.typed})", lambda thing: not inner.scan(thing), inner.denies_words, inner.asks_words)


def asked(both: tuple[Question, Question]) -> tuple[bool, bool]:
    return any(one.asks_words for one in both), any(one.denies_words for one in both)


def joined(both: tuple[Question, Question]) -> Question:
    one, other = both
    return Question(f"({one.typed} {other.typed})", lambda thing: one.scan(thing) and other.scan(thing), *asked(both))


def either(both: tuple[Question, Question]) -> Question:
    one, other = both
    return Question(f"({one.typed} OR {other.typed})", lambda thing: one.scan(thing) or other.scan(thing), *asked(both))


a_word = st.sampled_from(WORDS)
CLAUSES = st.one_of(
    *(a_word.map(make) for make in (word, exact, beginning, misspelt, pattern, titled)),
    *(a_word.map(of_part(part)) for part in ("quote", "note", "text")),
    st.tuples(a_word, a_word).map(phrase),
    st.sampled_from(TAGS).map(tagged),
    st.sampled_from(OTHERS),
)
QUESTIONS = st.recursive(
    CLAUSES,
    lambda inner: st.one_of(
        inner.map(negated), st.tuples(inner, inner).map(joined), st.tuples(inner, inner).map(either)
    ),
    max_leaves=4,
)
ACTS = st.one_of(
    st.tuples(
        st.just("mark"),
        st.sampled_from(["the sea", "Kallas", "Tallinn", "study"]),
        st.lists(a_word, max_size=4).map(" ".join),
        st.lists(st.sampled_from(TAGS), max_size=2, unique=True),
        st.sampled_from(list(Color)),
    ),
    st.tuples(st.just("note"), st.integers(0, 9), st.lists(a_word, max_size=3).map(" ".join)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("undo")),
)


def do(library: Library, act: tuple[Any, ...], marked: list[Annotation]) -> None:
    match act:
        case ("mark", quote, note, tags, color):
            for info in library.read(documents.every):
                content = library.read(partial(documents.content, document_id=info.id))
                if str(quote) in content.text:
                    place = factories.make_selector(content, str(quote))
                    mark = partial(annotations.add, document_id=info.id, selector=place)
                    library.write("", partial(mark, color=color, note=note, tags=tags))
        case ("note", number, note) if marked:
            chosen = marked[int(str(number)) % len(marked)].id
            library.write("", lambda s: annotations.set_note(s, chosen, str(note)))
        case ("remove", number) if marked:
            chosen = marked[int(str(number)) % len(marked)].id
            library.write("", lambda s: annotations.remove(s, [chosen]))
        case ("undo",):
            library.undo()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, max_size=3), questions=st.lists(QUESTIONS, min_size=6, max_size=12))
def test_the_same_is_found_as_by_reading_everything(
    library: Library, acts: list[tuple[Any, ...]], questions: list[Question]
) -> None:
    for act in acts:
        do(library, act, library.read(annotations.every))
    everything = library.read(things)
    for question in questions:
        answer = library.ask(f"{question.typed} ", limit=10_000)
        fitting = [one for one in everything if question.scan(one)]
        marked = {one.annotation.id for one in answer.results if one.annotation}
        named = {one.entity.id for one in answer.results if one.entity}
        assert marked == {one.id for one in fitting if one.group == "annotation"}, question.typed
        assert named == {one.id for one in fitting if one.group == "entity"}, question.typed
        texts = [one for one in fitting if one.group == "text" and (question.asks_words or one.first)]
        assert answer.totals[Group.TEXT] == len(texts), question.typed
        assert sum(answer.totals.values()) == len(marked) + len(named) + len(texts)
        tags = {one.label: one.count for one in answer.facets if one.field == "tag"}
        assert tags.get("policy", 0) == sum(any(tag.startswith("policy") for tag in one.tags) for one in fitting)
