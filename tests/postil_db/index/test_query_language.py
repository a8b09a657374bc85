"""What the search box understands, and that nothing typed into it fails or hangs."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postil_db.index.annotation_index import AnnotationIndex
from postil_db.index.entry import Entry

ALL = {1, 2, 3, 4, 5}


@pytest.fixture(scope="module", params=["in memory", "on disk"])
def index(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[AnnotationIndex]:
    index = AnnotationIndex.open(tmp_path_factory.mktemp("query") / "index")
    kallas = ("Kaja Kallas", "New Delhi")
    index.put(
        [
            Entry(
                1, 1, 1, "Sea power", "Maritime security comes first", "why?", ("policy/defence",), kallas, "yellow", 10
            ),
            Entry(2, 1, 1, "Sea power", "The law of the sea", "Security, maritime", ("policy",), (), "green", 20),
            Entry(3, 1, 2, "Or not", "to be or not to be", "", ("to read",), (), "blue", 30),
            Entry(4, 1, 2, "Tag talk", "a tag on a secondary line", "article 5(2)", ("policeman",), (), "pink", 40),
            Entry(5, 1, 3, "", "", "", (), (), "purple", 50),
        ]
    )
    if request.param == "on disk":
        index.flush()
    yield index
    index.close()


def ids(index: AnnotationIndex, query: str) -> set[int]:
    return set(index.search(query, limit=50).ids)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("security ", {1, 2}),
        ("sec", {1, 2, 4}),
        ("sec ", set()),
        ("sec*", {1, 2, 4}),
        ("sec* line ", {4}),
        ("maritime security ", {1, 2}),
        ("maritime sec", {1, 2}),
        ('"maritime security"', {1}),
        ('"maritime sec', {1}),
        ('"maritime sec"', set()),
        ('"maritime sec"*', {1}),
        ('"security maritime"', {2}),
        ('"Kallas New"', set()),
        ("tag:policy", {1, 2}),
        ("TAG:Policy", {1, 2}),
        ("tag:pol", set()),
        ("tag:pol*", {1, 2, 4}),
        ("tag:policy/*", {1}),
        ("tag:policy/defence", {1}),
        ("tag:*", {1, 2, 3, 4}),
        ("-tag:*", {5}),
        ('tag:"to read"', {3}),
        ('tag:"to read', {3}),
        ("note:security ", {2}),
        ("quote:security ", {1}),
        ('note:"security maritime"', {2}),
        ("title:sea law ", {2}),
        ("entity:kallas", {1}),
        ('entity:"kaja kallas"', {1}),
        ("color:green", {2}),
        ("colour:green OR color:blue", {2, 3}),
        ("-security ", {3, 4, 5}),
        ("NOT security ", {3, 4, 5}),
        ("NOT NOT security ", {1, 2}),
        ('-"maritime security" sea ', {2}),
        ("sea -law ", {1}),
        ("sea -(law of) ", {1}),
        ("-sec", ALL),
        ("-sec*", {3, 5}),
        ("first OR line ", {1, 4}),
        ("sea first OR line ", {1, 4}),
        ("sea (first OR law) ", {1, 2}),
        ("sea AND law ", {2}),
        ("sea and law ", set()),
        ("law OR (be NOT sea) ", {2, 3}),
        # what is no clause is plain text
        ("or ", {3}),
        ("OR", {3}),
        ("NOT ", {3}),
        ("to be OR not to be ", {3}),
        ("tag: on ", {4}),
        ("tag:", {4}),
        ('tag:""', {4}),
        ("line OR", {4}),
        ("line AND", {4}),
        ("line NOT", {4}),
        ("5(2)", {4}),
        ("article:5 ", {4}),
        ("(line", {4}),
        ("line)", {4}),
        ("((line) OR ((first", {1, 4}),
        ("se-cu", set()),
        ("law - sea ", {2}),
        ("--law ", {2}),
    ],
)
def test_a_query_means(index: AnnotationIndex, query: str, expected: set[int]) -> None:
    assert ids(index, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "-",
        "*",
        "**",
        ":",
        "((((",
        "))))",
        ")(",
        '"',
        '""',
        '"*',
        "-(",
        "-()",
        "???",
        "()",
        "…",
        "\0",
        "\ud800",
    ],
)
def test_what_says_nothing_shows_everything_newest_first(index: AnnotationIndex, query: str) -> None:
    found = index.search(query, limit=50)
    assert found.ids == (5, 4, 3, 2, 1)
    assert found.total == 5


def test_a_limit_cuts_the_hits_but_not_their_number(index: AnnotationIndex) -> None:
    for query in ("", "sea "):
        every = index.search(query, limit=99)
        for limit in (0, 1, 2):
            found = index.search(query, limit=limit)
            assert (found.ids, found.total) == (every.ids[:limit], every.total)


def test_a_word_itself_ranks_above_words_that_begin_so(index: AnnotationIndex) -> None:
    entries = [Entry(10 + n, 1, 9, "", f"seaside {'seal seat ' * n}", "", (), (), "blue", n) for n in range(5)]
    entries.append(Entry(20, 1, 9, "", f"sea {'filler ' * 80}", "", (), (), "blue", 0))
    index.put(entries)
    assert index.search("sea", limit=9, document=9).ids[0] == 20
    index.drop([entry.id for entry in entries])


def test_a_hit_in_the_note_ranks_above_one_in_the_title(index: AnnotationIndex) -> None:
    index.put(
        [
            Entry(30, 1, 9, "walrus", "one two three", "", (), (), "blue", 9),
            Entry(31, 1, 9, "three", "one two", "walrus", (), (), "blue", 0),
        ]
    )
    assert index.search("walrus", limit=9).ids == (31, 30)
    index.drop([30, 31])


HOSTILE = [
    "x" * 100_000,
    "a " * 50_000,
    "(" * 5_000,
    ")" * 5_000,
    "(a " * 5_000,
    "-" * 5_000,
    "- " * 5_000,
    "NOT " * 5_000,
    "-(" * 3_000 + "a",
    '"' * 5_001,
    "tag:" * 2_000,
    "a OR " * 3_000,
    "OR " * 3_000,
    "?*?*?*?*" * 500,
    "[a TO z]",
    "a~ b^4 {x}",
    "*:*",
    "(a|a)*b" * 300,
    "😀🙈👨‍👩‍👧",
    "\ud800\udfff\0\x1b",
    "研" * 5_000,
    "e\u0301" * 5_000,
    "ﷺ" * 5_000,
    "\u202e\u200f" * 3_000,
    "\n\t\r",
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_nothing_typed_takes_long(index: AnnotationIndex, number: int) -> None:
    index.search("warm", limit=1)
    begin = time.process_time()
    index.search(HOSTILE[number], limit=50)
    assert time.process_time() - begin < 0.1


def test_after_the_cap_of_words_the_rest_is_left_out(index: AnnotationIndex) -> None:
    assert ids(index, "sea " * 100 + "absent ") == {1, 2}
    assert ids(index, "s* " * 64 + "absent ") == ids(index, "s* ")


def test_brackets_beyond_the_cap_are_read_as_if_they_were_not_there(index: AnnotationIndex) -> None:
    assert ids(index, "(" * 40 + "sea law" + ")" * 40) == {2}
    assert ids(index, "(" * 40 + "law" + ")" * 40 + " OR first ") == {1, 2}


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnnotationIndex]:
    index = AnnotationIndex.open(tmp_path_factory.mktemp("any") / "index")
    index.put([Entry(1, 1, 1, "t", "sec or and tag", "é研", ("s",), (), "blue", 1)])
    yield index
    index.close()


@settings(max_examples=300, deadline=None)
@given(typed=st.one_of(st.text(), st.text(alphabet=' "()-*:ORANDTtagsec/é研', max_size=60)))
def test_any_text_is_answered(single: AnnotationIndex, typed: str) -> None:
    found = single.search(typed, limit=5)
    assert found.total in (0, 1)
    assert len(found.ids) == found.total
