"""What neighbours, first names, titles and lists say about a name, each pass apart from the model."""

import re

import pytest
from tests.postil.entities.passages import passage, shown, spans

from postil.entities.context import heed_context
from postil.entities.date_marks import join_times
from postil.entities.doubts import doubt_spans
from postil.entities.edges import clean
from postil.entities.first_names import mark_addressed, trust_first_names
from postil.entities.heads import heed_heads
from postil.entities.naming import entity_names
from postil.entities.passage import Passage
from postil.entities.people import join_names
from postil.entities.span import Span


@pytest.mark.parametrize(
    ("text", "name", "label", "wanted"),
    [
        ("Held at Belmarsh prison since.", "Belmarsh", "PERSON", "FAC"),
        ("Fighting in Zabul province.", "Zabul", "DATE", "GPE"),
        ("A Zorbix spokesman said.", "Zorbix", "PERSON", "ORG"),
        ("He left the carmaker Zorbix.", "Zorbix", "PERSON", "ORG"),
        ("The city of Zorbix burned.", "Zorbix", "ORG", "GPE"),
        ("Shares of WeWork fell.", "WeWork", "PERSON", "ORG"),
        ("Donald McGregor left; McGregor smiled.", "McGregor", "PERSON", "PERSON"),
        ("The Steelers won.", "Steelers", "PERSON", "ORG"),
        ("A fire in Stavanger.", "Stavanger", "PERSON", "GPE"),
        ("Ann Stavanger spoke.", "Ann Stavanger", "PERSON", "PERSON"),
    ],
)
def test_the_words_beside_a_name_overrule_the_model(text: str, name: str, label: str, wanted: str) -> None:
    worked = passage(text, (name, label))
    heed_context(worked)
    assert shown(worked) == [(name, wanted)]


def test_the_surname_of_somebody_stays_a_person_whatever_stands_beside_it() -> None:
    worked = passage("Ann Zorbix left. The Zorbix account grew.", ("Ann Zorbix", "PERSON"))
    worked.spans.add(Span(21, 27, "PERSON"))
    heed_context(worked)
    assert [label for _, label in shown(worked)] == ["PERSON", "PERSON"]


@pytest.mark.parametrize(
    ("name", "label", "wanted"),
    [
        ("Melania Trump", "ORG", "PERSON"),
        ("Peyton Manning", "GPE", "PERSON"),
        ("Rajesh Kumar Singh", "ORG", "ORG"),
        ("Melania University", "ORG", "ORG"),
        ("Boston Consulting", "ORG", "ORG"),
        ("Melania", "ORG", "ORG"),
    ],
)
def test_a_first_name_makes_a_person(name: str, label: str, wanted: str) -> None:
    worked = passage(f"Then {name} came.", (name, label))
    trust_first_names(worked)
    assert shown(worked) == [(name, wanted)]


def test_whoever_has_a_title_is_a_person() -> None:
    worked = passage("He met President Macron, Mr Lee and Prime Minister Li Qiang. President of France. Judge Him.")
    mark_addressed(worked)
    assert shown(worked) == [("Macron", "PERSON"), ("Lee", "PERSON"), ("Li Qiang", "PERSON")]


@pytest.mark.parametrize(
    ("text", "found", "label", "wanted"),
    [
        ("Denmark (Group D", "Denmark (Group D", "ORG", ["Denmark"]),
        ("the Ministry of Trade (MOTIE) said", "the Ministry of Trade (MOTIE", "ORG", ["Ministry of Trade"]),
        ("Lakers vs Nets tonight", "Lakers vs Nets", "PERSON", ["Lakers"]),
        ("Browns DL Sheldon Richardson ran", "Browns DL Sheldon Richardson", "PERSON", ["Sheldon Richardson"]),
        ("said Ann Lee, MD", "MD", "GPE", []),
        ("(@ArvindKejriwal) wrote", "@ArvindKejriwal", "ORG", []),
        ("TAYLOR SWIFT'S FEUDS", "TAYLOR SWIFT'S", "PERSON", ["TAYLOR SWIFT"]),
        ("Kelli Howard 6 steals", "Kelli Howard 6", "PERSON", ["Kelli Howard"]),
        ("Secretary of State Mike Pompeo", "State", "ORG", []),
        ("i live in toronto", "toronto", "GPE", ["toronto"]),
        ("i live in a house", "house", "GPE", []),
        ("Lakers great Magic Johnson said", "Lakers great Magic Johnson", "PERSON", ["Magic Johnson"]),
        ("“Put kids first”, they said", "Put kids first", "WORK_OF_ART", []),
        ("Rep. Ilhan Omar, D-Minn., said", "D-Minn.", "GPE", []),
        ("thanks andrew mccabe", "andrew mccabe", "PERSON", ["andrew mccabe"]),
    ],
)
def test_edges_hold_the_name_alone(text: str, found: str, label: str, wanted: list[str]) -> None:
    assert [text[span.start : span.end] for span in clean(text, spans(text, (found, label)))] == wanted


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("the 48-year-old", "QUANTITY"),
        ("annual", "QUANTITY"),
        ("6-3", "QUANTITY"),
        ("8,570.66", "QUANTITY"),
        ("2015-16", "DATE"),
        ("1/2/2020", "DATE"),
    ],
)
def test_ages_and_rhythms_are_no_dates(text: str, label: str) -> None:
    assert [span.label for span in clean(text, [Span(0, len(text), "DATE")])] == [label]


