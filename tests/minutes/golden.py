"""What minutes look like, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden"
WRITE = os.environ.get("OPSDESK_GOLDEN") == "write"


def same(name: str, printed: str) -> None:
    """Compares with tests/golden/NAME; OPSDESK_GOLDEN=write in the environment of pytest keeps what is new."""
    file = GOLDEN / name
    if WRITE:
        file.write_bytes(printed.encode())
    assert printed.encode() == file.read_bytes()
