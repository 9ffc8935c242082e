from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.store import connections
from opsdesk.store.guard import SqliteGuard
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with two actions of one transaction; nobody has it open."""
    folder = tmp_path / "desk"
    write(folder, "one", "two")
    return folder


@pytest.fixture
def guard(folder: Path) -> SqliteGuard:
    return SqliteGuard(folder)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets no database grow past so many pages, as a full disk would."""

    def limit(pages: int) -> None:
        usual = connections.connect

        def connect(target: str) -> object:
            db = usual(target)
            db.execute(f"pragma max_page_count={pages}")
            return db

        monkeypatch.setattr(connections, "connect", connect)

    return limit


def write(folder: Path, *titles: str) -> None:
    with closing(SqliteStore(folder)) as store:
        capture(store, *titles)


def titles(folder: Path) -> list[str]:
    with closing(SqliteStore(folder)) as store:
        return [action.title for action in store.all(Action)]


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, byte for byte, but the lock, SQLite's index of a log, and a log without anything."""
    found = [Path(place) / name for place, _, names in os.walk(folder) for name in names]
    contents = {str(file.relative_to(folder)): file.read_bytes() for file in found}
    silent = (".lock", "-shm")
    return {name: held for name, held in contents.items() if not name.endswith(silent) and (held or "-wal" not in name)}


def damage(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))
