"""The real finder on a real library: random edits of a document with many marks, and undo gives every byte back."""

import random
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text as sql
from tests.benchmarks.anchor_edits import KINDS, edited

from postil.anchors.replacing import LABEL, Sought, find, replace, replace_in, summary
from postil_db.describing import describe
from postil_db.library import Library, Session
from postil_db.records import AnchorState, Block, BlockKind, Content, NewDocument, Selector
from postil_db.store import annotations, documents, versions

SENTENCE = "the harbour bell rang twice before anyone in the narrow street had thought of the storm and its cost"
LOOSE = ("index_rev", "opened_at", "position")


def _content(text: str) -> Content:
    return Content(tuple(Block(BlockKind.PARAGRAPH, line) for line in text.split("\n")))


def _add(library: Library, text: str, name: str) -> int:
    digest = sha256(text.encode()).hexdigest()
    new = NewDocument(title=name, content=_content(text), media_type="text/plain", sha256=digest)
    return library.add(new, text.encode()).result.info.id


def _rows(library: Library) -> list[object]:
    def read(session: Session) -> list[object]:
        return [
            {name: row[name] for name in row if name not in LOOSE}
            for table in ("document", "annotation", "former_quote", "version")
            for row in session.execute(sql(f"SELECT * FROM {table} ORDER BY 1")).mappings()
        ]

    return library.read(read)


@pytest.fixture
def body() -> list[str]:
    chance = random.Random(5)
    return [
        " ".join([*chance.choices(SENTENCE.split(), k=24), f"number{at}.", *chance.choices(SENTENCE.split(), k=9)])
        for at in range(60)
    ]


def test_random_edits_keep_every_annotation_and_undo_gives_all_back(library: Library, body: list[str]) -> None:
    chance = random.Random(6)
    text = "\n".join(body)
    content = _content(text)
    here = _add(library, text, "first")
    places = [(at, at + chance.randint(3, 150)) for at in (chance.randrange(len(text) - 150) for _ in range(80))]
    wanted = [annotations.NewAnnotation(describe(content, *place)) for place in places if text[slice(*place)].strip()]
    library.write("Mark", lambda session: annotations.add_all(session, here, wanted))
    for kind in ("sentences", "move", "all"):
        newer = _add(library, edited(body, KINDS[kind], 1, body[::-1]).text, kind)
        before = _rows(library)
        counts = library.write(LABEL, partial(replace, old_id=here, new_id=newer)).result
        assert sum(counts.values()) == len(wanted)
        assert counts[AnchorState.EXACT] + counts[AnchorState.MOVED] > len(wanted) / 4
        assert library.check() == []
        found = library.read(partial(annotations.of_document, document_id=newer))
        former = library.read(partial(versions.former, document_id=newer))
        told = {former.get(one.id, one.selector.quote) for one in found}
        assert told == {one.selector.quote for one in wanted}, "a quote was dropped"
        library.undo()
        assert _rows(library) == before


def test_adding_and_replacing_is_one_act_over_a_restart(tmp_path: Path, body: list[str]) -> None:
    def listed(library: Library) -> dict[int, int]:
        return {info.id: info.annotations for info in library.read(documents.every)}

    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        old = _add(library, "\n".join(body), "first")
        place = describe(_content("\n".join(body)), 5, 40)
        marked = [annotations.NewAnnotation(place)]
        library.write("Mark", lambda session: annotations.add_all(session, old, marked))
        new = _add(library, "\n".join(["New words.", *body]), "second")
        assert replace_in(library, old, new)[AnchorState.MOVED] == 1
        assert listed(library) == {new: 1}
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        assert library.undo_label() == LABEL
        library.undo()
        assert listed(library) == {old: 1}
        assert library.undo_label() == "Mark"
    with Library.open(tmp_path / "library", cache=tmp_path / "cache") as library:
        library.redo()
        assert listed(library) == {new: 1}
        library.undo()
        newest = _add(library, "\n".join(["Newer words.", *body]), "third")
        library.write("Mark", lambda session: annotations.add_all(session, newest, marked))
        replace_in(library, old, newest)
        library.undo()
        assert listed(library) == {old: 1, newest: 1}, "what was done between them stands by itself"
        assert library.check() == []


def test_saving_goes_on_while_passages_are_looked_for(
    library: Library, body: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(body)
    old, new = _add(library, text, "first"), _add(library, "\n".join(["New words.", *body]), "second")
    place = [annotations.NewAnnotation(describe(_content(text), start, start + 30)) for start in (5, 99)]
    library.write("Mark", lambda session: annotations.add_all(session, old, place[:1]))
    asked = list[int]()

    def slow(one: str, other: str, selectors: Sequence[Selector]) -> list[versions.Found]:
        asked.append(len(selectors))
        if len(asked) == 1:  # another thread gets the library meanwhile
            saving = Thread(
                target=library.write, args=("Mark", partial(annotations.add_all, document_id=old, wanted=place[1:]))
            )
            saving.start()
            saving.join(timeout=20)
            assert not saving.is_alive()
        return find(one, other, selectors)

    monkeypatch.setattr("postil.anchors.replacing.find", slow)
    counts = replace_in(library, old, new, Sought.ahead(library, old, new))
    assert counts[AnchorState.MOVED] == 2
    assert sum(asked) == 2, "what was found is not looked for again, and what came meanwhile is"


def test_the_summary_counts_what_there_is() -> None:
    counts = dict.fromkeys(AnchorState, 0)
    assert summary(counts) == ""
    told = summary({**counts, AnchorState.EXACT: 1, AnchorState.ORPHAN: 2})
    assert told == "Annotations: 1 stands as it did, 2 lost their passages."
