"""Each document-level pass, apart from the model."""

import pytest
from tests.postil.entities.passages import passage, shown, spans

from postil.entities.acronyms import define_acronyms, definitions, pair_initials
from postil.entities.date_marks import mark_dates, mark_years
from postil.entities.doubts import doubt_spans
from postil.entities.edges import clean
from postil.entities.headings import doubt_headings
from postil.entities.heads import heed_heads
from postil.entities.known import mark_known
from postil.entities.majority import agree
from postil.entities.naming import entity_names
from postil.entities.occurrences import Occurrences
from postil.entities.passage import Passage
from postil.entities.people import adopt_surnames, surname
from postil.entities.phrases import mark_phrases
from postil.entities.repeats import mark_repeats
from postil.entities.span import Span


@pytest.mark.parametrize(
    ("text", "found", "label", "wanted"),
    [
        ("He met the European Union’s envoy.", "the European Union’s", "ORG", ["European Union"]),
        ('He read "Hamlet" twice.', '"Hamlet"', "WORK_OF_ART", ["Hamlet"]),
        ("Prime Minister Narendra Modi spoke.", "Prime Minister Narendra Modi", "PERSON", ["Narendra Modi"]),
        ("Defence Minister Singh left.", "Defence", "ORG", []),
        ("A non-EU country objected.", "non-EU", "ORG", ["EU"]),
        ("It lasted the next two years or so.", "the next two years", "DATE", ["the next two years"]),
        ("The house in Windsor, Vermont burned.", "Windsor, Vermont", "GPE", ["Windsor", "Vermont"]),
        ("He came for a State Visit to India.", "a State Visit to", "ORG", []),
        ("first\nSecond Company grew", "first\nSecond Company", "ORG", []),
        ("Acme Ltd\nsecond line", "Acme Ltd\nsecond", "ORG", ["Acme Ltd"]),
        ("PM Modi arrived.", "PM Modi", "GPE", ["Modi"]),
        ("European Union High Representative Kallas", "European Union High Representative", "ORG", ["European Union"]),
        ("Treasury Secretary Bessent", "Treasury Secretary", "ORG", ["Treasury"]),
        ("nothing here", "nothing", "ORG", []),
        ("王毅在北京。", "王毅", "PERSON", ["王毅"]),
    ],
)
def test_edges_are_clean(text: str, found: str, label: str, wanted: list[str]) -> None:
    cleaned = clean(text, spans(text, (found, label)))
    assert [text[span.start : span.end] for span in cleaned] == wanted


def test_a_surname_is_the_person_named_in_full_wherever_it_stands() -> None:
    text = "Kaja Kallas met Rajnath Singh. Kallas smiled. Later Kallas left with Mr Singh."
    worked = passage(text, ("Kaja Kallas", "PERSON"), ("Rajnath Singh", "PERSON"), ("Kallas smiled"[:6], "ORG"))
    worked = passage(text, ("Kaja Kallas", "PERSON"), ("Rajnath Singh", "PERSON"))
    worked.spans.add(Span(text.index("Kallas smiled"), text.index(" smiled"), "ORG"))
    adopt_surnames(worked)
    assert shown(worked) == [
        ("Kaja Kallas", "PERSON"),
        ("Rajnath Singh", "PERSON"),
        ("Kallas", "PERSON"),
        ("Kallas", "PERSON"),
        ("Singh", "PERSON"),
    ]
    assert [name for _, name in entity_names(worked)] == [
        "Kaja Kallas",
        "Rajnath Singh",
        "Kaja Kallas",
        "Kaja Kallas",
        "Rajnath Singh",
    ]


def test_a_surname_that_is_a_place_or_part_of_a_longer_name_stays_as_it_is() -> None:
    worked = passage("Jack London wrote. He lived in London. The Smith Street. Ann Smith.", ("Jack London", "PERSON"))
    worked.spans.add(Span(worked.text.index("Ann Smith"), len(worked.text) - 1, "PERSON"))
    adopt_surnames(worked)
    assert shown(worked) == [("Jack London", "PERSON"), ("Ann Smith", "PERSON")]


def test_of_two_people_with_one_surname_the_last_named_in_full_is_meant() -> None:
    text = "Rajnath Singh spoke. Singh sat. Manmohan Singh rose. Singh replied."
    worked = passage(text, ("Rajnath Singh", "PERSON"), ("Manmohan Singh", "PERSON"))
    adopt_surnames(worked)
    names = [name for _, name in entity_names(worked)]
    assert names == ["Rajnath Singh", "Rajnath Singh", "Manmohan Singh", "Manmohan Singh"]


