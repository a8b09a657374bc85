"""Files that are broken, huge, or made to do harm: a sentence, and nothing else happens."""

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import factories
from tests.postil.exchange.importing.taking import SAMPLES, go_on, load, plan, take

from postil.exchange.annotation_table import HEADER
from postil.exchange.importing import fit, formats, source_file, web_annotation
from postil.exchange.importing.csv_rows import NoTable, Table
from postil.exchange.importing.incoming import Incoming, NoAnnotations, Source
from postil.exchange.importing.json_rows import NoJson, pieces
from postil.exchange.importing.matching import Fate
from postil.exchange.importing.placing import place
from postil_db.library import Library
from postil_db.records import AnchorState
from postil_db.store import annotations

TEXT = factories.make_content().text


def row(**said: Any) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": "maritime security"}
    return {"uri": "https://example.org/a", "text": "x", "target": [{"selector": [quote]}], **said}


def rows(*every: object) -> str:
    return json.dumps({"rows": every})


@pytest.mark.parametrize(
    "text",
    [
        '{"rows": [' + '{"target": ' * 20_000,
        '{"target": "selector", "rows": [{"text": ' + "[" * 100_000 + "]" * 100_000 + "}]}",
        '{"rows": [{"target": [{"selector": []}]}',
        '{"rows": [{"target": [{"selector": []}]},]}',
        '{"rows": [{"target": [{"selector": []}]}]} {}',
        '{"target": {"selector": 1}, "rows": 5}',
        '{[]: {"target": "selector"}}',
        '["target", "selector"]',
        '"target" "selector"',
        "document,quote,note,start\r\n" + '"' * 3,
        "",
        "\0\0\0\0",
        "{}",
        "[]",
        '{"type": "calibre_annotation_collection", "annotations": [1, null, "x", {"highlighted_text": 5}]}',
        '{"type": "calibre_annotation_collection", "annotations": {"a": 1}}',
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NoAnnotations, match=r"\.$"):
        load(text)


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(source_file.LARGEST * 10)  # a hole: it takes no room
    with pytest.raises(NoAnnotations, match="larger than 100 MB"):
        source_file.read(path)
    assert source_file.peek(path).strip("\0") == ""
    monkeypatch.setattr(web_annotation, "MOST", 5)
    with pytest.raises(NoAnnotations, match="Split it"):
        load(rows(*[row()] * 7))


def test_one_row_cannot_spoil_the_others(library: Library) -> None:
    document = factories.make_document(source="https://example.org/a")
    library.add(document, document.content.text.encode())
    place_of = {"type": "TextPositionSelector", "start": -5, "end": 1 << 80}
    odd: list[object] = [
        row(text="\ud800 half \0 nul", tags=["\ud83d", "a\0b", ";", " ", "\u200e", 5, None, "n" * 500], created="9999"),
        row(tags=[f"tag {number}" for number in range(10_000)], created="0001-01-01T00:00:00+14:00", updated=3),
        row(target=[{"selector": [place_of, {"type": "TextQuoteSelector", "exact": "Kallas said", "prefix": ["x"]}]}]),
        row(target=[{"selector": {"refinedBy": {"refinedBy": {"refinedBy": {"refinedBy": {"refinedBy": {}}}}}}}]),
        row(target=7, uri={"a": 1}, document=[], text=["x"], tags="no list", created={}),
        "row", None, [], 5,
    ]  # fmt: skip
    contents = load(rows(*odd))
    assert contents.notes == ("5 rows were left out: nothing is marked or said in them.",)
    take(library, contents)
    found = library.read(annotations.every)
    assert library.check() == []
    first = next(one for one in found if "half" in one.note)
    assert (first.note, first.tags[:2]) == ("\ufffd half \ufffd nul", ("\ufffd", "a\ufffdb"))
    assert len(first.tags[-1]) == 200
    assert max(len(one.tags) for one in found) == fit.MOST_TAGS
    assert all(abs(one.created_at.year - 2026) < 50 for one in found)


def test_a_formula_comes_in_as_text_and_goes_out_guarded(library: Library) -> None:
    document = factories.make_document()
    library.add(document, document.content.text.encode())
    text = "document,quote,note,tags,start\n" + f'{document.title},maritime security,"=HYPERLINK(""x"")",\'=1;@x,\n'
    take(library, load(text))
    (one,) = library.read(annotations.every)
    assert (one.note, one.tags) == ('=HYPERLINK("x")', ("=1", "@x"))


CELLS = st.text(st.one_of(st.sampled_from(",;\t\"'\r\n=\0 0-9"), st.characters()), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("uri", "text", "tags", "target", "selector", "references", "document", "created", "id", "user", "body")


@settings(max_examples=30, deadline=None)
@given(
    st.one_of(
        st.lists(st.tuples(*[CELLS] * 3), max_size=4).map(
            lambda found: "document,quote,start\n" + "\n".join(map(",".join, found))
        ),
        st.lists(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6), max_size=4).map(
            lambda found: json.dumps({"rows": found, "selector": 1, "target": 2})
        ),
        st.tuples(st.sampled_from(sorted(one.name for one in SAMPLES.iterdir())), st.integers(0, 3000), CELLS).map(
            lambda cut: _spoilt(SAMPLES / cut[0], cut[1], cut[2])
        ),
        st.binary(max_size=60).map(lambda data: data.decode("utf-8", "replace")),
    )
)
def test_whatever_stands_in_it_it_is_read_or_refused(text: str) -> None:
    try:
        found = load(text)
    except NoAnnotations:
        return
    for one in found.annotations:
        json.dumps([one.quote, one.note, one.tags]).encode()
        assert one.start is None or 0 <= one.start < fit.LATEST
    for some in place(TEXT, found.annotations, exact=found.exact):
        assert all(0 <= at.start <= at.end <= len(TEXT) for at in some)


def _spoilt(path: Path, at: int, by: str) -> str:
    text = path.read_text(encoding="utf-8")
    return text[: at % len(text)] + by + text[at % len(text) + len(by) :]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_no_passage_is_put_where_it_was_not(data: st.DataObject) -> None:
    """The true place or none: whatever the file leaves out, and however often the words stand there."""
    words = data.draw(st.lists(st.sampled_from(["sea", "ship", "storm", "calm"]), min_size=6, max_size=60))
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    quote = text[start:end].strip()
    if not quote:
        return
    start = text.index(quote, start)
    context, exact = data.draw(st.sampled_from([0, 4, 32])), data.draw(st.booleans())
    one = Incoming(
        Source(),
        quote,
        prefix=text[max(0, start - context) : start] if context else "",
        suffix=text[start + len(quote) :][:context],
        start=start if exact else data.draw(st.sampled_from([None, 0, 5])),
    )
    ((found,),) = place(text, [one], exact=exact)
    if found.state is not AnchorState.ORPHAN:
        assert (found.start, found.end) == (start, start + len(quote))


def test_words_that_stand_twice_among_the_same_words_have_no_place_of_their_own() -> None:
    text = " | ".join(["To be, or not to be, that is the question here"] * 3)
    one = Incoming(Source(), "not to be", prefix="To be, or ", suffix=", that is the question")
    ((found,),) = place(text, [one], exact=False)
    assert found.state is AnchorState.ORPHAN
    last = Incoming(
        Source(), "not to be", prefix="To be, or ", suffix=", that is the question", start=text.rindex("not")
    )
    ((found,),) = place(text, [last], exact=True)
    assert (found.state, found.start) == (AnchorState.EXACT, text.rindex("not"))


def test_a_quote_as_long_as_a_book_holds_nobody_up() -> None:
    words = [f"word{number}" for number in range(20_000)]
    text, other = " ".join(words), " ".join(word for number, word in enumerate(words) if number % 200)
    began = process_time()
    ((found, whole),) = place(text, [Incoming(Source(), other), Incoming(Source(), text)], exact=False)
    assert process_time() - began < 2
    assert (found.state, whole.state) == (AnchorState.ORPHAN, AnchorState.EXACT)


def test_words_that_overlap_themselves_have_no_place_of_their_own() -> None:
    ((found,),) = place("sea sea sea sea", [Incoming(Source(), "sea sea", start=4)], exact=True)
    assert found.state is AnchorState.ORPHAN


def test_a_quote_of_few_words_that_is_only_like_it_is_lost() -> None:
    ((found,),) = place(TEXT, [Incoming(Source(), "maritime insecurity")], exact=False)
    assert found.state is AnchorState.ORPHAN
    ((found,),) = place(TEXT, [Incoming(Source(), "the EUROPEAN union -  and India")], exact=False)
    assert (found.state, TEXT[found.start : found.end]) == (AnchorState.EXACT, "The European Union and India")


def test_what_is_said_twice_comes_in_once(library: Library) -> None:
    document = factories.make_document(source="https://example.org/a")
    library.add(document, document.content.text.encode())
    twice = plan(library, load(rows(row(), row(), row(text="y"))))
    assert (twice.count(Fate.NEW), twice.count(Fate.TWICE), twice.count(Fate.KNOWN)) == (2, 1, 0)


def test_every_column_of_our_own_is_understood_or_known_to_be_for_readers_alone() -> None:
    for_readers = {"published", "kind", "entities", "entity_kinds"}
    cells = {name: f"{name}" for name in HEADER} | {"start": "5", "end": "9", "id": "3", "document_id": "4"}
    cells |= {"color": "pink", "created_at": "2026-01-28T09:15:00+00:00", "modified_at": "2026-01-28T09:15:00+00:00"}
    (one,) = formats.FORMATS["csv"].parse(",".join(cells) + "\n" + ",".join(cells.values()), "x", go_on).annotations
    whole = {cells[name] for name in HEADER if name not in for_readers}
    source = one.source
    said = {source.title, source.author, source.address, str(source.number), one.quote, one.note, *(one.tags or ())}
    said |= {one.prefix, one.suffix, one.section, one.state, str(one.start), str(one.end), str(one.number)}
    said |= {one.color.value if one.color else "", one.created_at.isoformat() if one.created_at else ""}
    assert said == whole


def test_a_text_without_the_header_is_no_table() -> None:
    assert Table("a;b\n1;2\n", lambda header: header == ["a", "b"]).header == ["a", "b"]
    with pytest.raises(NoTable):
        Table("a;b\n1;2\n", lambda header: "quote" in header)


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2", '{"a" 1}', "{1: 2}", "[1,]", '{"a": 1} 2', "words", '{"a": ' + "[" * 100_000]
)
def test_what_is_no_json_is_told_wherever_one_notices(text: str) -> None:
    with pytest.raises(NoJson):
        list(pieces(text, ()))
