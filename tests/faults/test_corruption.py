"""A thousand times damage by chance: nothing is lost in silence, and a repair keeps what it finds."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from opsdesk.store.connections import connect
from opsdesk.store.guard import SqliteGuard
from tests.faults.corruption import Truth, damage, grown, judge, repaired

CASES, PARTS = 1000, 20
Desks = dict[str, tuple[Path, Truth]]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    """All in the log; half of it; all but nothing; closed; and with a backup."""
    root = tmp_path_factory.mktemp("desks")
    made = {
        "in the log": grown(root / "in the log", 1, 24),
        "in file and log": grown(root / "in file and log", 2, 30, checkpoint=20),
        "in the file": grown(root / "in the file", 3, 30, checkpoint=30),
        "closed": grown(root / "closed", 4, 30),
        "with a backup": grown(root / "with a backup", 5, 30, checkpoint=25, backup=20),
    }
    tidied(root / "closed")
    return {name: (root / name, truth) for name, truth in made.items()}


def tidied(folder: Path) -> None:
    """What closing a desk does: the log goes into the file."""
    with closing(connect(str(folder / "desk.db"))) as db:
        db.execute("select count(*) from docs")
    assert not (folder / "desk.db-wal").exists()


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_in_silence(part: int, desks: Desks, tmp_path: Path, soak: int) -> None:
    ways: Counter[str] = Counter()
    for case in range(part * CASES // PARTS * soak, (part + 1) * CASES // PARTS * soak):
        random = Random(case)
        (made, truth), folder = desks[sorted(desks)[case % len(desks)]], tmp_path / str(case)
        shutil.copytree(made, folder)
        done = damage(folder, random)
        try:
            ways.update(judge(folder, truth, repaired(folder)) or {"all there"})
        except Exception as error:
            raise AssertionError(f"case {case}: {done}, {made.name}: {error}") from error
        shutil.rmtree(folder)
    assert ways["all there"] >= CASES // PARTS * soak // 4, ways


def test_a_desk_that_is_whole_has_nothing_to_repair(desks: Desks, tmp_path: Path) -> None:
    for name, (made, truth) in desks.items():
        folder = tmp_path / name
        shutil.copytree(made, folder)
        assert SqliteGuard(folder).check() == ()
        assert judge(folder, truth, repaired(folder)) == set()
