from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opsdesk.store.sqlite import SqliteStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def opened(folder: Path) -> Iterator[Callable[[], SqliteStore]]:
    """Opens one desk more on the folder; all are closed at the end."""
    stores: list[SqliteStore] = []

    def another() -> SqliteStore:
        stores.append(SqliteStore(folder))
        return stores[-1]

    yield another
    for store in stores:
        store.close()
