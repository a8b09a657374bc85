import io
import zipfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from tests.postil.documents.books import PNG, epub, package, page, zipped

from postil.documents.faults import Broken, DocumentError, Empty, TooLarge
from postil.documents.parse import parse_bytes
from postil.documents.reader import DocumentReader
from postil_db.records import Block, BlockKind, Section, StyleKind

SHOWN = sha256(PNG).hexdigest()


def blocks(data: bytes) -> list[Block]:
    return list(parse_bytes(data, "/b/book.epub").document.content.blocks[1:])


def texts(data: bytes) -> list[str]:
    return [block.text for block in blocks(data)]


def test_a_book_says_what_it_is() -> None:
    described = (
        '<dc:title id="t">Low Tide</dc:title><dc:title id="s">A Memoir</dc:title>'
        '<meta refines="#t" property="title-type">main</meta><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:creator id="c">Ada Writer; Ben Co</dc:creator><meta refines="#c" property="role">aut</meta>'
        '<dc:creator opf:role="trl">T. Lator</dc:creator><dc:language>de-AT</dc:language><dc:date>2019-05-01</dc:date>'
        '<dc:date opf:event="modification">2024-01-01</dc:date><dc:identifier>urn:uuid:1</dc:identifier>'
        "<dc:identifier>url:https://books.example/low-tide</dc:identifier>"
    )
    read = parse_bytes(epub("<p>x</p>", metadata=described), "/b/book.epub")
    document = read.document
    assert (document.title, document.authors) == ("Low Tide: A Memoir", ("Ada Writer", "Ben Co"))
    assert (document.language, document.published) == ("de", "2019-05-01")
    assert (document.source, document.media_type) == ("https://books.example/low-tide", "application/epub+zip")
    assert read.notes == ()


def test_chapters_come_in_the_order_of_the_spine() -> None:
    spine = (
        '<itemref idref="c3.xhtml" linear="no"/><itemref idref="c2.xhtml"/><itemref idref="c4.xhtml" linear="no"/>'
        '<itemref idref="c1.xhtml"/><itemref idref="c2.xhtml"/><itemref idref="nowhere"/>'
    )
    book = epub("<p>one</p>", "<p>two</p>", "<p>cover</p>", "<p>answers</p>", spine=spine)
    assert texts(book) == ["cover", "two", "one", "answers"]


def test_a_part_is_found_however_its_name_is_written_and_told_when_missing() -> None:
    manifest = (
        '<item id="a" href="Text/ch%201.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="text/CH2.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="gone.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="d" href="d.pdf" media-type="application/pdf" fallback="e"/>'
        '<item id="e" href="e.xyz" media-type="x/y" fallback="f"/>'
        '<item id="f" href="../f.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="g" href="g.psd" media-type="image/psd" fallback="g"/>'
        '<item id="h" href="h.png" media-type="image/png"/>'
    )
    spine = "".join(f'<itemref idref="{one}"/>' for one in "abcdefgh")
    files: dict[str, str | bytes] = {
        "book.opf": package(manifest, spine),
        "Text/ch 1.xhtml": page("<p>one</p>"),
        "Text/ch2.xhtml": page("<p>two</p>"),
        "d.pdf": b"%PDF",
        "g.psd": b"8BPS",
        "h.png": PNG,
    }
    read = parse_bytes(with_file(epub("<p>-</p>", files=files), "f.xhtml", page("<p>fallen back</p>")), "book.epub")
    assert [block.text or block.image for block in read.document.content.blocks[1:]] == [
        "one",
        "two",
        "fallen back",
        SHOWN,
    ]
    assert read.notes == (
        "1 part of the book is missing from the file.",
        "1 part of the book is of a kind that is not read.",
    )


