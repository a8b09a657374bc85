"""What the containers of office programs have in common: XML that reaches nothing outside, and what it says."""

from dataclasses import dataclass

from lxml import etree

from postil.documents.archive import Archive
from postil.documents.canonical import one_line
from postil.documents.faults import Broken

_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True)
class Properties:
    """What a file says about itself; "" or () for what it does not say."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def xml(data: bytes, name: str) -> etree._Element:
    """Parse one part of a container; entities are not resolved and nothing is fetched. Raises Broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Broken(f"“{name}” is damaged: a part of it cannot be read. Save it anew and open that.")
    return root


def core_properties(archive: Archive, name: str, part: str = "docProps/core.xml") -> Properties:
    """Title, authors and language as a container's Dublin Core says them."""
    if part not in archive:
        return Properties()
    try:
        root = xml(archive.read(part), name)
    except Broken:
        return Properties()

    def said(tag: str) -> str:
        return one_line(next((node.text for node in root.iter(f"{_DC}{tag}") if node.text), "") or "")

    authors = tuple(author.strip() for author in said("creator").split(";") if author.strip())
    return Properties(said("title"), authors, said("language"))
