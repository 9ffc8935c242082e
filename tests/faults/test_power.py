"""Power cuts: what was acknowledged is there, whole and in order; of the command in flight all is there or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.store import files
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.cuts import judged
from tests.faults.refusing import on_disk
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


def test_a_backup_is_on_the_disk_before_it_has_its_name_and_its_name_before_it_is_said(
    disk: Disk, quick_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk(monkeypatch, disk, 1_000)
    store, seen = SqliteStore(quick_path / "desk"), list[str]()
    with store.work("add", by="sue", at=START) as work:
        work.add(Action(title="one"))
    target = quick_path / "copy.db"
    disk.watch = lambda call: seen.append("write") if call.what == "write" and ".part" in call.path else None
    monkeypatch.setattr(files, "sync", lambda path: seen.append(f"sync {path.name} {target.exists()}"))
    store.backup(target)
    store.close()
    assert seen.count("write") > 2
    rest = seen[len(seen) - seen[::-1].index("write") :]
    assert rest[-1] == f"sync {quick_path.name} True"
    assert any(".part" in each and each.endswith("False") for each in rest)
