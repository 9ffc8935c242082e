"""Desks for a real terminal: made once, copied for each test, opened at a known instant."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from opsdesk import agendas
from opsdesk.config import write_settings
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.clock import Clock
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]
NOW = "2026-11-23T16:30:00Z"  # a Monday, when the daily meets
DAILY = "Daily Operations Sync"
SECTIONS = ("Burning issues", "Service outages", "Planned maintenance", "Delayed deliveries", "Staffing")
TYPING = "leave, keep the draft"
PEOPLE = (("Sue Park", "Operations"), ("Ana Lima", "Support"), ("Raj Patel", "Program Management"))
CUSTOMERS = ("Globex", "Acme Logistics")
OPEN = ("Restore the EU pool @raj #globex 20 nov 2026 !", "Write the way back @ana 19 nov 2026")


def small_company(folder: Path) -> None:
    """Three people, two customers and two actions that are past due, in a desk of its own."""
    folder.mkdir()
    settings = Settings(company="Northwind Systems", time_zone="UTC")
    write_settings(folder, settings)
    store = SqliteStore(folder)
    desk = Desk(store, Clock(), "sue", settings, lambda: agendas.read(None))
    for name, department in PEOPLE:
        desk.people.add(name, department)
    for name in CUSTOMERS:
        desk.people.add_customer(name, owner="raj")
    for text in OPEN:
        desk.actions.capture(text, past_ok=True)
    store.close()


def environment(folder: Path, now: str = NOW) -> dict[str, str]:
    """One person, one zone, one clock; their files beside the desk."""
    return {"OPSDESK_NOW": now, "OPSDESK_USER": "sue", "TZ": "UTC", "HOME": str(folder.parent)}


def opened(folder: Path, *, now: str = NOW, size: tuple[int, int] = (120, 36), **env: str) -> Terminal:
    """The desk on a terminal of its own, as `opsdesk --desk FOLDER` opens it."""
    variables = {**environment(folder, now), **env}
    home = Path(variables.pop("HOME"))
    return Terminal(sys.executable, "-m", "opsdesk", "--desk", str(folder), home=home, size=size, **variables)


class Standing:
    """The clock of every program that is told of its file: it stands until it is moved."""

    def __init__(self, file: Path, at: str) -> None:
        self.file = file
        self.to(at)

    def to(self, at: str) -> None:
        """`at`: an instant, as in 2026-11-23T16:30:00Z."""
        written = self.file.with_suffix(".next")
        written.write_text(at, encoding="utf-8")
        written.replace(self.file)


def by_clock(clock: Standing, *words: str) -> list[str]:
    """The command line of `opsdesk WORDS…` by that clock."""
    return [sys.executable, "-m", "tests.terminal.standing", str(clock.file), *words]


def demo_at(clock: Standing, folder: Path) -> Path:
    """The demo company's desk as it is at that instant; its folder."""
    env = {**os.environ, **environment(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        by_clock(clock, "--desk", str(folder), "demo", "--no-screen"), env=env, check=True, capture_output=True
    )
    return folder


def opened_by(clock: Standing, folder: Path, size: tuple[int, int] = (120, 36)) -> Terminal:
    """As `opened`, by a clock that stands."""
    variables = {**environment(folder), "PYTHONPATH": str(ROOT)}
    home = Path(variables.pop("HOME"))
    return Terminal(*by_clock(clock, "--desk", str(folder)), home=home, size=size, **variables)


def verb(folder: Path, *words: str, now: str = NOW) -> str:
    """What a verb of the command line prints for that desk."""
    ran = subprocess.run(
        [sys.executable, "-m", "opsdesk", *words, "--desk", str(folder)],
        env={**os.environ, **environment(folder, now)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def undo_word(terminal: Terminal) -> str:
    """What the footer says that undo would take back; empty while the bar is lit."""
    found = re.search(r"z undo (.+?)(   |\n|$)", terminal.text)
    return found[1] if found else ""


def changed(terminal: Terminal, before: str) -> str:
    """The footer's undo word, once something has been kept since it was `before`."""
    terminal.wait_until(lambda: undo_word(terminal) not in ("", before), f"undo is still {before!r}")
    return undo_word(terminal)


def leave_bar(terminal: Terminal) -> None:
    """Out of the capture bar, back to the list."""
    terminal.press("escape")
    terminal.wait_gone(TYPING)


def type_into(terminal: Terminal, key: str, words: str) -> None:
    """Opens the capture bar with the key and types, without Enter."""
    terminal.press(key)
    terminal.wait(TYPING)
    terminal.type(words)
    terminal.wait(words)


def paste(terminal: Terminal, text: str) -> None:
    """As a terminal that knows of pasting sends it."""
    terminal.type(f"\x1b[200~{text}\x1b[201~")


def say(terminal: Terminal, key: str, words: str) -> str:
    """One entry through the capture bar, which is left again; its id."""
    before = undo_word(terminal)
    type_into(terminal, key, words)
    terminal.press("enter")
    terminal.wait(" kept · ctrl+z undoes")
    leave_bar(terminal)
    return changed(terminal, before)


def answer(terminal: Terminal, key: str, words: str) -> str:
    """Words into a capture bar that closes with Enter; what undo would take back then."""
    before = undo_word(terminal)
    type_into(terminal, key, words)
    terminal.press("enter")
    terminal.wait_gone(TYPING)
    return changed(terminal, before)
