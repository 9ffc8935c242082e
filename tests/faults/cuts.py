"""Sessions at a desk on a watched disk, and what is left of it where the power goes at any instant of them."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import apsw
import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.core.journal import Transaction
from opsdesk.store import connections, files
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.faults.adapter import Connection
from tests.faults.ledger import audited, check_acknowledged, no_id_twice
from tests.faults.tape import Ack, Platter, Tape
from tests.faults.vfs import Call, Disk, Refused
from tests.faults.writing import Writer

CUTS, COMMANDS, MAKING = 25, 25, 45
PAGES = (3, 8, 30, 1000)
SAID = (OpsDeskError, sqlite3.Error)


class Failing:
    """Refuses a share of all syncs; what was to be synced then may be on the disk or not."""

    def __init__(self, tape: Tape, chance: random.Random, share: float) -> None:
        self.tape, self.chance, self.share, self.refused = tape, chance, share, 0

    def watch(self, call: Call) -> None:
        if call.what == "sync" and self.chance.random() < self.share:
            self.refused += 1
            self.tape.events.append(call._replace(what="failed sync"))
            raise Refused(apsw.SQLITE_IOERR_FSYNC)
        self.tape.watch(call)


class Session:
    """Somebody works at a desk, somebody else looks on, and the log is tidied often; a share of all syncs fails."""

    def __init__(self, disk: Disk, folder: Path, seed: int, failing: float = 0.0) -> None:
        self.tape, self.folder, self.chance = Tape(), folder, random.Random(seed)
        disk.watch = self.tape.watch
        self.writer = Writer(self.tape.acknowledge, str(folder), "sue", seed)
        self.other: SqliteStore | None = None
        self.failing = Failing(self.tape, self.chance, failing)
        disk.watch = self.failing.watch

    def run(self) -> list[Transaction]:
        rest = (self.look, self.leave, self.tidy, self.copy, self.reopen)
        for _ in range(COMMANDS):
            with suppress(*SAID if self.failing.share else ()):
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
        db = connections.connect((self.folder / files.NAME).as_uri())
        try:
            db.execute(f"pragma wal_checkpoint({self.chance.choice(('passive', 'full', 'truncate'))})")
        finally:
            db.close()

    def copy(self) -> None:
        """As people make it, beside the desk: what is there of it counts as soon as it has its name."""
        copy = SqliteGuard(self.folder).backup(self.folder.parent / f"copy-{self.chance.random()}.db")
        assert copy.transactions == len(self.writer.store.history())

    def reopen(self) -> None:
        self.writer.store.close()
        self.writer.store = SqliteStore(self.folder)


@dataclass
class Cut:
    """`left`: the files as the power cut has left them; `acks`: what had been acknowledged by then."""

    left: dict[str, bytes]
    acks: Sequence[Ack]
    history: Sequence[Transaction]
    session: Session

    def judge(self, folder: Path) -> None:
        """With the store as it is, on its usual disk. Raises where something was lost."""
        folder.mkdir()
        for name, content in self.left.items():
            (folder / name).write_bytes(content)
        store = SqliteStore(folder)
        history = audited(store)
        certain = max((ack["seq"] for ack in self.acks), default=0)
        most = None if self.session.failing.refused else certain + 1
        assert certain <= len(history) <= (most or len(history)), f"{certain} acknowledged, {len(history)} there"
        known = len(history) if most else certain
        assert history[:known] == list(self.history[:known])
        check_acknowledged(history, list(self.acks))
        self._go_on(store)
        store.close()

    def _go_on(self, store: SqliteStore) -> None:
        with store.work("go on", by="bob", at=START) as work:
            made = work.add(Action(title="after the cut"))
        no_id_twice([*(id for ack in self.acks for id in ack["given"]), made.id])
        assert store.get(Action, made.id) == made
        assert store.history()[-1].seq == work.seq


def cuts(session: Session, seed: int) -> Iterator[Cut]:
    """Of one session, at instants of all of it and of its making."""
    history, events = session.run(), session.tape.events
    chance, platter, acks = random.Random(seed), Platter(), list[Ack]()
    whole, making = range(len(events) + 1), range(MAKING)
    instants = sorted(chance.choice(chance.choice((whole, whole, making))) for _ in range(CUTS))[::-1]
    for number, event in enumerate((*events, None)):
        while instants and instants[-1] == number:
            instants.pop()
            yield Cut(platter.cut(session.folder, chance), tuple(acks), history, session)
        if isinstance(event, dict):
            acks.append(event)
        elif event is not None:
            platter.play(event)


def judged(
    disk: Disk, place: Path, seed: int, *, synchronous: str = "", failing: float = 0.0
) -> Iterator[Exception | None]:
    """Each cut of one session: None where nothing was lost."""
    with pytest.MonkeyPatch.context() as patch:
        pages = PAGES[seed % len(PAGES)]
        patch.setattr(connections, "connect", lambda target: Connection(target, disk.name, pages, synchronous))
        every = list(cuts(Session(disk, place / "desk", seed, failing), seed))
    for cut in every:
        try:
            cut.judge(place / "after")
            yield None
        except (AssertionError, OpsDeskError) as lost:
            yield lost
        rmtree(place / "after")
    rmtree(place)
