"""Notes and places in Markdown: `[^1]` with its `[^1]: text`, and headings that links may lead to by their words."""

import re
from collections.abc import MutableMapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_DEFINED = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")
_REFERRED = re.compile(r"\[\^([^\]\s]{1,60})\]")
_INDENT = 4


def add_rules(markdown: MarkdownIt, body: str) -> None:
    """Let `markdown` know the notes of one text; only what is written somewhere is referred to."""
    if not _REFERRED.search(body):
        return
    written = {found[1] for found in re.finditer(r"(?m)^ {0,3}" + _DEFINED.pattern, body)}
    markdown.block.ruler.before("reference", "note", _definition, {"alt": ["paragraph", "reference"]})
    markdown.inline.ruler.before("link", "note", lambda state, silent: _reference(state, silent, written))


def name_headings(tokens: Sequence[Token]) -> None:
    """Give headings the names that links to them use: their words in small letters, with hyphens between."""
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", re.sub(r"[^\w\- ]", "", words.content.strip().lower()).replace(" ", "-"))


def notes_html(markdown: MarkdownIt, env: MutableMapping[str, Any]) -> str:
    """The notes that are referred to, in the order in which they are, each with a link back."""
    written: dict[str, str] = env.get("notes", {})
    parts = []
    for number, name in enumerate(env.get("referred", ()), 1):
        if name in written:
            text, key = markdown.renderInline(written[name], env), escapeHtml(name)
            parts.append(f'<p id="note-{key}"><a href="#to-note-{key}">{number}</a> {text}</p>')
    return "\n".join(parts)


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A note's text: the rest of its line, the lines that follow it, and indented paragraphs."""
    if state.is_code_block(start):
        return False
    found = _DEFINED.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if found is None:
        return False
    if silent:
        return True
    lines, line = [found[2]], start + 1
    while line < end:
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        indented = state.sCount[line] - state.blkIndent >= _INDENT
        after_blank = not lines[-1].strip()
        if (after_blank and text and not indented) or _DEFINED.match(text):
            break
        lines.append(text)
        line += 1
    state.env.setdefault("notes", {}).setdefault(found[1], " ".join(part for part in lines if part))
    state.line = line
    return True


def _reference(state: StateInline, silent: bool, written: set[str]) -> bool:
    found = _REFERRED.match(state.src, state.pos)
    if found is None or found[1] not in written:
        return False
    if not silent:
        referred: dict[str, int] = state.env.setdefault("referred", {})
        first = found[1] not in referred
        key, number = escapeHtml(found[1]), referred.setdefault(found[1], len(referred) + 1)
        place = f' id="to-note-{key}"' if first else ""
        token = state.push("note_reference", "", 0)
        token.content = f'<sup><a{place} href="#note-{key}">{number}</a></sup>'
    state.pos = found.end()
    return True


def render_reference(_self: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """The HTML of a reference, as it was made."""
    return tokens[index].content
