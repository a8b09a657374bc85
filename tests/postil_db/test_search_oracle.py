"""Whatever a library holds and whatever is asked: the same is found as by reading all of the database.

More examples: POSTIL_EXAMPLES=1000 pytest tests/postil_db/test_search_oracle.py
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tests import factories
from tests.postil_db.search_library import Book, Span, Thing, things

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
    trash: bool = False

    def fits(self, thing: Thing) -> bool:
        """Whether it should be found: what is in the trash only where that is asked for."""
        return self.scan(thing) and (self.trash or not thing.trashed)


class Kept:
    """A library that is opened again and again, with what its index was a while ago."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._cache, self._old = folder / "library", folder / "cache", folder / "old"
        self.library = Library.open(self._folder, cache=self._cache)

    def restart(self, *, old: bool = False) -> None:
        """Close it and open it again; `old`: with the index as it was when this was done before, as after a kill."""
        self.library.close()
        if old and self._old.exists():
            shutil.rmtree(self._cache)
            shutil.copytree(self._old, self._cache)
        else:
            shutil.rmtree(self._old, ignore_errors=True)
            shutil.copytree(self._cache, self._old)
        self.library = Library.open(self._folder, cache=self._cache)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    held = Kept(tmp_path_factory.mktemp("oracle"))
    opened = held.library
    for texts in TEXTS:
        new = factories.make_document(*texts)
        document_id = opened.add(new, new.content.text.encode()).result.info.id
        found = [factories.make_found(new.content, "Kallas", EntityKind.PERSON, "Kaja Kallas")]
        opened.write("", partial(entities.replace, document_id=document_id, recogniser="v", found=found))
    opened.ask("")
    yield held
    held.library.close()


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
    Question("in:text", lambda thing: thing.group == "text"),
    Question("in:entity", lambda thing: thing.group == "entity"),
    Question("has:tag", lambda thing: bool(thing.tags)),
    Question("is:trashed", lambda thing: thing.trashed, trash=True),
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


MADE = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 14), date(2026, 3, 31), date(2026, 4, 1)]
SPANS: list[tuple[str, Callable[[date], bool]]] = [
    ("2026", lambda day: day.year == 2026),
    ("2026-03", lambda day: (day.year, day.month) == (2026, 3)),
    ("2026-02-14", lambda day: day == date(2026, 2, 14)),
    ("2026-01..2026-03", lambda day: date(2026, 1, 1) <= day < date(2026, 4, 1)),
    ("..2026-01", lambda day: day < date(2026, 2, 1)),
    (">2026-01", lambda day: day >= date(2026, 2, 1)),
    ("<2026", lambda day: day < date(2026, 1, 1)),
]


def made(span: tuple[str, Callable[[date], bool]]) -> Question:
    typed, holds_it = span
    return Question(f"created:{typed}", lambda thing: thing.made is not None and holds_it(thing.made))


def near(given: tuple[str, str, int]) -> Question:
    """A word, or what carries a tag, near to a word."""
    one, other, apart = given
    right = same(other, stems=True)

    def lefts(book: Book) -> list[Span]:
        if one.startswith("tag:"):
            wanted = label(one[4:].strip('"'))
            return [
                span for tags, span in book.tagged if any(f"{label(tag)}/".startswith(f"{wanted}/") for tag in tags)
            ]
        if one.startswith("person:"):
            fits = same(one[7:], stems=True)
            return [span for names, span in book.named if any(fits(word) for name in names for word in words(name))]
        fits = same(one, stems=True)
        return [(at, at) for at, word in enumerate(book.words) if fits(word)]

    def together(book: Book) -> list[Span]:
        rights = [(at, at) for at, word in enumerate(book.words) if right(word)]
        pairs = [(left, at) for left in lefts(book) for at in rights if gap(left, at) <= apart]
        return [span for pair in pairs for span in pair]

    def scan(thing: Thing) -> bool:
        if thing.book and any(gap(thing.span, span) <= 0 for span in together(thing.book)):
            return True
        if ":" in one:
            return False
        left = same(one, stems=True)
        return any(
            abs(at - to) <= apart
            for _, held in thing.parts
            for at, word in enumerate(held)
            for to, word_ in enumerate(held)
            if left(word) and right(word_)
        )

    return Question(f"({one} NEAR/{apart} {other})", scan, asks_words=True, denies_words=True)


def gap(one: Span, other: Span) -> int:
    """How many words lie from one to the other; 0 or less where they share one."""
    return max(other[0] - one[1], one[0] - other[1])


