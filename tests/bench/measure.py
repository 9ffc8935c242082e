"""Medians of things done in turn, so that a busy moment of the machine hits all of them alike."""

from __future__ import annotations

import gc
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from fcntl import ioctl
from pathlib import Path
from statistics import median
from types import TracebackType

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
HIDDEN = ("OPSDESK_", "XDG_", "COVERAGE_", "COV_", "TASK", "PYTHON")
NOW = "2026-11-23T15:00:00+00:00"


def environment(home: Path) -> dict[str, str]:
    """Nobody's settings, a fixed day, and no measuring of coverage."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(HIDDEN)}
    own = {"HOME": str(home), "OPSDESK_NOW": NOW, "OPSDESK_USER": "sue", "TZ": "UTC", "LANG": "C.UTF-8"}
    return {**kept, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def interleaved(repeats: int, *works: Callable[[], float], warm: int = 1) -> list[float]:
    """The median in seconds of each; every round runs all of them, forwards and backwards in turn."""
    for work in works * warm:
        work()
    taken: list[list[float]] = [[] for _ in works]
    gc.collect()
    for turn in range(repeats):
        order = range(len(works)) if turn % 2 == 0 else reversed(range(len(works)))
        for i in order:
            taken[i].append(works[i]())
    return [median(each) for each in taken]


def process(argv: Sequence[str], home: Path) -> float:
    """Seconds from start to end of a process that must succeed."""
    start = time.perf_counter()
    told = subprocess.run(argv, env=environment(home), cwd=ROOT, capture_output=True, check=False)
    taken = time.perf_counter() - start
    if told.returncode != 0:
        raise RuntimeError(f"{' '.join(argv)} failed: {told.stderr.decode()}")
    return taken


def python(*argv: str) -> list[str]:
    return [sys.executable, *argv]


class Screen:
    """A full-screen program on a raw pseudo-terminal; nothing is interpreted, so that reading costs nothing."""

    def __init__(self, argv: Sequence[str], home: Path, size: tuple[int, int] = (120, 36)) -> None:
        columns, rows = size
        self._ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self._child = subprocess.Popen(
            argv, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(home), cwd=ROOT, start_new_session=True
        )
        os.close(theirs)
        self.seen = b""

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.send_signal(signal.SIGKILL)
        self._child.wait()
        os.close(self._ours)

    def read(self, patience: float) -> bool:
        """Takes what the program wrote, waiting so long for it. False: nothing came."""
        if not select.select([self._ours], [], [], patience)[0]:
            return False
        try:
            self.seen += os.read(self._ours, 1 << 16)
        except OSError:  # the other end of a pseudo-terminal is gone
            return False
        return True

    def until(self, marker: str) -> float:
        """Seconds from the start of the process until `marker` is written."""
        wanted, end = marker.encode(), time.perf_counter() + PATIENCE
        while wanted not in self.seen:
            if time.perf_counter() > end or (not self.read(1.0) and self._child.poll() is not None):
                raise RuntimeError(f"no {marker!r} in {self.seen[-2000:]!r}")
        return time.perf_counter() - self.started

    def quiet(self, seconds: float = 0.3, patience: float = 10.0) -> None:
        """Reads until nothing comes for so long."""
        end = time.perf_counter() + patience
        while self.read(seconds) and time.perf_counter() < end:
            self.seen = b""

    def drain(self, seconds: float) -> None:
        """Reads for exactly so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
            self.seen = b""

    def answer(self, key: bytes, silence: float = 0.03) -> float:
        """Seconds from a key to the last byte of what it changes on the screen: after it nothing comes for so long."""
        self.quiet(0.03)
        start = time.perf_counter()
        os.write(self._ours, key)
        if not self.read(PATIENCE):
            raise RuntimeError(f"no answer to {key!r}")
        last = time.perf_counter()
        while self.read(silence):
            last = time.perf_counter()
        return last - start

    def cpu(self) -> float:
        """Seconds of processor time that all threads of the program have used so far."""
        tasks = Path(f"/proc/{self._child.pid}/task")
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9
