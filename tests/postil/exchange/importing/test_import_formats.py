"""Each format, by a small file of its kind, into a library with the document that it is about."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests import factories
from tests.postil.exchange.importing.taking import SAMPLES, load, plan, read, take

from postil.exchange.importing import formats, source_file, telling
from postil.exchange.importing.homes import address_key
from postil.exchange.importing.incoming import NoAnnotations
from postil.exchange.importing.matching import Fate
from postil.exchange.importing.plan import Reason
from postil_db.library import Library
from postil_db.records import AnchorState, Annotation, Color
from postil_db.store import annotations

NINE = datetime(2026, 1, 28, 9, 15, tzinfo=UTC)


@pytest.fixture
def here(library: Library) -> Library:
    """Give a library with the article, which came from the web."""
    document = factories.make_document(source="https://example.org/article")
    library.add(document, document.content.text.encode())
    return library


def stored(library: Library) -> list[Annotation]:
    return library.read(annotations.every)


def quotes(library: Library) -> dict[str, Annotation]:
    return {one.selector.quote: one for one in stored(library)}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("hypothesis.json", "web-annotation"),
        ("web-annotations.jsonld", "web-annotation"),
        ("book.calibre_annotation_collection", "calibre"),
        ("readwise.csv", "readwise"),
        ("kindle.csv", "kindle"),
        ("My Clippings.txt", "clippings"),
        ("hypothesis.csv", "hypothesis-csv"),
    ],
)
def test_a_format_is_told_by_what_stands_in_the_file(name: str, known: str) -> None:
    assert read(name).format == known
    assert formats.looks_like_annotations(SAMPLES / name)
    with pytest.raises(NoAnnotations, match="holds no annotations"):
        load("id,name\n1,2\n")


def test_hypothesis_finds_the_page_by_its_address_and_the_words_by_themselves(here: Library) -> None:
    done = take(here, read("hypothesis.json"))
    assert (done.added, done.lost, done.documents) == (3, 1, 1)
    found = quotes(here)
    first = found["Kaja Kallas met Rajnath Singh"]
    assert (first.anchor_state, first.note) == (AnchorState.EXACT, "Who met **whom**?\n\nfriend: Both did.")
    assert first.tags == ("diplomacy", "visits, 2026")
    assert first.created_at == datetime(2026, 1, 28, 9, 15, 0, 123456, UTC)
    assert first.modified_at == datetime(2026, 1, 29, 10, tzinfo=UTC)
    lost = found["a treaty that nobody signed"]
    assert (lost.anchor_state, lost.selector.prefix) == (AnchorState.ORPHAN, "They agreed on ")
    assert lost.selector.start == lost.selector.end
    on_page = found["Partners sign in New Delhi"]
    assert (on_page.note, on_page.tags, on_page.selector.start) == ("A note on the page.", ("overview",), 0)
    assert here.check() == []


def test_what_hypothesis_says_of_other_pages_and_answers_to_nothing_are_told(here: Library) -> None:
    planned = plan(here, read("hypothesis.json"))
    assert [(group.source.name, group.reason) for group in planned.groups if group.reason] == [
        ("Another page", Reason.UNKNOWN)
    ]
    said = telling.planned(planned)
    assert said[:2] == [
        "3 annotations are new in 1 document.",
        "1 of them is kept as a lost note: the passage was not found.",
    ]
    assert "1 annotation is left out: its document was not found." in said
    assert "One reply was left out: what it answers is not in this file." in said


def test_a_collection_of_web_annotations_is_read(here: Library) -> None:
    take(here, read("web-annotations.jsonld"))
    found = quotes(here)
    sea = found["maritime security"]
    assert (sea.note, sea.tags, sea.created_at) == ("First of all.", ("sea",), NINE)
    assert found["Partners sign in New Delhi"].note == "On the whole."


def test_calibre_tells_no_title_so_that_the_reader_names_the_book(here: Library) -> None:
    contents = read("book.calibre_annotation_collection")
    assert contents.notes == ("One bookmark was left out.",)
    assert [group.reason for group in plan(here, contents).groups] == [Reason.UNKNOWN]
    assert take(here, contents, document=1).added == 2
    found = quotes(here)
    assert (found["maritime security"].color, found["maritime security"].note) == (Color.YELLOW, "")
    who = found["Kaja Kallas met Rajnath Singh"]
    assert (who.color, who.note, who.created_at) == (Color.GREEN, "Who met whom?", NINE)


def test_readwise_quotes_find_their_one_place_or_none(here: Library) -> None:
    planned = plan(here, read("readwise.csv"))
    assert (planned.count(Fate.NEW), planned.lost, len(planned.left)) == (3, 1, 1)
    take(here, read("readwise.csv"))
    found = quotes(here)
    signed = next(one for quote, one in found.items() if quote.startswith("The European Union"))
    assert (signed.color, signed.tags, signed.note) == (Color.BLUE, ("eu", "sea"), 'Look up, "compare"')
    assert signed.created_at == datetime(2026, 7, 17, 14, 0, 25, tzinfo=UTC)
    assert found["maritime security comes first"].anchor_state is AnchorState.EXACT
    assert found["Kallas"].anchor_state is AnchorState.ORPHAN  # it stands there twice: nobody knows which is meant


def test_kindle_and_the_csv_of_hypothesis_are_read(here: Library) -> None:
    take(here, read("kindle.csv"))
    who = quotes(here)["Kaja Kallas met Rajnath Singh"]
    assert (who.color, who.note) == (Color.PINK, "Who met whom?")
    assert quotes(here)["Partners sign in New Delhi"].note == "On its own."
    take(here, read("hypothesis.csv"))
    sea = quotes(here)["maritime security"]
    assert (sea.note, sea.tags, sea.created_at) == ("First of all.", ("sea", "eu"), NINE)


@pytest.fixture
def east(monkeypatch: pytest.MonkeyPatch) -> Iterator[timedelta]:
    """Have this machine's clock stand five and a half hours ahead; gives how far ahead it stands."""
    if not hasattr(time, "tzset"):
        yield datetime.now().astimezone().utcoffset() or timedelta()
        return
    monkeypatch.setenv("TZ", "EAST-5:30")
    time.tzset()
    yield timedelta(hours=5, minutes=30)
    monkeypatch.undo()
    time.tzset()


