"""SIGKILL at random instants: nothing acknowledged is lost, nothing is unreadable, and the work goes on."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import struct
from pathlib import Path

from opsdesk.core.actions import Action
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.forge import Ack, Child, Forge
from tests.faults.instants import COUNTED, Instants, steps
from tests.faults.ledger import audited, check_acknowledged, held, no_id_twice

COMMANDS = 16
AT_THE_SAME_DESK = 10
WRITE = "tests.faults.writing:write"


class Desk:
    """A desk in a folder, and what was ever acknowledged of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.acks, self.given, self.kills = folder, list[Ack](), list[str](), 0

    def killed(self, child: Child) -> None:
        """What must hold after every kill; a child that was done before counts for none."""
        self.acks += child.acks
        self.given += [id for ack in child.acks for id in ack.get("given", ())]
        assert child.code in (0, -signal.SIGKILL)
        self.kills += child.code != 0
        store = SqliteStore(self.folder)
        check_acknowledged(audited(store), self.acks)
        self._go_on(store)
        store.close()

    def _go_on(self, store: SqliteStore) -> None:
        with store.work("go on", by="bob", at=START) as work:
            made = work.add(Action(title="after the kill"))
        self.given.append(made.id)
        no_id_twice(self.given)
        assert store.get(Action, made.id) == made


def instants_of(forge: Forge, folder: Path) -> Instants:
    return Instants(forge, folder / "desk", WRITE, 0, COMMANDS, False)


def shared_memory(folder: Path, trial: int) -> None:
    """What a kill leaves of SQLite's shared memory may be there, be gone with the machine, or be of no sense."""
    file = folder / "desk.db-shm"
    if not file.exists() or trial % 3 == 0:
        return
    if trial % 3 == 1:
        file.unlink()
    else:
        file.write_bytes(random.Random(trial).randbytes(file.stat().st_size))


def test_250_kills_at_any_instant(forge: Forge, tmp_path: Path, soak: int) -> None:
    instants, kills, trial = instants_of(forge, tmp_path), 0, 0
    while kills < 250 * soak:
        desk = Desk(tmp_path / f"desk-{trial}")
        for _ in range(AT_THE_SAME_DESK):
            trial += 1
            child = forge.fork(WRITE, str(desk.folder), trial, COMMANDS, trial % 2 == 0)
            child.kill_after(instants.any())
            shared_memory(desk.folder, trial)
            desk.killed(child)
        kills += desk.kills
        shutil.rmtree(desk.folder)


def test_100_kills_while_a_desk_is_made(forge: Forge, tmp_path: Path, soak: int) -> None:
    instants, kills, trial = instants_of(forge, tmp_path), 0, 0
    while kills < 100 * soak:
        trial += 1
        desk = Desk(tmp_path / f"desk-{trial}")
        child = forge.fork(WRITE, str(desk.folder), trial, COMMANDS, False)
        child.kill_after(instants.early())
        desk.killed(child)
        kills += desk.kills
        shutil.rmtree(desk.folder)


def test_100_kills_right_after_an_acknowledgement(forge: Forge, tmp_path: Path, soak: int) -> None:
    for round in range(4 * soak):
        desk = Desk(tmp_path / f"desk-{round}")
        for count in range(1, 26):
            child = forge.fork(WRITE, str(desk.folder), 100 * round + count, 10**6, count % 2 == 0)
            child.kill_at(count)
            desk.killed(child)
        assert desk.kills == 25
        assert len(desk.acks) >= sum(range(1, 26))
        shutil.rmtree(desk.folder)


def test_50_kills_while_another_desk_is_open(forge: Forge, tmp_path: Path, soak: int) -> None:
    """It reads on through the dead one's log, and sees all of it."""
    instants, desk, trial = instants_of(forge, tmp_path), Desk(tmp_path / "desk"), 0
    reader = SqliteStore(desk.folder)
    while desk.kills < 50 * soak:
        trial += 1
        child = forge.fork(WRITE, str(desk.folder), trial, COMMANDS, trial % 2 == 0)
        child.kill_after(instants.any())
        check_acknowledged(audited(reader), desk.acks + child.acks)
        desk.killed(child)
        fresh = SqliteStore(desk.folder)
        assert held(reader) == held(fresh)
        fresh.close()
    reader.close()


def test_kills_before_each_step_of_a_new_desk_and_of_one_that_is_there(forge: Forge, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "there")
    for folder in (tmp_path / "new", desk.folder):
        for last in steps(forge, tmp_path / "counted", 60, WRITE, 1, 2, True):
            killed = desk if folder == desk.folder else Desk(tmp_path / f"new-{last}")
            child = forge.fork(COUNTED, WRITE, last, True, str(killed.folder), last, 2, True)
            child.finish()
            killed.killed(child)
        shutil.rmtree(tmp_path / "counted")
    assert desk.kills > 20


def test_a_desk_whose_making_was_cut_short_is_made(tmp_path: Path) -> None:
    """The kill fell while SQLite turned its log on: the file's first page is there, and the journal to take it back."""
    desk = Desk(tmp_path / "desk")
    desk.folder.mkdir()
    db = sqlite3.connect(desk.folder / "desk.db")
    db.execute("pragma journal_mode=wal")
    db.close()
    header = struct.pack(">8sIIIII", bytes.fromhex("d9d505f920a163d7"), 0, 1, 0, 512, 4096)
    (desk.folder / "desk.db-journal").write_bytes(header.ljust(512, b"\0"))
    store = SqliteStore(desk.folder)
    assert audited(store) == []
    store.close()
