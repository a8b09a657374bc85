"""Whatever is put, dropped, flushed and asked for: the index answers as a plain scan of the entries does."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry
from postil_db.index.fold import label, words

WORDS = ["sea", "search", "security", "Kallas", "café", "Straße", "India", "of", "the", "研究方法", "究", "naïve", "x2"]
TAGS = ["policy", "policy/defence", "Policy/Trade", "to read", "été", "pol"]
type Scan = Callable[[Entry], bool]


def entries(key: int) -> st.SearchStrategy[Entry]:
    text = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
    return st.builds(
        Entry,
        id=st.just(key),
        rev=st.integers(1, 99),
        document_id=st.integers(1, 3),
        title=text,
        quote=text,
        note=text,
        tags=st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(tuple),
        entities=st.lists(text, max_size=2).map(tuple),
        color=st.sampled_from(["yellow", "green"]),
        created=st.integers(0, 5),
    )


def texts(entry: Entry, part: str = "") -> list[str]:
    by_part = {
        "title": [entry.title],
        "quote": [entry.quote],
        "note": [entry.note],
        "tags": list(entry.tags),
        "entity": list(entry.entities),
    }
    return by_part[part] if part else [text for each in by_part.values() for text in each]


def has(entry: Entry, wanted: str, *, part: str = "", beginning: bool = False) -> bool:
    """Whether the words of `wanted` follow each other somewhere, read word by word."""
    looked_for = words(wanted)
    if len(looked_for) == 1 and looked_for[0] in "究研":
        beginning = True  # one character of an unspaced script is a part of whatever holds it
    elif looked_for and len(looked_for[-1]) == 1 and ord(looked_for[-1]) > 0x3000:
        looked_for.pop()  # the last character of a run stands alone in the index only
    for text in texts(entry, part):
        held = words(text)
        for at in range(len(held) - len(looked_for) + 1):
            piece = held[at : at + len(looked_for)]
            if piece[:-1] == looked_for[:-1] and (
                piece[-1] == looked_for[-1] or (beginning and piece[-1].startswith(looked_for[-1]))
            ):
                return True
    return False


def tagged(entry: Entry, wanted: str) -> bool:
    held = [label(tag) for tag in entry.tags]
    return any(tag == label(wanted) or tag.startswith(label(wanted) + "/") for tag in held)


def scan_word(word: str) -> tuple[str, Scan]:
    return word, lambda entry: has(entry, word)


def scan_beginning(word: str) -> tuple[str, Scan]:
    return word[:3] + "*", lambda entry: has(entry, word[:3], beginning=True)


def scan_phrase(pair: tuple[str, str]) -> tuple[str, Scan]:
    phrase = " ".join(pair)
    return f'"{phrase}"', lambda entry: has(entry, phrase)


def scan_part(part_word: tuple[str, str]) -> tuple[str, Scan]:
    part, word = part_word
    return f"{part}:{word}", lambda entry: has(entry, word, part=part)


def scan_tag(tag: str) -> tuple[str, Scan]:
    return f'tag:"{tag}"', lambda entry: tagged(entry, tag)


def negated(inner: tuple[str, Scan]) -> tuple[str, Scan]:
    return f"-({inner[0]})", lambda entry: not inner[1](entry)


def joined(both: tuple[tuple[str, Scan], tuple[str, Scan]]) -> tuple[str, Scan]:
    (left, left_scan), (right, right_scan) = both
    return f"({left} {right})", lambda entry: left_scan(entry) and right_scan(entry)


def either(both: tuple[tuple[str, Scan], tuple[str, Scan]]) -> tuple[str, Scan]:
    (left, left_scan), (right, right_scan) = both
    return f"({left} OR {right})", lambda entry: left_scan(entry) or right_scan(entry)


SPACED = [word for word in WORDS if word.isalnum() and ord(word[0]) < 0x3000]
CLAUSES = st.one_of(
    st.sampled_from(WORDS).map(scan_word),
    st.sampled_from(SPACED).map(scan_beginning),
    st.tuples(st.sampled_from(WORDS[:-4]), st.sampled_from(SPACED)).map(scan_phrase),
    st.tuples(st.sampled_from(["title", "quote", "note", "entity"]), st.sampled_from(SPACED)).map(scan_part),
    st.sampled_from(TAGS).map(scan_tag),
)
QUERIES = st.recursive(
    CLAUSES,
    lambda inner: st.one_of(
        inner.map(negated), st.tuples(inner, inner).map(joined), st.tuples(inner, inner).map(either)
    ),
    max_leaves=5,
)
STEPS = st.lists(
    st.one_of(
        st.lists(st.integers(1, 12).flatmap(entries), min_size=1, max_size=6),
        st.lists(st.integers(1, 12), min_size=1, max_size=4),
        st.sampled_from(["flush", "reopen"]),
    ),
    min_size=1,
    max_size=8,
)


def check(index: AnnotationIndex, held: dict[int, Entry], queries: list[tuple[str, Scan]]) -> None:
    assert index.revisions() == {key: entry.rev for key, entry in held.items()}
    for query, scan in queries:
        wanted = {key for key, entry in held.items() if scan(entry)}
        found = index.search(query + " ", limit=100)
        assert set(found.ids) == wanted, query
        assert found.total == len(wanted)
        assert len(found.ids) == len(set(found.ids))
        assert list(found.scores) == sorted(found.scores, reverse=True)
        few = index.search(query + " ", limit=3)
        assert few.ids == found.ids[:3]
        assert few.total == found.total
        newest = index.search(query, limit=100, sort="newest").ids
        assert list(newest) == sorted(newest, key=lambda key: (held[key].created, key), reverse=True)
        ordered = index.search(query, limit=100, sort="document").ids
        assert list(ordered) == sorted(ordered, key=lambda key: (held[key].document_id, key))
        inside = index.search(query + " ", limit=100, document=2).ids
        assert set(inside) == {key for key in wanted if held[key].document_id == 2}


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, queries=st.lists(QUERIES, min_size=1, max_size=6))
def test_the_index_answers_as_a_scan_does(
    steps: list[list[Entry] | list[int] | str], queries: list[tuple[str, Scan]]
) -> None:
    held: dict[int, Entry] = {}
    with TemporaryDirectory() as folder:
        index = AnnotationIndex.open(Path(folder) / "index")
        for step in steps:
            if step == "flush":
                index.flush()
            elif step == "reopen":
                index.close()
                index = AnnotationIndex.open(Path(folder) / "index")
            elif isinstance(step, list):
                put = [each for each in step if isinstance(each, Entry)]
                index.put(put)
                held.update({each.id: each for each in put})
                gone = [each for each in step if isinstance(each, int)]
                index.drop(gone)
                held = {key: entry for key, entry in held.items() if key not in gone}
            check(index, held, queries)
        index.close()


@settings(max_examples=25, deadline=None)
@given(
    held=st.lists(st.integers(1, 99).flatmap(entries), min_size=1, max_size=15, unique_by=lambda entry: entry.id),
    query=QUERIES,
)
def test_the_order_stays_when_memory_goes_to_disk(held: list[Entry], query: tuple[str, Scan]) -> None:
    with TemporaryDirectory() as folder:
        index = AnnotationIndex.open(Path(folder) / "index")
        index.put(held)
        before = index.search(query[0], limit=9)
        assert index.flush() == len(held)
        assert index.search(query[0], limit=9) == before
        index.close()


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_many_small_flushes_merge_into_the_same_answers(data: st.DataObject) -> None:
    queries = data.draw(st.lists(QUERIES, min_size=2, max_size=8))
    held: dict[int, Entry] = {}
    with TemporaryDirectory() as folder:
        index = AnnotationIndex.open(Path(folder) / "index")
        for _round in range(20):
            put = data.draw(st.lists(st.integers(1, 30).flatmap(entries), min_size=1, max_size=3))
            index.put(put)
            held.update({each.id: each for each in put})
            index.flush()
        check(index, held, queries)
        assert len(list(Path(folder, "index").glob("*.trm"))) < 10
        index.close()
        index = AnnotationIndex.open(Path(folder) / "index")
        check(index, held, queries)
        index.close()
