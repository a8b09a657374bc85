"""Spoilt documents without end, through the real child process: each is read or refused with a sentence, none hangs.

    python tests/fuzz/fuzz_documents.py            # SECONDS=60 SEED=1 by default

Prints a table and, as the last line, one JSON object. What crashed the child is kept in a folder that is named, and the
exit status is 1.
"""

import gzip
import io
import json
import os
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests.postil.documents.books import PNG, epub

from postil.documents.reader import DocumentError, DocumentReader, TooMuch

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("POSTIL_CORPORA", ROOT.parent / "shared" / "corpora"))
_LARGEST_SEED = 300_000
_MOST_OF_A_KIND = 25
_SLOW_S = 20.0
_FAILED = "Postil failed at it"  # what the reader of the message sees of a crash
_PIECES = (
    *(
        b"\x00",
        b"\xff",
        b"<",
        b">",
        b"&",
        b'"',
        b"]]>",
        b"<!--",
        b"&#x0;",
        b"&a;",
        b"../../",
        b"-1",
        b"9" * 30,
        b"\n" * 50,
    ),
    *(b"<p>" * 300, b"<table><tr><td>" * 50, b"%PDF-", b"obj <<", b"endobj", b"PK\x03\x04", b"\x1f\x8b"),
    *("🦉".encode(), b"\xed\xa0\x80"),
)


def seeds() -> list[tuple[str, bytes]]:
    """Whole documents to spoil: ours, and small ones of the corpora where they are."""
    nav = '<ol><li><a href="c1.xhtml">One</a></li></ol>'
    body = "<h1>A</h1><p>b<a href='#n'>1</a></p><p id='n'><a href='#r'>1</a> note</p><img src='k.png' alt='k'/>"
    page = (ROOT / "tests" / "samples" / "article.html").read_bytes()
    found = [("book.epub", epub(body, body, nav=nav, files={"k.png": PNG})), ("page.html", page)]
    found += [
        ("notes.md.gz", gzip.compress(b"# A\n\n- b\n- c\n\n> d\n")),
        ("words.txt", b"A line.\n\n\tAnother line \xc3\xa9.\n" * 9),
    ]
    found.append(("saved.mhtml", _SAVED + page))
    for folder, ending in (("epub", "epub"), ("docx", "docx"), ("pdf", "pdf"), ("hostile", "*")):
        files = (
            path for path in sorted((CORPORA / folder).rglob(f"*.{ending}")) if path.stat().st_size < _LARGEST_SEED
        )
        found += [(path.name, path.read_bytes()) for path, _number in zip(files, range(_MOST_OF_A_KIND), strict=False)]
    return found


_SAVED = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    b"Content-Location: https://a.b/c\r\n\r\n"
)


def spoilt(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The document after a few accidents; those inside an archive happen to what it holds."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        with suppress(Exception):  # what an earlier accident left of an archive may be none
            return _within(data, other, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = _accident(data, other, chance)
    return data


def _accident(data: bytes, other: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 2, 8, 64, 1024)))
    match chance.randrange(6):
        case 0:
            return data[:start]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:start] + data[start:end] * chance.choice((2, 3, 50)) + data[end:]
        case 3:
            return data[:start] + chance.choice(_PIECES) + data[start:]
        case 4:
            return data[:start] + bytes(chance.randrange(256) for _ in range(end - start)) + data[end:]
        case _:
            at = chance.randrange(len(other) + 1)
            return data[:start] + other[at : at + 2048] + data[end:]


def _within(data: bytes, other: bytes, chance: random.Random) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        names = list(dict.fromkeys(old.namelist()))
        chosen = set(chance.sample(names, min(len(names), chance.choice((1, 1, 2, 5)))))
        for name in names:
            held = old.read(name)
            new.writestr(name, _accident(held, other, chance) if name in chosen and held else held)
    return whole.getvalue()


def inputs(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Spoilt documents without end."""
    whole = seeds()
    while True:
        name, data = chance.choice(whole)
        yield name, spoilt(data, chance.choice(whole)[1], chance)


def main() -> int:
    seconds, seed = float(os.environ.get("SECONDS", "60")), int(os.environ.get("SEED", "1"))
    kept, counts, slowest = Path(tempfile.mkdtemp(prefix="postil-fuzz-")), Counter[str](), 0.0
    until, chance = time.monotonic() + seconds, random.Random(seed)
    with DocumentReader() as reader:
        for number, (name, data) in enumerate(inputs(chance)):
            if time.monotonic() > until:
                break
            path, began = kept / f"{number}-{name}", time.monotonic()
            path.write_bytes(data)
            what = _outcome(reader, path)
            took = time.monotonic() - began
            slowest = max(slowest, took)
            if took > _SLOW_S and what not in ("crashed", "hung"):
                what = "slow"
            counts[what] += 1
            if what in ("crashed", "hung", "slow"):
                print(f"{what}: {path} ({took:.1f} s)")
            else:
                path.unlink()
    if not any(kept.iterdir()):
        kept.rmdir()
    figures = {name: counts[name] for name in ("read", "refused", "slow", "hung", "crashed")}
    print(f"{counts.total()} inputs in {seconds:g} s, seed {seed}; the slowest took {slowest:.1f} s")
    print(json.dumps({"inputs": counts.total(), **figures, "slowest_s": round(slowest, 1)}))
    return 1 if counts["crashed"] or counts["hung"] else 0


def _outcome(reader: DocumentReader, path: Path) -> str:
    """What became of an input; any other exception is a fault of the parent's side and ends the run."""
    try:
        reader.read_file(path)
    except TooMuch:
        return "hung"
    except DocumentError as refusal:
        return "crashed" if _FAILED in str(refusal) else "refused"
    return "read"


if __name__ == "__main__":
    sys.exit(main())
