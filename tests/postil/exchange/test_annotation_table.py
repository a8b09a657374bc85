from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from postil.exchange import annotation_table, entity_table
from postil_db.records import (
    AnchorState,
    Annotation,
    Color,
    DocumentInfo,
    Entity,
    EntityKind,
    Origin,
    Selector,
)
from postil_db.records.entity_list import ListedEntity

NOON = datetime(2026, 1, 27, 12, 0, 5, 250_000, UTC)
HERE = timezone(timedelta(hours=5, minutes=30))


def make_info(number: int = 1, *, source: str = "https://example.org/a", published: str = "2026-01-27") -> DocumentInfo:
    return DocumentInfo(
        id=number,
        title="Partners sign",
        authors=("A. Writer", "B. Second"),
        language="en",
        published=published,
        source=source,
        media_type="text/html",
        sha256="00",
        text_hash="11",
        words=40,
        position=0,
        annotations=1,
        added_at=NOON,
        opened_at=None,
    )


def make_annotation(number: int = 1, *, document: int = 1, note: str = "", tags: tuple[str, ...] = ()) -> Annotation:
    place = Selector(10, 15, "India", "EU and ", " sign", "News", "11")
    return Annotation(number, document, place, Color.GREEN, note, tags, AnchorState.EXACT, NOON.astimezone(HERE), NOON)


INDIA = Entity(1, EntityKind.PLACE, "India", ("Republic of India", "Bharat"), 2)
KALLAS = Entity(2, EntityKind.PERSON, "Kaja Kallas", (), 1)


def test_a_row_holds_all_there_is_to_say() -> None:
    annotation = make_annotation(7, note="*why*", tags=("policy/defence", "eu"))
    (row,) = annotation_table.rows_of([annotation], {1: make_info()}, lambda ids: {7: [INDIA, KALLAS]})
    assert dict(zip(annotation_table.HEADER, row, strict=True)) == {
        "id": "7",
        "created_at": "2026-01-27T17:30:05+05:30",
        "modified_at": "2026-01-27T12:00:05+00:00",
        "document": "Partners sign",
        "document_id": "1",
        "author": "A. Writer; B. Second",
        "url": "https://example.org/a",
        "published": "2026-01-27",
        "kind": "note",
        "quote": "India",
        "note": "*why*",
        "tags": "policy/defence; eu",
        "color": "green",
        "entities": "India; Kaja Kallas",
        "entity_kinds": "place; person",
        "start": "10",
        "end": "15",
        "section": "News",
        "prefix": "EU and ",
        "suffix": " sign",
        "anchor_state": "exact",
    }


def test_the_columns_stand_in_the_order_that_is_promised() -> None:
    assert ",".join(annotation_table.HEADER) == (
        "id,created_at,modified_at,document,document_id,author,url,published,kind,quote,note,tags,color,entities,"
        "entity_kinds,start,end,section,prefix,suffix,anchor_state"
    )
    assert ",".join(entity_table.HEADER) == (
        "entity,type,aliases,mentions,documents,first_seen,last_seen,origin,note,tags"
    )


def test_a_path_of_this_machine_is_no_address() -> None:
    info = make_info(source="/home/reader/private/a.html")
    (row,) = annotation_table.rows_of([make_annotation()], {1: info}, lambda ids: {})
    cells = dict(zip(annotation_table.HEADER, row, strict=True))
    assert cells["url"] == ""
    assert cells["kind"] == "highlight"
    assert cells["entities"] == ""


def test_entities_are_asked_for_in_portions_and_order_is_kept() -> None:
    portions: list[int] = []

    def entities_of(ids: Sequence[int]) -> Mapping[int, Sequence[Entity]]:
        portions.append(len(ids))
        return {ids[0]: [INDIA]}

    rows = annotation_table.rows_of(map(make_annotation, range(1200, 0, -1)), {1: make_info()}, entities_of)
    assert [row[0] for row in rows] == [str(number) for number in range(1200, 0, -1)]
    assert portions == [500, 500, 200]


def test_what_belongs_to_no_document_is_left_out() -> None:
    rows = annotation_table.rows_of([make_annotation(document=9)], {1: make_info()}, lambda ids: {})
    assert list(rows) == []


def test_an_entity_is_told_with_where_and_when_it_was_met() -> None:
    listed = ListedEntity(
        1, EntityKind.PLACE, "India", ("Republic of India", "Bharat"), 3, 2, "2025-03-01", "2026-01-27", Origin.RULE,
        "=note", ("eu", "policy/defence"),
    )  # fmt: skip
    assert list(entity_table.rows_of([listed])) == [
        (
            "India", "place", "Republic of India; Bharat", "3", "2", "2025-03-01", "2026-01-27", "rule", "=note",
            "eu; policy/defence",
        )
    ]  # fmt: skip
