"""A chapter of an EPUB, made ready for the allow list: what only its book can explain is spelt out.

Links and names become the book's own (`epub_contents.anchor`), pictures the digests of their bytes, formulas and
readings beside characters become text, and what is said to be a note is marked as one.
"""

import re
from collections.abc import Callable

from lxml import etree

from postil.documents.canonical import clean
from postil.documents.elements import IN_MARKDOWN
from postil.documents.epub_contents import anchor, leads_to
from postil.documents.html import page_tree
from postil.documents.xml_trees import attribute, local, named, plain, xml_text, xml_tree

type Picture = Callable[[str], str]
"""Keeps the picture that a link names; gives the digest to show it by, or ""."""

_NOTES = frozenset(("footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"))
_BACK = frozenset(("backlink", "doc-backlink"))
_REFERENCE = frozenset(("noteref", "doc-noteref"))
_PAGE = frozenset(("pagebreak", "doc-pagebreak"))
_ARROWS = re.compile("[↩↵⏎↑⇑⤴^\ufe0e\ufe0f\\s]+")
_SIDE_READINGS = ("rt", "rp", "rtc")
_NEVER_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CAPTION = re.compile(r"(?:^|[\s_-])(?:fig)?(?:caption|legend)", re.IGNORECASE)
_NO_WORDS = re.compile(r"(?:alt(?:ernative)? text )?(?:is )?(?:not |un)available\.?|", re.IGNORECASE)
_BOXES = ("switch", "default", "center", "dir", "hgroup", "search")
_KEPT = ("start", "value")
_SELF_CLOSED = re.compile(
    r"<(a|b|blockquote|cite|code|div|em|h[1-6]|i|iframe|li|p|script|section|small|span|strong|style|sub|sup|td|th|title|"
    r"tr|u|ul|ol|object|audio|video)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)/>",
    re.IGNORECASE,
)


def chapter_html(data: bytes, path: str, picture: Picture, drawing: Callable[[], None], *, is_nav: bool = False) -> str:
    """Return a chapter as HTML for `sanitised_blocks(prepared=True)`.

    `path`: its name in the book. `drawing`: told of each drawing that is left out. `is_nav`: it is the book's table of
    contents, whose lists are shown beside the text and not in it.
    """
    text = xml_text(data)
    root = xml_tree(text)
    if root is None:
        # What is no XML after all is read as browsers read pages.
        root = page_tree(_SELF_CLOSED.sub(r"<\1\2></\1>", text))
    if root is None:
        return ""
    body = next(iter(named(root, "body")), root)
    if local(body) == "svg":
        outer = etree.Element("div")
        outer.append(body)
        body = outer
    _Chapter(path, picture, drawing).prepare(body, is_nav=is_nav)
    name = anchor(path).replace('"', "")
    return f'<div id="{name}">{etree.tostring(body, encoding="unicode", method="html", with_tail=False)}</div>'