NAV = (
    '<ol><li><a href="c1.xhtml">1. Arrival</a></li><li><span>Part Two</span><ol>'
    '<li><a href="c2.xhtml#b">The Sea</a></li><li><a href="c2.xhtml#nowhere">Coda</a></li></ol></li><li><a href="https://a.b/">Shop</a></li></ol>'
)
CHAPTERS = ("<h2>Arrival</h2><p>x</p><h3>Morning</h3><p>y</p>", "<p>unheaded</p><p id='b'>z</p>")
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
    "<navPoint><navLabel><text>1. Arrival</text></navLabel><content src='c1.xhtml'/></navPoint>"
    "<navPoint><navLabel><text>Part Two</text></navLabel><content src='c2.xhtml'/>"
    "<navPoint><navLabel><text>The Sea</text></navLabel><content src='c2.xhtml#b'/></navPoint></navPoint>"
    "</navMap></ncx>"
)


def test_the_contents_make_the_sections() -> None:
    content = parse_bytes(epub(*CHAPTERS, nav=NAV), "b.epub").document.content
    assert content.sections == (
        Section("A Book", 1, 0),
        Section("1. Arrival", 2, 1),
        Section("Morning", 3, 3),
        Section("Coda", 3, 5),
        Section("Part Two", 2, 6),
        Section("The Sea", 3, 6),
    )


def test_an_older_book_has_its_contents_elsewhere() -> None:
    book = epub(*CHAPTERS, files={"toc.ncx": NCX}, attributes='toc="toc.ncx"')
    content = parse_bytes(book, "b.epub").document.content
    assert content.sections == (
        Section("A Book", 1, 0),
        Section("1. Arrival", 2, 1),
        Section("Morning", 3, 3),
        Section("Part Two", 2, 5),
        Section("The Sea", 3, 6),
    )


def test_without_contents_the_headings_are_the_sections() -> None:
    content = parse_bytes(epub(*CHAPTERS), "b.epub").document.content
    assert [section.title for section in content.sections] == ["A Book", "Arrival", "Morning"]


def test_pictures_with_their_captions_and_cover() -> None:
    body = (
        '<figure><figcaption>The <b>map</b></figcaption><img src="i/m.png" alt="A map"/></figure>'
        '<p>See <img src="i/m.png" alt="it"/> here</p><p><img src="i/t.png" alt="T"/>he end</p><svg xmlns:x="l" '
        'xmlns="http://www.w3.org/2000/svg"><image x:href="i/m.png"/></svg><svg><circle/></svg>'
        '<p><img src="gone.png" alt="lost"/></p><img src="https://tracker.example/p.png" alt=""/>'
        f'<img src="data:image/png;base64,{b64encode(PNG).decode()}" alt="in line"/>'
        '<img src="i/script.png" alt="no picture"/>'
    )
    files = {"i/m.png": PNG, "i/t.png": PNG, "i/script.png": b"<svg onload='x()'/>"}
    read = parse_bytes(
        epub(body, files=files, metadata='<dc:title>B</dc:title><meta name="cover" content="k.png"/>'), "b.epub"
    )
    assert [(block.kind, block.text, block.image) for block in read.document.content.blocks[1:]] == [
        (BlockKind.IMAGE, "A map", SHOWN),
        (BlockKind.CAPTION, "The map", ""),
        (BlockKind.PARAGRAPH, "See here", ""),
        (BlockKind.IMAGE, "it", SHOWN),
        (BlockKind.PARAGRAPH, "The end", ""),
        (BlockKind.IMAGE, "", SHOWN),
        (BlockKind.PARAGRAPH, "[lost]", ""),
        (BlockKind.IMAGE, "in line", SHOWN),
        (BlockKind.PARAGRAPH, "[no picture]", ""),
    ]
    assert read.images == {SHOWN: PNG}
    assert [note.split(":")[0] for note in read.notes] == ["2 pictures are left out", "2 pictures are left out"]


def test_the_cover_comes_first_unless_the_book_begins_with_it() -> None:
    cover = '<dc:title>B</dc:title><meta name="cover" content="k.png"/>'
    book = epub("<p>words</p>", files={"k.png": PNG}, metadata=cover)
    assert [(block.image, block.text) for block in blocks(book)] == [(SHOWN, ""), ("", "words")]
    book = epub("<img src='k.png' alt='front'/>", "<p>words</p>", files={"k.png": PNG}, metadata=cover)
    assert [block.text for block in blocks(book)] == ["front", "words"]


