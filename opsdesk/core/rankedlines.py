"""Priorities as minutes tell them."""

from __future__ import annotations

import msgspec

from opsdesk.core.record import Text


class RankedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One priority, `place` 1 the first. `why`: its reason; `relisted`: how often it came back."""

    place: int
    id: str
    text: Text
    customer: Text = ""
    owner: Text = ""
    why: Text = ""
    relisted: int = 0
    choose: bool = False
