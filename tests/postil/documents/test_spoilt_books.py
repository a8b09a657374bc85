"""A few of the accidents that `make fuzz` brings about without end."""

import random
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest
from tests.fuzz import fuzz_documents

from postil.documents.faults import DocumentError
from postil.documents.parse import parse_bytes


def test_spoilt_documents_are_read_or_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fuzz_documents, "CORPORA", tmp_path)
    read = refused = 0
    for name, data in islice(fuzz_documents.inputs(random.Random(7)), 50):
        with suppress(DocumentError):
            refused += 1
            document = parse_bytes(data, name).document
            refused, read = refused - 1, read + 1
            assert document.content.blocks[0].text == document.title
    assert read > 10
    assert refused > 3
