"""A desk killed in a meeting opens again in the same section, at the right time, with all that was said."""

from __future__ import annotations

import random
import shutil
import signal
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.core.said import said_line
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START, Clock
from tests.faults.forge import Ack, Forge
from tests.faults.holding import SECTIONS, opened
from tests.faults.instants import Instants
from tests.faults.ledger import audited

HOLD = "tests.faults.holding:hold"
EVENTS, AT_THE_SAME_MEETING = 12, 5


class Stopwatch:
    """What a person beside the desk would have stopped, from the acknowledged events alone."""

    def __init__(self, started: datetime) -> None:
        self.section, self.entered, self.last = 0, started, started
        self.used = [timedelta()] * SECTIONS

    def event(self, at: datetime, section: int) -> None:
        """A clock that jumps back stands still meanwhile."""
        at = max(at, self.last)
        if section != self.section:
            self.used[self.section] += at - self.entered
            self.section, self.entered = section, at
        self.last = at

    def read(self, now: datetime) -> tuple[timedelta, ...]:
        used = self.used.copy()
        used[self.section] += max(now, self.last) - self.entered
        return tuple(used)


class Held:
    """A meeting, as far as it was acknowledged, through any number of kills."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kills = folder, 0
        self.stopwatch: Stopwatch | None = None
        self.moves, self.said = 0, list[Ack]()
        self.now = START

    def note(self, acks: list[Ack]) -> None:
        for ack in acks:
            self.now = datetime.fromisoformat(ack["at"])
            if "said" in ack:
                self.said.append(ack)
            else:
                self.move(self.now, ack["section"])

    def move(self, at: datetime, section: int) -> None:
        self.moves += 1
        if self.stopwatch is None:
            self.stopwatch = Stopwatch(at)
        else:
            self.stopwatch.event(at, section)

    def check(self, desk: Desk) -> None:
        """At most the one command in flight was committed and not acknowledged; it counts as well."""
        moves = moves_of(desk)
        assert self.moves <= len(moves) <= self.moves + 1
        for tx, section in moves[self.moves :]:
            self.move(tx.at, section)
        if self.stopwatch is not None:
            (meeting,) = desk.meetings.running()
            self.check_clocks(desk, meeting, self.stopwatch)
            self.check_said(desk, meeting)

    def check_clocks(self, desk: Desk, meeting: Meeting, stopwatch: Stopwatch) -> None:
        view = desk.meetings.view(meeting.id)
        assert (view.section, view.running) == (stopwatch.section, True)
        assert view.sections == stopwatch.read(desk.now())
        assert view.elapsed == sum(view.sections, timedelta())
        assert meeting.last == stopwatch.last
        assert all(span.entered <= (span.left or meeting.last) for span in meeting.spans)
        assert all(one.left == other.entered for one, other in pairwise(meeting.spans))

    def check_said(self, desk: Desk, meeting: Meeting) -> None:
        lines = {line.id: line for line in map(said_line, desk.meetings.said(meeting.id))}
        assert len(self.said) <= len(lines)
        for ack in self.said:
            assert ack["word"] in lines[ack["said"]].text
            assert lines[ack["said"]].section == ack["in"]


def moves_of(desk: Desk) -> list[tuple[Transaction, int]]:
    """The transactions that changed the meeting itself, each with the section it was in afterwards."""
    found, section = [], 0
    for tx in desk.history():
        for change in tx.changes:
            if change.kind == Meeting.kind and change.after:
                section = change.after["spans"][-1]["section"] if "spans" in change.after else section
                found.append((tx, section))
    return found


@pytest.mark.parametrize("jumps", [False, True], ids=["clock runs on", "clock jumps back"])
def test_a_meeting_goes_on_after_every_kill(forge: Forge, tmp_path: Path, soak: int, jumps: bool) -> None:
    kills, chance = 0, random.Random(int(jumps))
    instants = Instants(forge, tmp_path / "desk", HOLD, 0, START.isoformat(), jumps, EVENTS)
    for trial in range(12 * soak):
        held = Held(tmp_path / f"desk-{trial}")
        for _ in range(AT_THE_SAME_MEETING):
            given = (str(held.folder), chance.randrange(10**9), held.now.isoformat(), jumps, EVENTS)
            child = forge.fork(HOLD, *given)
            held.note(child.kill_after(instants.any()))
            kills += child.code == -signal.SIGKILL
            desk = opened(held.folder, Clock(held.now + timedelta(seconds=chance.randrange(-60, 300))))
            held.check(desk)
            desk.close()
        store = SqliteStore(held.folder)
        audited(store)
        store.close()
        shutil.rmtree(held.folder)
    assert kills > 20 * soak