def test_notes_of_a_new_book() -> None:
    first = '<p>Word<a epub:type="noteref" href="c2.xhtml#n1">1</a> and <a href="c2.xhtml#n2"><sup>[2]</sup></a>.</p>'
    notes = (
        '<section epub:type="endnotes"><ol><li epub:type="endnote" id="n1"><p>1. The first. '
        '<a href="c1.xhtml#r" role="doc-backlink">↩</a></p><p>More.</p></li>'
        '<li role="doc-endnote" id="n2"><p>The second. <a href="c1.xhtml#r2">↑</a></p></li></ol></section>'
    )
    text, one, more, two = blocks(epub(first, notes))
    assert text.text == "Word1 and [2]."
    assert [(style.kind, style.href) for style in text.styles if style.start == 4] == [
        (StyleKind.SUPER, ""),
        (StyleKind.LINK, "#OPS/c2.xhtml#n1"),
    ]
    assert (one.kind, one.marker, one.text) == (BlockKind.FOOTNOTE, "1", "The first.")
    assert "OPS/c2.xhtml#n1" in one.anchor.split()
    assert (more.kind, more.marker, more.text) == (BlockKind.FOOTNOTE, "", "More.")
    assert (two.kind, two.marker, two.text) == (BlockKind.FOOTNOTE, "2", "The second.")


def test_notes_of_an_old_book_are_known_by_leading_back() -> None:
    body = (
        '<ol><li><a href="#ch">1</a> Contents</li></ol><p id="ch">A<a id="r1" href="#f1">*</a> passage.</p>'
        '<p id="f1"><a href="#r1">*</a> A remark.</p><p>After.</p>'
    )
    contents, passage, remark, after = blocks(epub(body))
    assert (remark.kind, remark.marker, remark.text) == (BlockKind.FOOTNOTE, "*", "A remark.")
    assert [contents.kind, passage.kind, after.kind] == [BlockKind.LIST_ITEM, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert passage.anchor == "OPS/c1.xhtml#ch"


def test_a_passage_that_begins_with_the_sign_of_its_note_is_none() -> None:
    body = '<p id="v1"><a href="#n1">1</a> In the beginning.</p><p id="n1"><a href="#v1">1</a> Or: at first.</p>'
    assert [(block.kind, block.marker) for block in blocks(epub(body))] == [
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.FOOTNOTE, "1"),
    ]


def test_links_lead_into_the_book_to_the_web_or_nowhere() -> None:
    body = (
        '<p><a href="c2.xhtml">next</a> <a href="c2.xhtml#p%20q">part</a> <a href="https://a.b/c">web</a> '
        '<a href="javascript:x()">no</a> <a href="file:///etc/passwd">no</a> <a href="gone.xhtml">gone</a> '
        '<a href="../../../../etc/passwd">out</a></p>'
    )
    first, second, third = blocks(epub(body, '<p>two</p><p id="p q">three</p>'))
    assert [style.href for style in first.styles] == ["#OPS/c2.xhtml", "#OPS/c2.xhtml#p%20q", "https://a.b/c"]
    assert (second.anchor, third.anchor) == ("OPS/c2.xhtml", "OPS/c2.xhtml#p%20q")


