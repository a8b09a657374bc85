"""Makes the slim copy of the packaged model: only what finds names, without 700,000 vocabulary strings.

Run once at set-up (`python -m postil.entities.slim [FOLDER]`), else at the first use into the user's cache.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from postil.entities import recognise
from postil.entities.model_files import NAME, STAMP, VERSION, full_model, installed_folder, is_whole


def make_slim(target: Path) -> None:
    """Make the slim copy at `target` unless it is there; a half-made copy is never seen under that name."""
    if is_whole(target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=".slim-", dir=target.parent))
    try:
        made = workshop / NAME
        _build(made)
        if target.exists():
            target.rename(workshop / "old")
        try:
            made.rename(target)
        except OSError:
            if not is_whole(target):  # else another process was faster
                raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _build(folder: Path) -> None:
    source = full_model()
    meta = json.loads((source / "meta.json").read_text(encoding="utf-8"))
    dropped = sorted({*meta["components"], "senter"} - set(recognise.KEPT))
    shutil.copytree(source, folder, ignore=lambda path, _names: dropped if Path(path) == source else [])
    recognise.slim_config(folder, dropped)
    labels = {label for names in meta["labels"].values() for label in names}
    strings = recognise.base_strings() | labels | {label.rpartition("-")[2] for label in labels}
    _write(folder / "vocab" / "strings.json", sorted(filter(None, strings)))
    kept = list(recognise.KEPT)
    _write(folder / "meta.json", meta | {"pipeline": kept, "components": kept, "disabled": []})
    _write(folder / STAMP, {"version": VERSION, "model": NAME})


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    make_slim(Path(sys.argv[1]) if len(sys.argv) > 1 else installed_folder())
