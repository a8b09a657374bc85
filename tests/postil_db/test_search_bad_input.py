"""Whatever is typed is answered, and soon: by the whole library, with its snippets, facets and completions."""

import time
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import factories

from postil_db.library import Library
from postil_db.store import annotations

SOON_S = 1.0  # of the processor; a query that explodes takes minutes
BAD = {
    "a word without end": "a" * 10_000,
    "very many words": "sea " * 2_500,
    "stars": "*" * 10_000,
    "question marks": "????",
    "a pattern that doubles with each sign": "ab" + "*a?" * 20 + "*",
    "many patterns": "ab*c?d*e " * 1_000,
    "a regular expression": "(a+)+$" * 1_000,
    "brackets within brackets": "(" * 4_000 + "sea" + ")" * 4_000,
    "brackets that never close": "(" * 10_000,
    "quotes": '"' * 9_999,
    "nearness of all to all": "the NEAR/50 " * 800 + "of",
    "nearness of choices": " NEAR ".join(["(the OR of OR and)"] * 400),
    "nearness of what is not": "-x NEAR/99 -y",
    "nearness without end": "person:a* NEAR/500000 tag:*",
    "choices": " OR ".join(["a*"] * 2_000),
    "contraries": "-" * 5_000 + "sea",
    "misspelt words": " ".join(f"sea{number}~" for number in range(1_000)),
    "every beginning": "a* b* c* d* e* f* " * 500,
    "fields without values": "tag:" * 2_000,
    "control characters": "".join(map(chr, range(32))) * 300,
    "half characters": "\ud800" * 5_000,
    "scripts": "sea море θάλασσα ים بحر समुद्र ทะเล 海 바다 うみ 𐎀 👩‍👩‍👧 " * 200,
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("bad")
    with Library.open(folder / "library", cache=folder / "cache") as opened:
        new = factories.make_document("the sea of the and " * 60, *[f"a paragraph of words {n}" for n in range(60)])
        number = opened.add(new, new.content.text.encode()).result.info.id
        place = factories.make_selector(new.content, "the sea")
        many = [annotations.NewAnnotation(place, note=f"the sea {n}", tags=("a", "b")) for n in range(200)]
        opened.write("", partial(annotations.add_all, document_id=number, wanted=many))
        opened.ask("")
        yield opened


@pytest.mark.parametrize("query", list(BAD.values()), ids=list(BAD))
def test_it_is_answered_soon(library: Library, query: str) -> None:
    begin = time.process_time()
    answer = library.ask(query)
    library.completions(query, len(query))
    assert time.process_time() - begin < SOON_S
    assert answer.query == query
    for one in answer.results:
        assert all(0 <= start < end <= len(one.snippet) for start, end in one.marks)


SIGNS = ['"', "(", ")", "*", "?", "~", "-", ":", " ", "AND", "OR", "NOT", "NEAR/3", "tag", "note", "date", "..", "sea"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=4)), max_size=30).map("".join))
def test_no_typing_fails(library: Library, query: str) -> None:
    assert library.ask(query, limit=5).query == query
