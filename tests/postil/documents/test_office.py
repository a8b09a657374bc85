"""Word, OpenDocument and RTF files become blocks; comments become annotations; broken and hostile ones are refused."""

import hashlib
import io
import re
import zipfile
from contextlib import suppress
from pathlib import Path

import odfdo
import pytest

from postil.documents.crossing import Crossing, received, sent
from postil.documents.faults import DocumentError
from postil.documents.parse import parse_bytes
from postil.documents.reader import Reading
from postil_db.library import Library
from postil_db.records import BlockKind, StyleKind
from postil_db.store import annotations

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
ROOT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATED}/officeDocument" Target="word/document.xml"/></Relationships>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="f" Type="{RELATED}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="s" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("heading 1", "Title", "Quote", "Code")
)
NOTES = '<w:footnote w:id="2"><w:p><w:r><w:t>The note itself.</w:t></w:r></w:p></w:footnote>'
COMMENTS = (
    '<w:comment w:id="7" w:author="Ann"><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="8" w:author=""><w:p><w:r><w:t>Two paragraphs.</w:t></w:r></w:p></w:comment>'
)


def paragraph(text: str, style: str = "", more: str = "") -> str:
    properties = f"<w:pPr>{f'<w:pStyle w:val={chr(34)}{style}{chr(34)}/>' if style else ''}{more}</w:pPr>"
    return f"<w:p>{properties}{text}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, **parts: str) -> bytes:
    """A Word file of this body."""
    entries = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELS,
        "word/_rels/document.xml.rels": RELS,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {W}>{NOTES}</w:footnotes>",
        "word/comments.xml": f"<w:comments {W}>{COMMENTS}</w:comments>",
        **{name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in entries.items():
            packed.writestr(name, text)
    return target.getvalue()


BODY = (
    paragraph(run("A report"), "Title")
    + paragraph(run("First part"), "heading1")
    + paragraph(
        run("It is ")
        + '<w:commentRangeStart w:id="7"/>'
        + run("well known")
        + '<w:commentRangeEnd w:id="7"/>'
        + run(" here.")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    + paragraph(run("Quoted words."), "Quote")
    + paragraph(run("Set in from both sides."), more='<w:ind w:left="720" w:right="720"/>')
    + paragraph('<w:commentRangeStart w:id="8"/>' + run("One paragraph"))
    + paragraph(run("and another") + '<w:commentRangeEnd w:id="8"/>' + run(" end.") + "<w:del><w:r/></w:del>")
)


def crossed(data: bytes, name: str) -> Crossing:
    """A file as it arrives on the other side."""
    return received(iter(map(dict, sent(parse_bytes(data, name)))))


def test_a_word_file() -> None:
    read = crossed(docx(BODY), "report.docx")
    kinds = [(block.kind, block.text) for block in read.document.content.blocks]
    assert kinds == [
        (BlockKind.HEADING, "A report"),
        (BlockKind.HEADING, "First part"),
        (BlockKind.PARAGRAPH, "It is well known here.[1]"),
        (BlockKind.QUOTE, "Quoted words."),
        (BlockKind.QUOTE, "Set in from both sides."),
        (BlockKind.PARAGRAPH, "One paragraph"),
        (BlockKind.PARAGRAPH, "and another end."),
        (BlockKind.FOOTNOTE, "The note itself."),
    ]
    text, note = read.document.content.blocks[2], read.document.content.blocks[-1]
    (link,) = [style for style in text.styles if style.kind is StyleKind.LINK]
    assert (text.text[link.start : link.end], link.href) == ("[1]", f"#{note.anchor}")
    assert note.marker == "1"
    assert any("deletion" in sentence for sentence in read.notes)


def test_comments_stand_where_they_stood_and_become_annotations(library: Library) -> None:
    data = docx(BODY)
    read = crossed(data, "report.docx")
    text = read.document.content.text
    found = [(text[one.start : one.end], one.text) for one in read.document.comments]
    assert found == [("well known", "Ann: Is this so?"), ("One paragraph\nand another", "Two paragraphs.")]
    reading = Reading(read.document, data, read.notes, read.images)
    library.add(reading.document, reading.original)
    kept = library.read(annotations.every)
    assert [(one.selector.quote, one.note) for one in kept] == found
    library.add(reading.document, reading.original)
    assert len(library.read(annotations.every)) == 2


def test_an_opendocument_text() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "A title"))
    words = odfdo.Paragraph("Some words * and [more] of them")
    words.insert_note(after="words", note_id="n1", citation="1", body="The note's text")
    document.body.append(words)
    document.body.append(odfdo.List(["one", "two"]))
    target = io.BytesIO()
    document.save(target)
    read = crossed(target.getvalue(), "text.odt")
    blocks = [(block.kind, block.text, block.marker) for block in read.document.content.blocks]
    assert blocks[:2] == [
        (BlockKind.HEADING, "A title", ""),
        (BlockKind.PARAGRAPH, "Some words[1] * and [more] of them", ""),
    ]
    assert [kind for kind, _text, _marker in blocks[2:4]] == [BlockKind.LIST_ITEM] * 2
    assert blocks[-1] == (BlockKind.FOOTNOTE, "The note's text", "1")
    assert {style.href for style in read.document.content.blocks[1].styles} == {"#note-1", ""}


