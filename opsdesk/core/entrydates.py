"""The dates among the words of a register's line: its day, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from opsdesk.core import instants
from opsdesk.core.entrywords import Slots, Token, moment
from opsdesk.core.register import Look

LEADS = ("by", "on", "due", "at", "from")
UNTIL = ("until", "till", "to", "-")


class Dated(msgspec.Struct, frozen=True):
    """A date or moment for a field, the words that name it and where they stand."""

    field: str
    value: date
    said: str
    start: int
    end: int


def take(
    kept: Sequence[Token], values: Mapping[str, Any], slots: Slots, look: Look
) -> tuple[list[Token], tuple[Dated, ...]]:
    """The words that are left, and the dates that stood among them, of fields that `values` does not have."""
    reading = _Dates(kept, values, slots, look)
    reading.read()
    return reading.kept, tuple(reading.found.values())


class _Dates:
    def __init__(self, kept: Sequence[Token], values: Mapping[str, Any], slots: Slots, look: Look) -> None:
        self.kept, self.found = list(kept), dict[str, Dated]()
        self._values, self._slots, self._look = values, slots, look

    def read(self) -> None:
        until, day = self._slots.until, self._slots.day
        ending = self._cut(until) if self._free(until) else []
        if self._free(day):
            self._ending(day)
        if self._free(day) and self._slots.leading:
            self._beginning(day)
        if ending and not self._dated(until, ending[1:], ending[0], self._base()):
            self.kept += ending
        elif not ending and self._free(until) and day in self.found:
            self._both(day, until)

    def _free(self, name: str) -> bool:
        return bool(name) and name not in self._values and name not in self.found

    def _base(self) -> date | None:
        """What an end is counted from."""
        day = self._slots.day
        base: date | None = self.found[day].value if day in self.found else self._values.get(day)
        return base

    def _cut(self, name: str) -> list[Token]:
        """ "until" and the date behind it, where the words end with them; out of the words."""
        for at in range(max(1, len(self.kept) - instants.LONGEST), len(self.kept)):
            led = self.kept[at - 1].text.lower() in UNTIL
            if led and moment(self._slots.shape, name, self.kept[at:], self._look) is not None:
                ending, self.kept = self.kept[at - 1 :], self.kept[: at - 1]
                return ending
        return []

    def _ending(self, name: str) -> None:
        """The longest date that the words end with, and the word that leads to it."""
        for at in range(max(0, len(self.kept) - instants.LONGEST), len(self.kept)):
            led = bool(at) and self.kept[at - 1].text.lower() in LEADS
            if self._dated(name, self.kept[at:], self.kept[at - led]):
                self.kept = self.kept[: at - led]
                return

    def _beginning(self, name: str) -> None:
        for count in range(min(len(self.kept), instants.LONGEST), 0, -1):
            if self._dated(name, self.kept[:count], self.kept[0]):
                self.kept = self.kept[count:]
                return

    def _both(self, day: str, until: str) -> None:
        """Of two dates at the end, one behind the other, the first is the day and the second until when.

        "fri 4 dec" is one date, whatever Friday comes next.
        """
        last, before = self.found[day], self.kept
        if any(token.start > last.start for token in self.kept):
            return
        del self.found[day]
        self._ending(day)
        first, run = self.found.get(day), [Token(last.said, last.start, last.end)]
        weekday = first is not None and first.said.isalpha() and any(map(str.isdecimal, last.said))
        ends = first is not None and not weekday and self._dated(until, run, run[0], self._base())
        if not ends or self.found[until].value < self.found[day].value:
            self.kept, self.found = before, {day: last}

    def _dated(self, name: str, run: Sequence[Token], first: Token, base: date | None = None) -> bool:
        value = moment(self._slots.shape, name, run, self._look, base)
        if value is not None:
            said = " ".join(token.text for token in run)
            self.found[name] = Dated(name, value, said, first.start, run[-1].end)
        return value is not None
