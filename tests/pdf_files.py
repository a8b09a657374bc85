"""Small PDFs, written out by hand: text exactly where a test wants it.

`python -m tests.pdf_files` writes the sample in tests/samples anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE = Path(__file__).parent / "samples" / "two-columns.pdf"
FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "sans": "Helvetica", "odd": "Helvetica"}
_WRITTEN = str.maketrans({"ﬁ": "\x01", "ﬂ": "\x02", "\\": r"\\", "(": r"\(", ")": r"\)"})


@dataclass
class Page:
    """`texts`: (x, y, size, font, text) each, in points from the top left corner of the paper before it is turned."""

    texts: list[tuple[float, float, float, str, str]] = field(default_factory=list)
    width: float = 400
    height: float = 560
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    extra: str = ""
    resources: str = ""
    drawing: str = ""

    def lines(
        self, x: float, y: float, lines: Sequence[str], *, size: float = 10, font: str = "roman", leading: float = 12
    ) -> float:
        """Set lines one below the other; return where the next one would go."""
        for line in lines:
            self.texts.append((x, y, size, font, line))
            y += leading
        return y


def pdf(
    pages: Sequence[Page],
    *,
    info: str = "",
    outline: Sequence[tuple[str, int]] = (),
    odd: Sequence[str] = (),
    more: Mapping[int, str] | None = None,
) -> bytes:
    """Return the file. `odd`: what the characters "a", "b", … of the font "odd" mean, whatever they look like.

    `more`: further objects by their numbers.
    """
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", 3: f"<< {info} >>"}
    fonts = " ".join(f"/{name} {10 + at} 0 R" for at, name in enumerate(FONTS))
    for at, (name, base) in enumerate(FONTS.items()):
        encoding = "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >>"
        meaning = "/ToUnicode 9 0 R" if name == "odd" and odd else ""
        objects[10 + at] = f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} {encoding} {meaning} >>"
    objects[9] = _stream(_meanings(odd))
    numbers = [20 + 2 * at for at in range(len(pages))]
    objects[2] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>"
    for number, page in zip(numbers, pages, strict=True):
        crop = f"/CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] {crop} /Rotate {page.rotate} "
            f"/Resources << /Font << {fonts} >> {page.resources} >> /Contents {number + 1} 0 R {page.extra} >>"
        )
        objects[number + 1] = _stream(_drawing(page))
    if outline:
        _add_outline(objects, outline, numbers)
    return _file(objects | dict(more or {}))


def _drawing(page: Page) -> str:
    shown = []
    for x, y, size, font, text in page.texts:
        shown.append(f"BT /{font} {size} Tf {x} {page.height - y} Td ({text.translate(_WRITTEN)}) Tj ET")
    return "\n".join([*shown, page.drawing])


def _meanings(odd: Sequence[str]) -> str:
    pairs = "\n".join(f"<{ord('a') + at:02x}> <{meaning.encode('utf-16-be').hex()}>" for at, meaning in enumerate(odd))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(odd)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _add_outline(objects: dict[int, str], outline: Sequence[tuple[str, int]], numbers: Sequence[int]) -> None:
    first = 1000
    objects[1] = "<< /Type /Catalog /Pages 2 0 R /Outlines 999 0 R >>"
    objects[999] = (
        f"<< /Type /Outlines /First {first} 0 R /Last {first + len(outline) - 1} 0 R /Count {len(outline)} >>"
    )
    for at, (title, page) in enumerate(outline):
        following = f"/Next {first + at + 1} 0 R" if at + 1 < len(outline) else ""
        objects[first + at] = f"<< /Title ({title}) /Parent 999 0 R {following} /Dest [{numbers[page]} 0 R /Fit] >>"


def _stream(content: str) -> str:
    return f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream"


def _file(objects: dict[int, str]) -> bytes:
    data, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number in sorted(objects):
        places[number] = len(data)
        data += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("cp1252")
    start = len(data)
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    trailer = f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return data + f"xref\n0 1\n0000000000 65535 f \n{table}{trailer}".encode()


LEFT = (
    "The island lies far out, and",
    "few have ever set foot on it.",
    "Its ﬁrst keeper lit the light-",
    "house lamp in 1843 and kept",
    "a diary of each night, a well-",
    "known book that was printed",
    "after his death in Bergen by",
)
RIGHT = (
    "his own daughter, who had",
    "kept the light after him.",
    "   Storms took the roof twice.",
    "Each time the ﬂame burned",
    "on, for the people of the",
    "village carried new slates",
    "over the ice before spring.",
)


def two_columns() -> bytes:
    """A paper of three pages: heading, two columns, running head, numbers, hyphens, ligatures; the last page turned."""
    pages = []
    for number in range(1, 4):
        page = Page(rotate=90 if number == 3 else 0)
        page.texts.append((150, 30, 8, "sans", "The Lamp Quarterly"))
        page.texts.append((196, 540, 8, "sans", str(number)))
        pages.append(page)
    first, second, third = pages
    first.texts.append((60, 80, 20, "bold", "Light on the Outer Skerry"))
    first.texts.append((150, 104, 11, "roman", "Ingrid Solheim"))
    # Row by row, as some programs write it: only the places tell the columns.
    for at, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        first.texts.append((50, 150 + 12 * at, 10, "roman", left))
        first.texts.append((215, 150 + 12 * at, 10, "roman", right))
    y = second.lines(50, 80, ["2. What the Diary Says"], size=14, font="bold")
    y = second.lines(
        50,
        y + 12,
        [
            "The diary is plain. It gives the wind, the oil that was burned, and",
            "the ships that passed. On some nights nothing passed at all, and",
        ],
    )
    third.lines(50, 80, ["he wrote only the hour. Three things he never left out:"])
    third.lines(60, 100, ["• the height of the ﬂame;", "• the state of the glass;", "• the name of the dog."])
    third.lines(50, 150, ["All three stand in the very last line of the book as well."])
    return pdf(
        pages,
        info="/Title (Light on the Outer Skerry) /Author (Ingrid Solheim) /CreationDate (D:20240305101500+01'00')",
        outline=[("Light on the Outer Skerry", 0), ("2. What the Diary Says", 1)],
    )


if __name__ == "__main__":
    SAMPLE.write_bytes(two_columns())
