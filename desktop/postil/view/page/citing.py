"""A passage for use elsewhere: with its source, or as Markdown."""

import re

from postil.view.page.byline import spoken_date
from postil.view.page.formats import runs
from postil_db.records import Block, BlockKind, Content, DocumentInfo, StyleKind

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(#{1,6}|[-+]|\d+[.)])(?=\s)")
_MARKS = ((StyleKind.STRIKE, "~~"), (StyleKind.ITALIC, "*"), (StyleKind.BOLD, "**"))


def with_citation(content: Content, start: int, end: int, info: DocumentInfo | None) -> str:
    """The passage in quotation marks, then authors, title, date and source, as far as they are known."""
    quote = f"“{content.text[start:end].strip()}”"
    if info is None:
        return quote
    parts = [", ".join(info.authors), info.title, spoken_date(info.published), info.source]
    return f"{quote} — {', '.join(part for part in parts if part)}"


def as_markdown(content: Content, start: int, end: int) -> str:
    """The passage as Markdown; a piece of one block comes without the sign of its kind."""
    rows: list[tuple[BlockKind, str]] = []
    index = content.block_at(start)
    while index < len(content.blocks) and content.starts[index] < max(end, start + 1):
        block, at = content.blocks[index], content.starts[index]
        low, high = max(0, start - at), min(len(block.text), end - at)
        alone = at < start and end <= at + len(block.text)
        if block.kind is BlockKind.CODE and not alone:
            rows.append((block.kind, block.text[low:high]))
        else:
            text = _inline(block, low, high)
            rows.append((BlockKind.PARAGRAPH, text) if alone else (block.kind, _line(block, text)))
        index += 1
    return _joined(rows)


def _inline(block: Block, low: int, high: int) -> str:
    parts = []
    for a, e, kinds, href in runs(len(block.text), block.styles):
        plain = block.text[max(a, low) : min(e, high)] if max(a, low) < min(e, high) else ""
        if not plain.strip():
            parts.append(plain)
            continue
        if StyleKind.CODE in kinds:
            fence = "``" if "`" in plain else "`"
            text = f"{fence}{plain}{fence}"
        else:
            text = _SPECIAL.sub(r"\\\1", plain)
        before, words, after = _around(text)
        for kind, sign in _MARKS:
            if kind in kinds:
                words = f"{sign}{words}{sign}"
        if href:
            words = f"[{words}](<{href}>)" if re.search(r"[\s()]", href) else f"[{words}]({href})"
        parts.append(before + words + after)
    return "".join(parts)


def _around(text: str) -> tuple[str, str, str]:
    """Blanks before, words, blanks behind: signs of emphasis must touch words."""
    words = text.strip()
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]


def _line(block: Block, text: str) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * min(6, max(1, block.level))} {text}"
        case BlockKind.LIST_ITEM:
            marker = block.marker if re.fullmatch(r"\d+[.)]", block.marker) else "-"
            return f"{'    ' * block.level}{marker} {text}"
        case BlockKind.QUOTE:
            return f"{'> ' * (block.level + 1)}{text}"
        case BlockKind.TABLE_ROW:
            return f"| {text.replace('|', chr(92) + '|').replace(chr(9), ' | ')} |"
        case BlockKind.RULE:
            return "---"
        case _:
            return _LINE_START.sub(lambda sign: f"{sign[0][:-1]}\\{sign[0][-1]}", text)


def _joined(rows: list[tuple[BlockKind, str]]) -> str:
    """Lines of one list, table or piece of code stand together, all else has a blank line between."""
    lines: list[str] = []
    before: BlockKind | None = None
    for kind, text in [*rows, (None, "")]:
        if before is BlockKind.CODE and kind is not BlockKind.CODE:
            lines.append("```")
        together = kind is before and kind in (BlockKind.CODE, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
        if kind is None:
            break
        if before is not None and not together:
            lines.append(">" if kind is before is BlockKind.QUOTE else "")
        if kind is BlockKind.CODE and not together:
            lines.append("```")
        lines.append(text)
        if kind is BlockKind.TABLE_ROW and not together:
            lines.append("|" + " --- |" * (text.replace("\\|", "").count("|") - 1))
        before = kind
    return "\n".join(lines)
