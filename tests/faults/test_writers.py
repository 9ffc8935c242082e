"""Several writers at once, some of them killed: no update is lost, no id given twice, and nobody waits for the dead."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.journal import Transaction, in_effect
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.forge import Ack, Child, Forge
from tests.faults.ledger import audited, no_id_twice
from tests.faults.sharing import COUNTERS, furnish

COMMANDS = 8
WHILE = 0.02
SHARE = "tests.faults.sharing:share"
MAKE = "tests.faults.sharing:make"
PEOPLE = ("bob", "eve", "kim", "sue")


def furnished(folder: Path) -> Path:
    store = SqliteStore(folder)
    furnish(store)
    store.close()
    return folder


def check(folder: Path, children: dict[str, list[Child]]) -> None:
    store = SqliteStore(folder)
    history = audited(store)
    for by, mine in children.items():
        acks = [ack for child in mine for ack in child.acks if ack.get("seq")]
        check_done(history, acks)
        killed = sum(child.code == -signal.SIGKILL for child in mine)
        done = sum(tx.by == by for tx in history)
        assert len(acks) <= done <= len(acks) + killed, "more than one command in flight"
    check_counters(store, history)
    given = [id for mine in children.values() for child in mine for ack in child.acks for id in ack["given"]]
    with store.work("go on", by="nobody", at=START) as work:
        given.append(work.add(Action(title="goes on")).id)
    no_id_twice(given)
    store.close()


def check_done(history: list[Transaction], acks: list[Ack]) -> None:
    """Each acknowledged command is there, and changed just what it was to change."""
    assert len({ack["seq"] for ack in acks}) == len(acks)
    for ack in acks:
        tx = history[ack["seq"] - 1]
        assert (tx.by, tx.command, tx.undoes) == (ack["by"], ack["command"], ack["undoes"])
        if not tx.undoes:
            after = {change.id: change.after or {} for change in tx.changes}
            assert after.keys() == ack["left"].keys()
            assert all(fields.items() <= after[id].items() for id, fields in ack["left"].items())
            assert ack["command"] == "add" or all(len(fields) == 1 for fields in after.values())


def check_counters(store: SqliteStore, history: list[Transaction]) -> None:
    counted = Counter(tx.changes[0].id for tx in in_effect(history) if tx.command == "increment")
    assert {id: int(store.get(Action, id).title) for id in COUNTERS} == {id: counted[id] for id in COUNTERS}


def kill(child: Child, chance: random.Random) -> None:
    """At any instant, or right after any command."""
    if chance.random() < 0.5:
        child.kill_after(chance.uniform(0, WHILE))
    else:
        child.kill_at(chance.randrange(COMMANDS))


@pytest.mark.parametrize("writers", [2, 4])
def test_100_times_several_writers_and_kills(forge: Forge, tmp_path: Path, soak: int, writers: int) -> None:
    kills = conflicts = 0
    for trial in range(100 * soak):
        chance = random.Random(1_000 * writers + trial)
        folder = furnished(tmp_path / f"desk-{trial}")
        given = {by: (str(folder), by, chance.randrange(10**9), COMMANDS) for by in PEOPLE[:writers]}
        children = {by: [forge.fork(SHARE, *each)] for by, each in given.items()}
        for by in PEOPLE[: writers // 2]:
            kill(children[by][0], chance)
            children[by].append(forge.fork(SHARE, *given[by]))
        for mine in children.values():
            mine[-1].finish()
            assert mine[-1].code == 0
        check(folder, children)
        kills += sum(child.code != 0 for mine in children.values() for child in mine)
        conflicts += sum("conflict" in ack for mine in children.values() for child in mine for ack in child.acks)
        shutil.rmtree(folder)
    assert kills > 20 * writers * soak
    assert conflicts > 0


def test_a_writer_killed_in_the_middle_of_a_command_holds_nobody_up(forge: Forge, tmp_path: Path) -> None:
    folder = furnished(tmp_path / "desk")
    for _ in range(5):
        child = forge.fork("tests.faults.sharing:stop_inside", str(folder))
        assert child.stopped()
        assert child.kill() == []
        other = forge.fork(SHARE, str(folder), "bob", 1, 3)
        assert len(other.finish()) == 3
    store = SqliteStore(folder)
    assert "slow" not in {tx.command for tx in audited(store)}
    store.close()


def test_a_writer_that_stands_still_is_one_sentence_and_goes_on(forge: Forge, tmp_path: Path) -> None:
    folder = furnished(tmp_path / "desk")
    still = forge.fork("tests.faults.sharing:stop_inside", str(folder))
    assert still.stopped()
    other = forge.fork("tests.faults.sharing:refused", str(folder), 0.02, 3)
    said = [ack["refused"] for ack in other.finish()]
    assert (
        said
        == [
            "Another desk is writing to the same folder and does not finish: "
            f"{folder}/desk.db. Nothing was changed; try again in a moment."
        ]
        * 3
    )
    assert {ack["remembered"] for ack in other.acks} == {4}
    os.kill(still.pid, signal.SIGCONT)
    (ack,) = still.finish()
    store = SqliteStore(folder)
    assert audited(store)[ack["seq"] - 1].command == "slow"
    assert store.get(Action, ack["given"][0]).title == "slow"
    store.close()
    forge.fork(SHARE, str(folder), "bob", 1, 3).finish()


def test_a_file_exchanged_while_a_writer_waits_for_its_turn_is_not_written(forge: Forge, tmp_path: Path) -> None:
    """As a repair does it: it holds the lock, puts another file there and lets go; the old one is nobody's any more."""
    folder = furnished(tmp_path / "desk")
    other = furnished(tmp_path / "other") / "desk.db"
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as holding:
        holding.execute("begin immediate")
        waiting = forge.fork("tests.faults.sharing:late", str(folder))
        waiting.wait(1)
        other.replace(folder / "desk.db")
        holding.execute("rollback")
        said = waiting.finish()[-1]
    assert "removed or replaced while it was open" in said["refused"]
    for name in ("desk.db-wal", "desk.db-shm"):
        (folder / name).unlink(missing_ok=True)
    with closing(SqliteStore(folder)) as store:
        assert len(audited(store)) == 1


def test_a_desk_that_four_make_at_once_is_one(forge: Forge, tmp_path: Path, soak: int) -> None:
    """One of them is killed meanwhile."""
    for trial in range(30 * soak):
        folder, chance = tmp_path / f"desk-{trial}", random.Random(trial)
        children = [forge.fork(MAKE, str(folder), by) for by in PEOPLE]
        children[0].kill_after(chance.uniform(0, WHILE / 3))
        made = [child.finish()[0] for child in children[1:]] + children[0].acks
        with closing(SqliteStore(folder)) as store:
            assert len(made) <= len(audited(store)) <= len(PEOPLE)
            no_id_twice([ack["made"] for ack in made])
            assert {ack["made"] for ack in made} <= {action.id for action in store.all(Action)}
        shutil.rmtree(folder)
