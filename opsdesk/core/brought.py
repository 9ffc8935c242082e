"""One row of a sheet that was exported, as it comes back."""

from __future__ import annotations

import msgspec

from opsdesk.core.journal import Fields


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """`line` is where the row begins. `rev`: the record as it was when it was exported; 0 for a new one, whose id is
    empty. `fields`: JSON types, None for an empty cell. `problem`: why the row cannot be read. `guessed`: a date in it
    that would be another one with day and month the other way round, and how it was read.
    """

    line: int
    id: str = ""
    rev: int = 0
    fields: Fields = {}
    problem: str = ""
    guessed: str = ""
