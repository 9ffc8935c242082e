"""Repairs, some of them killed, under desks that are open and written to: nothing acknowledged is lost."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.faults.forge import Forge
from tests.faults.test_writers import check, furnished

WORK_ON = "tests.faults.unaware:work_on"
MEND = "tests.faults.unaware:mend"
COMMANDS, REPAIRS, TRIALS = 25, 3, 12
WHILE = 0.3


def test_nothing_is_lost_by_12_times_repairs_under_two_writers(forge: Forge, tmp_path: Path, soak: int) -> None:
    exchanged = 0
    for trial in range(TRIALS * soak):
        folder, chance = furnished(tmp_path / f"desk-{trial}"), random.Random(trial)
        file = (folder / "desk.db").stat().st_ino
        writers = {by: [forge.fork(WORK_ON, str(folder), by, trial, COMMANDS)] for by in ("bob", "sue")}
        mending = forge.fork(MEND, str(folder), REPAIRS)
        if trial % 2:
            mending.kill_after(chance.uniform(0, WHILE))
        else:
            assert mending.finish() == [{"mended": True}] * REPAIRS
        refused = [ack["refused"] for (child,) in writers.values() for ack in child.finish() if "refused" in ack]
        assert trial % 2 or not refused
        check(folder, writers)
        exchanged += (folder / "desk.db").stat().st_ino != file
        shutil.rmtree(folder)
    assert exchanged >= TRIALS / 2
