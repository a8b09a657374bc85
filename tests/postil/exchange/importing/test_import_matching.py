"""Which annotation of a file is which of the library."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests import factories

from postil.exchange.importing.incoming import Incoming, Source
from postil.exchange.importing.matching import Fate, Placed, match
from postil_db.records import AnchorState, Annotation, Color, Selector

PLACE = factories.make_selector(factories.make_content(), "maritime security")
THEN = datetime(2026, 1, 28, 9, 15, 0, 500, tzinfo=UTC)


def known(number: int, place: Selector = PLACE, **more: object) -> Annotation:
    one = Annotation(number, 1, place, Color.YELLOW, "note", (), AnchorState.EXACT, THEN, THEN)
    return replace(one, **more)  # type: ignore[arg-type]


def said(number: int = 0, place: Selector = PLACE, **more: object) -> Placed:
    one = Incoming(Source(), place.quote, note="note", number=number, created_at=THEN.replace(microsecond=0))
    return Placed(replace(one, **more), AnchorState.EXACT, place)  # type: ignore[arg-type]


def fates(placed: list[Placed], there: list[Annotation]) -> list[tuple[Fate, int]]:
    return [(one.fate, one.known.id if one.known else 0) for one in match(placed, there)]


def test_one_whose_words_have_changed_since_is_known_by_number_and_time() -> None:
    elsewhere = replace(PLACE, start=3, end=9, quote="others")
    changed = known(5, elsewhere, anchor_state=AnchorState.CHANGED)
    assert fates([said(5)], [changed]) == [(Fate.KNOWN, 5)]
    assert fates([said(6)], [changed]) == [(Fate.NEW, 0)]
    assert fates([said(5, created_at=THEN + timedelta(hours=1))], [changed]) == [(Fate.NEW, 0)]
    assert fates([said(5)], [known(5, elsewhere)]) == [(Fate.NEW, 0)]  # another library's fifth


def test_of_several_at_one_place_each_is_met_once_and_by_what_it_says() -> None:
    there = [known(1, note="b"), known(2, note="a")]
    assert fates([said(note="a"), said(note="b"), said(note="c")], there) == [
        (Fate.KNOWN, 2),
        (Fate.KNOWN, 1),
        (Fate.NEW, 0),
    ]
    assert fates([said(note="c"), said(note="a")], there) == [(Fate.CHANGED, 1), (Fate.KNOWN, 2)]


def test_what_a_file_does_not_say_makes_no_difference() -> None:
    there = [known(1, tags=("sea",), color=Color.PINK, note="a\r\nb ")]
    assert fates([said(note="a\nb")], there) == [(Fate.KNOWN, 1)]
    assert fates([said(note=None, tags=("SEA",))], there) == [(Fate.KNOWN, 1)]
    assert fates([said(note=None, tags=())], there) == [(Fate.CHANGED, 1)]
    assert fates([said(note=None, color=Color.BLUE)], there) == [(Fate.CHANGED, 1)]
