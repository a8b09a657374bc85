"""The model that tells languages apart, unpacked beside the program by the set-up.

Unpacking takes four fifths of the time that loading it does, and each process that reads files has to load it.
"""

import os
import sys
from array import array
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile


def unpacked() -> Path:
    """Where set-up puts the model. Its name tells which model it was made of: by the size of the packed one."""
    return Path(sys.prefix) / "share" / "postil" / "models" / f"py3langid-{packed().stat().st_size}.npz"


def packed() -> Path:
    """The model as its package brings it."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    return Path(MODEL_DIR, MODEL_FILE)


def load() -> Any:  # noqa: ANN401 - the library has no types
    """The identifier; raises OSError where its package has to unpack the model and has no room for that."""
    from py3langid.langid import LanguageIdentifier

    with suppress(OSError, EOFError, BadZipFile, KeyError, ValueError, TypeError):  # none there, or not whole
        return _made(LanguageIdentifier, unpacked())
    return LanguageIdentifier.from_model_file(packed(), norm_probs=True)


def unpack() -> None:
    """Unpack the model, unless that was done. Raises OSError where it cannot be written."""
    import lzma

    if unpacked().exists():
        return
    unpacked().parent.mkdir(parents=True, exist_ok=True)
    own = unpacked().with_suffix(f".{os.getpid()}")
    try:
        own.write_bytes(lzma.decompress(packed().read_bytes()))
        own.replace(unpacked())
    finally:
        own.unlink(missing_ok=True)


def _made(kind: Any, path: Path) -> Any:  # noqa: ANN401 - the library has no types
    """An identifier of the unpacked model, as its package makes one of the packed."""
    import numpy as np

    def numbers(name: str) -> "array[int]":
        found = np.ascontiguousarray(data[name])
        made = array({2: "H", 4: "I", 8: "L"}[found.dtype.itemsize])
        made.frombytes(found.tobytes())
        return made

    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        kinds, outputs = data["classes"].tolist(), data["out_feat"].tolist()
        moves, states = numbers("nextmove"), numbers("nextmove_row")
        return kind(data["ptc"], data["pc"], kinds, moves, outputs, norm_probs=True, tk_row=states)


if __name__ == "__main__":
    unpack()
