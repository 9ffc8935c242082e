"""What is left of a terminal when the desk is left, and what hostile text can do to it."""

from __future__ import annotations

import json
import signal
import termios
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.terminal.desks import TYPING, opened, paste, say, verb

ALTERNATE, NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"
HOSTILE = "[EMEA] [/x] \x1b]0;stolen\x07 \x1b[31mred\x1b[2J \u202eesrever \x9b5m 日本 Ünïcode"
CURSOR, NO_MOUSE = b"\x1b[?25h", b"\x1b[?1000l"


def is_clean(terminal: Terminal) -> None:
    """Out of the alternate screen, cursor visible, mouse and paste modes off, lines edited by the terminal again."""
    written = bytes(terminal.raw)
    assert written.count(ALTERNATE) == written.count(NORMAL) == 1
    after = written[written.index(ALTERNATE) :]
    for sequence in (NORMAL, CURSOR, NO_MOUSE, b"\x1b[?2004l"):
        assert sequence in after
    assert b"Traceback" not in written
    modes = termios.tcgetattr(terminal.child.child_fd)[3]
    assert modes & termios.ICANON
    assert modes & termios.ISIG


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_the_terminal_is_as_it_was_before(company: Path, key: str) -> None:
    with opened(company) as terminal:
        terminal.wait("KEPT PROMISES")
        terminal.press(key)
        assert terminal.wait_exit() == 0
        is_clean(terminal)


def test_ctrl_c_leaves_out_of_a_meeting_while_typing_and_the_meeting_runs_on(company: Path) -> None:
    with opened(company) as terminal:
        terminal.wait("KEPT PROMISES")
        terminal.press("m")
        terminal.wait("▌ Burning issues")
        terminal.press("n")
        terminal.wait(TYPING)
        terminal.press("ctrl+c")
        assert terminal.wait_exit() == 0
        is_clean(terminal)
    with opened(company) as terminal:
        terminal.wait("▌ Burning issues")


def meet(terminal: Terminal) -> None:
    terminal.wait("KEPT PROMISES")
    terminal.press("m")
    terminal.wait("▌ Burning issues")


def test_pasted_lines_are_one_line_of_text_and_never_commands(company: Path) -> None:
    with opened(company) as terminal:
        meet(terminal)
        paste(terminal, "q\nx\nc\n")
        terminal.press("n")
        terminal.wait(TYPING)
        paste(terminal, "one thing\nq\r\nx another\x07\nend")
        terminal.wait("one thing q x another end")
        terminal.press("enter")
        terminal.wait("N-1 kept")
    assert [note["text"] for note in json.loads(verb(company, "list", "notes", "--json"))] == [
        "one thing q x another end"
    ]


def test_lines_typed_at_once_are_entries_of_their_own_and_never_commands(company: Path) -> None:
    """As a terminal that does not know of pasting sends it."""
    with opened(company) as terminal:
        meet(terminal)
        terminal.press("n")
        terminal.wait(TYPING)
        terminal.type("one thing\rq\rx another\r")
        terminal.wait("N-3 kept")
    kept = json.loads(verb(company, "list", "notes", "--json"))
    assert [note["text"] for note in kept] == ["one thing", "q", "x another"]


def test_hostile_titles_reach_the_screen_as_text_alone(company: Path) -> None:
    verb(company, "add", HOSTILE, "@ana", "#globex", "!", "today")
    verb(company, "add", "x" * 9_000, "!", "today")
    with opened(company) as terminal:
        terminal.wait("[EMEA] [/x] ]0;stolen")
        meet(terminal)
        terminal.wait("[EMEA] [/x] ]0;stolen")
        say(terminal, "n", "[EMEA] [/x] [bold]日本 Ünïcode")
        terminal.wait("[EMEA] [/x] [bold]日")
        terminal.press("escape")
        terminal.wait_gone(TYPING)
        terminal.press("/")
        terminal.wait("type any part")
        terminal.type("xxxx\r")
        terminal.wait("Esc goes back", "x" * 40)
        is_harmless(bytes(terminal.raw))


def is_harmless(written: bytes) -> None:
    """Nothing of what the titles tried was sent to the terminal."""
    text = written.decode()
    for sequence in ("\x1b]0;", "stolen\x07", "\x1b[2J", "\u202e", "\x9b", "\x1b[31mred"):
        assert sequence not in text


def test_what_is_typed_before_the_bar_is_there_is_text_and_never_commands(company: Path) -> None:
    with opened(company) as terminal:
        meet(terminal)
        terminal.type("aCall xx Globex c @ana fri\r")
        terminal.wait("A-3 kept", "▌ Burning issues")
    titles = [(a["title"], a["state"]) for a in json.loads(verb(company, "list", "actions", "--json"))]
    assert titles == [("Restore the EU pool", "ready"), ("Write the way back", "ready"), ("Call xx Globex c", "ready")]


@pytest.mark.parametrize("ended", [signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_machine_or_a_closed_window_leaves_the_terminal_clean(company: Path, ended: signal.Signals) -> None:
    with opened(company) as terminal:
        terminal.wait("KEPT PROMISES")
        terminal.child.kill(ended)
        assert terminal.wait_exit() == 0
        is_clean(terminal)