def test_pictures_of_an_opendocument_text() -> None:
    kept = b"\x89PNG\r\n\x1a\n" + bytes(2000)
    document = odfdo.Document("text")
    document.body.clear()
    assert document.container is not None
    for name, data in (("one.png", kept), ("two.svg", b"<svg/>" * 400)):
        part = f"Pictures/{name}"
        document.container.set_part(part, data)
        words = odfdo.Paragraph("Some words.")
        words.append(odfdo.Frame.image_frame(part, size=("5cm", "5cm"), anchor_type="as-char"))
        document.body.append(words)
    target = io.BytesIO()
    document.save(target)
    read = crossed(target.getvalue(), "text.odt")
    digest = hashlib.sha256(kept).hexdigest()
    assert [(block.text, block.image) for block in read.document.content.blocks[1:]] == [
        ("Some words.", ""),
        ("", digest),
        ("Some words.", ""),
    ]
    assert read.images == {digest: kept}
    assert read.notes == ("Left out: 1 picture.",)


def test_an_rtf_file() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title A title}{\author Ann}}\pard Hello {\b bold} \u8220?q\u8221? caf\'e9."
        rb"\par \trowd\cellx100\cellx200 a\cell b\cell\row\pard End.\par{\pict 00}}"
    )
    read = crossed(data, "old.rtf")
    assert [(block.kind, block.text) for block in read.document.content.blocks] == [
        (BlockKind.HEADING, "A title"),
        (BlockKind.PARAGRAPH, "Hello bold “q” café."),
        (BlockKind.TABLE_ROW, "a\tb"),
        (BlockKind.PARAGRAPH, "End."),
    ]
    assert (read.document.authors, read.document.media_type) == (("Ann",), "application/rtf")
    assert read.notes == ("Left out: 1 picture.",)


def test_comments_of_an_opendocument_text_are_annotations() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    point, words = odfdo.Paragraph("It is well known here."), odfdo.Paragraph("A second one with a range in it.")
    document.body.append(point)
    document.body.append(words)
    point.insert_annotation(after="well", body="Is this so?", creator="Ann")
    words.insert_annotation(body="Ranged", creator="Bob", content="with a range")
    target = io.BytesIO()
    document.save(target)
    read = crossed(target.getvalue(), "text.odt")
    text = read.document.content.text
    assert [(text[one.start : one.end], one.text) for one in read.document.comments] == [
        ("well", "Ann: Is this so?"),
        ("with a range", "Bob: Ranged"),
    ]
    assert not re.search("[\ue000-\uf8ff]", text)
    assert read.notes == ()


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SECRET = '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [BOMB, SECRET])
def test_entities_reach_nothing(declared: str) -> None:
    body = f"{declared}<w:document {W}><w:body>{paragraph(run('&secret;&b; words'))}</w:body></w:document>"
    data = docx("", word__document_xml=body)
    try:
        text = parse_bytes(data, "x.docx").document.content.text
    except DocumentError:
        return
    assert "root:" not in text
    assert len(text) < 1000


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx(BODY)[:900], "cut.docx"),
        (docx("", word__document_xml="<w:document"), "no-xml.docx"),
        (docx(paragraph("")), "empty.docx"),
        (b"{\\rtf1" + b"{" * 10_000, "nested.rtf"),
    ],
)
def test_broken_files_are_refused_in_a_sentence(data: bytes, name: str) -> None:
    with pytest.raises(DocumentError, match=r"\.$"):
        parse_bytes(data, name)


def test_every_word_file_of_the_corpus_is_read_or_refused(corpora: Path) -> None:
    files = sorted(corpora.glob("docx/pandoc/*.docx"))[::4]
    assert files
    read = 0
    for file in files:
        with suppress(DocumentError):
            read += bool(parse_bytes(file.read_bytes(), file.name).document.content.blocks)
    assert read >= 0.9 * len(files)
