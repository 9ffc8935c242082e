"""What a Room costs in which nobody touches a key."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench import desks
from tests.bench.commands import opsdesk
from tests.bench.measure import Screen
from tests.bench.table import Row, ms

AGENDA = "daily-operations-sync"
RECORDS = 1_000


def rows(home: Path, records: int = RECORDS, seconds: float = 30.0) -> list[Row]:
    desk = home / "ticking"
    desks.write(desk, records)
    with Screen([opsdesk(), "--desk", str(desk), "run", AGENDA], home) as screen:
        screen.until("Burning")
        screen.drain(3.0)
        used, started = screen.cpu(), time.perf_counter()
        screen.drain(seconds)
        used, passed = screen.cpu() - used, time.perf_counter() - started
    beside = f"{passed:.0f} s of wall clock"
    return [Row("a ticking Room", ms(used), beside, used / passed * 100, "% of a core", 1.0)]
