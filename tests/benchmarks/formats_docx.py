"""How well Word files are read: their words, headings and quotations against gold, and odd files without a crash."""

import html
import re
import statistics
import time
from collections import Counter
from pathlib import Path

import mammoth

from postil.documents.faults import DocumentError
from postil.documents.reader import DocumentReader
from postil_db.records import BlockKind

_TEXT = re.compile(
    r"""\b(?:Str|Code|CodeBlock|Math)\ (?:\("[^)]*\)\ |(?:Inline|Display)Math\ )?"((?:[^"\\]|\\.)*)"
    | \b(?:Space|SoftBreak|LineBreak|Para|Plain|Header)\b""",
    re.VERBOSE,
)
_COMMENT = re.compile(r'Span \("",\["comment-start"\],\[[^\]]*\]\) \[')
_ESCAPED = re.compile(r"\\(?:(\d+)(?:\\&)?|(.))")
_HEADER = re.compile(r"^[ ,\[]*Header (\d)", re.MULTILINE)
_QUOTE = re.compile(r"\bBlockQuote\b")
_SLOW_S = 30


def docx_scores(corpora: Path) -> dict[str, float]:
    """Mean token F1 over the files with gold, beside mammoth alone; and what became of all files."""
    ours, plain, headings, quotes = [], [], [0, 0], [0, 0]
    with DocumentReader() as reader:
        for gold in sorted((corpora / "docx" / "pandoc").glob("*.native")):
            file = gold.with_suffix(".docx")
            native = gold.read_text()
            wanted = words(native)
            if not wanted or not file.is_file():
                continue
            try:
                blocks = reader.read_file(file).document.content.blocks
            except DocumentError:
                ours.append(0.0)
                continue
            blocks = blocks[1:] if blocks[0].text == file.stem else blocks  # a title that only the file's name gave
            found = Counter(re.findall(r"\w+", "\n".join(one.text for one in blocks).lower()))
            ours.append(f1(wanted, found))
            with file.open("rb") as opened:
                text = re.sub("<[^>]+>", " ", mammoth.convert_to_html(opened).value)
            plain.append(f1(wanted, Counter(re.findall(r"\w+", html.unescape(text).lower()))))
            for tally, pattern, kind in ((headings, _HEADER, BlockKind.HEADING), (quotes, _QUOTE, BlockKind.QUOTE)):
                there = len(pattern.findall(native))
                tally[0] += there
                tally[1] += min(there, sum(one.kind is kind for one in blocks))
        refused, hangs = _odd_files(reader, corpora)
    return {
        "docx_f1": statistics.mean(ours),
        "docx_f1_mammoth": statistics.mean(plain),
        "docx_headings": headings[1] / max(1, headings[0]),
        "docx_quotes": quotes[1] / max(1, quotes[0]),
        "docx_refused": refused,
        "docx_hangs": hangs,
    }


def words(native: str) -> Counter[str]:
    """The words of a document in pandoc's native form, without comments."""
    while comment := _COMMENT.search(native):
        native = native[: comment.start()] + native[_closing(native, comment.end()) :]
    parts = [" " if match[1] is None else _ESCAPED.sub(_unescaped, match[1]) for match in _TEXT.finditer(native)]
    return Counter(re.findall(r"\w+", "".join(parts).lower()))


def _closing(native: str, at: int) -> int:
    """Where the bracket that was opened before `at` is closed."""
    depth = 1
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]]', native[at:]):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if not depth:
            return at + match.end()
    return len(native)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1])) if match[1] else match[2]


def f1(wanted: Counter[str], found: Counter[str]) -> float:
    return 2 * (wanted & found).total() / max(1, wanted.total() + found.total())


def _odd_files(reader: DocumentReader, corpora: Path) -> tuple[int, int]:
    refused = hangs = 0
    for file in sorted((corpora / "docx").glob("*/*.docx")):
        began = time.monotonic()
        try:
            reader.read_file(file)
        except DocumentError:
            refused += 1
        hangs += time.monotonic() - began > _SLOW_S
    return refused, hangs
