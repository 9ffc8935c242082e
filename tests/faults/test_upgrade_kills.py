"""Killed while a desk of an older format is brought up to date: it is old or new, never half, and its copy is whole."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from opsdesk.store.schema import FORMAT
from opsdesk.store.sqlite import SqliteStore
from tests.faults.forge import Ack, Forge
from tests.faults.instants import COUNTED, Instants, steps
from tests.faults.ledger import State, audited, check_acknowledged, held

OLD = Path(__file__).parents[1] / "store" / "fixtures" / "format-1.db"
UPGRADE = "tests.faults.writing:upgrade"
ROWS = (
    "select kind, number, live, meeting, body from docs order by kind, number",
    "select seq, person, undoes, origin, body from journal order by seq",
)


def content(file: Path, mode: str = "ro") -> tuple[int, list[Any]]:
    """Its format, and every row but what belongs to one format only."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True)) as db:
        return db.execute("pragma user_version").fetchone()[0], [db.execute(query).fetchall() for query in ROWS]


def old_desk(folder: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(OLD, folder / "desk.db")
    return folder


def brought_up_to_date(folder: Path) -> State:
    store = SqliteStore(old_desk(folder))
    state = held(store)
    store.close()
    return state


def copies(folder: Path) -> list[tuple[int, list[Any]]]:
    return [content(copy) for copy in folder.glob(f"backups/before-format-{FORMAT}-*.db")]


def check_between(folder: Path, old: list[Any]) -> int:
    """The format it is left in. No copy is half; where it is the new one there is a copy of the old."""
    version, rows = content(folder / "desk.db", "rw")
    found = copies(folder)
    assert all(copy == (1, old) for copy in found)
    if version == 1:
        assert rows == old
    else:
        assert (version, bool(found)) == (FORMAT, True)
        assert rows[1][: len(old[1])] == old[1]
    return version


def check_after(folder: Path, acks: list[Ack], new: State) -> None:
    """A second attempt succeeds."""
    store = SqliteStore(folder)
    history = audited(store)
    check_acknowledged(history, acks)
    if "add" not in {tx.command for tx in history}:
        assert held(store) == new
    store.close()
    assert copies(folder)
    assert not list(folder.glob("backups/.*.part"))


def test_65_kills_while_a_desk_is_brought_up_to_date(forge: Forge, tmp_path: Path, soak: int) -> None:
    """At random instants, and before steps that are spread over all it does."""
    new, old = brought_up_to_date(tmp_path / "clean"), content(OLD, "ro&immutable=1")[1]
    instants = Instants(forge, tmp_path / "tried", UPGRADE, before=old_desk)
    places = steps(forge, old_desk(tmp_path / "counted"), 45 * soak, UPGRADE)
    left = set()
    for trial in range(20 * soak + len(places)):
        folder = old_desk(tmp_path / f"desk-{trial}")
        if trial < len(places):
            child = forge.fork(COUNTED, UPGRADE, places[trial], True, str(folder))
            child.finish()
            assert child.code == -signal.SIGKILL
        else:
            child = forge.fork(UPGRADE, str(folder))
            child.kill_after(instants.any())
        left.add(check_between(folder, old))
        check_after(folder, child.acks, new)
        shutil.rmtree(folder)
    assert left == {1, FORMAT}
