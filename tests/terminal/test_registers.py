"""An outage in a running meeting, in a real terminal: seen, acted upon, turned into an action, taken back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.terminal.desks import answer, opened, verb


def test_an_incident_is_moved_and_leads_to_an_action_by_keys_alone(company: Path) -> None:
    verb(company, "add", "--kind", "incident", "Login slow, EU", "sev:2", "#globex")
    with opened(company) as terminal:
        terminal.wait("BURNS")
        terminal.press("m")
        terminal.wait("▌ Burning issues", "Login slow, EU", "s Acknowledge")
        terminal.press("s")
        terminal.wait("I-1: acknowledge · z undoes", "s Cause found")
        answer(terminal, "t", "17:30")
        terminal.wait("I-1: next update 17:30 · z undoes")
        terminal.press("w")
        terminal.wait("An incident waits for nobody")
        terminal.press(">")
        terminal.wait("Turn I-1 into")
        terminal.press("enter")
        terminal.wait("I-1 led to A-3 · z undoes", "SAID IN THIS MEETING")
        terminal.press("z")
        terminal.wait("undone: A-3", "y brings it back")
    (incident,) = json.loads(verb(company, "list", "incidents", "--json"))
    assert (incident["owner"], incident["state"]) == ("", "investigating")
    assert incident["next_update"].startswith("2026-11-23T17:30")
