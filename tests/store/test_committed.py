from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.store.committed import Committed
from opsdesk.store.files import DeskFile
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START
from tests.contract.conftest import capture


@pytest.fixture
def source(folder: Path) -> Iterator[DeskFile]:
    with closing(DeskFile(folder)) as source:
        yield source


def test_what_a_poll_has_read_already_is_not_replaced_by_what_was_written_before(
    source: DeskFile, folder: Path
) -> None:
    committed = Committed(source)
    assert committed.all(Action) == ()
    with closing(SqliteStore(folder)) as other:
        (old,) = capture(other, "one")
        with other.work("edit", by="bob", at=START) as work:
            new = work.put(replace(old, title="two"))
    assert committed.all(Action) == (new,)
    committed.keep(old.rev, 0, {Action: {old.id: old}})
    assert committed.all(Action) == (new,)
    assert committed.seq == new.rev


def test_a_commit_is_on_the_disk_before_it_returns(source: DeskFile) -> None:
    db = source.writer()
    assert db.execute("pragma journal_mode").fetchone() == ("wal",)
    assert db.execute("pragma synchronous").fetchone() == (2,)
