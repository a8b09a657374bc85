"""Postil's main job without a screen, step by step, with the same commands that a reader would type.

    python packaging/demo.py [ARTICLE]

In a library that is thrown away: add the sample article (and ARTICLE), recognise the names, mark two passages in each,
find them again, export them as CSV, and write demo.png, a picture of the window showing all this. Each step says what
it did; the first one that fails ends the demo with a sentence and a status that is not 0.
"""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

PICTURE = Path("demo.png")
PNG = b"\x89PNG\r\n\x1a\n"
LONGEST_STEP_S = 300
MOST_LINES = 100
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")


class Demo:
    """Runs commands on one library and tells what they said."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._steps = count(1)
        self._environment = {**os.environ, "POSTIL_LIBRARY": str(folder / "library"), "QT_QPA_PLATFORM": "offscreen"}

    def step(self, title: str) -> None:
        """Begin a step."""
        print(f"\n=== {next(self._steps)}. {title}", flush=True)

    def tell(self, *words: str) -> str:
        """Run a command, show it and all that it printed."""
        print(f"$ postil {shlex.join(words)}", flush=True)
        out = self._run(words)
        lines = out.removeprefix("\ufeff").splitlines()
        for line in lines[:MOST_LINES]:
            print(line)
        if len(lines) > MOST_LINES:
            print(f"… and {len(lines) - MOST_LINES} more lines")
        return out

    def ask(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        """Run a command for what it says to programs."""
        return json.loads(self._run((*words, "--json")))

    def _run(self, words: Sequence[str]) -> str:
        command = [sys.executable, "-P", "-X", "utf8", "-m", "postil", *words]
        try:
            done = subprocess.run(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=LONGEST_STEP_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            fail(f"“postil {shlex.join(words)}” took longer than {LONGEST_STEP_S} seconds")
        said = done.stderr.decode(errors="replace").strip()
        if done.returncode:
            fail(f"“postil {shlex.join(words)}” ended with status {done.returncode}", said)
        if said:
            print(said)
        return done.stdout.decode()


def fail(what: str, said: str = "") -> NoReturn:
    """End the demo."""
    print(f"\nThe demo failed: {what}.{' It said:' if said else ''}", file=sys.stderr)
    if said:
        print(said, file=sys.stderr)
    sys.exit(1)


def main() -> None:
    """Run all steps."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    article = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else None
    if article and not article.is_file():
        fail(f"there is no file “{article}”")
    with tempfile.TemporaryDirectory(prefix="postil-demo-") as folder:
        demo = Demo(Path(folder))
        try:
            run(demo, Path(folder), article)
        finally:
            forget_index(Path(folder) / "library")


def run(demo: Demo, folder: Path, article: Path | None) -> None:
    """The main job, from a file to a picture."""
    add(demo, folder, article)
    names(demo)
    marked = mark(demo, article)
    find(demo, marked)
    export(demo, folder, marked)
    paint(demo, document=max(one["document"] for one in marked))
    print("\nAll of it worked.")


def add(demo: Demo, folder: Path, article: Path | None) -> None:
    """Add the articles; their names are recognised meanwhile."""
    from postil.documents.sample import sample

    demo.step("Add the sample article" + (f" and {article.name}" if article else "") + " to a fresh library")
    example = folder / "sample.md"
    example.write_bytes(sample().original)
    demo.tell("add", str(example), *([str(article)] if article else []))
    expected = 2 if article else 1
    if len(demo.ask("list")) != expected:
        fail(f"the library does not hold {expected} documents")


def names(demo: Demo) -> None:
    """Show what was recognised, by kind."""
    demo.step("The names that were recognised, by kind")
    found = demo.ask("entities", "--all")
    for document in sorted({mention["document"] for entity in found for mention in entity["mentions"]}):
        demo.tell("entities", str(document))
    kinds = Counter(entity["kind"] for entity in found)
    print("\nIn all: " + ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()))
    for kind in ("person", "org", "place", "date"):
        if not kinds[kind]:
            fail(f"no {kind} was recognised")


