"""A real pseudo-terminal: keys in, the screen out as text and colours."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

PATIENCE = 30.0
QUIET = 0.15
RELEASED = 0.2  # seconds: a key that comes again sooner counts as held
HIDDEN = ("NO_COLOR", "TMUX", "COLUMNS", "LINES", "PYTEST_CURRENT_TEST", "OPSDESK_DESK")
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
}


def sequence(key: str) -> str:
    """What a terminal sends for a key named as Textual names it ("enter", "ctrl+n", "x")."""
    if key in KEYS:
        return KEYS[key]
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[-1]) & 0x1F)
    assert len(key) == 1, f"unknown key {key!r}"
    return key


class Terminal:
    """A program on a terminal of its own. `size` is columns, rows; `home` keeps it away from one's own files.

    `raw` is everything it has written, as it came; `seen` is told of every screen that comes of it.
    """

    def __init__(self, *argv: str, home: Path, size: tuple[int, int] = (120, 36), **env: str) -> None:
        columns, rows = size
        inherited = {k: v for k, v in os.environ.items() if k not in HIDDEN and not k.startswith("XDG_")}
        own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "HOME": str(home)}
        self.raw = bytearray()
        self.seen: Callable[[str], object] = len
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            argv[0], list(argv[1:]), env={**inherited, **own, **env}, dimensions=(rows, columns), echo=False
        )
        self.child.delaybeforesend = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.child.close(force=True)

    def pump(self, seconds: float = 0.05) -> bool:
        """Read what the program has written, waiting at most so long for it. False: nothing came."""
        try:
            data = self.child.read_nonblocking(1 << 16, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self.stream.feed(data)
        self.seen(self.text)
        return True

    def settle(self, quiet: float = QUIET, patience: float = 2.0) -> None:
        """Read until nothing came for `quiet` seconds (a ticking clock never is: then at most `patience`)."""
        end = time.monotonic() + patience
        while self.pump(quiet) and time.monotonic() < end:
            pass

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait(self, *wanted: str, patience: float = PATIENCE) -> str:
        """The screen as soon as it shows all of `wanted`: a frame may come in pieces, so ask for what is needed.

        Call it before the first key: keys sent too early are lost.
        """
        return self.wait_until(lambda: all(words in self.text for words in wanted), f"no {wanted!r}", patience)

    def match(self, pattern: str) -> re.Match[str]:
        """Where the screen matches the regular expression, as soon as it does."""
        found = re.search(pattern, self.wait_until(lambda: bool(re.search(pattern, self.text)), f"no {pattern!r}"))
        assert found
        return found

    def wait_gone(self, unwanted: str, patience: float = PATIENCE) -> str:
        """The screen as soon as it no longer shows `unwanted`."""
        return self.wait_until(lambda: unwanted not in self.text, f"still {unwanted!r}", patience)

    def wait_exit(self, patience: float = PATIENCE) -> int | None:
        """The exit status, once the program has ended by itself."""
        end = time.monotonic() + patience
        while self.child.isalive():
            assert time.monotonic() < end, f"still running:\n{self.text}"
            self.pump()
        self.settle()
        return self.child.exitstatus

    def press(self, *keys: str) -> None:
        """Keys by Textual's names, one after the other; time is left after each, so that Esc stays Esc."""
        for key in keys:
            self.child.send(sequence(key))
            self.settle(QUIET if key == "escape" else 0.02, patience=0.3)

    def type(self, text: str) -> None:
        """Printable text, as fast as a paste."""
        self.child.send(text)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def kill(self) -> None:
        """As a crash does it: no handler runs."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def colour(self, wanted: str) -> str:
        """The colour of the first character of `wanted` once it is there, as six hexadecimal digits or a name."""
        self.wait(wanted)
        row, line = next((n, line) for n, line in enumerate(self.screen.display) if wanted in line)
        return str(self.screen.buffer[row][line.index(wanted)].fg)

    def wait_until(self, done: Callable[[], bool], complaint: str, patience: float = PATIENCE) -> str:
        """The screen as soon as `done` holds."""
        end = time.monotonic() + patience
        while not done():
            assert time.monotonic() < end, f"{complaint} in\n{self.text}"
            ended = not self.child.isalive()
            assert self.pump() or not ended, f"ended, {complaint} in\n{self.text}"
        return self.text