def test_of_kindle_s_clippings_the_last_words_count_and_notes_join_what_they_are_on(
    here: Library, east: timedelta
) -> None:
    contents = read("My Clippings.txt")
    assert contents.notes == (
        "One entry is left out: bookmarks, or without words.",
        "One entry is left out: the passage was marked anew later.",
    )
    take(here, contents)
    found = quotes(here)
    assert set(found) == {"maritime security comes first", "Kaja Kallas met Rajnath Singh"}
    first = found["maritime security comes first"]
    assert (first.note, first.created_at) == ("Why first?", datetime(2023, 5, 27, 5, 4, 38, tzinfo=UTC) - east)
    assert first.modified_at == datetime(2023, 5, 27, 5, 5, tzinfo=UTC) - east


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"bodyValue": "plain"}, "plain"),
        ({"body": {"type": "Image", "id": "https://example.org/a.png"}}, "https://example.org/a.png"),
        ({"body": ["one", {"value": "two"}]}, "one\n\ntwo"),
    ],
)
def test_a_web_annotation_says_what_it_says_in_several_ways(row: dict[str, object], note: str) -> None:
    alone = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": "https://example.org/a"}
    assert [one.note for one in load(json.dumps(alone | row)).annotations] == [note]


def test_the_samples_of_the_recommendation_are_read(corpora: Path) -> None:
    folder = corpora / "web-annotation" / "samples"
    if not folder.is_dir():
        pytest.skip(f"no samples at {folder}")
    silent = {"anno8.json"}  # a bookmark: nothing is marked or said
    for path in sorted((folder / "correct").glob("anno*.json")):
        if path.name not in silent:
            assert load(source_file.read(path)).format == "web-annotation", path.name


@pytest.mark.parametrize(
    "name", ["hypothesis.json", "web-annotations.jsonld", "readwise.csv", "kindle.csv", "My Clippings.txt"]
)
def test_the_same_file_again_adds_nothing(here: Library, name: str) -> None:
    take(here, read(name))
    before = stored(here)
    assert before
    again = plan(here, read(name))
    assert (again.count(Fate.NEW), again.count(Fate.CHANGED), again.count(Fate.KNOWN)) == (0, 0, len(before))
    assert take(here, read(name)).added == 0
    assert stored(here) == before


@pytest.mark.parametrize(
    "other",
    [
        "HTTP://Example.org:80/article/",
        "https://www.example.org/article?utm_campaign=x&fbclid=1#part",
        " https://example.org/article ",
    ],
)
def test_an_address_is_the_same_however_it_was_followed(other: str) -> None:
    assert address_key(other) == address_key("https://example.org/article")
    assert address_key("https://example.org/article?id=2") != address_key("https://example.org/article")
    assert address_key("file:///home/me/My%20book.epub") == address_key("/home/me/My book.epub")
