"""The Customer Success meeting of the demo company: in a real terminal, by keys alone, to the last byte of its
minutes.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.store.sqlite import SqliteStore
from tests.minutes.golden import same
from tests.terminal import RELEASED, Terminal
from tests.terminal.desks import TYPING, Standing, demo_at, leave_bar, opened_by, type_into, verb
from tests.terminal.rooms import acted, on_to, point_at

DAY = "2026-11-23"
AGENDA = "customer-success"
SIZE = (120, 44)
WALKED = (
    ("bluth", "Delivery", "discussed"),
    ("bluth", "Product", "resolved"),
    ("umbrella", "Product", "kept"),
    ("initech", "Delivery", "skipped"),
    ("globex", "Delivery", "discussed"),
)


def test_the_customer_success_meeting_from_today_to_its_minutes(tmp_path: Path) -> None:
    clock = Standing(tmp_path / "now", f"{DAY}T09:30:00Z")
    desk = demo_at(clock, tmp_path / "desk")
    with opened_by(clock, desk, SIZE) as terminal:
        scan(terminal)
        judge(terminal)
        clock.to(f"{DAY}T09:42:00Z")
        updates(terminal)
        clock.to(f"{DAY}T09:50:00Z")
        delays(terminal)
        clock.to(f"{DAY}T09:58:00Z")
        priorities(terminal)
        clock.to(f"{DAY}T10:05:00Z")
        walk(terminal, clock)
        close(terminal)
    for suffix in ("md", "txt"):
        same(f"terminal-customer-success.{suffix}", verb(desk, "minutes", "last", "--format", suffix))
    with closing(SqliteStore(desk)) as store:
        holds_what_was_said(store)
        holds_what_was_walked(store)


def scan(terminal: Terminal) -> None:
    """A flag turns red on its line, and has all it owes a minute later; what nobody stood by is confirmed."""
    terminal.wait("Customer Success", "enter open")
    terminal.press("m")
    terminal.wait("▌ Customer success", "r o g set", "green → orange")
    point_at(terminal, "S-329")
    told(
        terminal,
        "r",
        "the second warehouse opens without us",
        "Vandelay Imports Delivery → RED · owes owner, exit criterion and plan by Wed 25 Nov · z undoes",
    )
    told(terminal, "@", "tom", "Vandelay Imports Delivery: Tom Reyes has it · owes exit criterion and plan · z undoes")
    told(terminal, "=", "the second warehouse ships on a Monday", "owes plan · z undoes")
    told(terminal, "t", "4 dec", "Vandelay Imports Delivery: plan by Fri 4 Dec · z undoes")
    point_at(terminal, "S-262")
    terminal.press("o")
    terminal.wait("an empty line: confirmed today")
    terminal.press("enter")
    terminal.wait("Hooli Support: orange confirmed today · z undoes")


def judge(terminal: Terminal) -> None:
    """On the sheet itself, which lies over the meeting: Esc, and the meeting is where it was."""
    point_at(terminal, "S-328")
    terminal.press("2")
    terminal.wait("Customer score sheet", "Stark Freight · Relationship")
    told(
        terminal,
        "b",
        "orange until 4 dec because their new manager has asked for two weeks",
        "Stark Freight: orange until Fri 4 Dec, computed ▲ red · z undoes",
    )
    terminal.press("escape")
    terminal.wait("▌ Customer success")


def updates(terminal: Terminal) -> None:
    on_to(terminal, "Updates")
    point_at(terminal, "A-216")
    told(terminal, "t", "25 nov the backup is found", "A-216 is due")


def delays(terminal: Terminal) -> None:
    on_to(terminal, "Delays")
    acted(terminal, "DL-8", "w", "DL-8: customer knows · customer told Thu 3 Dec")


def priorities(terminal: Terminal) -> None:
    on_to(terminal, "Priorities")
    acted(terminal, "T-28", "x", "T-28 done")


def walk(terminal: Terminal, clock: Standing) -> None:
    """Reds first, each with its own clock; the oranges together."""
    on_to(terminal, "Address red and or")
    terminal.wait(
        "▲ Bluth Homes · Delivery", "1 of 17 · 8 red left", "discussed 5 days ago", "three dates in a row kept"
    )
    action(terminal, "Bring the carrier's own engineer @lena 27 nov")
    clock.to(f"{DAY}T10:07:00Z")
    next_flag(terminal, "Bluth Homes · Product", 2)
    clock.to(f"{DAY}T10:08:30Z")
    told(
        terminal,
        "x",
        "search answers within a second since Thursday",
        "Bluth Homes Product resolved · now Umbrella Health Product · z undoes",
        "3 of 17",
    )
    clock.to(f"{DAY}T10:09:30Z")
    told(
        terminal,
        "t",
        "4 dec because their test system is late",
        "Umbrella Health Product kept until Fri 4 Dec · now Initech Delivery · z undoes",
    )
    clock.to(f"{DAY}T10:10:00Z")
    told(
        terminal,
        "b",
        "their project lead is away until Thursday",
        "Initech Delivery skipped · now Globex Delivery · z undoes",
        "owed by",
        "5 of 17 · 4 red left",
    )
    told(
        terminal, "=", "the interface runs for two weeks", "Globex Delivery: over when the interface runs for two weeks"
    )
    for minute, (name, number) in enumerate(REDS, 11):
        clock.to(f"{DAY}T10:{minute}:00Z")
        next_flag(terminal, name, number)
    clock.to(f"{DAY}T10:16:00Z")
    terminal.settle(RELEASED)
    terminal.press("space")
    terminal.wait("Vandelay Imports Delivery discussed", "10 of 17 · 7 left")
    told(
        terminal,
        "&",
        "11 dec one plan for all of them",
        "8 orange flags kept · that was the last flag · z undoes",
        "All 17 flags have had their turn",
    )


REDS = (
    ("Acme Logistics · Delivery", 6),
    ("Stark Freight · Support", 7),
    ("Hooli · Commercial", 8),
    ("Vandelay Imports · Delivery", 9),
)


def told(terminal: Terminal, key: str, words: str, *said: str) -> None:
    """Words into the bar, which closes with Enter; `said`: what stands there then."""
    type_into(terminal, key, words)
    terminal.press("enter")
    terminal.wait_gone(TYPING)
    terminal.wait(*said)


def next_flag(terminal: Terminal, name: str, number: int) -> None:
    terminal.settle(RELEASED)
    terminal.press("space")
    terminal.wait(f"▲ {name}", f"{number} of 17")


def action(terminal: Terminal, words: str) -> None:
    """For the customer whose flag it is, who stands in the line already."""
    type_into(terminal, "a", words)
    terminal.press("enter")
    terminal.wait(" kept · ctrl+z undoes")
    leave_bar(terminal)


def close(terminal: Terminal) -> None:
    terminal.press("space")
    terminal.wait("READ BACK", "Bring the carrier's own engineer")
    told(terminal, "b", "it comes with their lead on Thursday", "Nothing is owed. Enter closes the meeting.")
    terminal.press("enter")
    terminal.wait("IN SHORT")


def the_meeting(read: Reader) -> Meeting:
    (found,) = (each for each in read.where(Meeting, agenda=AGENDA) if each.started and f"{each.started:%F}" == DAY)
    return found


def cell(read: Reader, customer: str, measure: str) -> Score:
    (found,) = read.where(Score, customer=customer, measure=measure, superseded=False)
    return found


def holds_what_was_said(read: Reader) -> None:
    """Everything stands where it came from."""
    meeting = the_meeting(read)
    score = cell(read, "vandelay", "Delivery")
    assert (score.level, score.was, score.meeting, score.section) == (
        "red",
        "orange",
        meeting.id,
        meeting.sections[0].title,
    )
    assert (score.owner, score.exit, score.plan) == ("tom", "the second warehouse ships on a Monday", date(2026, 12, 4))
    (judged,) = (each for each in read.live(Override) if each.customer == "stark")
    assert (judged.level, judged.until) == ("orange", date(2026, 12, 4))
    moved = read.get(Action, "A-216")
    assert (moved.due, moved.slips[-1].why) == (date(2026, 11, 25), "the backup is found")
    assert read.get(Delivery, "DL-8").told == date(2026, 12, 3)
    assert read.get(Item, "T-28").settled_in == meeting.id
    (asked,) = (each for each in read.where(Action, meeting=meeting.id) if each.section == meeting.sections[4].title)
    assert (asked.title, asked.customer, asked.owner) == ("Bring the carrier's own engineer", "bluth", "lena")


def holds_what_was_walked(read: Reader) -> None:
    meeting = the_meeting(read)
    reviews = sorted(read.where(FlagReview, meeting=meeting.id), key=lambda each: (each.entered, int(each.id[3:])))
    assert [(each.customer, each.measure, each.outcome) for each in reviews[:5]] == list(WALKED)
    assert [each.talk.total_seconds() for each in reviews[:4]] == [120, 90, 60, 30]
    assert cell(read, "bluth", "Product").level == "green"
    assert cell(read, "globex", "Delivery").exit == "the interface runs for two weeks"
    assert cell(read, "umbrella", "Product").plan == date(2026, 12, 4)
    oranges = [each for each in reviews if each.at_once]
    assert len(oranges) == 8
    assert {cell(read, *each.cell).plan for each in oranges} == {date(2026, 12, 11)}
