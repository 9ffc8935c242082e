"""Every engine there is: everything in here holds on each of them. A further one is one more line in ENGINES.

`SHARED` are those of which a second desk opens the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from opsdesk.core.actions import Action, Slip, Told
from opsdesk.core.ports import Store
from opsdesk.store.memory import MemoryStore
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START

Open = Callable[[], Store]

ENGINES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: MemoryStore(),
    "sqlite": lambda folder: SqliteStore(folder / "desk"),
}
SHARED = ("sqlite",)


@pytest.fixture(params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = ENGINES[request.param](tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=SHARED)
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens one desk more on the same records; all are closed at the end."""
    stores: list[Store] = []

    def opened() -> Store:
        stores.append(ENGINES[request.param](tmp_path))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """Two actions, the first with something nested in it."""
    told = Told(words="by friday", by="sue", to="globex", on=START, typed_by="bob")
    slips = (Slip(was=date(2026, 11, 20), at=START, why="ill"), Slip(was=date(2026, 11, 25), at=START, why="away"))
    capture(store, "one", owner="sue", due=date(2026, 11, 27), told=told, slips=slips, relisted=("M-1", "M-2"))
    capture(store, "two", owner="bob", due=date(2026, 12, 4))
    return store


def capture(store: Store, *titles: str, by: str = "sue", **more: object) -> list[Action]:
    with store.work("capture", by=by, at=START) as work:
        return [work.add(Action(title=title, **more)) for title in titles]
