"""Telling a key that is held down from one that is pressed again."""

from __future__ import annotations

from typing import Literal

QUICK = 0.12  # seconds: a keyboard repeats a held key faster than this,
DELAY = 0.8  # once it has waited for something less than this.

Press = Literal["pressed", "perhaps", "held"]


class Repeats:
    """Terminals tell of no release, so the times between presses have to do."""

    def __init__(self) -> None:
        self._key, self._at = "", float("-inf")

    def press(self, key: str, at: float) -> Press:
        """What a press at this time (seconds, of any clock that only goes forward) is.

        "perhaps": it is a press if the same key does not come again within QUICK, else the first repeat of a held one.
        """
        gap = at - self._at if key == self._key else float("inf")
        self._key, self._at = key, at
        if gap < QUICK:
            return "held"
        return "perhaps" if gap < DELAY else "pressed"
