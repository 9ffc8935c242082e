"""A desk's file read as plain bytes, without taking away the locks of the desks that are open in this process.

POSIX drops all locks that a process has on a file as soon as it closes any descriptor of it, SQLite's among them
(https://www.sqlite.org/howtocorrupt.html, 2.2); another desk would then put the log away under the open one. So what
is opened past SQLite is closed only when no desk on that file is open here any more. Whoever opens a desk's file in
SQLite without opening the desk says so with `in_use`.
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
NOTHING: Identity = (0, 0)
BESIDE = ("-wal", "-shm", "-journal")

_turn = threading.Lock()
_desks: Counter[Identity] = Counter()
_later: defaultdict[Identity, list[int]] = defaultdict(list)


def identity(path: str | Path | int) -> Identity:
    """Of a file, whatever it is called; nothing's where there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return NOTHING
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


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """While it lasts SQLite may hold locks on this file for others than a desk. Raises OSError."""
    file = identity(path)
    hold(file)
    try:
        yield
    finally:
        release(file)


def let_go(opened: int, file: Identity) -> None:
    """Closes a descriptor of this desk's file, or of one beside it, now or with the last desk on it."""
    with _turn:
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
        let_go(opened, _desk_of(path, opened))


def _desk_of(path: Path, opened: int) -> Identity:
    """The desk's file that this one is or lies beside: the locks of a log's index go as those of the file do."""
    ending = next((each for each in BESIDE if path.name.endswith(each)), "")
    return identity(path.with_name(path.name.removesuffix(ending)) if ending else opened)
