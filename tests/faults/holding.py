"""A meeting that is held in a child: walking, talking, and a clock that may jump back."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from opsdesk.core.clocks import current
from opsdesk.core.meeting import Meeting
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.clock import Clock
from tests.desk.meeting_desk import AGENDAS

Acknowledge = Callable[[dict[str, Any]], None]
SECTIONS = 3


def opened(folder: Path, clock: Clock) -> Desk:
    return Desk(SqliteStore(folder), clock, "sue", Settings(company="Initech"), lambda: AGENDAS)


class Holder:
    def __init__(self, acknowledge: Acknowledge, folder: str, seed: int, begin: str, jumps: bool) -> None:
        self.acknowledge, self.chance, self.jumps = acknowledge, random.Random(seed), jumps
        self.clock = Clock(datetime.fromisoformat(begin))
        self.desk = opened(Path(folder), self.clock)
        self.seed = seed

    def hold(self, events: int) -> None:
        running = self.desk.meetings.running()
        if not running:
            self.moved("start", self.desk.meetings.start("daily"))
        for number in range(events):
            self.tick()
            self.some(self.desk.meetings.running()[0], f"{self.seed}-{number}")

    def tick(self) -> None:
        """Some seconds later; where the clock jumps, now and then up to an hour earlier."""
        back = self.jumps and self.chance.random() < 0.3
        self.clock.now += timedelta(seconds=-self.chance.randrange(3600) if back else self.chance.uniform(0.001, 90))

    def some(self, meeting: Meeting, word: str) -> None:
        self.chance.choice((self.walk, self.walk, self.more, self.note, self.decide, self.act, self.park))(
            meeting, word
        )

    def walk(self, meeting: Meeting, word: str) -> None:
        here = current(meeting)
        if self.chance.random() < 0.5 and here + 1 < SECTIONS:
            self.moved("next", self.desk.meetings.next(meeting.id))
        else:
            to = self.chance.choice([index for index in range(SECTIONS) if index != here])
            self.moved("go to", self.desk.meetings.go_to(meeting.id, to))

    def more(self, meeting: Meeting, word: str) -> None:
        self.moved("more", self.desk.meetings.more(meeting.id))

    def note(self, meeting: Meeting, word: str) -> None:
        self.said(meeting, self.desk.meetings.note(meeting.id, f"Noted {word}").id, word)

    def decide(self, meeting: Meeting, word: str) -> None:
        self.said(meeting, self.desk.meetings.decide(meeting.id, f"Decided {word}").id, word)

    def act(self, meeting: Meeting, word: str) -> None:
        self.said(meeting, self.desk.meetings.act(meeting.id, f"Do {word} @sue").id, word)

    def park(self, meeting: Meeting, word: str) -> None:
        self.said(meeting, self.desk.meetings.park(meeting.id, f"Later {word}").id, word)

    def moved(self, event: str, meeting: Meeting) -> None:
        self.acknowledge({"event": event, "at": self.clock.now.isoformat(), "section": current(meeting)})

    def said(self, meeting: Meeting, id: str, word: str) -> None:
        section = meeting.sections[current(meeting)].title
        self.acknowledge({"said": id, "word": word, "in": section, "at": self.clock.now.isoformat()})


def hold(acknowledge: Acknowledge, folder: str, seed: int, begin: str, jumps: bool, events: int) -> None:
    holder = Holder(acknowledge, folder, seed, begin, jumps)
    holder.hold(events)
    holder.desk.close()
