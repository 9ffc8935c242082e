"""The Operations-Engineering Sync of the demo company: in a real terminal, by keys alone, to the last byte of its
minutes.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.known_issues import KnownIssue
from opsdesk.core.registers.releases import Release
from opsdesk.core.registers.requirements import Requirement
from opsdesk.store.sqlite import SqliteStore
from tests.minutes.golden import same
from tests.terminal import Terminal
from tests.terminal.desks import Standing, answer, demo_at, opened_by, say, verb
from tests.terminal.rooms import acted, on_to, point_at, turn

DAY = "2026-11-19"  # a Thursday on which they meet
AGENDA = "operations-engineering-sync"
SIZE = (120, 44)


def test_the_operations_engineering_sync_from_today_to_its_minutes(tmp_path: Path) -> None:
    clock = Standing(tmp_path / "now", f"{DAY}T10:00:00Z")
    desk = demo_at(clock, tmp_path / "desk")
    with opened_by(clock, desk, SIZE) as terminal:
        start(terminal)
        requirements(terminal)
        clock.to(f"{DAY}T10:08:00Z")
        releases(terminal)
        clock.to(f"{DAY}T10:17:00Z")
        known_issues(terminal)
        clock.to(f"{DAY}T10:25:00Z")
        bugs(terminal)
        clock.to(f"{DAY}T10:33:00Z")
        environments(terminal)
        clock.to(f"{DAY}T10:38:00Z")
        close(terminal)
    for suffix in ("md", "txt"):
        same(f"terminal-engineering-sync.{suffix}", verb(desk, "minutes", "last", "--format", suffix))
    with closing(SqliteStore(desk)) as store:
        holds_what_was_done(store)


def start(terminal: Terminal) -> None:
    """It opens with what has changed in the two weeks since."""
    terminal.wait("Operations-Engineering Sync", "enter open")
    point = next(at for at, line in enumerate(terminal.lines) if "Operations-Engineering Sync" in line)
    assert "now" in terminal.lines[point]
    terminal.press("m")
    terminal.wait("▌ Requirements", "▸ SINCE #4  2 new releases · 1 new known issue · 1 bug started")
    terminal.press("<")
    terminal.wait("▾ SINCE #4", "agreed → started 9 Nov", "slipped 9 Nov → Tue", "open → fix scheduled 9 Nov")
    terminal.press("<")
    terminal.wait("▸ SINCE #4")


def requirements(terminal: Terminal) -> None:
    acted(terminal, "RQ-7", "s", "RQ-7 is agreed")
    point_at(terminal, "RQ-7")
    answer(terminal, "t", "4 dec")
    terminal.wait("RQ-7: due Fri 4 Dec · z undoes")
    turn(terminal, "RQ-3", "escalation", "RQ-3 goes to the Escalation Review as T-27 · z undoes")


def releases(terminal: Terminal) -> None:
    on_to(terminal, "Releases")
    point_at(terminal, "RL-3")
    answer(terminal, "t", "26 nov the offline mode is not tested")
    terminal.wait("26 Nov · z undoes")
    turn(terminal, "RL-7", "action", "RL-7 led to A-237 · z undoes")


def known_issues(terminal: Terminal) -> None:
    on_to(terminal, "Known issues")
    point_at(terminal, "KI-5")
    answer(terminal, "s", "RL-6")
    terminal.wait("KI-5 is fix scheduled · fix RL-6 · z undoes")


def bugs(terminal: Terminal) -> None:
    on_to(terminal, "Bugs")
    acted(terminal, "B-3", "x", "B-3 is closed")
    acted(terminal, "B-7", "s", "B-7 is started")
    say(terminal, "n", "Both came from the night batch")


def environments(terminal: Terminal) -> None:
    on_to(terminal, "Dev/staging")
    point_at(terminal, "E-1")
    answer(terminal, "t", "24 nov")
    terminal.wait("E-1: until Tue 24 Nov · z undoes")
    acted(terminal, "E-3", "s", "E-3 is working")


def close(terminal: Terminal) -> None:
    """Nothing is owed; what was asked of whom is read back."""
    terminal.press("space")
    terminal.wait("Nothing is owed. Enter closes the meeting.", "READ BACK", "A-237", "Thu 3 Dec 10:00")
    terminal.press("enter")
    terminal.wait("IN SHORT")


def holds_what_was_done(read: Reader) -> None:
    """Everything stands where it came from."""
    requirement, release, issue = read.get(Requirement, "RQ-7"), read.get(Release, "RL-3"), read.get(KnownIssue, "KI-5")
    assert (requirement.state, requirement.due) == ("agreed", date(2026, 12, 4))
    assert (release.planned, release.slips[-1].why) == (date(2026, 11, 26), "the offline mode is not tested")
    assert (issue.state, issue.fix) == ("fix scheduled", "RL-6")
    assert [read.get(Bug, id).state for id in ("B-3", "B-7")] == ["closed", "started"]
    assert read.get(Environment, "E-1").until == date(2026, 11, 24)
    assert read.get(Environment, "E-3").state == "working"
    leads_on(read)


def leads_on(read: Reader) -> None:
    """What lines were turned into says where that was."""
    (meeting,) = (each for each in read.where(Meeting, agenda=AGENDA) if each.started and f"{each.started:%F}" == DAY)
    action, item = read.get(Action, "A-237"), read.get(Item, "T-27")
    assert (action.meeting, action.section, action.came_of) == (meeting.id, "Releases", "RL-7")
    assert read.get(Release, "RL-7").led_to == (action.id,)
    assert (item.meeting, item.section, item.ref) == (meeting.id, "Requirements", "RQ-3")
    assert item.escalated == datetime.fromisoformat(f"{DAY}T10:00:00Z")
