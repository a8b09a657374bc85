"""What Postil writes comes back the same: into this library, into another one, and after a spreadsheet saved it."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import factories
from tests.postil.exchange.importing.taking import go_on, load, plan, take

from postil.exchange.annotation_table import HEADER
from postil.exchange.formats import FORMATS
from postil.exchange.importing import left_out, source_file
from postil.exchange.importing.matching import Fate
from postil.exchange.importing.plan import Planner, Reason
from postil.exchange.scope import Scope
from postil_db.describing import describe
from postil_db.library import Library
from postil_db.records import AnchorState, Annotation, Color, Content
from postil_db.store import annotations, documents, tags

PAPER = (
    "On the sea",
    "The sea, the sea! “Zwölf” ships — twelve of them — left the harbour of Αθήνα.",
    "The sea was calm.  Two blanks stand in this line, and 😀 one more letter.",
    "印度和欧盟签署了安全与防务伙伴关系。",
)
CONTENT = factories.make_content(*PAPER)
LENGTH = len(CONTENT.text)

WORDS = st.text(st.one_of(st.sampled_from("=+-@'\"\r\n\t,; ab\u3000|＝"), st.characters(codec="utf-8")), max_size=12)
PLACES = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 40)).map(lambda at: (at[0], min(LENGTH, sum(at))))
TAGS = st.lists(st.sampled_from(("sea", "=sum", "Ἀθῆναι", "a/b", "'x", "policy, old")), unique=True, max_size=3)
MADE = st.tuples(PLACES, WORDS, TAGS, st.sampled_from(Color), st.sampled_from(AnchorState), st.integers(0, 10**9))


def written(library: Library) -> str:
    out = io.StringIO(newline="")
    FORMATS["csv"].write(library, Scope(), out)
    return out.getvalue()


def add(library: Library, *paragraphs: str, title: str = "") -> int:
    new = factories.make_document(*paragraphs, title=title)
    return library.add(new, new.content.text.encode()).result.info.id


def said(one: Annotation) -> Annotation:
    """All that an annotation says; a file tells times to the second."""
    return replace(
        one,
        id=0,
        document_id=0,
        created_at=one.created_at.replace(microsecond=0),
        modified_at=one.modified_at.replace(microsecond=0),
    )


def everything(library: Library) -> list[Annotation]:
    return sorted(map(said, library.read(annotations.every)), key=repr)


def make(
    content: Content, made: Sequence[tuple[tuple[int, int], str, list[str], Color, AnchorState, int]]
) -> Iterator[annotations.NewAnnotation]:
    for (start, end), note, names, color, state, when in made:
        if not content.text[start:end].strip():
            continue
        place = describe(content, start, end)
        if state is AnchorState.ORPHAN:
            place = replace(place, start=start, end=start, quote=place.quote + " (gone)")
        moment = datetime.fromtimestamp(when, UTC)
        later = moment + timedelta(seconds=when % 9999)
        yield annotations.NewAnnotation(place, color, note, tuple(names), state, "", moment, later)


@pytest.fixture(scope="module")
def shelves() -> Iterator[tuple[Library, Library]]:
    """Give two libraries that hold the same document, the other one beside another document."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with Library.open(root / "a", cache=root / "ac") as one, Library.open(root / "b", cache=root / "bc") as other:
            add(one, *PAPER)
            add(other, "Something else", "The sea of other words.")
            add(other, *PAPER)
            yield one, other


@settings(max_examples=10, deadline=None)
@given(st.lists(MADE, min_size=1, max_size=6))
def test_it_comes_back_the_same_in_another_library_and_once_only(
    shelves: tuple[Library, Library], made: list[tuple[tuple[int, int], str, list[str], Color, AnchorState, int]]
) -> None:
    one, other = shelves
    for library in shelves:
        library.write("", lambda session: annotations.remove(session, [a.id for a in annotations.every(session)]))
    one.write("", lambda session: annotations.add_all(session, 1, list(make(CONTENT, made))))
    if not one.read(annotations.every):
        return
    text = written(one)
    done = take(other, load(text))
    assert everything(other) == everything(one)
    assert done.added == len(everything(one))
    for library in shelves:
        again = plan(library, load(text))
        assert (again.count(Fate.NEW), again.count(Fate.CHANGED)) == (0, 0)
        assert again.count(Fate.KNOWN) == done.added
    assert everything(other) == everything(take_back(other, text))
    assert other.check() == []


