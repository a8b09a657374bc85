"""EPUB 2 and 3: a book's chapters in their order, with its contents, pictures and notes."""

from dataclasses import replace

from postil.documents.archive import Archive
from postil.documents.embedded import embedded
from postil.documents.epub_chapter import chapter_html
from postil.documents.epub_contents import anchor, contents_of
from postil.documents.epub_package import Book, Item, Package, resolved
from postil.documents.faults import Empty, TooLarge
from postil.documents.footnotes import linked_only, with_notes
from postil.documents.html import sanitised_blocks
from postil.documents.kinds import LARGEST_TEXT_MB
from postil.documents.outline import outlined
from postil.documents.parsed import Parsed
from postil.documents.pictures import Pictures
from postil_db.records import Block, BlockKind

_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml", "image/svg+xml")
_ENDINGS = (".xhtml", ".html", ".htm", ".xml")
_RASTER = ("image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/bmp")


def parse_epub(data: bytes, name: str) -> Parsed:
    """Read a book. Raises Broken, TooLarge and Empty."""
    with Archive(data, name) as archive:
        book = Book(archive, name)
        package = book.package()
        blocks = _Reading(book, package)
        found = blocks.read()
        entries = contents_of(book, package)
    places: dict[str, int] = {}
    for index, block in enumerate(found):
        for place in block.anchor.split():
            places.setdefault(place, index)
    led = ((entry, places.get(entry.anchor, places.get(entry.anchor.partition("#")[0]))) for entry in entries)
    sections = outlined([(entry.title, entry.level, at) for entry, at in led if at is not None], found)
    return Parsed(
        linked_only(with_notes(found)),
        "application/epub+zip",
        title=package.title,
        authors=package.authors,
        published=package.published,
        language=package.language,
        source=package.source,
        notes=blocks.notes(),
        images=blocks.pictures.images,
        sections=sections,
    )


class _Reading:
    """One book while it is read."""

    def __init__(self, book: Book, package: Package) -> None:
        self._book = book
        self._package = package
        self.pictures = Pictures()
        self._digests: dict[str, str] = {}
        self._missing = self._unknown = 0

    def read(self) -> list[Block]:
        """The blocks of all chapters, those beside the main line behind it."""
        shown = filter(None, map(self._shown, self._ordered()))
        # What stands in for several parts, or is listed twice, is read once.
        chapters = list({chapter.path: chapter for chapter in shown}.values())
        if sum(self._book.archive.size(chapter.path) for chapter in chapters) > LARGEST_TEXT_MB * 1_000_000:
            raise TooLarge(f"“{self._book.name}” holds more than {LARGEST_TEXT_MB} MB of text, so it was not read.")
        blocks: list[Block] = []
        waiting: list[str] = []
        for chapter in chapters:
            made = self._blocks(chapter)
            if not made:
                waiting.append(anchor(chapter.path))  # links to it lead to what follows
                continue
            blocks.append(replace(made[0], anchor=" ".join((*waiting, made[0].anchor)).strip()))
            blocks += made[1:]
            waiting = []
        blocks = self._covered(blocks)
        if not blocks:
            raise Empty(f"“{self._book.name}” holds no text that could be read.")
        return blocks

    def notes(self) -> list[str]:
        """What could not be read as it was meant."""
        told = []
        if self._missing:
            what = "1 part of the book is" if self._missing == 1 else f"{self._missing} parts of the book are"
            told.append(f"{what} missing from the file.")
        if self._unknown:
            what = "1 part of the book is" if self._unknown == 1 else f"{self._unknown} parts of the book are"
            told.append(f"{what} of a kind that is not read.")
        return told + self.pictures.notes()

    def _ordered(self) -> list[Item]:
        """The spine: what is beside the main line goes behind it, unless it opens the book, as covers do."""
        spine = self._package.spine
        first = next((at for at, (_item, linear) in enumerate(spine) if linear), len(spine))
        main = [item for at, (item, linear) in enumerate(spine) if linear or at < first]
        return main + [item for at, (item, linear) in enumerate(spine) if not linear and at >= first]

    def _shown(self, item: Item) -> Item | None:
        """The first of an item's renderings that can be shown, under the archive's name for it."""
        there = [(each, self._book.find(each.path)) for each in self._package.chain(item)]
        for types, endings in ((_PAGES + _RASTER, ()), ((), _ENDINGS)):
            for each, path in there:
                if path and (each.media_type in types or path.lower().endswith(endings or ("\0",))):
                    return replace(each, path=path)
        self._missing += not any(path for _each, path in there)
        self._unknown += any(path for _each, path in there)
        return None

    def _blocks(self, chapter: Item) -> list[Block]:
        if chapter.media_type in _RASTER:
            digest = self._kept(chapter.path)
            return [Block(BlockKind.IMAGE, "", image=digest, anchor=anchor(chapter.path))] if digest else []
        html = chapter_html(
            self._book.archive.read(chapter.path),
            chapter.path,
            lambda href: self._picture(chapter.path, href),
            self.pictures.drawing,
            is_nav="nav" in chapter.properties,
        )
        return sanitised_blocks(html, "", prepared=True)

    def _covered(self, blocks: list[Block]) -> list[Block]:
        """The blocks with the book's cover before them, if they do not begin with it."""
        items = self._package.items
        cover = next(
            (item for item in items.values() if "cover-image" in item.properties), items.get(self._package.cover)
        )
        digest = self._kept(cover.path) if cover is not None and cover.media_type in _RASTER else ""
        if not digest or any(block.image == digest for block in blocks[:8]):
            return blocks
        return [Block(BlockKind.IMAGE, "", image=digest), *blocks]

    def _picture(self, base: str, href: str) -> str:
        """Keep the picture that a chapter shows; nothing is fetched from elsewhere."""
        if href[:5].lower() == "data:":
            return self.pictures.add(embedded(href))
        path = resolved(base, href)
        if not path:
            self.pictures.missing()
        return self._kept(path) if path else ""

    def _kept(self, path: str) -> str:
        if path not in self._digests:
            found = self._book.find(path)
            if not found:
                self.pictures.missing()
            self._digests[path] = self.pictures.add(self._book.archive.read(found)) if found else ""
        return self._digests[path]
