"""The first start of an empty desk, by keys alone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.terminal import Terminal
from tests.terminal.desks import opened, paste, verb

PEOPLE = "Sue Park, Operations\rAna Lima, Support\rRaj Patel, Program Management\r"
CUSTOMERS = 'Name;Owner\r\nGlobex;raj\r\n"Acme; Logistics";raj\r\n'
ACTIONS = "Call Globex back @sue #globex fri !\rWrite to @nobody today"


def test_an_empty_desk_is_filled_by_keys_and_reaches_today(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    with opened(desk, OPSDESK_USER="") as terminal:
        company_and_people(terminal)
        customers(terminal)
        actions(terminal)
        terminal.wait("KEPT PROMISES", "Northwind [/x] Systems", "Daily Operations Sync")
        terminal.press("m")
        terminal.wait("here    3 of 3")
    holds_what_was_typed(desk)


def take(terminal: Terminal) -> None:
    """Once what was typed has been read; the same key again at once would count as held down."""
    terminal.settle()
    terminal.press("ctrl+s")


def company_and_people(terminal: Terminal) -> None:
    terminal.wait("This desk is empty")
    terminal.press("end", "enter")
    terminal.wait("What is the company called?")
    terminal.type("Northwind [/x] Systems")
    terminal.press("enter")
    terminal.wait("Who works here?")
    terminal.type(PEOPLE)
    terminal.wait("3 people")
    take(terminal)
    terminal.wait("Which of them are you?")
    terminal.press("down", "enter")


def customers(terminal: Terminal) -> None:
    terminal.wait("Which customers are there?")
    paste(terminal, CUSTOMERS)
    terminal.wait("2 customers")
    take(terminal)


def actions(terminal: Terminal) -> None:
    """The line that cannot be read is named, nothing is half taken, and then it is left out."""
    terminal.wait("What is open?")
    terminal.type(ACTIONS)
    terminal.wait("Write to @nobody today", "1 action · 1 line cannot be read", "@nobody is not known")
    take(terminal)
    terminal.wait("Nothing was taken in")
    terminal.press("ctrl+o")


def holds_what_was_typed(desk: Path) -> None:
    assert [person["name"] for person in listed(desk, "people")] == ["Sue Park", "Ana Lima", "Raj Patel"]
    assert [customer["name"] for customer in listed(desk, "customers")] == ["Globex", "Acme; Logistics"]
    (action,) = listed(desk, "actions")
    assert (action["title"], action["owner"], action["customer"]) == ("Call Globex back", "sue", "globex")
    assert (action["due"], action["created_by"]) == ("2026-11-27", "ana")


def listed(desk: Path, kind: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(verb(desk, "list", kind, "--json"))
    return found


def test_the_demo_company_is_one_key_away_and_one_s_own_desk_stays_empty(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    with opened(desk, OPSDESK_USER="") as terminal:
        terminal.wait("This desk is empty")
        terminal.press("enter")
        terminal.wait("THE CONSTRAINT")
        terminal.wait("Tom Reyes")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert listed(desk, "people") == []
