"""The child process that fetches: `python -m postil.documents.fetching_worker`. The only one that uses the network."""

import logging
import os
import queue
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from postil.documents.addresses import file_name
from postil.documents.encodings import decode
from postil.documents.faults import DocumentError, Empty
from postil.documents.fetched_page import LARGEST_PICTURE_MB, with_pictures
from postil.documents.fetching import Fetched, Fetcher
from postil.documents.kinds import Kind, binary_kind, kind_of
from postil.documents.serving import ChildRefused, serve

_PIECE = 3 << 20
_PICTURE_S, _PICTURES_S = 15.0, 60.0
_TELL_S = 0.2


def handle(request: dict[str, Any]) -> Iterator[Mapping[str, object]]:
    """Fetch one address, and the pictures of its article; tell meanwhile how far that is."""
    told: queue.SimpleQueue[Mapping[str, object] | None] = queue.SimpleQueue()
    outcome: list[tuple[bytes, str, str] | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_fetch(request["address"], told, whole_page=request["whole_page"]))
        except BaseException as fault:  # noqa: BLE001 - raised again by whoever waits
            outcome.append(fault)
        told.put(None)

    threading.Thread(target=work, name="fetching", daemon=True).start()
    last = 0.0
    while (progress := told.get()) is not None:
        if time.monotonic() - last > _TELL_S:
            last = time.monotonic()
            yield progress
    result = outcome[0]
    if isinstance(result, DocumentError):
        raise ChildRefused(str(result), type(result).__name__) from None
    if isinstance(result, BaseException):
        raise result
    data, address, name = result
    for start in range(0, len(data), _PIECE):
        yield {"bytes": b64encode(data[start : start + _PIECE]).decode("ascii")}
    yield {"address": address, "name": name}


def _fetch(
    address: str, told: "queue.SimpleQueue[Mapping[str, object] | None]", *, whole_page: bool
) -> tuple[bytes, str, str]:
    """Give the bytes to keep, where they were in the end, and what to call the file."""
    fetcher = Fetcher(address)
    page = fetcher.page(address, lambda done, total: told.put({"done": done, "total": total}))
    name = file_name(page.address, page.media_type)
    if not page.data.strip():
        raise Empty("There is nothing at this address: the page is empty.")
    if not _is_page(page, name):
        return page.data, page.address, name
    until = time.monotonic() + _PICTURES_S

    def picture(where: str) -> bytes:
        told.put({"picture": True})
        left = until - time.monotonic()
        return fetcher.picture(where, LARGEST_PICTURE_MB * 1_000_000, min(left, _PICTURE_S)) if left > 0 else b""

    return with_pictures(page, picture, whole_page=whole_page), page.address, f"{name.rpartition('.')[0] or name}.mhtml"


def _is_page(page: Fetched, name: str) -> bool:
    """Whether it is a web page, by what is in it."""
    if page.data.startswith(b"\x1f\x8b") or binary_kind(page.data, name) is not None:
        return False
    suffix = ".html" if page.media_type in ("text/html", "application/xhtml+xml") else ""
    if page.media_type in ("text/plain", "text/markdown"):
        return False
    return kind_of(decode(page.data).text, suffix) is Kind.HTML


if __name__ == "__main__":
    # As for the child that parses: address space is counted, and warnings may quote the page.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    logging.disable()
    serve(handle, network=True)
