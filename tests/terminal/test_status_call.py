"""A status call of the demo company: in a real terminal, by keys alone, to the last byte of its minutes; of any other
customer nothing stands on any screen.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.names import fold
from opsdesk.core.ports import Reader
from opsdesk.core.registers.requirements import Requirement
from opsdesk.store.sqlite import SqliteStore
from tests.minutes.golden import same
from tests.terminal import Terminal
from tests.terminal.desks import Standing, answer, demo_at, leave_bar, opened_by, say, type_into, verb
from tests.terminal.rooms import on_to, point_at

DAY = "2026-11-24"
OURS = "soylent"


def test_a_status_call_from_its_open_promises_to_what_is_promised_next(tmp_path: Path) -> None:
    clock = Standing(tmp_path / "now", f"{DAY}T09:00:00Z")
    desk = demo_at(clock, tmp_path / "desk")
    with closing(SqliteStore(desk)) as store:
        others = strange(store)
    seen: list[str] = []
    with opened_by(clock, desk) as terminal:
        terminal.wait("Soylent Foods status call", "m meet")
        begun = start(terminal, seen)
        open_promises(terminal)
        clock.to(f"{DAY}T09:07:00Z")
        progress(terminal)
        clock.to(f"{DAY}T09:13:00Z")
        new_requests(terminal)
        clock.to(f"{DAY}T09:19:00Z")
        what_we_promise_next(terminal)
        clock.to(f"{DAY}T09:26:00Z")
        read_back(terminal)
        written = fold(bytes(terminal.raw[begun:]).decode(errors="replace"))
    assert len(seen) > 20
    assert [name for name in others if name in written or any(name in fold(screen) for screen in seen)] == []
    for suffix in ("md", "txt"):
        same(f"terminal-status-call.{suffix}", verb(desk, "minutes", "last", "--format", suffix))
    with closing(SqliteStore(desk)) as store:
        holds_what_was_said(store)


def strange(read: Reader) -> list[str]:
    """The names and handles of all other customers."""
    found = [fold(name) for each in read.all(Customer) if each.handle != OURS for name in (each.name, each.handle)]
    assert "globex" in found
    return found


def start(terminal: Terminal, seen: list[str]) -> int:
    """What is broken first, then what was kept since; from here on every screen counts. How much was written before."""
    terminal.press("m")
    terminal.wait("▌ Open promises", "A-151", "here ")
    begun = len(terminal.raw)
    terminal.seen = seen.append
    terminal.wait("kept, done Thu", "7 kept and 7 late before the last call")
    ids = [line.split()[2] for line in terminal.text.splitlines() if "▲ R" in line or "● G" in line]
    assert ids == ["A-151", "A-192", "A-166", "A-191", "A-194"]
    return begun


def open_promises(terminal: Terminal) -> None:
    """A new date for a promise that is broken; why it moved is nothing that a customer reads."""
    point_at(terminal, "A-192")
    answer(terminal, "t", "27 nov Tom was pulled off it")
    terminal.wait("A-192 is due Fri 27 Nov", "broken Mon, now Fri")
    assert "pulled off" not in terminal.text


def progress(terminal: Terminal) -> None:
    on_to(terminal, "Progress")
    terminal.wait("A-194", "done Thu")
    say(terminal, "n", "The article import has run every night since Thursday")


def new_requests(terminal: Terminal) -> None:
    """One key, one line; whoever else is named is not taken."""
    on_to(terminal, "New requests")
    type_into(terminal, "ctrl+n", "Pick lists by aisle @kofi 11 dec #globe")
    terminal.wait("only Soylent Foods in this call")
    terminal.press("enter")
    terminal.wait("Only Soylent Foods in this call.")
    terminal.press(*["backspace"] * 7)
    terminal.wait("Due Fri 11 Dec")
    terminal.press("enter")
    terminal.wait("RQ-8 kept · ctrl+z undoes")
    leave_bar(terminal)
    terminal.wait("RQ-8  Pick lists by aisle")


def what_we_promise_next(terminal: Terminal) -> None:
    on_to(terminal, "What we promise next")
    terminal.wait("A-151", "A-192")
    say(terminal, "a", "Send the price of the second warehouse @lena fri !")
    say(terminal, "a", "Show the pick lists on their data @kofi 1 dec !raj")
    say(terminal, "a", "Ask the carrier for their labels @ana 2 dec")


def read_back(terminal: Terminal) -> None:
    """First what was promised in this call, then what still is; then it closes."""
    terminal.press("space")
    shown = terminal.wait(
        "READ BACK · what we promise next",
        "Fri 27 Nov  Lena Brandt                         Send the price of the second warehouse fri",
        "Tue 1 Dec   Kofi Mensah, promised by Raj Patel  Show the pick lists on their data 1 dec",
        "ALSO AGREED",
        "STILL PROMISED",
        "NEXT     Tue 1 Dec 09:00",
        "Nothing is owed.",
    )
    ids = [word for line in shown.splitlines() for word in line.split()[:1] if word.startswith("A-")]
    assert ids == ["A-235", "A-236", "A-237", "A-151", "A-192"]
    terminal.press("enter")
    terminal.wait("IN SHORT")


def holds_what_was_said(read: Reader) -> None:
    """A promise was told to that customer, by whom it says; a request is theirs."""
    price, shown = read.get(Action, "A-235"), read.get(Action, "A-236")
    assert (price.customer, price.promise, price.meeting, price.section) == (OURS, True, "M-79", "What we promise next")
    told, other = price.told, shown.told
    assert told is not None
    assert other is not None
    assert (told.to, told.by, told.typed_by, told.due) == ("Soylent Foods", "lena", "sue", date(2026, 11, 27))
    assert (told.on, told.meeting) == (datetime.fromisoformat(f"{DAY}T09:19:00Z"), "M-79")
    assert (shown.owner, other.by) == ("kofi", "raj")
    assert not read.get(Action, "A-237").promise
    asked = read.get(Requirement, "RQ-8")
    assert (asked.title, asked.customer, asked.owner, asked.state) == ("Pick lists by aisle", OURS, "kofi", "asked")
    assert (asked.meeting, asked.section, asked.due) == ("M-79", "New requests", date(2026, 12, 11))
