"""The walk over the flags as minutes tell it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from opsdesk.core.record import Text

Walked = Literal["discussed", "resolved", "kept", "skipped", "not reached"]


class WalkedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a flag on the walk over them. `level`: what it was when its turn came; `plan`: the date it is kept
    to, `together`: with others in one go. `seconds` it was spoken of.
    """

    id: str
    customer: Text
    measure: Text
    level: str
    outcome: Walked
    why: Text = ""
    plan: date | None = None
    together: bool = False
    seconds: int = 0
