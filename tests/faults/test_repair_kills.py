"""Killed during a repair: the desk is as it was or as it will be, what was damaged is kept, a second repair ends."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import Unavailable
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.forge import Forge
from tests.faults.instants import COUNTED, Instants, steps
from tests.faults.ledger import State, audited, disk, held

REPAIR = "tests.faults.writing:repair"
RECORDS, EVERY = 40, 1_000


def furnished(folder: Path) -> None:
    with closing(SqliteStore(folder)) as store:
        for number in range(RECORDS):
            with store.work("fill", by="sue", at=START) as work:
                work.add(Action(title=f"Number {number} " + "x" * 300))


def a_row_changed(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("update docs set body=replace(body, 'Number', 'Nobody') where number in (3, 17)")
        db.commit()


def a_page_lost(folder: Path) -> None:
    """One of the tree of records; the journal is whole."""
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        page = next(number for (number,) in db.execute("select rootpage from sqlite_master where name='docs'"))
    overwrite(folder / "desk.db", (page - 1) * 4096)


def overwrite(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place : place + 4096] = random.Random(1).randbytes(4096)
    file.write_bytes(content)


def a_log_that_waits(folder: Path) -> None:
    """A row of the file is changed; the newest commands are still in the log."""
    a_row_changed(folder)
    store = SqliteStore(folder)
    with store.work("fill", by="sue", at=START) as work:
        work.add(Action(title="in the log"))
    kept = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    store.close()
    for name, content in kept.items():
        (folder / name).write_bytes(content)


def repaired(folder: Path) -> State:
    """What a repair that nobody kills makes of it."""
    SqliteGuard(folder).repair()
    assert not [finding for finding in SqliteGuard(folder).check() if finding.grave]
    with closing(SqliteStore(folder)) as store:
        assert store.damaged == ()
        audited(store)
        return held(store)


@pytest.mark.parametrize("damage", [a_row_changed, a_page_lost, a_log_that_waits], ids=lambda each: each.__name__)
def test_40_kills_during_a_repair(forge: Forge, tmp_path: Path, soak: int, damage: Callable[[Path], None]) -> None:
    """At random instants, and before steps that it does to files once it has looked through them."""
    damaged = tmp_path / "damaged"
    furnished(damaged)
    damage(damaged)
    copied, before = Copying(damaged), disk(damaged)
    wanted = repaired(copied(tmp_path / "clean"))
    assert list(tmp_path.glob("clean/backups/before-repair-*"))
    instants = Instants(forge, tmp_path / "tried", REPAIR, before=copied)
    every = steps(forge, copied(tmp_path / "counted"), EVERY, REPAIR, statements=False)
    places = every[len(every) // 2 :: 2 if soak == 1 else 1]
    for trial in range(5 * soak + len(places)):
        folder = copied(tmp_path / f"desk-{trial}")
        if trial < len(places):
            child = forge.fork(COUNTED, REPAIR, places[trial], False, str(folder))
            child.finish()
            assert child.code == -signal.SIGKILL
        else:
            child = forge.fork(REPAIR, str(folder))
            child.kill_after(instants.any())
        check_kept(folder, before, done=bool(child.acks))
        check_between(Path(shutil.copytree(folder, tmp_path / f"between-{trial}")), wanted)
        assert repaired(folder) == wanted
        shutil.rmtree(folder)


def check_between(folder: Path, wanted: State) -> None:
    """Old or new it has all its records, where it can be read at all: no log meets a file it is not of."""
    assert (folder / "desk.db").stat().st_size
    assert looked_at(folder) in (wanted, None)


def looked_at(folder: Path) -> State | None:
    try:
        with closing(SqliteStore(folder)) as store:
            return held(store)
    except Unavailable:
        return None


class Copying:
    def __init__(self, source: Path) -> None:
        self.source = source

    def __call__(self, folder: Path) -> Path:
        return Path(shutil.copytree(self.source, folder))


def check_kept(folder: Path, before: dict[str, bytes], done: bool) -> None:
    """Unless nothing has changed at all the damaged files lie aside, byte for byte."""
    now = disk(folder)
    if done or any(now.get(name) != content for name, content in before.items()):
        kept = [disk(place) for place in folder.glob("backups/before-repair-*")]
        assert kept
        assert all(before.items() <= each.items() for each in kept)
