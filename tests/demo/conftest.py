"""The demo company, made once and only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from opsdesk.desk import Desk
from tests.demo.company import made


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """As it is on Monday, 23 November 2026, at three; on disk, where the others are in memory."""
    whole = made(tmp_path_factory.mktemp("demo"))
    yield whole
    whole.close()
