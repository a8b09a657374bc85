"""What stands behind an article: links to others of the same site, headings with nothing below them."""

from urllib.parse import urlsplit

from postil_db.records import Block, BlockKind, StyleKind

_LINKED = 0.9
_LONGEST = 160
_LEAD = 40
_MOST = 0.3


def without_tail(blocks: list[Block], source: str) -> list[Block]:
    """Leave out what leads on to other pages of the site that `source` is an address of.

    Links to elsewhere are the article's own. Never much of it: a page that is a list of links stays one.
    """
    host = urlsplit(source).hostname or ""
    end, seen = len(blocks), False
    while end > 1 and (_leads_on(blocks[end - 1], host) or blocks[end - 1].kind in (BlockKind.HEADING, BlockKind.RULE)):
        end -= 1
        seen = seen or blocks[end].kind is not BlockKind.RULE
    if seen and end > 1 and _announces(blocks[end - 1]):
        end -= 1
    left_out = sum(len(block.text) for block in blocks[end:])
    return blocks if left_out > _MOST * sum(len(block.text) for block in blocks) else blocks[:end]


def _leads_on(block: Block, host: str) -> bool:
    if not host or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or len(block.text) > _LONGEST:
        return False
    links = [style for style in block.styles if style.kind is StyleKind.LINK]
    linked = sum(style.end - style.start for style in links)
    return linked >= _LINKED * len(block.text) and all(_site(style.href) == _site(f"//{host}") for style in links)


def _announces(block: Block) -> bool:
    """Whether it only says that something follows."""
    return block.kind is BlockKind.PARAGRAPH and len(block.text) <= _LEAD and block.text.endswith((":", "...", "…"))


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
