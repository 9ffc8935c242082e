"""A desk's file read as plain bytes, without taking away the locks of the desks that are open in this process.

POSIX drops all locks that a process has on a file as soon as it closes any descriptor of it, SQLite's among them
(https://www.sqlite.org/howtocorrupt.html, 2.2); another desk would then put the log away under the open one. So what
is opened past SQLite is closed only when no desk on that file is open here any more.
"""

from __future__ import annotations

import os
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

Identity = tuple[int, int]

_turn = threading.Lock()
_desks: Counter[Identity] = Counter()
_later: defaultdict[Identity, list[int]] = defaultdict(list)


def identity(path: str | Path | int) -> Identity:
    """Of a file, whatever it is called; nothing's where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino


def hold(file: Identity) -> None:
    """A desk on this file is about to be opened."""
    with _turn:
        _desks[file] += 1


def release(file: Identity) -> None:
    """It is closed, and all its connections are."""
    with _turn:
        _desks[file] -= 1
        if _desks[file] <= 0:
            del _desks[file]
            for opened in _later.pop(file, ()):
                os.close(opened)


def let_go(opened: int) -> None:
    """Closes a descriptor of a desk's file now, or with the last desk on it."""
    with _turn:
        file = identity(opened)
        if file in _desks:
            _later[file].append(opened)
        else:
            os.close(opened)


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a desk's file, or of one beside it. Raises OSError."""
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with open(opened, "rb", closefd=False) as file:
            yield file
    finally:
        let_go(opened)