def take_back(library: Library, text: str) -> Library:
    """Undo the import in one step, and import once more."""
    library.undo()
    assert library.read(annotations.every) == []
    library.redo()
    library.undo()
    take(library, load(text))
    return library


@pytest.fixture
def marked(library: Library) -> Library:
    """Give a library with the paper and two marks in it."""
    number = add(library, *PAPER)
    made = (
        ((CONTENT.text.index("The sea,"), CONTENT.text.index("ships")), "=1+1\nand; more", ["sea"]),
        ((CONTENT.text.index("The sea was"), CONTENT.text.index(" calm")), "", ["a/b", "'x"]),
    )
    new = [
        annotations.NewAnnotation(describe(CONTENT, *at), Color.BLUE, note, tuple(names)) for at, note, names in made
    ]
    library.write("", lambda session: annotations.add_all(session, number, new))
    return library


def saved_again(text: str, *, separator: str = ",", ends: str = "\r\n", drop: Sequence[str] = (), bom: str = "") -> str:
    """A table as a spreadsheet saves it: its columns the other way round, and one more."""
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    names = [name for name in reversed(HEADER) if name not in drop]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["mine", *names], delimiter=separator, lineterminator=ends, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**row, "mine": "x"} for row in rows)
    return bom + out.getvalue()


@pytest.mark.parametrize(
    ("how", "encoding"),
    [
        ({}, "utf-8"),
        ({"separator": ";", "ends": "\n"}, "utf-8-sig"),
        ({"separator": "\t", "ends": "\n"}, "utf-16"),
        ({"drop": ("prefix", "suffix", "anchor_state", "id", "section", "entities")}, "utf-8"),
        ({"drop": ("start", "end", "document_id", "url", "published", "kind")}, "utf-8"),
    ],
)
def test_a_spreadsheet_may_save_it_in_between(marked: Library, how: dict[str, object], encoding: str) -> None:
    data = saved_again(written(marked), **how).encode(encoding)  # type: ignore[arg-type]
    contents = load(source_file.decoded(data, "x.csv"))
    again = plan(marked, contents)
    assert (again.count(Fate.KNOWN), again.count(Fate.NEW), len(again.left)) == (2, 0, 0)
    before = everything(marked)
    marked.write("", lambda session: annotations.remove(session, [1, 2]))
    take(marked, contents)
    assert everything(marked) == before


def test_the_library_s_own_words_stay_unless_the_reader_wants_the_file_s(marked: Library) -> None:
    contents = load(written(marked))
    marked.write("", lambda session: annotations.set_note(session, 1, "mine"))
    marked.write("", lambda session: annotations.set_color(session, [2], Color.PINK))
    marked.write("", lambda session: tags.attach(session, [2], "late"))
    mine = marked.read(annotations.every)
    assert (plan(marked, contents).count(Fate.CHANGED), plan(marked, contents).count(Fate.KNOWN)) == (2, 0)
    assert take(marked, contents).added == 0
    assert marked.read(annotations.every) == mine
    done = take(marked, contents, update=True)
    assert (done.added, done.updated) == (0, 2)
    assert marked.undo_label() == "Import 2 annotations"
    first, second = marked.read(annotations.every)
    assert (first.note, second.color, second.tags) == ("=1+1\nand; more", Color.BLUE, ("a/b", "'x"))
    marked.undo()
    assert marked.read(annotations.every) == mine