class _Chapter:
    def __init__(self, path: str, picture: Picture, drawing: Callable[[], None]) -> None:
        self._path = path
        self._picture = picture
        self._drawing = drawing

    def prepare(self, body: etree._Element, *, is_nav: bool) -> None:
        for node in list(body.iter(etree.Element)):
            name = local(node)
            types = frozenset(f"{attribute(node, 'type')} {node.get('role') or ''}".lower().split())
            if _is_left_out(node, name, types) or (is_nav and name == "nav"):
                _replace(node, None)
            elif name == "math":
                _replace(node, _with_text("span", _said(node)))
            elif name == "svg":
                _replace(node, self._drawn(node))
            else:
                self._element(node, name, types)

    def _element(self, node: etree._Element, name: str, types: frozenset[str]) -> None:
        """Give an element the attributes that we mean, and no others."""
        kept = {key: str(node.get(key)) for key in _KEPT if node.get(key)}
        own = attribute(node, "id") or (attribute(node, "name") if name == "a" else "")
        if own:
            kept["id"] = anchor(self._path, own)
        if types & _NOTES and name != "a":
            kept["data-note"] = ""
        if name == "a" and node.get("href"):
            inside = leads_to(self._path, node.get("href", ""))
            kept["href"] = f"#{inside}" if inside else node.get("href", "")
        source = _source(node, name)
        if name in ("p", "div") and _CAPTION.search(node.get("class") or "") and _is_below_picture(node):
            name = "figcaption"
        if name == "hgroup":
            _raise_titles(node)
        if source:
            kept |= {"src": self._picture(source), "alt": attribute(node, "alt") or attribute(node, "title")}
            name = "img" if kept["src"] or name == "img" else name
            if name == "img" and not kept["src"] and kept["alt"]:
                name, node.text = "span", f"[{clean(kept['alt'])}]"
        if types & _PAGE:
            _empty(node)
        node.attrib.clear()
        # Names that HTML does not know may mean something in a drawing, where the allow list would drop them whole.
        node.tag = name if name in IN_MARKDOWN else ("div" if name in _BOXES else "span")
        for key, value in kept.items():
            node.set(key, clean(value))
        if types & _REFERENCE and name == "a" and not _is_raised(node):
            raised = etree.Element("sup")
            raised.text, node.text = node.text, None
            raised.extend(list(node))
            node.append(raised)

    def _drawn(self, svg: etree._Element) -> etree._Element:
        """What of a drawing can be shown: the pictures in it, and its words."""
        outer = svg.getparent()
        whole = etree.Element("span" if outer is not None and local(outer) == "p" else "div")
        for image in named(svg, "image"):
            digest = self._picture(attribute(image, "href"))
            if digest:
                picture = etree.SubElement(whole, "img")
                picture.set("src", digest)
                picture.set("alt", clean(next((plain(title) for title in named(svg, "title", "desc")), "")))
        if not len(whole):
            self._drawing()
            said = next(filter(None, (plain(title) for title in named(svg, "title", "desc"))), "")
            if said:
                whole.append(_with_text("span", f"[{said}]"))
        for words in named(svg, "text", "foreignObject"):
            whole.append(_with_text("p" if whole.tag == "div" else "span", plain(words)))
        return whole


def _is_left_out(node: etree._Element, name: str, types: frozenset[str]) -> bool:
    """What is not part of the text: readings beside characters, ways back from notes, what is never shown."""
    if name in _SIDE_READINGS or node.get("hidden") is not None or _NEVER_SHOWN.search(node.get("style") or ""):
        return True
    if name == "case":  # of a choice between renderings: the default is the one that everybody can show
        outer = node.getparent()
        return outer is not None and local(outer) == "switch"
    return name == "a" and (
        bool(types & _BACK) or (bool(node.get("href")) and bool(_ARROWS.fullmatch(plain(node) or "x")))
    )


def _source(node: etree._Element, name: str) -> str:
    """The link to the picture that an element shows, or ""."""
    if name == "img":
        return node.get("src") or ""
    shows = name == "object" and (node.get("type") or "").startswith("image/") and "svg" not in (node.get("type") or "")
    return (node.get("data") or "") if shows else ""


def _raise_titles(group: etree._Element) -> None:
    """Make headings of what stands beside one in its group: the title of a chapter below its number."""
    ranks = [int(local(each)[1]) for each in group if re.fullmatch("h[1-6]", local(each))]
    for each in group if ranks else ():
        if local(each) == "p":
            each.tag = f"h{min(6, ranks[0] + 1)}"


def _said(formula: etree._Element) -> str:
    """A formula in words, or else the signs that it is made of."""
    words = " ".join(attribute(formula, "alttext").split())
    return plain(formula) if _NO_WORDS.fullmatch(words) else words


def _is_below_picture(node: etree._Element) -> bool:
    """Whether right before it, or above it in its box, there is a picture."""
    before = node.getprevious()
    return before is not None and next(before.iter("img", "{*}img"), None) is not None


def _is_raised(node: etree._Element) -> bool:
    return (
        any(local(outer) == "sup" for outer in node.iterancestors())
        or next(node.iter("sup", "{*}sup"), None) is not None
    )


def _with_text(tag: str, text: str) -> etree._Element:
    made = etree.Element(tag)
    made.text = clean(text)
    return made


def _empty(node: etree._Element) -> None:
    for child in list(node):
        node.remove(child)
    node.text = None


def _replace(node: etree._Element, other: etree._Element | None) -> None:
    """Put another element, or nothing, in the place of one; the text behind it stays."""
    outer = node.getparent()
    if outer is None:
        return
    if other is not None:
        other.tail = node.tail
        outer.replace(node, other)
        return
    tail, before = node.tail or "", node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        outer.text = (outer.text or "") + tail
    outer.remove(node)
