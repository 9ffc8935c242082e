"""The Daily of the demo company with an outage under way: in a real terminal, by keys alone, to the last byte of its
minutes.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from opsdesk.core.actions import Action
from opsdesk.core.ports import Reader
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.store.sqlite import SqliteStore
from tests.minutes.golden import same
from tests.terminal import RELEASED, Terminal
from tests.terminal.desks import TYPING, Standing, answer, demo_at, leave_bar, opened_by, say, type_into, verb
from tests.terminal.rooms import acted, on_to, point_at, turn

DAY = "2026-11-23"
MEETING = "M-77"
SIZE = (120, 44)


def test_the_daily_with_an_outage_under_way_from_today_to_its_minutes(tmp_path: Path) -> None:
    clock = Standing(tmp_path / "now", f"{DAY}T16:30:00Z")
    desk = demo_at(clock, tmp_path / "desk")
    with opened_by(clock, desk, SIZE) as terminal:
        start(terminal)
        burning_issues(terminal)
        clock.to(f"{DAY}T16:34:00Z")
        service_outages(terminal)
        clock.to(f"{DAY}T16:39:00Z")
        planned_maintenance(terminal)
        clock.to(f"{DAY}T16:41:00Z")
        delayed_deliveries(terminal)
        clock.to(f"{DAY}T16:45:00Z")
        staffing(terminal)
        clock.to(f"{DAY}T16:47:00Z")
        close(terminal)
    for suffix in ("md", "txt"):
        same(f"terminal-daily-outage.{suffix}", verb(desk, "minutes", "last", "--format", suffix))
    with closing(SqliteStore(desk)) as store:
        holds_what_was_done(store)


def start(terminal: Terminal) -> None:
    """It opens with what burns, and with what has changed since Friday."""
    terminal.wait("▲ SEV-2 Login slow, EU", "next update due 16:38", "enter open")
    terminal.press("m")
    terminal.wait("▌ Burning issues", "here    3 of 3", "▸ SINCE #40  1 new incident")
    terminal.press("<")
    terminal.wait("▾ SINCE #40", "new 15:44", "slipped Thu → 3 Dec")
    terminal.press("<")
    terminal.wait("▸ SINCE #40")


def burning_issues(terminal: Terminal) -> None:
    """A promise, a decision, a date that is moved on a line of the board."""
    say(terminal, "a", "Call Globex with the workaround @ana #globex today !")
    say(terminal, "d", "Tom works on nothing but the login until it is up")
    point_at(terminal, "A-88")
    answer(terminal, "t", "27 nov their test data came late")
    terminal.wait("A-88 is due")


def service_outages(terminal: Terminal) -> None:
    """What is known goes into the timeline; who speaks with customers is told; somebody sees to it."""
    on_to(terminal, "Service outages")
    terminal.press("o")
    terminal.wait("WHO KNOWS", "TIMELINE")
    told(terminal, "u", "Half the logins are quick again", "I-13: update kept, next update due 17:04 · z undoes")
    told(terminal, "n", "16:20 second server taken out of the pool @tom", "I-13: in its timeline · ctrl+z undoes")
    leave_bar(terminal)
    told(terminal, "i", "@kofi, Sales", "I-13: ")
    terminal.press("escape")
    terminal.wait("▌ Service outages")
    acted(terminal, "I-13", "s", "I-13 is monitoring")
    point_at(terminal, "I-13")
    answer(terminal, "t", "17:00")
    terminal.wait("I-13: next update 17:00 · z undoes")
    turn(terminal, "I-13", "action", "I-13 led to A-227 · z undoes")
    reworded(terminal, "Put a third sign-on server in place")


def reworded(terminal: Terminal, text: str) -> None:
    """What was made last, in other words; owner and date stay."""
    terminal.press("end", "enter")
    terminal.wait(TYPING)
    terminal.press("ctrl+u")
    terminal.type(text)
    terminal.wait(text)
    terminal.press("enter")
    terminal.wait_gone(TYPING)
    terminal.wait("corrected · z undoes")


def told(terminal: Terminal, key: str, words: str, said: str) -> None:
    """One line of the outage, on the screen that leads it."""
    type_into(terminal, key, words)
    terminal.press("enter")
    terminal.wait(said)


def planned_maintenance(terminal: Terminal) -> None:
    on_to(terminal, "Planned maintenance")
    point_at(terminal, "W-6")
    terminal.press("w")
    terminal.wait(TYPING, "#nippon #massive")
    terminal.press("enter")
    terminal.wait("W-6: announced · customers told [EMEA] 日本物流, Massive Dynamic")


def delayed_deliveries(terminal: Terminal) -> None:
    on_to(terminal, "Delayed deliveries")
    point_at(terminal, "DL-3")
    answer(terminal, "t", "8 dec their network is not ready")
    terminal.wait("8 Dec · z undoes")
    acted(terminal, "DL-3", "w", "DL-3: customer knows · customer told Tue 8 Dec")
    turn(terminal, "DL-8", "escalation", "DL-8 goes to the Escalation Review as T-35 · z undoes")


def staffing(terminal: Terminal) -> None:
    on_to(terminal, "Staffing")
    terminal.press("0")
    terminal.wait("0 again says there is nothing to report")
    terminal.settle(RELEASED)
    terminal.press("0")
    terminal.wait("Staffing: nothing to report · z undoes")


def close(terminal: Terminal) -> None:
    """What was put off three times is chosen: let go once more, escalated, dropped."""
    terminal.press("space")
    terminal.wait("STILL OWED", "T-24", "T-32", "A-166")
    answer(terminal, "b", "It is on the customers' day in December")
    terminal.wait_gone("T-24 One")
    terminal.press("e")
    terminal.wait("T-32 goes to the Escalation Review · z undoes")
    terminal.wait_gone("T-32 Nobody")
    answer(terminal, "delete", "Mia has the keys since Friday")
    terminal.wait("Nothing is owed. Enter closes the meeting.")
    terminal.press("enter")
    terminal.wait("IN SHORT")


def holds_what_was_done(read: Reader) -> None:
    """Everything stands where it came from."""
    incident, action = read.get(Incident, "I-13"), read.get(Action, "A-227")
    assert (incident.state, incident.mitigated, incident.next_update) == ("monitoring", at("16:34"), at("17:00"))
    assert {each.who for each in incident.informed if each.at == at("16:34")} == {"kofi"}
    assert (action.meeting, action.section, action.came_of) == (MEETING, "Service outages", incident.id)
    assert (action.title, action.owner) == ("Put a third sign-on server in place", "tom")
    assert action.id in incident.led_to
    moved = read.get(Action, "A-88")
    assert (moved.due, moved.slips[-1].why) == (date(2026, 11, 27), "their test data came late")
    assert read.get(Maintenance, "W-6").announced == at("16:39")
    delivery = read.get(Delivery, "DL-3")
    assert delivery.forecast == delivery.told == date(2026, 12, 8)
    assert delivery.slips[-1].why == "their network is not ready"
    timeline_is_kept(read)


def timeline_is_kept(read: Reader) -> None:
    entries = [each for each in read.where(TimelineEntry, about="I-13") if each.created == at("16:34")]
    assert [each.what for each in entries].count("informed") == 1
    told = [(each.what, each.text, each.at, each.by) for each in entries]
    assert ("update", "Half the logins are quick again", at("16:34"), "sue") in told
    assert ("note", "second server taken out of the pool", at("16:20"), "tom") in told


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{hour}:00Z")
