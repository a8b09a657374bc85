"""A short run of what `make torture` does at length, and the control that shows that it could fail."""

from pathlib import Path

import pytest
from tests.torture import power, shim
from tests.torture.torture import failing

needs_shim = pytest.mark.skipif(bool(shim.missing()), reason=shim.missing() or "there is a shim")


@pytest.mark.slow
@needs_shim
def test_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    found = power.cut(tmp_path, 40, 25)
    assert (found.lost, found.half, found.corrupt) == (0, 0, 0)
    assert found.acknowledged == 25
    assert found.opened


@pytest.mark.slow
@needs_shim
def test_less_care_in_syncing_would_be_noticed(tmp_path: Path) -> None:
    assert power.cut(tmp_path, 20, 20, synchronous="NORMAL").lost


@pytest.mark.slow
@needs_shim
def test_a_disk_that_fails_at_one_write_loses_nothing(tmp_path: Path) -> None:
    told = failing(tmp_path, 3)
    assert told["faults"] >= 3
    assert (told["lost"], told["not saved afterwards"], told["findings"]) == (0, 0, 0)
