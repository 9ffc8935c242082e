"""Power cuts: what was acknowledged is there, whole and in order; of the command in flight all is there or nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.store import files
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.adapter import Connection
from tests.faults.ledger import audited, check_acknowledged, no_id_twice
from tests.faults.tape import Ack, Platter, Tape
from tests.faults.vfs import Disk
from tests.faults.writing import Writer

PARTS, RUNS, CUTS, COMMANDS = 8, 20, 25, 25
MAKING = 45
PAGES = (3, 8, 30, 1000)


class Session:
    """A desk on a watched disk: somebody works at it, somebody else looks on, and the log is tidied often."""

    def __init__(self, disk: Disk, folder: Path, seed: int) -> None:
        self.tape, self.folder, self.chance = Tape(), folder, random.Random(seed)
        disk.watch = self.tape.watch
        self.writer = Writer(self.tape.acknowledge, str(folder), "sue", seed)
        self.other: SqliteStore | None = None

    def run(self) -> list[Transaction]:
        rest = (self.look, self.leave, self.tidy, self.copy, self.reopen)
        for _ in range(COMMANDS):
            self.chance.choice((self.writer.some,) * 15 + rest)()
        history = list(self.writer.store.history())
        self.leave()
        self.writer.store.close()
        return history

    def look(self) -> None:
        self.other = self.other or SqliteStore(self.folder)
        self.other.news()

    def leave(self) -> None:
        if self.other is not None:
            self.other.close()
        self.other = None

    def tidy(self) -> None:
        db = files.connect((self.folder / files.NAME).as_uri())
        db.execute(f"pragma wal_checkpoint({self.chance.choice(('passive', 'full', 'truncate'))})")
        db.close()

    def copy(self) -> None:
        self.writer.store.backup(self.folder / f"copy-{self.chance.random()}.db")

    def reopen(self) -> None:
        self.writer.store.close()
        self.writer.store = SqliteStore(self.folder)


@dataclass
class Cut:
    """`left`: the files as the power cut has left them; `acks`: what had been acknowledged by then."""

    left: dict[str, bytes]
    acks: Sequence[Ack]
    history: Sequence[Transaction]

    def judge(self, folder: Path) -> None:
        """With the store as it is, on its usual disk. Raises where something was lost."""
        folder.mkdir()
        for name, content in self.left.items():
            (folder / name).write_bytes(content)
        store = SqliteStore(folder)
        history = audited(store)
        certain = max((ack["seq"] for ack in self.acks), default=0)
        assert certain <= len(history) <= certain + 1, f"{certain} acknowledged, {len(history)} there"
        assert history == list(self.history[: len(history)])
        check_acknowledged(history, list(self.acks))
        self._go_on(store)
        store.close()

    def _go_on(self, store: SqliteStore) -> None:
        with store.work("go on", by="bob", at=START) as work:
            made = work.add(Action(title="after the cut"))
        no_id_twice([*(id for ack in self.acks for id in ack["given"]), made.id])
        assert store.get(Action, made.id) == made
        assert store.history()[-1].seq == work.seq


def cuts(disk: Disk, folder: Path, seed: int, count: int) -> Iterator[Cut]:
    """Of one session, at so many instants."""
    session = Session(disk, folder, seed)
    history, events = session.run(), session.tape.events
    chance, platter, acks = random.Random(seed), Platter(), list[Ack]()
    whole, making = range(len(events) + 1), range(MAKING)
    instants = sorted(chance.choice(chance.choice((whole, whole, making))) for _ in range(count))[::-1]
    for number, event in enumerate((*events, None)):
        while instants and instants[-1] == number:
            instants.pop()
            yield Cut(platter.cut(folder, chance), tuple(acks), history)
        if isinstance(event, dict):
            acks.append(event)
        elif event is not None:
            platter.play(event)


def judged(disk: Disk, place: Path, seed: int, synchronous: str = "") -> Iterator[Exception | None]:
    """Each cut of one session: None where nothing was lost."""
    with pytest.MonkeyPatch.context() as patch:
        pages = PAGES[seed % len(PAGES)]
        patch.setattr(files, "connect", lambda target: Connection(target, disk.name, pages, synchronous))
        every = list(cuts(disk, place / "desk", seed, CUTS))
    for cut in every:
        try:
            cut.judge(place / "after")
            yield None
        except (AssertionError, OpsDeskError) as lost:
            yield lost
        rmtree(place / "after")
    rmtree(place)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_power_cut_loses_what_was_acknowledged(disk: Disk, quick_path: Path, part: int, soak: int) -> None:
    for seed in range(part, PARTS * RUNS * soak, PARTS):
        for number, lost in enumerate(judged(disk, quick_path / str(seed), seed)):
            assert lost is None, f"cut {number} of session {seed}: {lost}"


@pytest.mark.parametrize("synchronous", ["off", "normal"])
def test_an_engine_that_does_not_wait_for_the_disk_is_found_out(disk: Disk, quick_path: Path, synchronous: str) -> None:
    lost = [lost for seed in range(3) for lost in judged(disk, quick_path / str(seed), seed, synchronous)]
    assert sum(each is not None for each in lost) >= 5
