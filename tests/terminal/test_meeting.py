"""A meeting in a real terminal, by keys alone, from Today to the printed minutes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.terminal import RELEASED, Terminal
from tests.terminal.desks import DAILY, SECTIONS, TYPING, answer, leave_bar, opened, say, verb

PAGE = 80  # columns


def test_a_meeting_by_keys_alone_from_today_to_its_minutes(demo: Path) -> None:
    with opened(demo) as terminal:
        start(terminal)
        burning_issues(terminal)
        service_outages(terminal)
        planned_maintenance(terminal)
        delayed_deliveries(terminal)
        staffing(terminal)
        close(terminal)
        read(terminal, verb(demo, "minutes", "last"))
        leave(terminal)
    shows_what_was_said(json.loads(verb(demo, "minutes", "last", "--format", "json")))


def start(terminal: Terminal) -> None:
    terminal.wait("SINCE FRIDAY")
    terminal.press("m")
    terminal.wait("▌ Burning issues", f"{DAILY}  #", "here    3 of 3")


def burning_issues(terminal: Terminal) -> None:
    terminal.press("a")
    terminal.wait(TYPING)
    terminal.type("Call Globex with the workaround @ana #globex fri !")
    terminal.wait("Ana Ferreira · Globex · due Fri 27 Nov · promised")
    terminal.press("enter")
    terminal.wait(" kept · ctrl+z undoes")
    leave_bar(terminal)
    terminal.press("p")
    terminal.wait(" parked as T-")
    raj_is_absent(terminal)


def raj_is_absent(terminal: Terminal) -> None:
    terminal.press("i")
    terminal.wait("Raj Patel         Program Management     here")
    terminal.press("down", "space")
    terminal.wait("Raj Patel         Program Management     apologies")
    terminal.press("space")
    terminal.wait("Raj Patel         Program Management     absent")
    terminal.press("escape")
    terminal.wait("here    2 of 3")


def service_outages(terminal: Terminal) -> None:
    next_section(terminal, "Service outages")
    terminal.press("0")
    terminal.wait("0 again says there is nothing to report")
    terminal.settle(RELEASED)
    terminal.press("0")
    terminal.wait("Service outages: nothing to report · z undoes")


def planned_maintenance(terminal: Terminal) -> None:
    next_section(terminal, "Planned maintenance")
    terminal.press("+")
    terminal.match(r"▌ Planned maintenance +0/4")
    say(terminal, "d", "No deploys before Thursday")


def delayed_deliveries(terminal: Terminal) -> None:
    next_section(terminal, "Delayed deliveries")
    say(terminal, "f", "globex support red their CIO wrote")
    terminal.wait("→ ▲ red: their")
    say(terminal, "n", "The carrier had no trucks")
    the_note_is_corrected(terminal)


def the_note_is_corrected(terminal: Terminal) -> None:
    terminal.press("end", "enter")
    terminal.wait(TYPING)
    terminal.press("ctrl+u")
    terminal.type("The carrier had no drivers")
    terminal.press("enter")
    terminal.wait("corrected · z undoes", "The carrier had no drivers")
    terminal.wait_gone(TYPING)
    terminal.wait_gone("no trucks")


def staffing(terminal: Terminal) -> None:
    next_section(terminal, "Staffing")
    note = say(terminal, "n", "Mia is on call")
    terminal.press("z")
    terminal.wait(f"undone: {note} · y brings it back")
    terminal.wait_gone("Mia is on call")
    terminal.press("y")
    terminal.wait(f"done again: {note} · z takes it back")
    terminal.wait("Mia is on call")


def next_section(terminal: Terminal, title: str) -> None:
    terminal.press("space")
    terminal.wait(f"▌ {title}")


def close(terminal: Terminal) -> None:
    terminal.press("space")
    terminal.wait("STILL OWED")
    answer(terminal, "=", "Four weeks without an outage")
    terminal.wait_gone("has no exit criterion")
    owed = terminal.match(r"◆ O +([A-Z]-\d+) .* · put off \d+×")[1]
    answer(terminal, "b", "It is with the board")
    terminal.wait_gone(f"◆ O  {owed} ")
    terminal.press("enter")


def read(terminal: Terminal, printed: str) -> None:
    """The minutes on the screen, a page further, and then on a screen so high that all of them stand there."""
    terminal.wait("IN SHORT", "DRAFT   ")
    terminal.press("pagedown")
    terminal.wait_gone("IN SHORT")
    terminal.resize(PAGE, len(printed.splitlines()) + 16)
    wanted = [f"   {line}".rstrip() for line in printed.splitlines()]
    terminal.wait_until(lambda: printed_on(terminal, wanted), "not what is printed")


def printed_on(terminal: Terminal, wanted: list[str]) -> bool:
    """Whether these lines stand on the screen, from where the first of them does."""
    if wanted[0] not in terminal.lines:
        return False
    top = terminal.lines.index(wanted[0])
    return terminal.lines[top : top + len(wanted)] == wanted


def leave(terminal: Terminal) -> None:
    terminal.press("q")
    terminal.wait("KEPT PROMISES")
    terminal.press("q")
    assert terminal.wait_exit() == 0


def shows_what_was_said(minutes: dict[str, Any]) -> None:
    """What was captured, where it was, and nothing else."""
    assert [item["title"] for item in minutes["items"]] == list(SECTIONS)
    assert all(item["reached"] for item in minutes["items"])
    burning, outages, maintenance, delayed, staffing = minutes["items"]
    assert said(burning) == {"actions": ["Call Globex with the workaround"], "parked": ["Login slow, EU"]}
    assert said(outages) == {"outcome": ["nothing to report"]}
    assert said(maintenance) == {"decisions": ["No deploys before Thursday"]}
    assert said(delayed) == {"notes": ["The carrier had no drivers"], "flags": ["their CIO wrote"]}
    assert said(staffing) == {"notes": ["Mia is on call"]}
    assert minutes["absent"] == ["Raj Patel"]
    assert minutes["present"] == ["Ana Ferreira", "Sue Park"]
    details_are_kept(minutes)


def said(item: dict[str, Any]) -> dict[str, list[str]]:
    """The words of one agenda item by kind; kinds with nothing in them are left out."""
    words = {kind: [word(each) for each in item[kind]] for kind in ("notes", "decisions", "actions", "flags", "parked")}
    words["outcome"] = [item["outcome"]] if item["outcome"] else []
    return {kind: found for kind, found in words.items() if found}


def word(entry: Any) -> str:
    if isinstance(entry, str):
        return entry
    return str(next(entry[field] for field in ("title", "text", "comment") if field in entry))


def details_are_kept(minutes: dict[str, Any]) -> None:
    (action,) = minutes["actions"]
    assert (action["owner"], action["due"], action["promised_to"]) == ("Ana Ferreira", "2026-11-27", "Globex")
    (flag,) = minutes["flags"]
    assert (flag["customer"], flag["measure"], flag["after"]) == ("Globex", "Support", "red")
    assert flag["exit"] == "Four weeks without an outage"
    (waived,) = minutes["waived"]
    assert (waived["why"], waived["by"]) == ("It is with the board", "Sue Park")
    assert minutes["state"] == "draft"
    assert minutes["owed"]
