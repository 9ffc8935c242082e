"""For the tests of what may go wrong below the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.forge import Forge
from tests.faults.vfs import Disk


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> int:
    """How many times as much is tried as usual."""
    return int(request.config.getoption("--soak"))


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    made.unregister()


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    with Forge() as running:
        yield running
