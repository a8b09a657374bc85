"""Links inside a document: where they lead, and what stands there."""

from functools import lru_cache

from postil_db.records import BlockKind, Content

LONGEST = 600


def target_of(content: Content, href: str) -> tuple[int, int] | None:
    """The place of the block that a link leads to; None for a link out of the document, or to nowhere."""
    if not href.startswith("#"):
        return None
    block = _anchors(content).get(href[1:])
    if block is None:
        return None
    return content.starts[block], content.starts[block] + len(content.blocks[block].text)


def text_at(content: Content, href: str) -> str:
    """What a link inside the document leads to, in words: all of a footnote, else how the passage begins."""
    block = _anchors(content).get(href[1:]) if href.startswith("#") else None
    if block is None:
        return ""
    here = content.blocks[block]
    most = LONGEST if here.kind is BlockKind.FOOTNOTE else LONGEST // 4
    text = here.text if len(here.text) <= most else here.text[: most - 1].rstrip() + "…"
    return f"{here.marker} {text}" if here.kind is BlockKind.FOOTNOTE and here.marker else text


def reference_to(content: Content, footnote: int) -> tuple[int, int] | None:
    """The place of the first link that leads to a footnote, by its block; None where nothing refers to it."""
    wanted = {f"#{name}" for name in content.blocks[footnote].anchor.split()}
    for index, block in enumerate(content.blocks):
        for style in block.styles:
            if style.href in wanted and index != footnote:
                return content.starts[index] + style.start, content.starts[index] + style.end
    return None


class _Identity:
    """A content as a key by what it is, not by what it holds: comparing two books takes too long."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.content is self.content


def _anchors(content: Content) -> dict[str, int]:
    return _found(_Identity(content))


@lru_cache(maxsize=2)
def _found(of: _Identity) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, block in enumerate(of.content.blocks):
        for name in block.anchor.split() if block.anchor else ():
            found.setdefault(name, index)
    return found
