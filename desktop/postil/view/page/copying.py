"""What a copied passage is: exactly its text, and the same as simple HTML."""

from PySide6.QtCore import QMimeData

from postil.view.page.formats import runs
from postil_db.records import Block, BlockKind, Content, StyleKind

_TAGS = {
    StyleKind.BOLD: "b",
    StyleKind.ITALIC: "i",
    StyleKind.CODE: "code",
    StyleKind.STRIKE: "s",
    StyleKind.SUPER: "sup",
    StyleKind.SUB: "sub",
}


def copied(content: Content, start: int, end: int) -> QMimeData:
    """Both flavours of the passage from `start` to `end`."""
    data = QMimeData()
    data.setText(content.text[start:end])
    data.setHtml(as_html(content, start, end))
    return data


def as_html(content: Content, start: int, end: int) -> str:
    """The passage as HTML; addresses of links stay, nothing else that could load anything."""
    parts = []
    index = content.block_at(start)
    while index < len(content.blocks) and content.starts[index] < end:
        block, at = content.blocks[index], content.starts[index]
        parts.append(_block(block, max(0, start - at), min(len(block.text), end - at)))
        index += 1
    return "\n".join(parts)


def _block(block: Block, start: int, end: int) -> str:
    from html import escape  # large tables that nobody needs before the first copy

    inner = []
    for a, e, kinds, href in runs(len(block.text), block.styles):
        text = escape(block.text[max(a, start) : min(e, end)], quote=False) if max(a, start) < min(e, end) else ""
        if not text:
            continue
        for kind, tag in _TAGS.items():
            if kind in kinds:
                text = f"<{tag}>{text}</{tag}>"
        inner.append(f'<a href="{escape(href)}">{text}</a>' if href else text)
    body = "".join(inner)
    if block.kind is BlockKind.HEADING:
        level = min(6, max(1, block.level))
        return f"<h{level}>{body}</h{level}>"
    if block.kind is BlockKind.LIST_ITEM:
        return f"<p>{escape(block.marker or '•')} {body}</p>"
    if block.kind is BlockKind.TABLE_ROW:
        return f"<table><tr><td>{body.replace(chr(9), '</td><td>')}</td></tr></table>"
    tag = {BlockKind.QUOTE: "blockquote", BlockKind.CODE: "pre"}.get(block.kind, "p")
    return "<hr>" if block.kind is BlockKind.RULE else f"<{tag}>{body}</{tag}>"
