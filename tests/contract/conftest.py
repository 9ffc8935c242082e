"""Every engine there is. A further one is one more line in ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.ports import Store
from opsdesk.store.memory import MemoryStore
from opsdesk.store.sqlite import SqliteStore, TableStore
from tests.clock import START

ENGINES: dict[str, Callable[[Path], TableStore]] = {
    "memory": lambda folder: MemoryStore(),
    "sqlite": lambda folder: SqliteStore(folder / "desk"),
}


@pytest.fixture(params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TableStore]:
    opened = ENGINES[request.param](tmp_path)
    yield opened
    opened.close()


def capture(store: Store, *titles: str, by: str = "sue", **more: object) -> list[Action]:
    with store.work("capture", by=by, at=START) as work:
        return [work.add(Action(title=title, **more)) for title in titles]