def test_what_a_chapter_may_hold() -> None:
    body = (
        "<h1>A<br/>B</h1><p>one<br/>two&nbsp;&mdash;&amp;&unknown;</p><blockquote><p>q</p></blockquote><pre>a\n b</pre>"
        "<table><tr><th>h</th><th>i</th></tr><tr><td>1</td><td><em>2</em></td></tr></table>"
        "<ol start='3'><li>c</li></ol>"
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby></p><p hidden=''>no</p>"
        "<p style='display: none'>no</p><p>x<math alttext='a over b'><mi>a</mi></math>y <math><mi>c</mi></math></p>"
        "<p dir='rtl'>שלום עולם</p><script>no()</script><p onclick='x()'>yes<a id='empty'/> still</p>"
        "<div epub:type='pagebreak' id='p12'>12</div><iframe src='x'>no</iframe><hr/>"
    )
    found = [(block.kind, block.level, block.marker, block.text) for block in blocks(epub(body))]
    assert found == [
        (BlockKind.HEADING, 1, "", "A B"),
        (BlockKind.PARAGRAPH, 0, "", "one"),
        (BlockKind.PARAGRAPH, 0, "", "two\u00a0—&&unknown;"),
        (BlockKind.QUOTE, 0, "", "q"),
        (BlockKind.CODE, 0, "", "a"),
        (BlockKind.CODE, 0, "", " b"),
        (BlockKind.TABLE_ROW, 1, "", "h\ti"),
        (BlockKind.TABLE_ROW, 0, "", "1\t2"),
        (BlockKind.LIST_ITEM, 0, "3.", "c"),
        (BlockKind.PARAGRAPH, 0, "", "漢字"),
        (BlockKind.PARAGRAPH, 0, "", "xa over by c"),
        (BlockKind.PARAGRAPH, 0, "", "שלום עולם"),
        (BlockKind.PARAGRAPH, 0, "", "yes still"),
        (BlockKind.RULE, 0, "", ""),
    ]


def test_the_title_of_a_chapter_stands_below_its_number() -> None:
    body = '<hgroup><h2 epub:type="ordinal">XII</h2><p epub:type="title">The Storm</p></hgroup><p>It blew.</p>'
    nav = '<ol><li><a href="c1.xhtml">XII: The Storm</a></li><li><a href="c2.xhtml">XIII</a></li></ol>'
    content = parse_bytes(epub(body, "<p>Calm.</p>", nav=nav), "b.epub").document.content
    assert [(block.kind, block.level, block.text) for block in content.blocks[1:3]] == [
        (BlockKind.HEADING, 2, "XII"),
        (BlockKind.HEADING, 3, "The Storm"),
    ]
    assert [section.title for section in content.sections] == ["A Book", "XII: The Storm", "XIII"]


def test_a_chapter_that_is_no_xml_is_read_as_a_page() -> None:
    book = epub(
        files={"c1.xhtml": "<html><body><p>one<p>two <a name=x />three<br>four</body>"},
        spine='<itemref idref="c1.xhtml"/>',
    )
    assert texts(book) == ["one", "two three", "four"]


def test_signs_that_no_chapter_may_hold_are_passed_over() -> None:
    spoilt = "<p id='&#1;' >a<p><img alt='&#1;&#x1F;lost' src='x'><a href='&#2;'>b</a><math alttext='&#1;c'></math>"
    (_a, lost) = texts(epub(files={"c1.xhtml": spoilt}, spine='<itemref idref="c1.xhtml"/>'))
    assert lost == "[lost]bc"


def test_pictures_alone_are_a_book_too() -> None:
    read = parse_bytes(epub("<img src='k.png' alt=''/>", files={"k.png": PNG}), "b.epub")
    assert [block.image for block in read.document.content.blocks] == ["", SHOWN]
    with pytest.raises(Empty):
        parse_bytes(epub("<p> </p>"), "b.epub")


def test_a_book_crosses_to_the_window_with_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "b.epub"
    path.write_bytes(epub("<p>See <a href='#f'>it</a></p><img id='f' src='k.png' alt='a key'/>", files={"k.png": PNG}))
    with DocumentReader() as reader:
        reading = reader.read_file(path)
    assert reading.images == {SHOWN: PNG}
    assert reading.original == path.read_bytes()
    assert reading.document == parse_bytes(reading.original, str(path)).document
    assert reading.document.content.blocks[2].anchor == "OPS/c1.xhtml#f"


ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
    '<e:EncryptedData><e:EncryptionMethod Algorithm="{}"/></e:EncryptedData></encryption>'
)
LAUGHS = (
    "<!DOCTYPE html [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(12))
    + "]>"
)


def test_a_locked_book_is_refused_and_scrambled_fonts_do_not_matter() -> None:
    locked = ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(Broken, match="copy protection"):
        parse_bytes(
            epub("<p>x</p>", files={"../META-INF/encryption.xml": ""}) + b"", "b.epub"
        ) if False else parse_bytes(with_file(epub("<p>x</p>"), "META-INF/encryption.xml", locked), "b.epub")
    fonts = ENCRYPTED.format("http://www.idpf.org/2008/embedding")
    assert texts(with_file(epub("<p>x</p>"), "META-INF/encryption.xml", fonts)) == ["x"]


