"""Files and folders for their owner only, and there for good."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from opsdesk.store.descriptors import identity, let_go

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = 0o600


def keep_private(path: Path) -> None:
    """Its folder and an empty file, for their owner only whatever the umask says; both outlast a power cut."""
    made = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.chmod(0o700)
    opened = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE)
    let_go(opened, identity(opened))
    close_to_others(path)
    for folder in (path.parent, *(each.parent for each in made)):
        sync(folder)


def close_to_others(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with suppress(FileNotFoundError):
            each.chmod(PRIVATE)


def sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
