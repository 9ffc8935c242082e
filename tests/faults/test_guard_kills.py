"""SIGKILL while a copy is made or put back: the desk and every copy are the old ones or the new ones, and whole."""

from __future__ import annotations

import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from opsdesk.core.journal import Transaction
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.guard.soundness import flaw
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture
from tests.faults.forge import Child, Forge
from tests.faults.ledger import audited

WORK = "tests.faults.guarding:"
WRITE = "tests.faults.writing:write"
KILLS = 60
PAST_THE_END = 1.1
TRANSACTIONS, RECORDS = 10, 6


class Kills:
    """Children that are killed at random times of as long as they take when they are left alone."""

    def __init__(self, forge: Forge, start: Callable[[], Child]) -> None:
        self.start, self.chance, self.count = start, random.Random(1), 0
        self.whole = min(self._taken() for _ in range(3))

    def _taken(self) -> float:
        child, begun = self.start(), perf_counter()
        child.finish()
        return perf_counter() - begun

    def many(self, number: int) -> Iterator[Child]:
        """Each child after it was killed, until so many were; those that were done before do not count."""
        while self.count < number:
            child = self.start()
            child.kill_after(self.chance.uniform(0, PAST_THE_END) * self.whole)
            assert child.code in (0, -signal.SIGKILL)
            self.count += child.code != 0
            yield child


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with closing(SqliteStore(folder)) as store:
        for _ in range(TRANSACTIONS):
            capture(store, *(f"action {number}" for number in range(RECORDS)))
    return folder


def history(folder: Path) -> list[Transaction]:
    with closing(SqliteStore(folder)) as store:
        return audited(store)


def clean(folder: Path) -> None:
    """What kills have left is removed by time, which here does not pass."""
    for place in folder.glob(".*.part"):
        shutil.rmtree(place)


def test_kills_while_a_backup_is_made(forge: Forge, folder: Path, tmp_path: Path, soak: int) -> None:
    target = tmp_path / "copy.db"
    kills = Kills(forge, lambda: forge.fork(f"{WORK}back_up", str(folder), str(target)))
    before = history(folder)
    target.unlink()
    for child in kills.many(KILLS * soak):
        assert target.exists() or not child.acks
        if target.exists():
            assert flaw(target) is None
            target.unlink()
        clean(tmp_path)
    assert history(folder) == before
    assert SqliteGuard(folder).backup(target).transactions == TRANSACTIONS


def test_kills_while_a_desk_is_restored_under_an_open_one(
    forge: Forge, folder: Path, tmp_path: Path, soak: int
) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    SqliteGuard(folder).backup(old)
    with closing(SqliteStore(folder)) as reader:
        capture(reader, "since")
        SqliteGuard(folder).backup(new)
        sources = {TRANSACTIONS: new, TRANSACTIONS + 1: old}
        kills = Kills(forge, lambda: forge.fork(f"{WORK}put_back", str(folder), str(sources[len(reader.history())])))
        was = len(reader.history())
        for child in kills.many(KILLS * soak):
            now = history(folder)
            assert audited(reader) == now
            assert len(now) in sources
            assert len(now) != was or not child.acks
            was = len(now)
            assert all(flaw(kept) is None for kept in (folder / "backups").glob("before-restore-*.db"))
            shutil.rmtree(folder / "backups", ignore_errors=True)
        kills.start().finish()
        assert {was, len(history(folder))} == set(sources)


def test_kills_while_a_lost_desk_is_restored(forge: Forge, folder: Path, tmp_path: Path, soak: int) -> None:
    """The old files are in their place or kept, byte for byte, at every instant; the next restore finishes it."""
    copy = tmp_path / "copy.db"
    SqliteGuard(folder).backup(copy)
    with closing(SqliteStore(folder)) as store:
        capture(store, "in the log, which must not meet the copy")
        rubbish = {"desk.db": b"rubbish" * 3000, "desk.db-wal": (folder / "desk.db-wal").read_bytes()}
    spoil(folder, rubbish)

    def start() -> Child:
        spoil(folder, rubbish)
        return forge.fork(f"{WORK}put_back", str(folder), str(copy))

    for child in Kills(forge, start).many(KILLS * soak // 2):
        if (folder / "desk.db").read_bytes() == rubbish["desk.db"]:
            assert not child.acks
            for name, content in rubbish.items():
                assert content in {
                    place.read_bytes() for place in (folder / name, *kept(folder, name)) if place.exists()
                }
            SqliteGuard(folder).restore(copy)
        assert len(history(folder)) == TRANSACTIONS
        assert rubbish["desk.db-wal"] in {place.read_bytes() for place in kept(folder, "desk.db-wal")}


def spoil(folder: Path, rubbish: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for name, content in rubbish.items():
        (folder / name).write_bytes(content)


def kept(folder: Path, name: str) -> Iterator[Path]:
    return (folder / "backups").glob(f"before-restore-*/{name}")


def test_kills_while_the_daily_copy_is_made(forge: Forge, folder: Path, soak: int) -> None:
    day = "2026-11-23"
    place = folder / "backups" / f"daily-{day}.db"

    def start() -> Child:
        place.unlink(missing_ok=True)
        return forge.fork(f"{WORK}daily", str(folder), day)

    for child in Kills(forge, start).many(KILLS * soak // 2):
        assert place.exists() or not child.acks
        assert not place.exists() or flaw(place) is None
        clean(folder / "backups")
    place.unlink(missing_ok=True)
    start().finish()
    assert flaw(place) is None


def test_copies_made_while_two_desks_write_are_prefixes_of_the_journal(
    forge: Forge, folder: Path, tmp_path: Path, soak: int
) -> None:
    writers = [forge.fork(WRITE, str(folder), seed, 10**6, True) for seed in (1, 2)]
    for writer in writers:
        writer.wait(1)
    guard, copies = SqliteGuard(folder), list[Path]()
    for number in range(8 * soak):
        copies.append(tmp_path / f"copy-{number}" / "desk.db")
        copies[-1].parent.mkdir()
        guard.backup(copies[-1])
    for writer in writers:
        writer.kill()
    whole = history(folder)
    lengths = []
    for copy in copies:
        found = history(copy.parent)
        assert found == whole[: len(found)]
        lengths.append(len(found))
    assert lengths == sorted(lengths)
    assert TRANSACTIONS < lengths[0] < lengths[-1] <= len(whole)


def test_two_desks_make_one_daily_copy(forge: Forge, folder: Path) -> None:
    children = [forge.fork(f"{WORK}daily", str(folder), "2026-11-23") for _ in range(4)]
    assert [child.finish() for child in children] == [[{"said": ""}]] * 4
    assert [path.name for path in (folder / "backups").iterdir() if path.name != ".lock"] == ["daily-2026-11-23.db"]
