"""XML that came in a container, to a tree: no DTD, no entity but a character, nothing asked of any other file."""

import re
from html.entities import html5

from lxml import etree

from postil.documents.encodings import decode

_DOCTYPE = re.compile(
    r"(?>\s+|<!--.*?-->|<\?.*?\?>)*+<!DOCTYPE\b(?:[^<>\[\"']|\"[^\"]*\"|'[^']*')*+(?:\[.*?\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = frozenset(("amp", "lt", "gt", "quot", "apos"))


def xml_text(data: bytes) -> str:
    """The text of an XML file without what a parser might expand or fetch; its named characters as themselves."""
    text = _DECLARATION.sub("", decode(data).text.lstrip("\ufeff"))
    doctype = _DOCTYPE.match(text)
    text = text[doctype.end() :] if doctype else text
    return _ENTITY.sub(_character, text) if "&" in text else text


def xml_tree(text: str, *, lenient: bool = False) -> etree._Element | None:
    """Parse what `xml_text` gave; None if it is no XML. `lenient`: what is wrong with it is passed over."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        recover=lenient,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: etree._Element, name: str) -> str:
    """An attribute by its name without namespace; "" where there is none."""
    found = node.get(name)
    if found is None:
        found = next((value for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")
    return str(found)


def named(node: etree._Element, *names: str) -> list[etree._Element]:
    """All elements below with one of these names, of whatever namespace, in order."""
    return [each for each in node.iter(etree.Element) if local(each) in names]


def plain(node: etree._Element) -> str:
    """All the text in an element, its blanks collapsed."""
    return " ".join("".join(str(piece) for piece in node.itertext()).split())


def _character(match: re.Match[str]) -> str:
    if match[1] in _KEPT:
        return match[0]
    return html5.get(f"{match[1]};", match[0].replace("&", "&amp;"))
