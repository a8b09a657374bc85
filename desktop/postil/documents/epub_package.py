"""What an EPUB says that it consists of: its package, with metadata, the list of its files, and their order."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from lxml import etree

from postil.documents.archive import Archive
from postil.documents.canonical import one_line
from postil.documents.faults import Broken
from postil.documents.tree import safe_link
from postil.documents.xml_trees import attribute, local, named, plain, xml_text, xml_tree

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?$")
_EVENTS = ("publication", "", "original-publication")
_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Item:
    """A file of the book. `path`: its name in the archive, whether or not it is there."""

    id: str
    path: str
    media_type: str
    properties: frozenset[str] = frozenset()
    fallback: str = ""


@dataclass
class Package:
    """The book as its package describes it. `spine`: what is read, in order, with whether it is in the main line."""

    items: dict[str, Item] = field(default_factory=dict)
    spine: list[tuple[Item, bool]] = field(default_factory=list)
    ncx: str = ""
    cover: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: str = ""
    source: str = ""

    def chain(self, item: Item) -> Iterator[Item]:
        """The item, and what the book offers instead of it to whoever cannot show it."""
        for _ in range(_LONGEST_CHAIN):
            yield item
            if item.fallback not in self.items:
                return
            item = self.items[item.fallback]


class Book:
    """An EPUB's archive, its files found by the paths and links that are in it."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.name = name
        self._folded = {_folded(entry): entry for entry in reversed(archive.names)}

    def find(self, path: str) -> str:
        """The archive's own name for a path, which may differ from it in how letters are put; "" if none fits."""
        if path in self.archive:
            return path
        return self._folded.get(_folded(path), "")

    def tree(self, path: str) -> etree._Element | None:
        """An XML file of the book; None if it is missing or no XML at all."""
        found = self.find(path)
        if not found:
            return None
        text = xml_text(self.archive.read(found))
        tree = xml_tree(text)
        return tree if tree is not None else xml_tree(text, lenient=True)

    def package(self) -> Package:
        """The first package that can be read. Raises Broken for a book without one, or one locked by its seller."""
        self._refuse_locked()
        for path in self._packages():
            root = self.tree(path)
            if root is not None and local(root) == "package":
                package = _package(root, path)
                if package.spine:
                    return package
        raise Broken(f"“{self.name}” is no whole EPUB: the list of its chapters is missing. Copy or download it again.")

    def _packages(self) -> Iterator[str]:
        container = self.tree(_CONTAINER)
        if container is not None:
            yield from (resolved("", attribute(one, "full-path")) for one in named(container, "rootfile"))
        # A book whose container is damaged has a package nevertheless.
        yield from (entry for entry in self.archive.names if entry.lower().endswith(".opf"))

    def _refuse_locked(self) -> None:
        """Refuse what a seller has encrypted; fonts that are scrambled do not matter to us."""
        encryption = self.tree(_ENCRYPTION)
        if encryption is None:
            return
        for data in named(encryption, "EncryptedData"):
            method = next((attribute(one, "Algorithm") for one in named(data, "EncryptionMethod")), "")
            if method not in _FONTS_ONLY:
                raise Broken(
                    f"“{self.name}” is locked with copy protection (DRM): only its seller's own program opens it."
                )


def resolved(base: str, href: str) -> str:
    """The path in the archive that a link in the file `base` leads to; "" for a link to somewhere else."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    if not parts.path:
        return base
    path = unquote(parts.path).replace("\\", "/")
    joined = path if path.startswith("/") else f"{dirname(base)}/{path}"
    # Above the archive's top there is nothing: what climbs out of it stays at the top.
    return normpath(f"/{joined}").lstrip("/")


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unquote(path).replace("\\", "/")).casefold()


def _package(root: etree._Element, path: str) -> Package:
    package = Package()
    for item in (each for manifest in named(root, "manifest")[:1] for each in named(manifest, "item")):
        where = resolved(path, attribute(item, "href"))
        if where:
            package.items[attribute(item, "id")] = Item(
                attribute(item, "id"),
                where,
                attribute(item, "media-type").lower(),
                frozenset(attribute(item, "properties").split()),
                attribute(item, "fallback"),
            )
    for spine in named(root, "spine")[:1]:
        package.ncx = attribute(spine, "toc")
        linear: dict[str, bool] = {}
        for each in named(spine, "itemref"):
            linear.setdefault(attribute(each, "idref"), attribute(each, "linear").strip().lower() != "no")
        package.spine = [(package.items[idref], said) for idref, said in linear.items() if idref in package.items]
    for metadata in named(root, "metadata")[:1]:
        _describe(package, metadata)
    return package


def _describe(package: Package, metadata: etree._Element) -> None:
    """Take the metadata over, of EPUB 2 (attributes) and 3 (refinements)."""
    refined: dict[tuple[str, str], str] = {}
    for meta in named(metadata, "meta"):
        about, what = attribute(meta, "refines").lstrip("#"), attribute(meta, "property")
        if about and what:
            refined.setdefault((about, what), plain(meta))
        if attribute(meta, "name").lower() == "cover":
            package.cover = attribute(meta, "content")
    texts = [(one, one_line(plain(one))) for one in metadata.iter(etree.Element) if len(one) == 0]

    def of(name: str) -> list[tuple[etree._Element, str]]:
        return [(one, text) for one, text in texts if local(one) == name and text]

    titles = {refined.get((attribute(one, "id"), "title-type"), ""): text for one, text in reversed(of("title"))}
    package.title = titles.get("main") or next((text for _one, text in of("title")), "")
    if titles.get("subtitle") and titles.get("main"):
        package.title = f"{titles['main']}: {titles['subtitle']}"
    roles = [
        (attribute(one, "role") or refined.get((attribute(one, "id"), "role"), ""), text) for one, text in of("creator")
    ]
    wrote = [text for role, text in roles if role in ("", "aut")] or [text for _role, text in roles]
    package.authors = tuple(dict.fromkeys(name for text in wrote for name in map(one_line, text.split(";")) if name))
    package.language = next((text for _one, text in of("language")), "")
    dates = {attribute(one, "event"): text for one, text in reversed(of("date")) if _DATE.match(text)}
    package.published = next((dates[event] for event in _EVENTS if event in dates), "")
    addresses = (text.removeprefix("url:") for _one, text in of("identifier"))
    package.source = next(
        (text for text in addresses if text.startswith(("http://", "https://")) and safe_link(text)), ""
    )