def negated(inner: Question) -> Question:
    opposite = lambda thing: not inner.scan(thing)  # noqa: E731
    return Question(f"-({inner.typed})", opposite, inner.denies_words, inner.asks_words, inner.trash)


def asked(both: tuple[Question, Question]) -> tuple[bool, bool, bool]:
    return (
        any(one.asks_words for one in both),
        any(one.denies_words for one in both),
        any(one.trash for one in both),
    )


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
    st.tuples(
        st.one_of(a_word, st.sampled_from(["tag:policy", 'tag:"to read"', "person:kallas"])), a_word, st.integers(1, 8)
    ).map(near),
    st.sampled_from(SPANS).map(made),
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
        st.sampled_from(MADE),
    ),
    st.tuples(st.just("note"), st.integers(0, 9), st.lists(a_word, max_size=3).map(" ".join)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.sampled_from([("undo",), ("redo",), ("bin",), ("restart",), ("kill",), ("cut",), ("rebuild",)]),
)


class Cut(Exception):
    """What a rebuild is cut short by."""


def cut(_done: int, _total: int) -> None:
    raise Cut


def do(kept: Kept, act: tuple[Any, ...], marked: list[Annotation]) -> None:  # noqa: C901 - one case for each
    library = kept.library
    match act:
        case ("mark", quote, note, tags, color, day):
            for info in library.read(documents.every):
                content = library.read(partial(documents.content, document_id=info.id))
                if str(quote) in content.text:
                    noon = datetime(day.year, day.month, day.day, 12).astimezone()
                    place = factories.make_selector(content, str(quote))
                    new = [annotations.NewAnnotation(place, color, note, tuple(tags), created_at=noon)]
                    library.write("", partial(annotations.add_all, document_id=info.id, wanted=new))
        case ("note", number, note) if marked:
            chosen = marked[int(str(number)) % len(marked)].id
            library.write("", lambda s: annotations.set_note(s, chosen, str(note)))
        case ("remove", number) if marked:
            chosen = marked[int(str(number)) % len(marked)].id
            library.write("", lambda s: annotations.remove(s, [chosen]))
        case ("bin",):
            gone = library.read(documents.every)[-1:]
            if len(library.read(documents.every)) > 1:
                library.write("", lambda s: documents.remove(s, [one.id for one in gone]))
        case ("undo",):
            library.undo()
        case ("redo",):
            library.redo()
        case ("restart",) | ("kill",):
            kept.restart(old=act == ("kill",))
        case ("cut",):
            with suppress(Cut):
                library.rebuild_index(cut)
        case ("rebuild",):
            library.rebuild_index()


@example(acts=[], questions=[near(("person:kallas", "Kallas", 1))])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, max_size=4), questions=st.lists(QUESTIONS, min_size=6, max_size=12))
def test_the_same_is_found_as_by_reading_everything(
    kept: Kept, acts: list[tuple[Any, ...]], questions: list[Question]
) -> None:
    for act in acts:
        do(kept, act, kept.library.read(annotations.every))
    library = kept.library
    everything = library.read(things)
    for question in questions:
        answer = library.ask(f"{question.typed} ", limit=10_000)
        fitting = [one for one in everything if question.fits(one)]
        marked = {one.annotation.id for one in answer.results if one.annotation}
        named = {one.entity.id for one in answer.results if one.entity}
        assert marked == {one.id for one in fitting if one.group == "annotation"}, question.typed
        assert named == {one.id for one in fitting if one.group == "entity"}, question.typed
        texts = [one for one in fitting if one.group == "text" and (question.asks_words or one.first)]
        assert answer.totals[Group.TEXT] == len(texts), question.typed
        assert sum(answer.totals.values()) == len(marked) + len(named) + len(texts)
        tags = {one.label: one.count for one in answer.facets if one.field == "tag"}
        assert tags.get("policy", 0) == sum(any(tag.startswith("policy") for tag in one.tags) for one in fitting)
        assert {hit.annotation.id for hit in library.search(f"{question.typed} ", limit=10_000).hits} == marked
    in_parts(library, f"{questions[0].typed} ")


def in_parts(library: Library, query: str) -> None:
    """Page by page, and group by group, the same is found as at once."""
    answer = library.ask(query, limit=10_000)
    paged = [one for at in range(0, 40, 10) for one in library.ask(query, limit=10, offset=at).results]
    for group in Group:
        whole = [one for one in answer.results if one.group is group]
        assert [one for one in paged if one.group is group] == whole[:40], query
        assert list(library.ask(f"({query}) in:{group.value} ", limit=10_000).results) == whole, query
