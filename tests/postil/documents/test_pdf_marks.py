"""What another program highlighted in a PDF is an annotation of the document."""

from tests.pdf_files import Page, pdf

from postil.documents.parse import parse_bytes

LINES = [
    "The ferry sails again on Tuesday, the harbour authority said, after the storm",
    "of last week had kept it in port for three whole days, longer than ever before.",
]


def mark(kind: str, *quads: tuple[float, float, float, float], note: str = "") -> str:
    """A mark whose boxes are given from the top left corner, on a page 560 points high."""
    points = " ".join(
        f"{left} {560 - top} {right} {560 - top} {left} {560 - bottom} {right} {560 - bottom}"
        for left, top, right, bottom in quads
    )
    contents = f"/Contents ({note})" if note else ""
    return f"<< /Type /Annot /Subtype /{kind} /Rect [0 0 400 560] /QuadPoints [{points}] {contents} >>"


def test_highlights_become_annotations_with_their_notes() -> None:
    marks = (
        mark("Highlight", (40, 100, 80, 114), note="So it is"),
        mark("Underline", (300, 100, 400, 114), (40, 115, 90, 126)),
        mark("Highlight", (40, 100, 80, 114), note="The ferry"),
        mark("StrikeOut", (40, 300, 400, 310)),
        "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (beside) >>",
    )
    page = Page(extra=f"/Annots [{' '.join(marks)}]")
    page.lines(40, 110, LINES)
    crossing = parse_bytes(pdf([page]), "m.pdf")
    text, comments = crossing.document.content.text, crossing.document.comments
    found = [(text[one.start : one.end], one.text) for one in comments]
    assert found[0] == ("The ferry", "So it is")
    assert found[1][1] == ""
    assert "the storm of last" in found[1][0]
    assert found[2] == ("The ferry", "")
    assert len(found) == 3
    assert "Not taken over: notes that another program put beside the text (2)." in crossing.notes
