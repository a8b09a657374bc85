"""The benchmark runs, and its last line holds the figures that are asked of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_benchmark_ends_in_its_figures() -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "bench_search.py"
    done = subprocess.run(
        [sys.executable, str(script), "--quick", "--sizes", "300"],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])["300"]
    for key in ("save_p95_ms", "visible_ms", "index_save_p95_ms", "rss_mb", "build_per_s", "fts5_build_per_s"):
        assert figures[key] > 0
    assert figures["p95_ms"].keys() > figures["fts5_p95_ms"].keys() >= {"rare", "common", "phrase", "tag_word"}
