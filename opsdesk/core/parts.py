"""What a file is called while it is on its way to its place, so that it can be told later whose it was."""

from __future__ import annotations

import os
import re
from zlib import crc32

SHOWN = 50  # characters of the name it will have: of any script they fit into a file's name
PART = re.compile(r"\..*\.(\d+)-([0-9a-f]{4})[0-9a-f]{4}\.part")


def part_name(name: str) -> str:
    """For what will be called `name`: it tells the process that makes it, and on which machine."""
    return f".{name[:SHOWN]}.{os.getpid()}-{machine()}{os.urandom(2).hex()}.part"


def machine() -> str:
    """Four digits that are the same whenever this machine is asked."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{crc32(name.encode()) & 0xFFFF:04x}"


def lives_on(name: str) -> bool | None:
    """Whether the process that a part is named after still runs; None where another machine would have to be asked.

    Raises ValueError for a name that is not of a part.
    """
    named = PART.fullmatch(name)
    if named is None:
        raise ValueError(name)
    return _runs(int(named[1])) if named[2] == machine() else None


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