def test_the_one_that_was_moved_by_a_newer_version_is_known_by_its_number(marked: Library) -> None:
    contents = load(written(marked))
    new = factories.make_document(
        "On the sea", "A word before all.", PAPER[2].replace("The sea was calm", "An ocean so still")
    )
    added = marked.add(new, new.content.text.encode()).result.info.id
    from postil.anchors.replacing import replace as take_the_place

    marked.write("", lambda session: take_the_place(session, 1, added))
    again = plan(marked, contents)
    assert (again.count(Fate.KNOWN), again.count(Fate.NEW)) == (2, 0)


def test_what_finds_no_document_is_saved_and_comes_in_once_it_is_there(marked: Library, tmp_path: Path) -> None:
    contents = load(written(marked))
    before = everything(marked)
    with Library.open(tmp_path / "empty", cache=tmp_path / "cache2") as empty:
        planned = plan(empty, contents)
        assert [group.reason for group in planned.groups] == [Reason.UNKNOWN]
        assert left_out.write(tmp_path / "rest.csv", planned) == 2
        add(empty, *PAPER)
        take(empty, load(source_file.read(tmp_path / "rest.csv")))
        assert everything(empty) == before


def test_a_document_of_that_title_alone_is_not_taken_for_it(marked: Library) -> None:
    text = written(marked).replace("The sea", "The moon")
    marked.write("", lambda session: documents.remove(session, [1]))
    add(marked, "On the sea", "Wholly other words.")
    assert [group.reason for group in plan(marked, load(text)).groups] == [Reason.ELSEWHERE]


def test_of_two_documents_of_one_title_the_words_choose(marked: Library) -> None:
    text = written(marked)
    add(marked, "On the sea", "Wholly other words.")
    assert plan(marked, load(text)).count(Fate.KNOWN) == 2
    marked.add(factories.make_document(*PAPER, sha256=sha256(b"other bytes").hexdigest()), b"other bytes")
    assert plan(marked, load(text)).count(Fate.KNOWN) == 2  # the number decides
    other = text.replace('"1","A. Writer"', '"77","A. Writer"')
    assert other != text
    assert [group.reason for group in plan(marked, load(other)).groups] == [Reason.SEVERAL]


def test_a_renamed_document_is_known_by_its_number_and_its_words(marked: Library) -> None:
    text = written(marked)
    marked.write("", lambda session: documents.set_title(session, 1, "Another name"))
    assert plan(marked, load(text)).count(Fate.KNOWN) == 2


def test_somebody_who_writes_in_between_is_taken_into_account(marked: Library) -> None:
    from postil.exchange.importing.carrying import import_annotations
    from postil_db.errors import Refused

    contents = load(written(marked))
    marked.write("", lambda session: annotations.remove(session, [1, 2]))
    planned = Planner(marked, contents).plan(go_on)
    assert planned.count(Fate.NEW) == 2
    take(marked, contents)
    assert import_annotations(marked, planned, go_on).added == 0
    marked.write("", lambda session: documents.remove(session, [1]))
    with pytest.raises(Refused, match="Nothing was imported"):
        import_annotations(marked, planned, go_on)


def test_what_was_broken_off_leaves_nothing_behind(marked: Library) -> None:
    from postil.exchange.importing.carrying import import_annotations

    class Enough(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Enough

    contents = load(written(marked))
    marked.write("", lambda session: annotations.remove(session, [1, 2]))
    with pytest.raises(Enough):
        import_annotations(marked, Planner(marked, contents).plan(go_on), stop)
    assert marked.read(annotations.every) == []


def test_there_is_a_backup_before_a_large_one(marked: Library) -> None:
    place = describe(CONTENT, 0, 5)
    many = [annotations.NewAnnotation(place, note=f"{number}") for number in range(60)]
    made = marked.write("", lambda session: [one.id for one in annotations.add_all(session, 1, many)]).result
    contents = load(written(marked))
    marked.write("", lambda session: annotations.remove(session, made))
    before = len(marked.backups())
    assert take(marked, contents).added == 60
    assert [one.reason for one in marked.backups()[: len(marked.backups()) - before]] == ["before-an-import"]
