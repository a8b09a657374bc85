"""One maker for each record, with sound defaults: name only what the test is about."""

from hashlib import sha256

from postil_db.records import Block, BlockKind, Color, Content, EntityKind, FoundMention, NewDocument, Origin, Selector

ARTICLE = (
    "Partners sign in New Delhi",
    "Kaja Kallas met Rajnath Singh in New Delhi on Tuesday.",
    "The European Union and India signed a Security and Defence Partnership.",
    "Kallas said that maritime security comes first.",
)


def make_content(*paragraphs: str) -> Content:
    """Blocks out of plain paragraphs; the first one is a heading."""
    first, *rest = paragraphs or ARTICLE
    heading = Block(BlockKind.HEADING, first, level=1)
    return Content((heading, *(Block(BlockKind.PARAGRAPH, text) for text in rest)))


def make_document(*paragraphs: str, title: str = "", **more: str) -> NewDocument:
    """A document as a reader of files would hand it over."""
    content = make_content(*paragraphs)
    digest = sha256(content.text.encode()).hexdigest()
    return NewDocument(
        title=title or content.blocks[0].text,
        content=content,
        media_type=more.get("media_type", "text/plain"),
        sha256=more.get("sha256", digest),
        authors=("A. Writer",),
        language=more.get("language", "en"),
        published=more.get("published", "2026-01-27"),
        source=more.get("source", ""),
    )


def make_selector(content: Content, quote: str, nth: int = 1) -> Selector:
    """The selector of the n-th place where `quote` stands."""
    text, start = content.text, -1
    for _ in range(nth):
        start = text.index(quote, start + 1)
    end = start + len(quote)
    section = content.section_at(start)
    return Selector(
        start=start,
        end=end,
        quote=quote,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        section=section.title if section else "",
        text_hash=sha256(text.encode()).hexdigest(),
    )


def make_found(content: Content, text: str, kind: EntityKind, name: str = "", nth: int = 1) -> FoundMention:
    """A mention of `text`, as a recogniser reports it."""
    place = make_selector(content, text, nth)
    return FoundMention(place.start, place.end, kind, name or text, Origin.MODEL)


DEFAULT_COLOR = Color.YELLOW
