"""The child process that parses: `python -m postil.documents.worker`."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from postil.documents.crossing import sent
from postil.documents.faults import Broken, DocumentError
from postil.documents.language import identifier
from postil.documents.parse import parse_bytes, parse_pasted
from postil.documents.serving import ChildRefused, serve


def handle(request: dict[str, Any]) -> Iterator[Mapping[str, object]]:
    """Parse one file or pasted text."""
    try:
        if "path" in request:
            path, whole = request["path"], request["whole_page"]
            crossing = parse_bytes(
                _bytes(path), path, request["title"], whole_page=whole, source=request.get("source", "")
            )
        else:
            crossing = parse_pasted(request["text"], request["html"], request["title"])
    except DocumentError as fault:
        raise ChildRefused(str(fault), type(fault).__name__) from None
    yield from sent(crossing)


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # our parent has just read it
        raise Broken("The file went away while it was read. Open it again when it is back.") from None


if __name__ == "__main__":
    # Numerical libraries reserve address space for each processor, which the limit would count.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # The libraries' own warnings may quote the document.
    logging.disable()
    # Every document needs it: it is loaded while the parent is still busy with its own start.
    with suppress(OSError):
        identifier()
    serve(handle)
