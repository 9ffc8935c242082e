"""A real disk that is really full, after any number of pages of a command or of longer work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.store.sqlite import SqliteStore
from tests.faults.ledger import audited
from tests.faults.refusing import is_clear
from tests.faults.small import fill, make_room, small_disk
from tests.faults.test_full import Backup, Daily, Place, Repair, Restore, Upgrade, capture, change, undo

PAGE = 4_096
SIZE, ROOM = 1_200, 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", SIZE) as mounted:
        if mounted is None:
            pytest.skip("no disk may be mounted here")
        yield mounted


@pytest.mark.parametrize("command", [change, undo])
def test_a_full_disk_is_one_sentence_and_the_desk_goes_on(disk: Path, command: Callable[[SqliteStore], None]) -> None:
    store = SqliteStore(disk / "desk")
    capture(store, *["x" * 3_000] * 6)
    refused = 0
    for room in range(ROOM):
        known = audited(store)
        fill(disk, room * PAGE)
        try:
            command(store)
        except OpsDeskError as error:
            is_clear(error, disk / "desk" / "desk.db")
            assert audited(store) == known
            refused += 1
        make_room(disk)
        if len(audited(store)) > len(known):
            break
    assert refused
    command(store)
    known = audited(store)
    store.close()
    store = SqliteStore(disk / "desk")
    assert audited(store) == known
    assert list(store.all(Action))
    store.close()


@pytest.mark.parametrize("kind", [Backup, Daily, Restore, Upgrade, Repair], ids=lambda kind: kind.__name__.lower())
def test_long_work_on_a_full_disk_leaves_the_desk_as_it_was_and_is_done_when_there_is_room(
    disk: Path, kind: type[Any]
) -> None:
    place: Place = kind(disk / "desk")
    place.make()
    place.run()
    expected = list(SqliteStore(place.folder).history())
    refused = 0
    for room in range(ROOM):
        place.leave()
        place.make()
        fill(disk, room * PAGE)
        error = None
        try:
            place.run()
        except OpsDeskError as said:
            error = said
        make_room(disk)
        assert not list(disk.rglob(".*.part*"))
        if error is None:
            break
        refused += 1
        assert any(words in error.message.lower() for words in ("nothing was saved", "that reading needs"))
        assert error.message.endswith(".")
        place.run()
        store = SqliteStore(place.folder)
        assert audited(store) == expected
        store.close()
    assert refused
    store = SqliteStore(place.folder)
    assert audited(store) == expected
    store.close()
