"""Markdown to blocks: CommonMark with tables and strikethrough, by way of HTML and the walk that pages take."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from postil.documents.beside import Beside
from postil.documents.canonical import clean, one_line
from postil.documents.elements import IN_MARKDOWN
from postil.documents.embedded import Find
from postil.documents.front_matter import split_front_matter
from postil.documents.html import all_blocks
from postil.documents.markdown_limits import References, TooDense, Without, bound, has_too_many_cells
from postil.documents.markdown_notes import add_rules, name_headings, notes_html, render_reference
from postil.documents.parsed import Parsed
from postil.documents.text import parse_text
from postil.documents.tree import safe_link
from postil_db.records import Block, BlockKind

_DEEPEST = 100
_NAME = re.compile(r"</?([A-Za-z][\w-]*)")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?$")


def parse_markdown(text: str, path: str = "", find: Find | None = None) -> Parsed:
    """Read Markdown. The title is the front matter's or that of the first heading; it may stay "".

    `path`: where the file is, beside which its pictures may lie. `find`: else gives its pictures.
    """
    fields, body = split_front_matter(clean(text))
    beside = Beside(path) if path else None
    without = Without(tables=has_too_many_cells(body))
    try:
        blocks, images = _blocks(body, beside.find if beside else find, without)
    except TooDense:
        without = replace(without, links=True)
        blocks, images = _blocks(body, None, without)
    parsed = Parsed(blocks, "text/markdown", title=_first(fields, "title") or _heading(blocks), images=images)
    parsed.notes += [*(beside.notes() if beside else []), *without.notes()]
    parsed.authors = tuple(one_line(name) for key in ("author", "authors", "by") for name in fields.get(key, []))
    date = _first(fields, "date") or _first(fields, "published")
    parsed.published = date.replace(" ", "T", 1) if _DATE.match(date) else ""
    parsed.language = _first(fields, "lang") or _first(fields, "language")
    parsed.source = safe_link(_first(fields, "url") or _first(fields, "source") or _first(fields, "canonical"))
    return parsed


def _blocks(body: str, find: Find | None, without: Without) -> tuple[list[Block], dict[str, bytes]]:
    markdown, env = _markdown(), dict[str, Any](references=References(body))
    add_rules(markdown, body)
    bound(markdown, body)
    markdown.disable([*(("link", "image") if without.links else ()), *(("table",) if without.tables else ())])
    tokens = markdown.parse(body, env)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        # The parser leaves out what nests deeper, without a word: rather show all of it as plain text.
        return parse_text(body).blocks, {}
    name_headings(tokens)
    html = markdown.renderer.render(tokens, markdown.options, env)
    return all_blocks(html + notes_html(markdown, env), find)


def _first(fields: dict[str, list[str]], name: str) -> str:
    return one_line((fields.get(name) or [""])[0])


def _heading(blocks: list[Block]) -> str:
    """The first heading, if hardly anything stands before it."""
    return next((block.text for block in blocks[:3] if block.kind is BlockKind.HEADING), "")


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - the walk decides
    markdown.add_render_rule("note_reference", render_reference)
    markdown.add_render_rule("html_inline", _known_html)
    markdown.add_render_rule("html_block", _known_html)
    return markdown


def _known_html(_self: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """Let HTML through to the allow list; what only looks like HTML (`List<String>`) is text."""
    content = tokens[index].content
    name = _NAME.match(content.lstrip())
    if content.lstrip().startswith(("<!", "<?")) or (name and name[1].lower() in IN_MARKDOWN):
        return content
    return escapeHtml(content) if tokens[index].type == "html_inline" else f"<p>{escapeHtml(content)}</p>\n"