def with_file(book: bytes, name: str, text: str) -> bytes:
    whole = io.BytesIO(book)
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(name, text)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("book", "kind", "says"),
    [
        (epub("<p>x</p>")[:-60], Broken, "not complete"),
        (epub("<p>x</p>")[:200], Broken, "not complete"),
        (zipped({"mimetype": "application/epub+zip"}), Broken, "no whole EPUB"),
        (zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a>"}), Broken, "no whole EPUB"),
        (epub("<p>x</p>", files={"book.opf": "<package/>"}), Broken, "no whole EPUB"),
        (epub("<p>x</p>", files={"c1.xhtml": b"\0" * 30_000_000}), TooLarge, "unpacks to more"),
        (zipped({"mimetype": "application/epub+zip", **{f"{at}": "" for at in range(51_000)}}), TooLarge, "50,000"),
    ],
    ids=["cut short", "only a beginning", "no container", "broken container", "no spine", "a bomb", "many files"],
)
def test_books_that_are_none(book: bytes, kind: type[DocumentError], says: str) -> None:
    with pytest.raises(kind, match=r"“b\.epub”") as caught:
        parse_bytes(book, "/x/b.epub")
    assert says in str(caught.value)


def test_hostile_chapters_are_harmless() -> None:
    deep = "<div>" * 100_000 + "<p>deep down</p>" + "</div>" * 100_000
    assert texts(epub(deep, "<p>after</p>")) == ["deep down", "after"]
    laughing = page("<p>x&m;y</p>").replace("<!DOCTYPE html>", LAUGHS)
    assert texts(epub(files={"c1.xhtml": laughing}, spine='<itemref idref="c1.xhtml"/>')) == ["x&m;y"]
    reading = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    outside = page("<p>a&e;b</p>").replace("<!DOCTYPE html>", reading)
    assert texts(epub(files={"c1.xhtml": outside}, spine='<itemref idref="c1.xhtml"/>')) == ["a&e;b"]
    remarks = page("<p>x</p>").replace("<!DOCTYPE html>", "<!-- -->" * 20_000)
    assert texts(epub(files={"c1.xhtml": remarks}, spine='<itemref idref="c1.xhtml"/>')) == ["x"]
    own_names = '<p id="x" data-note="9">a <a href="#OPS/c2.xhtml">b</a><img src="' + "a" * 64 + '" alt="c"/></p>'
    first = blocks(epub(own_names))[0]
    assert (first.kind, first.anchor, first.image, first.styles) == (BlockKind.PARAGRAPH, "", "", ())


def test_names_that_climb_out_stay_inside() -> None:
    manifest = '<item id="a" href="../../../../etc/hostname" media-type="application/xhtml+xml"/>'
    book = epub("<p>-</p>", files={"book.opf": package(manifest, '<itemref idref="a"/>')})
    with pytest.raises(Empty):
        parse_bytes(book, "b.epub")
    assert texts(with_file(book, "etc/hostname", page("<p>the book's own</p>"))) == ["the book's own"]


def test_every_book_of_the_corpus_opens_or_is_refused_by_name(corpora: Path) -> None:
    opened, refused = 0, []
    for book in sorted((corpora / "epub").glob("w3c-*.epub")):
        try:
            parse_bytes(book.read_bytes(), str(book))
        except DocumentError as fault:
            refused.append(str(fault))
        else:
            opened += 1
    assert opened >= 80
    assert len(refused) <= 1, refused


def test_a_drawing_that_is_left_out_is_told_by_its_title() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>A map of the bay</title><path d="M0 0"/></svg>'
    book = parse_bytes(epub(f"<p>Before.</p>{drawing}<p>After.</p>"), "b.epub")
    assert [block.text for block in book.document.content.blocks[1:]] == ["Before.", "[A map of the bay]", "After."]
    assert any("left out" in note for note in book.notes)
