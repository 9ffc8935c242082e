"""OpsDesk by a clock that stands: `python -m tests.terminal.standing FILE WORDS…` runs `opsdesk WORDS…`, and the time
it goes by is what FILE holds. Minutes say how long each section took; with this they do not depend on the machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from opsdesk.cli import run, wiring


def read_from(file: Path) -> Callable[[], datetime]:
    """A clock that says what the file holds when it is asked."""
    return lambda: datetime.fromisoformat(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    told = read_from(Path(sys.argv.pop(1)))
    with patch.object(wiring, "clock", lambda: told):
        run()