def mark(demo: Demo, article: Path | None) -> list[dict[str, Any]]:
    """Make two highlights in the sample, and two more in the article of the reader's own."""
    from postil.documents.sample import examples

    demo.step("Mark two passages, with tags and a note")
    for example in examples()[:2]:
        tags = [word for tag in example.tags for word in ("--tag", tag)]
        note = ["--note", example.note] if example.note else []
        demo.tell("annotate", "1", "--quote", example.quote, "--color", example.color.value, *tags, *note)
    if article:
        mark_most_named(demo)
    marked: list[dict[str, Any]] = demo.ask("annotations")
    if (
        sum(one["document"] == 1 for one in marked) != 2
        or not any(one["note"] for one in marked)
        or not all(one["tags"] for one in marked)
    ):
        fail("the highlights are not there as they were made")
    return marked


def mark_most_named(demo: Demo) -> None:
    """Mark the sentences in which the article first mentions the two that it names most."""
    text = demo.ask("show", "2", "--text")["text"]
    named = dict[str, list[dict[str, Any]]]()
    for entity in demo.ask("entities", "--all"):
        if mentions := [one for one in entity["mentions"] if one["document"] == 2]:
            named[entity["entity"]] = [{**one, "kind": entity["kind"]} for one in mentions]
    sentences = dict[tuple[int, int], str]()
    for name in sorted(named, key=lambda name: -len(named[name])):
        mention = named[name][0]
        before = [match.end() for match in SENTENCE_END.finditer(text, 0, mention["start"])]
        after = SENTENCE_END.search(text, mention["end"])
        sentences.setdefault((max(before, default=0), after.start() if after else len(text)), name)
    for (start, end), name in list(sentences.items())[:2]:
        note = f"Names {name}; mentions in the whole article: {len(named[name])}."
        place = ("--start", str(start), "--end", str(end))
        about = ("--color", "green", "--tag", named[name][0]["kind"], "--note", note)
        demo.tell("annotate", "2", *place, *about)


def find(demo: Demo, marked: Sequence[dict[str, Any]]) -> None:
    """Find one by a word of its note, and by its tag."""
    demo.step("Find them again, by a word of the note and by a tag")
    one = next(each for each in marked if each["note"])
    quoted = {word for each in marked for word in re.findall(r"\w+", each["quote"].lower())}
    word = max((word for word in re.findall(r"[a-z]+", one["note"].lower()) if word not in quoted), key=len)
    tag = f'tag:"{one["tags"][0]}"'
    for query in (word, tag):
        demo.tell("search", query)
        if one["id"] not in [hit["id"] for hit in demo.ask("search", query)]:
            fail(f"searching for {query} did not find the highlight “{one['quote']}”")


def export(demo: Demo, folder: Path, marked: Sequence[dict[str, Any]]) -> None:
    """Export to a file, and show it."""
    demo.step("Export them as CSV")
    target = folder / "annotations.csv"
    demo.tell("export", "--format", "csv", "-o", str(target))
    content = target.read_bytes().decode("utf-8-sig")
    print(content, end="")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    if [row["quote"] for row in rows] != [one["quote"] for one in marked]:
        fail("the CSV does not hold the highlights")


def paint(demo: Demo, document: int) -> None:
    """Write the picture."""
    demo.step(f"A picture of the window: {PICTURE}")
    PICTURE.unlink(missing_ok=True)
    demo.tell("screenshot", str(PICTURE), "--document", str(document), "--size", "1360x860")
    if not PICTURE.is_file() or not PICTURE.read_bytes().startswith(PNG):
        fail(f"{PICTURE} was not written")
    print(f"{PICTURE.stat().st_size:,} bytes")


def forget_index(folder: Path) -> None:
    """Take the index of the library that is thrown away out of the user's cache."""
    from postil_db.errors import LibraryError
    from postil_db.library import Library
    from postil_db.places import cache_folder, index_folder

    if not folder.is_dir():
        return
    try:
        with Library.open(folder) as library:
            cached = index_folder(cache_folder(), library.id, folder).parent
    except LibraryError:
        return  # the demo has said already what is wrong
    shutil.rmtree(cached, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        fail(str(error))
