"""The records: all of them can be had, and a page that is shown loads none that it does not need."""

import subprocess
import sys

import pytest

from postil_db import records


def test_every_record_can_be_had_by_its_name() -> None:
    for name in records.__all__:
        assert getattr(records, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = records.Nothing  # type: ignore[attr-defined]


def test_records_of_searches_and_rulings_are_loaded_when_they_are_wanted() -> None:
    words = (
        "import sys, postil_db.records as records; "
        "later = {'decisions', 'search', 'together', 'trash'}; "
        "loaded = lambda: {one for one in later if f'postil_db.records.{one}' in sys.modules}; "
        "assert not loaded(); from postil_db.records import Hit; assert loaded() == {'search'}"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False, timeout=60).returncode == 0
