"""How far long work has come, on one line of the terminal that goes away again."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from opsdesk.core.guard import Told

T = TypeVar("T")
EVERY = 1_000
SOON, OFTEN = 0.5, 0.1
CLEAR = "\r\x1b[K"


def paced(values: Iterable[T], what: str) -> Iterator[T]:
    """The same values; a word on how many have gone by."""
    with progress() as told:
        for count, value in enumerate(values, 1):
            yield value
            if count % EVERY == 0:
                told(f"{count:,} {what}")


@contextmanager
def progress() -> Iterator[Told]:
    """A Told that shows on the terminal how far long work has come, and leaves no trace of it."""
    shown = Shown()
    try:
        yield shown
    finally:
        shown.end()


class Shown:
    """Says nothing of work that is done at once, and nothing where no terminal is."""

    def __init__(self) -> None:
        self._next = time.monotonic() + SOON
        self._shown = False

    def __call__(self, told: str) -> None:
        now = time.monotonic()
        if now < self._next or not sys.stderr.isatty():
            return
        self._next, self._shown = now + OFTEN, True
        self._write(f"{CLEAR}{told} …")

    def end(self) -> None:
        if self._shown:
            self._write(CLEAR)

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
