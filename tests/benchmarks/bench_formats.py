"""How well pages and books are read, against human and machine-made gold; the last line is JSON."""

import gzip
import json
import os
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from lxml.html import document_fromstring

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests.benchmarks.format_epub import epub_scores
from tests.benchmarks.formats_docx import docx_scores
from tests.benchmarks.formats_pdf import pdf_scores

from postil.documents.parse import parse_bytes
from postil.documents.reader import DocumentReader
from postil_db.records import BlockKind

CORPORA = Path(os.environ.get("POSTIL_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))


def read(data: bytes) -> tuple[str, Counter[str]]:
    """The body of the page without its title, and how many blocks of each kind."""
    document = parse_bytes(data, "page.html").document
    body = document.content.blocks[1:]
    return "\n".join(block.text for block in body if not block.image), Counter(block.kind.value for block in body)


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    return Counter(tuple(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1)))


def article_scores(true: str, found: str) -> tuple[float, float]:
    """Precision and recall of 4-grams, as the benchmark's own script counts them."""
    wanted, got = shingles(true), shingles(found)
    both = (wanted & got).total()
    return both / max(1, got.total()), both / max(1, wanted.total())


def token_f1(true: str, found: str) -> float:
    wanted, got = (Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())) for text in (true, found))
    return 2 * (wanted & got).total() / max(1, wanted.total() + got.total())


def article_bodies() -> dict[str, float]:
    """F1 of the mean precision and recall over the hand-made gold."""
    gold = json.loads((CORPORA / "article-bodies" / "ground-truth.json").read_text())
    scores: dict[str, tuple[float, float]] = {}
    times = []
    for page in sorted((CORPORA / "article-bodies" / "html").glob("*.gz")):
        data, name = gzip.decompress(page.read_bytes()), page.name.split(".")[0]
        began = time.process_time()
        found, _kinds = read(data)
        times.append(time.process_time() - began)
        scores[name] = article_scores(gold[name]["articleBody"], found)
    precision, recall = (statistics.mean(score[part] for score in scores.values()) for part in (0, 1))
    return {
        "html_f1": 2 * precision * recall / (precision + recall),
        "html_precision": precision,
        "html_recall": recall,
        "html_cpu_ms_median": 1000 * statistics.median(times),
    }


def readability_pages() -> dict[str, float]:
    """Mean token F1 against what Readability.js finds, and the share of its code lines kept."""
    scores, wanted_code, got_code = [], 0, 0
    for folder in sorted((CORPORA / "readability-pages").iterdir()):
        if not (folder / "source.html").is_file():
            continue
        expected = document_fromstring((folder / "expected.html").read_bytes().decode())
        found, kinds = read((folder / "source.html").read_bytes())
        scores.append(token_f1(" ".join(expected.itertext()), found))
        lines = sum(len("".join(pre.itertext()).strip("\n").split("\n")) for pre in expected.iter("pre"))
        wanted_code += lines
        got_code += min(lines, kinds[BlockKind.CODE.value])
    return {
        "readability_token_f1": statistics.mean(scores),
        "readability_code_lines": got_code / max(1, wanted_code),
    }


def process_times() -> dict[str, float]:
    """Seconds for the first file, with the child's start, and for one more."""
    times = []
    page = next((CORPORA / "readability-pages").glob("*/source.html"))
    with DocumentReader() as reader:
        for _ in range(4):
            began = time.perf_counter()
            reader.read_file(page)
            times.append(time.perf_counter() - began)
    return {"child_cold_s": times[0], "child_warm_s": min(times[1:])}


def main() -> None:
    if not CORPORA.is_dir():
        sys.exit(f"no corpora at {CORPORA} (set POSTIL_CORPORA)")
    figures = {**article_bodies(), **readability_pages(), **epub_scores(CORPORA), **docx_scores(CORPORA)}
    figures |= pdf_scores(CORPORA)
    figures |= process_times()
    for name, value in figures.items():
        print(f"{name:24} {value:8.4f}")
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
