"""How well the article of a web page is found, beside trafilatura alone, the best public extractor on this set."""

import gzip
import json
import re
import statistics
import time
import unicodedata
from collections import Counter
from pathlib import Path

import trafilatura
from lxml.html import document_fromstring
from rapidfuzz.distance import LCSseq

from postil.documents.encodings import decode
from postil.documents.parse import parse_bytes
from postil_db.records import Block, BlockKind

_KINDS = {"li": BlockKind.LIST_ITEM, "blockquote": BlockKind.QUOTE} | dict.fromkeys(
    (f"h{level}" for level in range(1, 7)), BlockKind.HEADING
)


def blocks_of(data: bytes) -> list[Block]:
    """The body of the page without its title."""
    return list(parse_bytes(data, "page.html").document.content.blocks[1:])


def text_of(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks if not block.image)


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def folded(text: str) -> str:
    return " ".join(tokens(unicodedata.normalize("NFKC", text).lower()))


def article_scores(true: str, found: str, size: int = 4) -> tuple[float, float]:
    """Precision and recall of 4-grams, as the benchmark's own script counts them."""
    wanted, got = (
        Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))
        for words in (tokens(true), tokens(found))
    )
    both = (wanted & got).total()
    return both / max(1, got.total()), both / max(1, wanted.total())


def mean_f1(scores: list[tuple[float, float]]) -> tuple[float, float, float]:
    """F1 of the mean precision and recall, and these."""
    precision, recall = (statistics.mean(score[part] for score in scores) for part in (0, 1))
    return 2 * precision * recall / (precision + recall), precision, recall


def token_f1(true: str, found: str) -> float:
    wanted, got = (Counter(folded(text).split()) for text in (true, found))
    return 2 * (wanted & got).total() / max(1, wanted.total() + got.total())


def in_order(true: str, found: str) -> float:
    """F1 of the longest common run of tokens: content and reading order at once."""
    wanted, got = tokens(true), tokens(found)
    return 2 * LCSseq.similarity(wanted, got) / max(1, len(wanted) + len(got))


def other(data: bytes) -> str:
    """The text that trafilatura gives by itself."""
    return trafilatura.extract(decode(data).text, include_comments=False) or ""


def kept_structure(data: bytes, gold: str, blocks: list[Block]) -> Counter[tuple[BlockKind, bool]]:
    """How many headings, list items and quotes of the page that stand in the gold text are blocks of that kind."""
    page, there = document_fromstring(decode(data).text.encode(), parser=None), f" {folded(gold)} "
    ours = {(block.kind, folded(block.text)) for block in blocks}
    counts: Counter[tuple[BlockKind, bool]] = Counter()
    for node in page.iter(*_KINDS):
        words = folded(" ".join(node.itertext()))
        if len(words.split()) >= 3 and f" {words} " in there:
            counts[
                _KINDS[str(node.tag)], any(kind is _KINDS[str(node.tag)] and text == words for kind, text in ours)
            ] += 1
    return counts


def article_bodies(corpora: Path) -> dict[str, float]:
    """F1 over the hand-made gold, ours and the other's; what of the structure is kept; the order; the time."""
    gold = json.loads((corpora / "article-bodies" / "ground-truth.json").read_text())
    ours, others, ordered, times, other_times = [], [], [], [], []
    kept: Counter[tuple[BlockKind, bool]] = Counter()
    for file in sorted((corpora / "article-bodies" / "html").glob("*.gz")):
        data, true = gzip.decompress(file.read_bytes()), gold[file.name.split(".")[0]]["articleBody"]
        began = time.process_time()
        blocks = blocks_of(data)
        middle = time.process_time()
        theirs = other(data)
        times.append(middle - began)
        other_times.append(time.process_time() - middle)
        ours.append(article_scores(true, text_of(blocks)))
        others.append(article_scores(true, theirs))
        ordered.append(in_order(true, text_of(blocks)))
        kept += kept_structure(data, true, blocks)
    f1, precision, recall = mean_f1(ours)
    share = {
        f"html_{kind.value}_kept": kept[kind, True] / max(1, kept[kind, True] + kept[kind, False])
        for kind in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE)
    }
    return {
        "html_f1": f1,
        "html_f1_best_other": mean_f1(others)[0],
        "html_precision": precision,
        "html_recall": recall,
        "html_ordered_f1": statistics.mean(ordered),
        **share,
        "html_cpu_ms_median": 1000 * statistics.median(times),
        "html_cpu_ms_median_other": 1000 * statistics.median(other_times),
    }


def readability_pages(corpora: Path) -> dict[str, float]:
    """Mean token F1 against what Readability.js finds, ours and the other's, and the share of its code lines kept."""
    ours, others, wanted_code, got_code = [], [], 0, 0
    for folder in sorted((corpora / "readability-pages").iterdir()):
        if not (folder / "source.html").is_file():
            continue
        data = (folder / "source.html").read_bytes()
        expected = document_fromstring((folder / "expected.html").read_bytes().decode())
        true, blocks = " ".join(expected.itertext()), blocks_of(data)
        ours.append(token_f1(true, text_of(blocks)))
        others.append(token_f1(true, other(data)))
        lines = sum(len("".join(pre.itertext()).strip("\n").split("\n")) for pre in expected.iter("pre"))
        wanted_code += lines
        got_code += min(lines, sum(block.kind is BlockKind.CODE for block in blocks))
    return {
        "readability_token_f1": statistics.mean(ours),
        "readability_token_f1_other": statistics.mean(others),
        "readability_code_lines": got_code / max(1, wanted_code),
    }
