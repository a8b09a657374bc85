"""EPUBs made for a test: name only what it is about."""

import io
import zipfile
from collections.abc import Mapping

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fe"
    "a72d1e0b0000000049454e44ae426082"
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".png": "image/png",
    ".ncx": "application/x-dtbncx+xml",
    ".svg": "image/svg+xml",
}


def page(body: str, head: str = "") -> str:
    """A chapter."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title>{head}</head><body>{body}</body></html>'
    )


def package(manifest: str, spine: str, metadata: str = "<dc:title>A Book</dc:title>", attributes: str = "") -> str:
    """A package document."""
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf" version="3.0"><metadata>{metadata}</metadata>'
        f"<manifest>{manifest}</manifest><spine {attributes}>{spine}</spine></package>"
    )


def epub(
    *bodies: str, nav: str = "", files: Mapping[str, str | bytes] | None = None, metadata: str = "", **more: str
) -> bytes:
    """A book whose chapters c1.xhtml, c2.xhtml … hold these bodies.

    `nav`: the list (`<ol>`) of its contents. `files`: more files of the folder OPS, or instead of those made here.
    `metadata`: instead of a title. `spine`: instead of the chapters in order; `attributes`: of the spine.
    """
    named: dict[str, str | bytes] = {f"c{number}.xhtml": page(body) for number, body in enumerate(bodies, 1)}
    if nav:
        named["nav.xhtml"] = page(f'<nav epub:type="toc">{nav}</nav>')
    given = dict(files or {})
    ids = [*named, *(name for name in given if name not in named and name != "book.opf")]
    manifest = "".join(
        f'<item id="{name}" href="{name}" media-type="{TYPES.get(name[name.rfind(".") :], "application/x")}"'
        f"{' properties="nav"' if name == 'nav.xhtml' else ''}/>"
        for name in ids
    )
    spine = more.get("spine") or "".join(f'<itemref idref="c{number}.xhtml"/>' for number in range(1, len(bodies) + 1))
    described = metadata or "<dc:title>A Book</dc:title>"
    named["book.opf"] = package(manifest, spine, described, more.get("attributes", ""))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            **{f"OPS/{name}": text for name, text in (named | given).items()},
        }
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return whole.getvalue()
