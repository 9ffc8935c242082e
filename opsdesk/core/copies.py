"""What is told of a desk's copies: what is in one, and what changes where it takes the desk's place."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Last(msgspec.Struct, frozen=True):
    """The newest transaction of a copy."""

    seq: int
    at: datetime
    by: str
    command: str


class Copy(msgspec.Struct, frozen=True):
    """A desk in one file, last written at `made`. `size` in bytes; `problem`: why the rest cannot be told."""

    file: str
    size: int = 0
    made: datetime | None = None
    records: int = 0
    transactions: int = 0
    last: Last | None = None
    problem: str = ""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A copy in the desk's place.

    `back` is what is in it, `present` the desk as it is, None where there is none. `lost` and `gained` count the
    transactions that only the desk and only the copy has. `kept`: where the desk as it was lies, once that is done;
    `returns`: the name by which restore brings that back, "" where it is no whole copy.
    """

    back: Copy
    present: Copy | None = None
    lost: int = 0
    gained: int = 0
    kept: str = ""
    returns: str = ""
