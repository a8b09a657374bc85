"""How many annotations find their passage again in an edited text, how many a wrong one, and how fast.

    python tests/benchmarks/bench_anchors.py [--seed N] [--words N] [--count N]

Two real texts are edited by a seeded generator that knows where every character went. "Alive": at least half of a
passage's characters are still there; "dead": fewer than 30 %, or the text is another one. A place is right if it holds
at least half of what is left of the passage, and if at least half of it is that (what was put into the middle of the
passage does not count either way); else it is wrong. The rule of Hypothesis runs on a part of the same passages. Prints
a table and, as the last line, one JSON object.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests.benchmarks import anchor_hypothesis
from tests.benchmarks.anchor_edits import ALIVE, DEAD, KINDS, Edited, edited
from tests.benchmarks.anchor_texts import manuals, novel, taken

from postil.anchors.normalise import WORD
from postil.anchors.resolve import resolve
from postil_db.describing import describe
from postil_db.records import AnchorState, Block, BlockKind, Content, Selector

HYPOTHESIS = 40  # passages of each text and kind that the other rule is tried on: it takes its time
LENGTHS = ((1, 4), (5, 30), (5, 30), (31, 120))  # words, each as often

type Place = tuple[int, int] | None


@dataclass(slots=True)
class Score:
    """What became of some passages."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Score") -> None:
        """Count another's with this one's."""
        self.counts.update(other.counts)

    def take(self, truth: tuple[float, tuple[int, ...]] | None, place: Place, new: Edited | None = None) -> str:
        """Count one passage; `truth` and `new` are None in another text."""
        verdict = _verdict(truth, place, new)
        self.counts[verdict] += 1
        return verdict

    @property
    def alive(self) -> int:
        """Passages that are still there."""
        return self.counts["right"] + self.counts["wrong"] + self.counts["lost"]

    def share(self, of: str) -> float:
        """Which share of the living (or the dead) it was."""
        whole = self.counts["dead placed"] + self.counts["dead"] if of.startswith("dead") else self.alive
        return self.counts[of] / whole if whole else 0.0


def _verdict(truth: tuple[float, tuple[int, ...]] | None, place: Place, new: Edited | None) -> str:
    share, left = truth or (0.0, ())
    if share < DEAD:
        return "dead placed" if place else "dead"
    if share < ALIVE:
        return "between"
    if place is None:
        return "lost"
    inside = [at for at in left if place[0] <= at < place[1]]
    if new is None or 2 * len(inside) < len(left):
        return "wrong"
    put_in = int((new.origins[inside[0] : inside[-1] + 1] < 0).sum())
    return "right" if 2 * len(inside) >= place[1] - place[0] - put_in else "wrong"


def passages(text: str, count: int, seed: int) -> list[Selector]:
    """Passages as readers mark them, anywhere in a text."""
    content, chance = Content((Block(BlockKind.PARAGRAPH, text),)), random.Random(seed)
    spans = [match.span() for match in WORD.finditer(text)]
    found = []
    for number in range(count):
        size = min(chance.randint(*LENGTHS[number % len(LENGTHS)]), len(spans))
        first = chance.randrange(len(spans) - size + 1)
        found.append(describe(content, spans[first][0], spans[first + size - 1][1]))
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description="Measure how passages are found again.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--show", action="store_true", help="show what went wrong")
    parser.add_argument("--kind", default="", help="this kind of edit only")
    args = parser.parse_args(argv)
    texts = {"novel": novel(), "manuals": manuals()}
    ours, theirs, slowest = Score(), Score(), 0.0
    print(f"{'text':9}{'edit':12}{'alive':>7}{'right':>8}{'wrong':>7}{'lost':>6}{'dead':>6}{'placed':>8}{'CPU s':>7}")
    for name, paragraphs in texts.items():
        body, others = taken(paragraphs, args.words)
        old = "\n".join(body)
        wanted = passages(old, args.count, args.seed)
        for kind, edits in KINDS.items():
            if args.kind and kind != args.kind:
                continue
            new = edited(body, edits, args.seed, others)
            score, seconds = measured(old, new, wanted, show=args.show)
            row(name, kind, score, seconds)
            ours.add(score)
            slowest = max(slowest, seconds * 1_000 / args.count)
            theirs.add(other_rule(new, wanted[:HYPOTHESIS]))
    if not args.kind:
        both = {name: "\n".join(taken(paragraphs, args.words)[0]) for name, paragraphs in texts.items()}
        for name, other in (("novel", "manuals"), ("manuals", "novel")):
            score, seconds = strangers(both[name], both[other], args.count, args.seed, show=args.show)
            row(name, "other text", score, seconds)
            ours.add(score)
            slowest = max(slowest, seconds * 1_000 / args.count)
    summary(ours, theirs, slowest)
    return 0