def test_a_day_and_its_time_of_day_are_one_date() -> None:
    worked = passage("On Thursday night and Friday, May 3, but Friday, 21 months on.", ("Thursday", "DATE"))
    for part in ("night", "Friday", "May 3", "21 months"):
        start = worked.text.index(part)
        worked.spans.add(Span(start, start + len(part), "TIME" if part == "night" else "DATE"))
    join_times(worked)
    assert [name for name, _ in shown(worked)] == ["Thursday night", "Friday, May 3", "21 months"]


def test_a_listed_city_or_people_is_no_person_and_no_group() -> None:
    worked = passage(
        "Between Kiel and Aarhus the Māori sang.", ("Kiel", "PERSON"), ("Aarhus", "NORP"), ("Māori", "PRODUCT")
    )
    doubt_spans(worked)
    assert [label for _, label in shown(worked)] == ["GPE", "GPE", "NORP"]


def _named(text: str, *marked: tuple[str, str]) -> list[str]:
    return [name for _, name in entity_names(Passage(text, spans(text, *marked)))]


def test_the_well_known_are_one_entity_under_all_their_names() -> None:
    text = "The EU, the E.U., Nato, the U.S., the USA and Britain, the UK, America."
    found = [("EU", "ORG"), ("E.U.", "ORG"), ("Nato", "ORG"), ("U.S.", "GPE"), ("USA", "GPE")]
    places = [("Britain", "GPE"), ("UK", "GPE"), ("America", "GPE")]
    union, states, kingdom = "European Union", "United States", "United Kingdom"
    wanted = [union, union, "NATO", states, states, kingdom, kingdom, "America"]
    assert _named(text, *found, *places) == wanted
    assert _named("Britain fell.", ("Britain", "GPE")) == ["Britain"]


def test_a_first_name_is_somebody_only_where_one_person_has_it() -> None:
    text = "Ann Lee came. Ann left. "
    one = Passage(text, [Span(0, 7, "PERSON"), Span(14, 17, "PERSON")])
    assert [name for _, name in entity_names(one)] == ["Ann Lee", "Ann Lee"]
    two = Passage(text + "Ann Poe.", [*one.spans, Span(24, 31, "PERSON")])
    assert [name for _, name in entity_names(two)] == ["Ann Lee", "Ann", "Ann Poe"]


def test_two_words_that_met_once_in_a_book_are_no_full_name() -> None:
    book = "Whereupon Stubb laughed. Queequeg disjointedly rose. Captain Ahab spoke to Captain Ahab. "
    people = re.compile(r"Whereupon Stubb|Queequeg disjointedly|Captain Ahab|Stubb|Queequeg|Ahab")

    def called(times: int) -> set[str]:
        text = book + "Stubb slept. Queequeg ate. Ahab went. " * times
        worked = Passage(text, [Span(*found.span(), "PERSON") for found in people.finditer(text)])
        return {name for span, name in entity_names(worked) if span.start >= len(book)}

    assert called(50) == {"Stubb", "Queequeg", "Captain Ahab"}
    assert called(20) == {"Whereupon Stubb", "Queequeg", "Captain Ahab"}, "an article names people in full once"


def test_mr_costa_is_the_costa_in_reach() -> None:
    text = "António Costa spoke. Mr Costa left."
    worked = Passage(text, clean(text, [Span(0, 13, "PERSON"), Span(21, 29, "PERSON")]))
    assert [(text[span.start : span.end], name) for span, name in entity_names(worked)][1] == ("Costa", "António Costa")


def test_whoever_has_an_age_is_a_person_also_where_the_age_is_not_said() -> None:
    text = "Rolf Zorbix fell. Zorbix, 38, rose."
    worked = Passage(text, [Span(0, 11, "ORG"), Span(18, 24, "ORG")])
    heed_context(worked)
    assert [label for _, label in shown(worked)] == ["PERSON", "PERSON"]


def test_one_person_in_two_parts_is_joined() -> None:
    worked = passage("President Yoon Suk Yeol spoke.", ("Yoon Suk", "PERSON"), ("Yeol", "PERSON"))
    join_names(worked)
    assert shown(worked) == [("Yoon Suk Yeol", "PERSON")]


def test_a_question_about_somebody_and_a_thing_with_an_article_are_mended() -> None:
    text = "Elizabeth Warren spoke. Will Warren go on? The Bill would, if a bill can."
    worked = passage(text, ("Elizabeth Warren", "PERSON"), ("Will Warren", "PERSON"), ("Bill", "PERSON"))
    doubt_spans(worked)
    assert shown(worked) == [("Elizabeth Warren", "PERSON"), ("Warren", "PERSON")]


@pytest.mark.parametrize(
    ("name", "label", "wanted"),
    [("Davis Cup", "PERSON", "EVENT"), ("Dick Clark Productions", "PERSON", "ORG"), ("Dubai Air Show", "GPE", "EVENT")],
)
def test_the_head_of_a_name_says_what_it_is(name: str, label: str, wanted: str) -> None:
    worked = passage(f"The {name} was here.", (name, label))
    heed_heads(worked)
    assert shown(worked) == [(name, wanted)]
