"""Syncs that fail: what was acknowledged before and after is there, whatever the failed ones have left on the disk.

A command whose sync failed was refused; it may come to light when the power goes, as a whole.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.cuts import judged
from tests.faults.vfs import Disk

PARTS, RUNS = 4, 20


@pytest.mark.parametrize("share", [0.05, 0.3])
@pytest.mark.parametrize("part", range(PARTS))
def test_no_power_cut_after_failed_syncs_loses_what_was_acknowledged(
    disk: Disk, quick_path: Path, part: int, share: float, soak: int
) -> None:
    for seed in range(part, PARTS * RUNS * soak, PARTS):
        for number, lost in enumerate(judged(disk, quick_path / str(seed), seed, failing=share)):
            assert lost is None, f"cut {number} of session {seed}: {lost}"
