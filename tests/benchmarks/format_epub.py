"""How well books are read: every EPUB opened, its text against pandoc's, and nothing lost."""

import re
import statistics
import time
import unicodedata
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

from postil.documents.faults import DocumentError
from postil.documents.parse import parse_bytes

_NATIVE = re.compile(r'(?:Str|Code\s*\(.*?\)|Math \w+)\s+"((?:[^"\\]|\\.)*)"', re.DOTALL)
_NUMBERED = re.compile(r"\\(\d+)")


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def native_text(native: str) -> str:
    """The words of pandoc's own notation, without its metadata."""
    body = native[native.index("\n  [ ") :]
    words = (_NUMBERED.sub(lambda match: chr(int(match[1])), word) for word in _NATIVE.findall(body))
    return " ".join(word.replace("\\&", "").replace('\\"', '"') for word in words)


def stripped(book: Path) -> str:
    """All text of a book's pages with its tags taken away: more than is to be read, but nothing less."""
    texts = []
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xhtml", ".html", ".htm")) and "nav" not in name and "toc" not in name:
                page = archive.read(name).decode("utf-8", "replace")
                page = re.sub(r"(?is)<(script|style|head|rt|rp|title)\b.*?</\1>|<!--.*?-->|<!DOCTYPE[^>]*>", " ", page)
                texts.append(unescape(re.sub(r"<[^>]+>", " ", page)))
    return " ".join(texts)


def epub_scores(corpora: Path) -> dict[str, float]:
    """Share of books opened (or refused with a reason), token F1 against pandoc, share of words kept, time."""
    opened, refused, scores, kept, times = 0, 0, [], [], []
    books = sorted((corpora / "epub").glob("*.epub"))
    for book in books:
        data, began = book.read_bytes(), time.process_time()
        try:
            read = parse_bytes(data, str(book))
        except DocumentError:
            refused += 1
            continue
        times.append(time.process_time() - began)
        opened += 1
        found = tokens("\n".join(block.text for block in read.document.content.blocks[1:]))
        native = book.with_suffix(".native")
        if native.is_file():
            gold = tokens(native_text(native.read_text(encoding="utf-8")))
            scores.append(2 * (gold & found).total() / (gold.total() + found.total()))
        there = tokens(stripped(book))
        if there:
            found += tokens(read.document.title)
            kept.append((there & found).total() / there.total())
    return {
        "epub_opened": opened / len(books),
        "epub_refused_by_name": refused / len(books),
        "epub_f1": statistics.mean(scores),
        "epub_words_kept": statistics.mean(kept),
        "epub_cpu_ms_median": 1000 * statistics.median(times),
        "epub_cpu_ms_most": 1000 * max(times),
    }
