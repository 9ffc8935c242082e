"""What the command line prints, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"


def same(name: str, printed: str) -> None:
    """Compares with tests/golden/cli/NAME; OPSDESK_GOLDEN=write in the environment of pytest keeps what is new."""
    file = GOLDEN / name
    if WRITE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(printed.encode())
    assert printed.encode() == file.read_bytes()


WRITE = os.environ.get("OPSDESK_GOLDEN") == "write"