def measured(old: str, new: Edited, wanted: Sequence[Selector], *, show: bool) -> tuple[Score, float]:
    """Resolve passages in an edited text."""
    started = time.process_time()
    found = resolve(old, new.text, wanted)
    seconds = time.process_time() - started
    score = Score()
    for selector, one in zip(wanted, found, strict=True):
        place = None if one.state is AnchorState.ORPHAN else (one.start, one.end)
        truth = new.truth(selector.start, selector.end)
        verdict = score.take(truth, place, new)
        if show and verdict in ("wrong", "lost", "dead placed"):
            print(f"  {verdict}, {one.confidence:.2f}, {truth[0]:.2f}: {selector.quote[:90]!r}")
            print(f"      now {new.text[one.start : one.end][:90]!r}")
    return score, seconds


def strangers(old: str, new: str, count: int, seed: int, *, show: bool) -> tuple[Score, float]:
    """Resolve passages in a text that has none of them."""
    wanted = passages(old, count, seed)
    started = time.process_time()
    found = resolve(old, new, wanted)
    seconds = time.process_time() - started
    score = Score()
    for selector, one in zip(wanted, found, strict=True):
        verdict = score.take(None, None if one.state is AnchorState.ORPHAN else (one.start, one.end))
        if show and verdict == "dead placed":
            print(f"  {verdict}, {one.confidence:.2f}: {selector.quote[:90]!r} -> {new[one.start : one.end][:90]!r}")
    return score, seconds


def other_rule(new: Edited, wanted: Sequence[Selector]) -> Score:
    """The same by the rule of Hypothesis."""
    score = Score()
    for selector in wanted:
        score.take(new.truth(selector.start, selector.end), anchor_hypothesis.find(new.text, selector), new)
    return score


def row(name: str, kind: str, score: Score, seconds: float) -> None:
    """Print a line of the table."""
    counts = score.counts
    dead = counts["dead"] + counts["dead placed"]
    print(
        f"{name:9}{kind:12}{score.alive:7}{score.share('right'):8.2%}{counts['wrong']:7}{counts['lost']:6}"
        f"{dead:6}{counts['dead placed']:8}{seconds:7.2f}",
        flush=True,
    )


def summary(ours: Score, theirs: Score, slowest: float) -> None:
    """Print what it comes to."""
    figures = {
        "recovered": round(ours.share("right"), 5),
        "wrong": round(ours.share("wrong"), 5),
        "dead_placed": round(ours.share("dead placed"), 5),
        "seconds_per_1000": round(slowest, 2),
        "recovered_hypothesis": round(theirs.share("right"), 5),
        "wrong_hypothesis": round(theirs.share("wrong"), 5),
        "dead_placed_hypothesis": round(theirs.share("dead placed"), 5),
    }
    print(f"\nPostil: {figures['recovered']:.2%} found again, {figures['wrong']:.3%} wrong, ", end="")
    print(f"{figures['dead_placed']:.2%} of the dead placed; the slowest 1,000 took {slowest:.1f} s of CPU.")
    print(f"Weights of Hypothesis: {figures['recovered_hypothesis']:.2%} found again, ", end="")
    print(f"{figures['wrong_hypothesis']:.2%} wrong, {figures['dead_placed_hypothesis']:.2%} of the dead placed.")
    print(json.dumps(figures))


if __name__ == "__main__":
    sys.exit(main())
