"""The whole way with the real model: our own labelled articles, start to end."""

import re

import pytest
from tests import factories
from tests.postil.entities.labelled import Labelled, articles

from postil.documents.sample import sample
from postil.entities.client import VERSION, Batch, Finished, Recogniser
from postil_db.records import EntityKind, FoundMention, Origin

pytestmark = pytest.mark.model

ARTICLES = articles()
F1_FLOOR = 0.93
F1_FLOOR_EACH = 0.88
"""Each article alone: room for one or two wrong mentions of some thirty."""


@pytest.fixture(scope="module")
def found(recogniser: Recogniser) -> dict[str, tuple[FoundMention, ...]]:
    return {name: read(recogniser, article)[-1].mentions for name, article in ARTICLES.items()}


def read(recogniser: Recogniser, article: Labelled) -> list[Batch | Finished]:
    return list(recogniser.recognise(article.content, language="en"))


def f1(found: tuple[FoundMention, ...], article: Labelled, *, names: bool) -> float:
    """Exact F1 over spans and kinds, and with `names` over the entities' names too."""
    width = 4 if names else 3
    given = {(each.start, each.end, each.kind, each.name)[:width] for each in found if each.kind != EntityKind.QUANTITY}
    wanted = {mention[:width] for mention in article.mentions}
    return 2 * len(given & wanted) / (len(given) + len(wanted))


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_marked_as_a_reader_would(name: str, found: dict[str, tuple[FoundMention, ...]]) -> None:
    assert f1(found[name], ARTICLES[name], names=True) >= F1_FLOOR_EACH


def test_all_articles_together(found: dict[str, tuple[FoundMention, ...]]) -> None:
    scores = [f1(found[name], article, names=True) for name, article in ARTICLES.items()]
    assert sum(scores) / len(scores) >= F1_FLOOR


@pytest.mark.parametrize(
    ("article", "name", "kind", "surfaces"),
    [
        ("ferry", "Ingrid Solheim", EntityKind.PERSON, {"Ingrid Solheim", "Solheim"}),
        ("ferry", "Jonas Aakre", EntityKind.PERSON, {"Jonas Aakre", "Aakre"}),
        ("ferry", "Bergen", EntityKind.PLACE, {"BERGEN", "Bergen"}),
        ("ferry", "European Investment Bank", EntityKind.ORG, {"European Investment Bank"}),
        ("chipmaker", "European Union", EntityKind.ORG, {"European Union", "EU"}),
        ("chipmaker", "European Chips Act", EntityKind.DOCUMENT, {"European Chips Act"}),
        ("summit", "Fourth Great Lakes Summit", EntityKind.EVENT, {"Fourth Great Lakes Summit"}),
        (
            "summit",
            "United Nations Environment Programme",
            EntityKind.ORG,
            {"United Nations Environment Programme", "UNEP"},
        ),
        ("orchestra", "Clara Weissmann", EntityKind.PERSON, {"Clara Weissmann", "Weissmann"}),
    ],
)
def test_the_names_of_one_entity_are_found_together(
    article: str, name: str, kind: EntityKind, surfaces: set[str], found: dict[str, tuple[FoundMention, ...]]
) -> None:
    text = ARTICLES[article].content.text
    of_entity = [mention for mention in found[article] if mention.name == name]
    assert {mention.kind for mention in of_entity} == {kind}
    assert {text[mention.start : mention.end] for mention in of_entity} == surfaces
    assert len(of_entity) == sum(mention[3] == name for mention in ARTICLES[article].mentions)


def test_batches_come_first_and_the_refined_list_last(recogniser: Recogniser) -> None:
    content = factories.make_content(*factories.ARTICLE)
    *batches, end = recogniser.recognise(content, language="en", first_block=2)
    assert all(isinstance(batch, Batch) and batch.done <= batch.total for batch in batches)
    assert isinstance(end, Finished)
    assert (end.version, end.note) == (VERSION, "")
    spans = [(mention.start, mention.end) for mention in end.mentions]
    assert spans == sorted(spans)
    by_name = {(mention.name, mention.kind) for mention in end.mentions}
    assert {
        ("Kaja Kallas", EntityKind.PERSON),
        ("Rajnath Singh", EntityKind.PERSON),
        ("New Delhi", EntityKind.PLACE),
        ("India", EntityKind.PLACE),
        ("European Union", EntityKind.ORG),
        ("Tuesday", EntityKind.DATE),
        ("Security and Defence Partnership", EntityKind.DOCUMENT),
    } <= by_name
    assert {mention.origin for mention in end.mentions} == {Origin.MODEL, Origin.RULE}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀" * 50,
        "EVERYTHING IS SHOUTED AND NOBODY IS NAMED",
        "مرحبا بالعالم من القاهرة",
        "a" * 20_000,
        "x\ty\tz",
        "…" * 300,
    ],
)
def test_odd_texts_do_no_harm(recogniser: Recogniser, text: str) -> None:
    content = factories.make_content("Odd", text)
    *_, end = recogniser.recognise(content, language="")
    assert isinstance(end, Finished)
    assert end.version == VERSION
    assert all(content.text[mention.start : mention.end].strip() for mention in end.mentions)


def test_the_sample_article_is_marked_as_a_newcomer_expects(recogniser: Recogniser) -> None:
    content = sample().document.content
    *_, end = recogniser.recognise(content, language="en")
    assert isinstance(end, Finished)
    found: dict[EntityKind, set[str]] = {kind: set() for kind in EntityKind}
    for mention in end.mentions:
        found[mention.kind].add(mention.name)
    assert found[EntityKind.PERSON] == {
        "António Costa",
        "Ursula von der Leyen",
        "Narendra Modi",
        "Kaja Kallas",
        "Subrahmanyam Jaishankar",
        "Rajnath Singh",
    }
    assert {"European Union", "European Council", "European Commission", "European Parliament"} <= found[EntityKind.ORG]
    assert {"India", "New Delhi", "Brussels", "Indian Ocean", "South Korea", "Canada"} <= found[EntityKind.PLACE]
    assert found[EntityKind.EVENT] >= {"16th India-EU Summit"}
    assert {"Security and Defence Partnership", "Strategic Compass"} <= found[EntityKind.DOCUMENT]
    assert {"January 2026", "26 January", "2007", "2004", "March 2022"} <= found[EntityKind.DATE]
    for name in ("European Union", "India", "New Delhi"):
        wanted = [*re.finditer(rf"\b{name}\b(?!-)", content.text, re.IGNORECASE)]
        marked = [mention for mention in end.mentions if mention.name == name]
        assert len(marked) == len(wanted), name