@pytest.mark.parametrize(
    ("full", "wanted"),
    [
        ("Kaja Kallas", "Kallas"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Martin Luther King Jr.", "King"),
        ("Pele", ""),
    ],
)
def test_a_surname_keeps_its_particles(full: str, wanted: str) -> None:
    assert surname(full) == wanted


def test_one_string_has_one_label() -> None:
    text = "Halden grew. Halden fell. Halden rose."
    worked = Passage(text, [Span(0, 6, "ORG"), Span(13, 19, "ORG"), Span(26, 32, "GPE")])
    agree(worked)
    assert shown(worked) == [("Halden", "ORG")] * 3


def test_a_name_found_once_is_marked_everywhere_but_not_inside_a_longer_one() -> None:
    text = "The World Bank lends. A World Bank loan. Cairo is hot; the Cairo Opera is not; Cairo's river."
    worked = passage(text, ("World Bank", "ORG"), ("Cairo", "GPE"))
    worked.spans.add(Span(text.index("Cairo's"), text.index("'s river"), "GPE"))
    mark_repeats(worked)
    assert shown(worked) == [("World Bank", "ORG"), ("World Bank", "ORG"), ("Cairo", "GPE"), ("Cairo", "GPE")]


def test_a_defined_acronym_is_its_long_form() -> None:
    text = "The United Nations Environment Programme (UNEP) met. UNEP said so. UNEP's books."
    worked = passage(text, ("United Nations Environment Programme", "ORG"))
    define_acronyms(worked)
    assert shown(worked) == [("United Nations Environment Programme", "ORG"), *[("UNEP", "ORG")] * 3]
    assert {name for _, name in entity_names(worked)} == {"United Nations Environment Programme"}


def test_an_acronym_does_not_take_its_label_from_a_part_of_its_long_form() -> None:
    text = "The Organisation for Security and Co-operation in Europe (OSCE) watched."
    worked = passage(text, ("Europe", "LOC"))
    define_acronyms(worked)
    assert ("OSCE", "ORG") in shown(worked)


def test_brackets_that_define_nothing_are_left_alone() -> None:
    assert list(definitions("He agreed (OK) and left (NASA).\n(EU) alone")) == []


def test_initials_pair_a_name_with_its_acronym_if_only_one_name_has_them() -> None:
    worked = passage("The European Union agreed. EU leaders left.", ("European Union", "ORG"), ("EU", "GPE"))
    pair_initials(worked)
    assert [name for _, name in entity_names(worked)] == ["European Union", "European Union"]
    text = "Free Party and Farmers Party lost. FP won."
    doubtful = passage(text, ("Free Party", "ORG"), ("Farmers Party", "ORG"), ("FP", "GPE"))
    pair_initials(doubtful)
    assert [name for _, name in entity_names(doubtful)] == ["Free Party", "Farmers Party", "FP"]


def test_documents_and_events_are_known_by_their_heads() -> None:
    text = (
        "A Security and Defence Partnership was signed at the 16th India-EU Summit. India's Strategic Compass helps. "
        "Under the Entebbe Agreement, they met."
    )
    worked = passage(text, ("Defence Partnership", "ORG"), ("16th", "ORDINAL"), ("India-EU Summit", "EVENT"))
    mark_phrases(worked)
    assert shown(worked) == [
        ("Security and Defence Partnership", "LAW"),
        ("16th India-EU Summit", "EVENT"),
        ("Strategic Compass", "LAW"),
        ("Entebbe Agreement", "LAW"),
    ]


def test_a_phrase_in_a_heading_counts_only_if_the_text_has_it_too() -> None:
    worked = passage("Leaders Want New Strategy\nThey met. The Delhi Declaration is short.\nThe Delhi Declaration")
    mark_phrases(worked)
    assert shown(worked) == [("Delhi Declaration", "LAW"), ("Delhi Declaration", "LAW")]


def test_agencies_and_the_network_x_are_organisations() -> None:
    worked = passage("Delhi (ANI): she wrote on X that X is unknown. Malcolm X spoke.")
    mark_phrases(worked)
    assert shown(worked) == [("ANI", "ORG"), ("X", "ORG")]


def test_the_last_word_of_a_name_overrules_the_model() -> None:
    worked = passage(
        "Bishop Garrigan High School, Bobby Morris Playfield, Lake Kivu and Soviet Union",
        ("Bishop Garrigan High School", "PERSON"),
        ("Bobby Morris Playfield", "PERSON"),
        ("Lake Kivu", "PERSON"),
        ("Soviet Union", "GPE"),
    )
    heed_heads(worked)
    assert [label for _, label in shown(worked)] == ["ORG", "FAC", "LOC", "GPE"]


def test_a_piece_of_a_heading_is_no_name() -> None:
    text = "Details of Practical Cooperation\nAcme Moves Its Centre\nTheir practical plans for cooperation help Acme."
    worked = passage(text, ("Practical Cooperation", "ORG"), ("Acme Moves Its Centre", "ORG"))
    worked.spans.add(Span(text.rindex("Acme"), len(text) - 1, "ORG"))
    doubt_headings(worked)
    assert shown(worked) == [("Acme", "ORG")]


def test_known_places_are_marked_except_in_longer_names_and_where_people_have_them() -> None:
    worked = passage("Kenya met Jordan in Nairobi. The Kenya Airways flight. Ugandan farmers left.")
    mark_known(worked)
    assert shown(worked) == [("Kenya", "GPE"), ("Nairobi", "GPE"), ("Ugandan", "NORP")]


def test_years_after_a_word_of_time_are_dates() -> None:
    worked = passage("It moves by 2028, not in 2000 cases, in 1,984 steps or since 1999.", ("2028", "CARDINAL"))
    mark_years(worked)
    assert shown(worked) == [("2028", "DATE"), ("1999", "DATE")]


def test_dates_in_a_language_without_a_model() -> None:
    worked = passage("Am 27. Januar 2026 in Österreich, am 3.5.2024 und 2026-01-27.", language="de-AT")
    mark_dates(worked)
    mark_known(worked)
    assert shown(worked) == [
        ("27. Januar 2026", "DATE"),
        ("Österreich", "GPE"),
        ("3.5.2024", "DATE"),
        ("2026-01-27", "DATE"),
    ]


def test_spellings_of_one_name_are_one_entity() -> None:
    text = "INDIA and India; Donald Trump, Donald J. Trump, Acme Inc. and Acme"
    worked = Passage(
        text,
        [
            Span(0, 5, "GPE"),
            Span(10, 15, "GPE"),
            *spans(text, ("Donald Trump", "PERSON"), ("Donald J. Trump", "PERSON"), ("Acme Inc.", "ORG")),
            Span(len(text) - 4, len(text), "ORG"),
        ],
    )
    names = [name for _, name in entity_names(worked)]
    assert names[:4] == ["India", "India", "Donald J. Trump", "Donald J. Trump"]
    assert names[4] == names[5]


def test_occurrences_are_whole_words() -> None:
    text = "EU, EU's, non-EU, India-EU, EUROPE, al-EU, O'EU"
    found = [start for start, _ in Occurrences(text).of("EU")]
    assert found == [0, text.index("EU's"), text.index("EU, India"), text.index("EU, EUROPE")]


def test_an_acronym_may_take_several_letters_of_a_word() -> None:
    text = "Permanent Structured Cooperation (PESCO) grew. PESCO helps."
    worked = passage(text, ("Permanent Structured Cooperation", "ORG"))
    define_acronyms(worked)
    assert shown(worked)[1:] == [("PESCO", "ORG"), ("PESCO", "ORG")]


def test_a_treaty_is_one_entity_with_and_without_its_parties_and_in_the_plural() -> None:
    worked = passage(
        "The EU-India Water Treaty helps. The Water Treaty holds. Water Treaties differ; Water Pacts too. A Water Pact."
    )
    mark_phrases(worked)
    assert {name for _, name in entity_names(worked)} == {"EU-India Water Treaty", "Water Pact"}


def test_doubts_mend_what_the_model_takes_wrongly() -> None:
    text = (
        "Mark it well. The European Union met. The High Representative of the European Union for Foreign Affairs came, "
        "46, to the Indo-Pacific. The European Union left for the years to come."
    )
    worked = passage(
        text,
        ("Mark", "PERSON"),
        ("European Union", "ORG"),
        ("European Union for Foreign Affairs", "ORG"),
        ("46", "DATE"),
        ("Indo-Pacific", "ORG"),
        ("the years", "DATE"),
    )
    worked.spans.add(Span(text.rindex("European Union"), text.rindex(" left"), "ORG"))
    doubt_spans(worked)
    assert shown(worked) == [
        ("European Union", "ORG"),
        ("European Union", "ORG"),
        ("46", "CARDINAL"),
        ("Indo-Pacific", "LOC"),
        ("European Union", "ORG"),
    ]


def test_a_dateline_names_its_town_as_others_do() -> None:
    worked = passage("KARACHI, Pakistan — Rain fell.", ("KARACHI", "GPE"))
    assert [name for _, name in entity_names(worked)] == ["Karachi"]
