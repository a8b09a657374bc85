"""Everything that could lose a save, over and over: kills, power cuts, a disk that fails. Prints the figures.

    python tests/torture/torture.py        # N=1000: kills; twice as many power cuts

The last line is one JSON object; the exit status is 1 if anything was lost.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, from anywhere

from tests import factories
from tests.torture import kills, power, shim

from postil_db.library import Library


def failing(work: Path, most: int) -> dict[str, int]:
    """Fail every k-th write and sync up to `most`."""
    document = factories.make_document()
    with Library.open(work / "library", cache=work / "cache") as library:
        library.add(document, document.content.text.encode())
    told: dict[str, int] = json.loads(shim.run("failing.py", work / "library", str(most)))
    return told


def main() -> int:
    """Run it all."""
    count = int(os.environ.get("N", "1000"))
    figures: dict[str, dict[str, float]] = {}

    def run(name: str, do: Callable[[Path], dict[str, float]]) -> None:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="postil-torture-") as work:
            figures[name] = do(Path(work))
        told = ", ".join(f"{value:,.0f} {key.replace('_', ' ')}" for key, value in figures[name].items())
        print(f"{name} ({time.monotonic() - begun:,.0f} s): {told}", flush=True)

    run("kill -9", lambda work: asdict(kills.torture(work, count)))
    lost = ["lost", "half", "findings", "not_in_index"]
    wrong = [f"kill -9: {what}" for what in lost if figures["kill -9"][what]]
    if why := shim.missing():
        print(f"power cuts and failing disks left out: {why}")
    else:
        run("power cut", lambda work: asdict(power.cut(work, 2 * count, 300)))
        run("power cut, control", lambda work: asdict(power.cut(work, count, 300, synchronous="NORMAL")))
        run("failing disk", lambda work: {**failing(work, 60)})
        wrong += [f"power cut: {what}" for what in ("lost", "half", "corrupt") if figures["power cut"][what]]
        wrong += ["failing disk: lost"] if figures["failing disk"]["lost"] else []
        if not figures["power cut, control"]["lost"]:
            wrong.append("the control lost nothing, so the power cuts prove nothing")
    print(json.dumps({"figures": figures, "wrong": wrong}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
