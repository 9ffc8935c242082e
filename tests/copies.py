"""Copies of a desk, as its guard makes them, under whatever name a test wants."""

from __future__ import annotations

from pathlib import Path

from opsdesk.store.files import NAME
from opsdesk.store.guard.copying import copied
from opsdesk.store.guard.reading import reading


def copy(folder: Path, target: Path) -> None:
    with reading(folder / NAME) as db:
        copied(db, target)
