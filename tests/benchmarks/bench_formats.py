"""How well pages and books are read, against human and machine-made gold; the last line is JSON."""

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests.benchmarks.format_epub import epub_scores
from tests.benchmarks.formats_docx import docx_scores
from tests.benchmarks.formats_html import article_bodies, readability_pages
from tests.benchmarks.formats_odd import encodings, hostile
from tests.benchmarks.formats_pdf import pdf_scores

from postil.documents.reader import DocumentReader

CORPORA = Path(os.environ.get("POSTIL_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))


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
    figures: dict[str, float] = {}
    for score in (article_bodies, readability_pages, epub_scores, docx_scores, pdf_scores, encodings, hostile):
        figures |= score(CORPORA)
    figures |= process_times()
    for name, value in figures.items():
        print(f"{name:24} {value:8.4f}")
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
