"""The helper itself: a small program on a real pseudo-terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal, sequence

ECHO = """
import sys, termios, tty, os
before = termios.tcgetattr(0)
tty.setcbreak(0)
print("ready", flush=True)
while (key := os.read(0, 64)) != b"q":
    print(os.get_terminal_size().columns, key, flush=True)
termios.tcsetattr(0, termios.TCSANOW, before)
sys.exit(3)
"""


@pytest.fixture
def echo(tmp_path: Path) -> Terminal:
    return Terminal(sys.executable, "-S", "-c", ECHO, home=tmp_path, size=(60, 10))


def test_keys_arrive_as_a_terminal_sends_them(echo: Terminal) -> None:
    with echo:
        echo.wait("ready")
        echo.press("escape", "x")
        assert r"60 b'\x1b'" in echo.wait("b'x'")
        echo.press("pagedown")
        echo.wait(r"b'\x1b[6~'")


def test_a_resize_is_seen_by_the_program(echo: Terminal) -> None:
    with echo:
        echo.wait("ready")
        echo.resize(42, 9)
        echo.press("x")
        assert "42 b'x'" in echo.wait("b'x'")


def test_the_exit_status_is_handed_on(echo: Terminal) -> None:
    with echo:
        echo.wait("ready")
        echo.press("q")
        assert echo.wait_exit() == 3


def test_a_kill_leaves_no_time_for_a_handler(echo: Terminal) -> None:
    with echo:
        echo.wait("ready")
        echo.kill()
        assert echo.child.signalstatus == 9


def test_text_that_never_comes_fails_with_the_screen_in_the_message(echo: Terminal) -> None:
    with echo:
        echo.wait("ready")
        with pytest.raises(AssertionError, match="ready"):
            echo.wait("never", patience=0.1)


def test_an_unknown_key_name_is_refused() -> None:
    assert sequence("ctrl+n") == "\x0e"
    with pytest.raises(AssertionError, match="unknown key"):
        sequence("entre")
