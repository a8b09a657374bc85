"""DOCX to blocks: mammoth makes HTML of it, which goes through the same allow list and walk as any page.

Comments come along as annotations: where their ranges begin and end is marked in the text before it is converted, and
read off the blocks afterwards.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring, tostring

from postil.documents.archive import Archive
from postil.documents.docx_comments import Comments
from postil.documents.faults import Broken, TooMuch
from postil.documents.footnotes import linked_only, with_notes
from postil.documents.html import sanitised_blocks
from postil.documents.kinds import Kind
from postil.documents.office import core_properties, xml
from postil.documents.parsed import Parsed
from postil.documents.pictures import Pictures
from postil_db.records import BlockKind

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Preformatted Text'] => pre:separator('\\n')
p[style-name='Code'] => pre:separator('\\n')
p[style-name='Caption'] => figcaption:fresh
p[style-name='Image Caption'] => figcaption:fresh
p[style-name='Table Caption'] => figcaption:fresh
r[style-name='Verbatim Char'] => code
strike => s
"""
_PARTS = (".xml", ".rels")
_CODE_FONTS = ("courier", "consolas", "menlo", "monaco", "mono")


def parse_docx(data: bytes, name: str) -> Parsed:
    """Read a Word file. Raises Broken, TooLarge and TooMuch."""
    pictures = Pictures()
    with Archive(data, name) as archive:
        body = next((part for part in archive.names if part.lower() == "word/document.xml"), "")
        comments = Comments.of(archive, name)
        dropped = _Dropped()
        about = core_properties(archive, name)
        plain = BytesIO(_repacked(archive, name, body, comments, dropped))
    html = _converted(plain, name, pictures)
    blocks = comments.lift(linked_only(with_notes(sanitised_blocks(_prepared(html), "", prepared=True))))
    # What a file says of itself is often left over from the one that it was made of.
    heading = blocks[0].text if blocks and blocks[0].kind is BlockKind.HEADING else ""
    return Parsed(
        blocks,
        Kind.DOCX,
        title=heading or about.title,
        authors=about.authors,
        language=about.language,
        notes=[*pictures.notes(), *dropped.notes()],
        images=pictures.images,
        comments=comments.found,
    )


class _Dropped:
    """What is in the file and not in the text."""

    def __init__(self) -> None:
        self.deleted = 0

    def notes(self) -> list[str]:
        """Say what was left out."""
        if not self.deleted:
            return []
        what = "1 deletion that was" if self.deleted == 1 else f"{self.deleted} deletions that were"
        return [f"Tracked changes are shown as accepted: {what} not accepted yet is left out."]


def _repacked(archive: Archive, name: str, body: str, comments: Comments, dropped: _Dropped) -> bytes:
    """The archive with what is read of it alone, every entry within limits, and comments marked in its text."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for part in archive.names:
            lowered = part.lower()
            if not (lowered.endswith(_PARTS) or "/media/" in lowered or lowered.endswith((".png", ".jpg", ".jpeg"))):
                continue
            data = archive.read(part)
            if part == body:
                root = xml(data, name)
                dropped.deleted = sum(1 for _ in root.iter(f"{_WORD}del")) if root is not None else 0
                _indented_quotes(root)
                comments.mark(root)
                data = etree.tostring(root)
            packed.writestr(part, data)
    return target.getvalue()


def _indented_quotes(root: etree._Element) -> None:
    """Give the style of a quotation to paragraphs set in from both sides, or with more than a first line's indent.

    Lists and headings have indents of their own.
    """
    for paragraph in root.iter(f"{_WORD}p"):
        properties = paragraph.find(f"{_WORD}pPr")
        if properties is None or properties.find(f"{_WORD}numPr") is not None:
            continue
        indent, style = properties.find(f"{_WORD}ind"), properties.find(f"{_WORD}pStyle")
        if indent is None or style is not None:
            continue
        left, right = (_twips(indent, *names) for names in (("left", "start"), ("right", "end")))
        hanging = _twips(indent, "hanging")
        if left >= 360 and (right >= 360 or left >= 720) and not hanging:
            style = etree.SubElement(properties, f"{_WORD}pStyle")
            style.set(f"{_WORD}val", "Quote")
            properties.insert(0, style)


def _twips(indent: etree._Element, *names: str) -> int:
    values = (indent.get(f"{_WORD}{name}") or "" for name in names)
    return next((int(value) for value in values if value.lstrip("-").isdigit()), 0)


def _converted(plain: BytesIO, name: str, pictures: Pictures) -> str:
    # Imported here: a quarter of a second that only Word files need.
    import mammoth

    def picture(image: Any) -> Mapping[str, str]:  # noqa: ANN401 - mammoth has no types
        try:
            with image.open() as file:
                return {"src": pictures.add(file.read())}
        except (KeyError, OSError, ValueError):
            pictures.missing()
            return {"src": ""}

    try:
        result = mammoth.convert_to_html(
            plain,
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(picture),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except RecursionError:
        raise TooMuch(f"“{name}” is nested too deeply to be read. Save it as plain text, and open that.") from None
    except Exception as fault:  # the boundary: mammoth raises whatever a broken file leads it to
        raise Broken(
            f"“{name}” is damaged or no Word document that can be read. Save it anew and open that."
        ) from fault
    return str(result.value)


def _prepared(html: str) -> str:
    """The converted text with its notes marked as such, without the arrows that lead back."""
    root: HtmlElement = fragment_fromstring(html, create_parent="div")
    for item in root.iterfind(".//li[@id]"):
        if item.get("id", "").startswith(("footnote-", "endnote-")):
            item.tag = "div"
            item.set("data-note", "")
            for link in item.xpath(".//a[starts-with(@href, '#footnote-ref-') or starts-with(@href, '#endnote-ref-')]"):
                link.drop_tree()
            parent = item.getparent()
            if parent is not None and parent.tag == "ol":
                parent.tag = "div"
    return str(tostring(root, encoding="unicode"))
