"""What a board has found: one line, and what decides whether and where it stands."""

from __future__ import annotations

import msgspec

from opsdesk.boards.table import Line, Weight

HARM: dict[Weight, int] = {"red": 0, "orange": 1, "none": 2, "green": 3}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One line with what decides whether and where it stands: its customer's handle, its harm (the least first).

    `last`: it stands below all others, whatever they weigh.
    """

    line: Line
    harm: tuple[int, ...]
    customer: str = ""
    about: str = ""
    last: bool = False

    @property
    def place(self) -> tuple[bool, int, tuple[int, ...]]:
        """Sorts red before orange, and within one colour the most harmful first."""
        return self.last, HARM[self.line.weight], self.harm
