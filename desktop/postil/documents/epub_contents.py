"""The table of contents of an EPUB: its navigation document (EPUB 3), or else its NCX (EPUB 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from postil.documents.canonical import one_line
from postil.documents.epub_package import Book, Package, resolved
from postil.documents.xml_trees import attribute, local, named, plain

_DEEPEST = 6
_MOST = 20_000


@dataclass(frozen=True)
class Entry:
    """A line of the contents. `level` counts from 0; `anchor`: the name of the place it leads to (see `anchor`)."""

    title: str
    level: int
    anchor: str


def anchor(path: str, fragment: str = "") -> str:
    """The name that links lead to: "OEBPS/ch1.xhtml", or "OEBPS/ch1.xhtml#note1"; without blanks, which part names."""
    name = quote(path, safe="/~!$&'()*+,;=:@")
    return f"{name}#{quote(fragment, safe="/~!$&'()*+,;=:@")}" if fragment else name


def leads_to(base: str, href: str) -> str:
    """The name of the place in the book that a link in the file `base` leads to; "" where it leads out of it."""
    path = resolved(base, href)
    return anchor(path, unquote(urlsplit(href).fragment)) if path else ""


def contents_of(book: Book, package: Package) -> list[Entry]:
    """The entries of the contents, in order; none where the book has no contents that can be read."""
    for item in package.items.values():
        if "nav" in item.properties:
            tree = book.tree(item.path)
            found = [] if tree is None else list(_of_nav(tree, item.path))
            if found:
                return found[:_MOST]
    by_type = (item.path for item in package.items.values() if item.media_type == "application/x-dtbncx+xml")
    ncx = package.items[package.ncx].path if package.ncx in package.items else next(by_type, "")
    tree = book.tree(ncx) if ncx else None
    return [] if tree is None else list(_of_ncx(tree, ncx))[:_MOST]


def _of_nav(tree: etree._Element, base: str) -> Iterator[Entry]:
    navs = named(tree, "nav")
    toc = next((nav for nav in navs if "toc" in attribute(nav, "type").split()), navs[0] if navs else None)
    for link in named(toc, "a", "span") if toc is not None else ():
        depth = sum(local(outer) == "ol" for outer in link.iterancestors()) - 1
        target = leads_to(base, attribute(link, "href")) if attribute(link, "href") else ""
        if local(link) == "span":  # a heading over others; inside a link it is but a part of its text
            item = next((outer for outer in link.iterancestors() if local(outer) in ("li", "a")), None)
            if item is None or local(item) == "a" or link.getparent() is not item:
                continue
            target = next((leads_to(base, attribute(one, "href")) for one in named(item, "a")), "")
        title = one_line(plain(link))
        if title and target and depth >= 0:
            yield Entry(title, min(depth, _DEEPEST), target)


def _of_ncx(tree: etree._Element, base: str) -> Iterator[Entry]:
    for point in named(tree, "navPoint"):
        title = next((one_line(plain(label)) for label in point if local(label) == "navLabel"), "")
        target = next((leads_to(base, attribute(one, "src")) for one in point if local(one) == "content"), "")
        depth = sum(local(outer) == "navPoint" for outer in point.iterancestors())
        if title and target:
            yield Entry(title, min(depth, _DEEPEST), target)
