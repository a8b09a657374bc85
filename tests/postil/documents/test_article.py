"""What is surely no article on a page is out of the way before the article is looked for."""

from pathlib import Path

import pytest

from postil.documents.html import parse_html
from postil.documents.reader import Broken, DocumentReader

STORY = "".join(
    f"<p>The ferry number {number} sails again on Tuesday, the harbour authority said to everybody who asked.</p>"
    for number in range(8)
)


def text(body: str) -> str:
    page = f"<html><head><title>T</title></head><body>{body}</body></html>"
    return "\n".join(block.text for block in parse_html(page).blocks)


def test_what_is_hidden_and_the_controls_of_players_are_no_article() -> None:
    hidden = '<p style="display: none">Hidden words that nobody sees on the page, whatever it is they say.</p>'
    switch = "<p hidden>Another hidden paragraph that is as long as a paragraph of the article itself is.</p>"
    player = '<div class="video-js paused"><p>This is a modal window.</p><ul><li>Chapters</li></ul></div>tail'
    found = text(f"<article><h1>The ferry</h1>{STORY}{hidden}{switch}{player}{STORY}</article>")
    assert "number 3" in found
    for word in ("Hidden", "Another", "modal", "Chapters"):
        assert word not in found


def test_a_page_that_shows_its_text_by_a_script_keeps_it() -> None:
    assert "number 3" in text(f'<div style="visibility:hidden" class="main"><h1>The ferry</h1>{STORY}</div>')
    assert "number 3" in text(f'<div class="js-stream-content"><h1>The ferry</h1>{STORY}</div>')


def test_an_article_that_says_a_thing_twice_keeps_both() -> None:
    verse = "<div>O the ferry, the ferry, it sails and it sails over the sound and comes home again by night.</div>"
    found = text(f"<nav>Home</nav><article><h1>Song</h1>{verse * 3}</article><footer>Imprint</footer>")
    assert found.count("comes home again") == 3
    assert "Imprint" not in found


def test_all_of_a_page_whose_article_was_read(tmp_path: Path) -> None:
    page = f"<html><head><title>T</title></head><body><nav>Home</nav><article>{STORY}</article></body></html>"
    for encoding in ("utf-8", "utf-16"):
        path = tmp_path / f"{encoding}.html"
        path.write_text(page, encoding=encoding)
        with DocumentReader() as reader:
            article = reader.read_file(path)
            whole = reader.read_whole_page(path, title="T", source="https://example.org/")
            assert "Home" not in article.document.content.text
            assert whole.document.content.text.split()[-1] == "asked."
            assert "Home" in whole.document.content.text
            assert (whole.document.title, whole.document.source) == ("T (whole page)", "https://example.org/")
            assert whole.document.sha256 != article.document.sha256
            (tmp_path / "again.html").write_bytes(whole.original)
            with pytest.raises(Broken, match="whole page already"):
                reader.read_whole_page(tmp_path / "again.html", title="T", source="")
