"""What a text costs that no one would write."""

import pytest
from markdown_it import MarkdownIt

from postil.documents.markdown import parse_markdown
from postil.documents.markdown_limits import TooDense, bound


def test_looking_ahead_ends_where_no_written_text_would_go() -> None:
    hostile, usual = "[" * 3_000, "see [this](https://example.org) and ![that](a.png) " * 500
    for body in (hostile, usual):
        markdown = MarkdownIt("commonmark", {"maxNesting": 100})
        bound(markdown, body)
        if body is hostile:
            with pytest.raises(TooDense):
                markdown.parse(body)
        else:
            assert markdown.parse(body)


def test_a_text_of_brackets_is_shown_as_it_is_written_and_the_reader_is_told() -> None:
    hostile = "Before.\n\n" + "![" * 2_000 + "\n\nAfter."
    parsed = parse_markdown(hostile)
    assert "\n".join(block.text for block in parsed.blocks) == "Before.\n" + "![" * 2_000 + "\nAfter."
    assert any("too many open brackets" in note for note in parsed.notes)
