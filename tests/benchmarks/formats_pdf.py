"""How well PDFs are read: words and their order against gold text, and every odd file without a crash or a hang."""

import re
import statistics
import time
import unicodedata
from collections import Counter
from pathlib import Path

import pypdfium2
from rapidfuzz.distance import LCSseq

from postil.documents.faults import DocumentError
from postil.documents.pdf import parse_pdf
from postil.documents.reader import DocumentReader

_SLOW_S = 30

_RUNNING_HEAD = re.compile(r"^(?:\d+ )?\d\.\d\. [A-ZÄÖÜ -]{6,}(?: \d+)?$", re.MULTILINE)
"""Those of the textbook's gold text: a reader is to leave them out, so that finding them earns nothing."""


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def scores(true: str, found: str) -> tuple[float, float]:
    """Token F1, and F1 of the longest common run of tokens in order."""
    wanted, got = tokens(true), tokens(found)
    both = (Counter(wanted) & Counter(got)).total()
    total = max(1, len(wanted) + len(got))
    return 2 * both / total, 2 * LCSseq.similarity(wanted, got) / total


def ours(data: bytes, name: str) -> str:
    """What our reader finds on the pages, with the numbers of lists and notes, which gold text has, too."""
    return "\n".join(f"{block.marker} {block.text}" for block in parse_pdf(data, name).blocks)


def plain(data: bytes) -> str:
    """What PDFium says by itself, with its line breaks."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def gold_pairs(corpora: Path) -> dict[str, tuple[bytes, str]]:
    """The files with gold text; the gold of printed pages keeps the case of the page."""
    pairs = {}
    for folder in ("geotopo", "printed"):
        for gold in sorted((corpora / "pdf" / folder).glob("*.gold.txt")):
            file = next(gold.parent.glob(gold.name.removesuffix(".gold.txt").removesuffix("-book") + "*.pdf"))
            pairs[f"{folder}/{gold.name}"] = (file.read_bytes(), _RUNNING_HEAD.sub("", gold.read_text()))
    return pairs


def reading(corpora: Path) -> dict[str, float]:
    """The scores of our reader, beside those of PDFium's own text."""
    found: dict[str, list[float]] = {}
    for name, (data, gold) in gold_pairs(corpora).items():
        part = "pdf_book" if name.startswith("geotopo") else "pdf_printed"
        began = time.process_time()
        text = ours(data, name)
        spent = time.process_time() - began
        for suffix, value in zip(("f1", "ordered_f1"), scores(gold, text), strict=True):
            found.setdefault(f"{part}_{suffix}", []).append(value)
        for suffix, value in zip(("f1_pdfium", "ordered_f1_pdfium"), scores(gold, plain(data)), strict=True):
            found.setdefault(f"{part}_{suffix}", []).append(value)
        found.setdefault(f"{part}_cpu_s", []).append(spent)
    figures = {name: statistics.mean(values) for name, values in found.items()}
    return {"pdf_f1": (figures["pdf_book_f1"] + figures["pdf_printed_f1"]) / 2, **figures}


def odd_files(corpora: Path) -> dict[str, float]:
    """How many of the odd and hostile files are read, refused with a sentence, or neither."""
    read = refused = failed = hung = 0
    with DocumentReader() as reader:
        for file in sorted([*(corpora / "pdf").rglob("*.pdf"), *(corpora / "hostile").rglob("*.pdf")]):
            began = time.perf_counter()
            try:
                reader.read_file(file)
                read += 1
            except DocumentError as fault:
                failed += "Postil failed" in str(fault)
                refused += 1
            hung += time.perf_counter() - began > _SLOW_S
    return {"pdf_opened": read, "pdf_refused": refused, "pdf_failed": failed, "pdf_hangs": hung}


def pdf_scores(corpora: Path) -> dict[str, float]:
    """All figures of PDFs; `pdf_f1` is the mean of a textbook's and of printed web pages'."""
    return {**reading(corpora), **odd_files(corpora)}
