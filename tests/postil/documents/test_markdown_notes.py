"""Notes, links inside the text and embedded pictures of Markdown."""

from base64 import b64encode
from hashlib import sha256

from postil.documents.footnotes import with_notes
from postil.documents.markdown import parse_markdown
from postil_db.records import Block, BlockKind, StyleKind

TEXT = """# A title

Text with a note[^1], *another*[^long] and a way [below](#the-end), an [odd one](#nowhere). No note: [^x].

```
[^1]: not in code
```

## The end

Again[^1].

[^1]: Built by **Palladio**
   in 1569; see[^long].

[^long]: First.

    Second, indented.

After.
"""


def links(block: Block) -> list[tuple[str, str]]:
    return [(block.text[s.start : s.end], s.href) for s in block.styles if s.kind is StyleKind.LINK]


def test_notes_stand_at_the_end_with_their_numbers_and_are_linked() -> None:
    blocks = parse_markdown(TEXT).blocks
    assert [block.text for block in blocks[1:]] == [
        "Text with a note1, another2 and a way below, an odd one. No note: [^x].",
        "[^1]: not in code",
        "The end",
        "Again1.",
        "After.",
        "Built by Palladio in 1569; see2.",
        "First. Second, indented.",
    ]
    assert links(blocks[1]) == [("1", "#note-1"), ("2", "#note-long"), ("below", "#the-end")]
    assert blocks[3].anchor == "the-end"
    notes = blocks[-2:]
    assert [(note.kind, note.marker, note.anchor) for note in notes] == [
        (BlockKind.FOOTNOTE, "1", "note-1"),
        (BlockKind.FOOTNOTE, "2", "note-long"),
    ]
    assert with_notes(blocks) == blocks


def test_a_picture_comes_along_if_it_is_in_the_text_and_only_then() -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    digest = sha256(data).hexdigest()
    uri = f"data:image/png;base64,{b64encode(data).decode()}"
    parsed = parse_markdown(f"# A title\n\n![A view]({uri})\n\nText. ![](https://example.org/x.png) More.\n")
    shown = [(block.text, block.image) for block in parsed.blocks if block.kind is BlockKind.IMAGE]
    assert shown == [("A view", digest)]
    assert parsed.images == {digest: data}


def test_no_html_passes_for_a_kept_picture_or_a_note() -> None:
    text = f'# A title\n\n<img src="{"0" * 64}" alt="x"> <p data-note="1">Plain.</p>\n'
    blocks = parse_markdown(text).blocks
    assert {block.kind for block in blocks} <= {BlockKind.HEADING, BlockKind.PARAGRAPH}
