"""A desk that is killed in a meeting, and opened again."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

from tests.minutes.golden import same
from tests.terminal import Terminal
from tests.terminal.desks import answer, opened, say, type_into, verb

LATER = "2026-11-23T16:41:00Z"
ACTION = "Call Globex with the workaround"


def test_a_killed_desk_opens_in_its_section_with_the_right_clocks_and_everything_said(company: Path) -> None:
    with opened(company) as terminal:
        talk_until_the_third_section(terminal)
        type_into(terminal, "n", "Half a thou")
        terminal.kill()
    began = time.monotonic()
    with opened(company, now=LATER) as terminal:
        terminal.wait("▌ Planned maintenance")
        clocks_counted_on(terminal, began)
        everything_is_there(terminal)
        close(terminal)
    same("terminal-killed.txt", without_seconds(verb(company, "minutes", "last")))


def talk_until_the_third_section(terminal: Terminal) -> None:
    terminal.wait("KEPT PROMISES")
    terminal.press("m")
    terminal.wait("▌ Burning issues")
    say(terminal, "a", f"{ACTION} @ana #globex fri !")
    terminal.press("space")
    terminal.wait("▌ Service outages")
    say(terminal, "n", "The mail relay was down for an hour")
    terminal.press("space")
    terminal.wait("▌ Planned maintenance")
    say(terminal, "d", "No deploys before Thursday")


def clocks_counted_on(terminal: Terminal, began: float) -> None:
    """The meeting ends at 16:50: nine minutes are left, less what passed since the second desk was opened."""
    shown = terminal.match(r"(\d+):(\d\d) left of 20")
    ran = timedelta(seconds=time.monotonic() - began + 1)
    left = timedelta(minutes=int(shown[1]), seconds=int(shown[2]))
    assert timedelta(minutes=9) - ran <= left <= timedelta(minutes=9)
    terminal.match(r"▌ Planned maintenance +11/2 ")


def everything_is_there(terminal: Terminal) -> None:
    terminal.wait(ACTION, "The mail relay was down for an hour", "No deploys before Thursday")
    assert "Half a thou" not in terminal.text


def close(terminal: Terminal) -> None:
    terminal.press("space")
    terminal.wait("▌ Delayed deliveries")
    terminal.press("c")
    terminal.wait("Delayed deliveries has no outcome.")
    answer(terminal, "=", "The carrier has drivers again")
    terminal.wait("Nothing is owed.")
    terminal.press("enter")
    terminal.wait("IN SHORT")


def without_seconds(minutes: str) -> str:
    """The times that depend on how fast the machine is, as one sign a digit."""
    used = re.sub(r"\d+ used", "# used", minutes)
    return re.sub(r"16:(3|4)\d(?!:)", r"16:\1#", used)
