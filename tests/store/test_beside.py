"""A log or an index of other rights than the desk's own file."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from opsdesk.core.errors import Unavailable
from opsdesk.store.sqlite import SqliteStore
from tests.contract.conftest import capture


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """As a killed desk leaves it: the newest command is in its log."""
    with closing(SqliteStore(tmp_path / "open")) as store:
        capture(store, "one")
        folder = tmp_path / "left"
        folder.mkdir()
        for file in (tmp_path / "open").iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
            (folder / file.name).chmod(0o600)
    return folder


@pytest.mark.parametrize("name", ["desk.db-wal", "desk.db-shm"])
@pytest.mark.parametrize("mode", [0o400, 0o000])
def test_what_may_not_be_written_is_made_writable_where_it_is_ours(left: Path, name: str, mode: int) -> None:
    (left / name).chmod(mode)
    with closing(SqliteStore(left)) as store:
        assert (left / name).stat().st_mode & 0o777 == 0o600
        assert [action.id for action in capture(store, "two")] == ["A-2"]


@pytest.mark.parametrize("name", ["desk.db-wal", "desk.db-shm"])
def test_what_is_anothers_is_named(left: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", refusing(os.access, name))
    with closing(SqliteStore(left)) as store, pytest.raises(Unavailable) as refused:
        capture(store, "two")
    assert refused.value.message == f"This file beside the desk's may not be written: {left / name}."
    assert "desk.db has" in refused.value.hint


def refusing(usual: Callable[..., bool], name: str) -> Callable[..., bool]:
    def access(path: os.PathLike[str], mode: int) -> bool:
        return Path(path).name != name and usual(path, mode)

    return access
