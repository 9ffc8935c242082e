"""Power cuts: what was acknowledged is there, whole and in order; of the command in flight all is there or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.cuts import judged
from tests.faults.vfs import Disk

PARTS, RUNS = 8, 20


@pytest.mark.parametrize("part", range(PARTS))
def test_no_power_cut_loses_what_was_acknowledged(disk: Disk, quick_path: Path, part: int, soak: int) -> None:
    for seed in range(part, PARTS * RUNS * soak, PARTS):
        for number, lost in enumerate(judged(disk, quick_path / str(seed), seed)):
            assert lost is None, f"cut {number} of session {seed}: {lost}"


@pytest.mark.parametrize("synchronous", ["off", "normal"])
def test_an_engine_that_does_not_wait_for_the_disk_is_found_out(disk: Disk, quick_path: Path, synchronous: str) -> None:
    found = [lost for seed in range(4) for lost in judged(disk, quick_path / str(seed), seed, synchronous=synchronous)]
    assert sum(each is not None for each in found) >= 5
