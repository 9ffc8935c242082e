"""For the tests of what may go wrong below the store."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def quick_path() -> Iterator[Path]:
    """A folder in memory where there is one, so that hundreds of real syncs take no time."""
    memory = "/dev/shm"
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as place:
        yield Path(place)
