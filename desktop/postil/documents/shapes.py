"""What parts of a page are: the lines of code, and tables that tell of rows and columns."""

from lxml import etree

from postil.documents.canonical import clean

_LONG_CELL = 400


def code_lines(node: etree._Element) -> list[str]:
    """The lines of what is preformatted, without blank ones at its ends."""
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = clean("".join(node.itertext()))
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def is_head(row: etree._Element) -> bool:
    """Whether a row tells what the columns are."""
    outer, cells = row.getparent(), [cell for cell in row if cell.tag in ("td", "th")]
    return (outer is not None and outer.tag == "thead") or (len(cells) > 1 and all(cell.tag == "th" for cell in cells))


def holds_data(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Whether a table tells of rows and columns; else it only lays out a page."""
    if next(table.iter("table"), None) is not table or sum(1 for _ in table.iter("table")) > 1:
        return False
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if not any(len(row) > 1 for row in cells):
        return False
    for cell in (cell for row in cells for cell in row):
        if not len(cell):
            if len(cell.text or "") > _LONG_CELL:
                return False
            continue
        if next(cell.iter("h1", "h2", "h3", "pre", "blockquote"), None) is not None:
            return False
        if len("".join(cell.itertext())) > _LONG_CELL:
            return False
    return True
