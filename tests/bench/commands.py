"""`opsdesk add` as a whole process."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from msgspec import json

from tests.bench import desks
from tests.bench.measure import interleaved, process, python
from tests.bench.table import Row, ratio

RECORDS = 10_000
IMPORTS = "import msgspec, sqlite3, click, tinydb"
TEXT = "Call back with the workaround @bob #customer-3 fri"


def rows(home: Path, records: int = RECORDS, repeats: int = 25) -> list[Row]:
    desk = home / "add"
    desks.write(desk, records)
    ours = [opsdesk(), "--desk", str(desk), "add", *TEXT.split()]
    works = [lambda: process(ours, home), lambda: process(python("-c", IMPORTS), home)]
    task = taskwarrior(home, records)
    if task:
        works.append(lambda: process([*task, "add", *TEXT.split()], home))
    add, floor, *other = interleaved(repeats, *works, warm=2)
    measured = ratio("opsdesk add, the whole process", add, floor, f'python -c "{IMPORTS}"', 1.3)
    if not other:
        return [measured, Row("task add", "", "not installed: Debian package taskwarrior", float("nan"))]
    return [measured, ratio(f"opsdesk add at {records:,} records", add, other[0], f"task add at {records:,} tasks")]


def opsdesk() -> str:
    """The command as it is installed beside this Python."""
    return str(Path(sys.executable).with_name("opsdesk"))


def taskwarrior(home: Path, tasks: int) -> list[str]:
    """Taskwarrior with so many tasks of its own in `home`; nothing where it is not installed."""
    command = shutil.which("task")
    if command is None:
        return []
    argv = [command, f"rc:{home / 'taskrc'}", f"rc.data.location:{home / 'tasks'}", "rc.confirmation:off"]
    (home / "taskrc").touch()
    (home / "tasks").mkdir()
    listed = home / "tasks.json"
    listed.write_bytes(
        json.encode([{"description": f"Call back, case {n}", "status": "pending"} for n in range(tasks)])
    )
    process([*argv, "import", str(listed)], home)
    return argv
