from postil.documents.front_matter import split_front_matter
from postil.documents.markdown import parse_markdown
from postil_db.records import Block, BlockKind, Style, StyleKind

SOURCE = """---
title: "A title: with a colon"
authors:
  - Ann Bee
  - 'C. Dee'
date: 2026-01-27 10:00
lang: en
url: https://example.org/a
---

Hello *world*, **bold `code`**, ~~gone~~, x<sub>2</sub>, List<String>, [link](https://a.b/c "t"),
[script](javascript:alert(1)), [file](file:///etc/passwd) ![picture](x.png).

## Part

3. three
4. four
   - nested

> quote
> > deeper

```
def f():

\treturn 1
```

| a | b |
|---|---|
| 1 | **2** |

***

<script>alert(1)</script><div onclick="x()">Raw <b>html</b></div>
"""


def test_everything_in_its_place() -> None:
    blocks = parse_markdown(SOURCE).blocks
    assert [(block.kind, block.level, block.marker, block.text) for block in blocks[1:]] == [
        (BlockKind.HEADING, 2, "", "Part"),
        (BlockKind.LIST_ITEM, 0, "3.", "three"),
        (BlockKind.LIST_ITEM, 0, "4.", "four"),
        (BlockKind.LIST_ITEM, 1, "•", "nested"),
        (BlockKind.QUOTE, 0, "", "quote"),
        (BlockKind.QUOTE, 1, "", "deeper"),
        (BlockKind.CODE, 0, "", "def f():"),
        (BlockKind.CODE, 0, "", ""),
        (BlockKind.CODE, 0, "", "\treturn 1"),
        (BlockKind.TABLE_ROW, 1, "", "a\tb"),
        (BlockKind.TABLE_ROW, 0, "", "1\t2"),
        (BlockKind.RULE, 0, "", ""),
        (BlockKind.PARAGRAPH, 0, "", "Raw html"),
    ]
    assert blocks[11].styles == (Style(2, 3, StyleKind.BOLD),)


def test_styles_and_links() -> None:
    first = parse_markdown(SOURCE).blocks[0]
    assert first.text == "Hello world, bold code, gone, x2, List<String>, link, script, file ."
    styled = [(style.kind, first.text[style.start : style.end], style.href) for style in first.styles]
    assert sorted(styled) == [
        (StyleKind.BOLD, "bold code", ""),
        (StyleKind.CODE, "code", ""),
        (StyleKind.ITALIC, "world", ""),
        (StyleKind.LINK, "link", "https://a.b/c"),
        (StyleKind.STRIKE, "gone", ""),
        (StyleKind.SUB, "2", ""),
    ]


def test_front_matter_says_what_it_is() -> None:
    parsed = parse_markdown(SOURCE)
    assert parsed.title == "A title: with a colon"
    assert parsed.authors == ("Ann Bee", "C. Dee")
    assert (parsed.published, parsed.language, parsed.source) == ("2026-01-27T10:00", "en", "https://example.org/a")


def test_what_only_looks_like_front_matter_is_text() -> None:
    for text in ("---\n\nA rule first.\n\n---\n", "---\nno fields here\n---\n", "---\ntitle: never closed"):
        assert split_front_matter(text) == ({}, text)


def test_a_date_that_is_none_is_left_out() -> None:
    assert parse_markdown("---\ndate: last Tuesday\n---\nText").published == ""


def test_nothing_is_left_out_however_deep_it_lies() -> None:
    for text in (">" * 5_000 + " deep\n\nafter", "\n".join("  " * level + f"- deep{level}" for level in range(300))):
        found = "\n".join(block.text for block in parse_markdown(text).blocks)
        assert found.count("deep") == text.count("deep")


def test_an_autolink_and_a_hard_break() -> None:
    blocks = parse_markdown("See <https://example.org/x>  \nnext line\nsame line").blocks
    assert blocks == [
        Block(
            BlockKind.PARAGRAPH,
            "See https://example.org/x",
            styles=(Style(4, 25, StyleKind.LINK, "https://example.org/x"),),
        ),
        Block(BlockKind.PARAGRAPH, "next line same line"),
    ]
