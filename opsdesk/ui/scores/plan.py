"""How the columns of the score sheet share a line: what matters most is left out last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

Form = Literal["wide", "tight", "letter"]

SIGN, GAP = 2, 2
NAME_MOST, NAME_LEAST, NAME_FEW = 34, 16, 8
TREND, WHO, VALUE, SPOKEN = 14, 8, 9, 11
WHY_LEAST, WHY_GOOD, WHY_MOST = 24, 40, 60
PITCHES = (14, 12, 10, 9, 8, 6, 5)
"""Cells from the beginning of one measure to that of the next; a level and its letter are three."""
EXTRAS = (
    (TREND, WHY_GOOD, WHO, VALUE, SPOKEN),
    (TREND, WHY_LEAST, WHO, 0, 0),
    (TREND, 0, WHO, 0, 0),
    (TREND, 0, 0, 0, 0),
    (0, 0, 0, 0, 0),
)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Cells of each column with the gap behind it; 0: left out. `pitch`: of one measure."""

    form: Form = "wide"
    name: int = NAME_LEAST
    pitch: int = 5
    measures: int = 0
    trend: int = 0
    why: int = 0
    who: int = 0
    value: int = 0
    spoken: int = 0

    @property
    def widths(self) -> tuple[int, ...]:
        """In the order of a row: sign, name, measures, trend, value, spoken of, why, who."""
        cells = (self.pitch,) * self.measures
        return (SIGN, self.name, *cells, self.trend, self.value, self.spoken, self.why, self.who)

    @property
    def first(self) -> int:
        """Where the first measure begins."""
        return SIGN + self.name

    def measure_at(self, cell: int) -> int | None:
        """Of which measure that cell of the line is."""
        at = (cell - self.first) // self.pitch
        return at if cell >= self.first and at < self.measures else None


def plan(room: int, measures: Sequence[str], longest: int, *, owners: bool = True) -> Plan:
    """Of `room` cells; `longest`: of the names. Heads are shortened first, then reasons go, then the cells shrink."""
    widest = max((len(each) for each in measures), default=0) + GAP
    found = next((each for each in _choices(len(measures), widest) if _least(each) <= room), None)
    if found is None:
        form: Form = "tight" if SIGN + NAME_FEW + GAP + 3 * len(measures) <= room else "letter"
        pitch = 3 if form == "tight" else 2
        found = Plan(form=form, name=NAME_FEW + GAP, pitch=pitch, measures=len(measures))
    if not owners:
        found = msgspec.structs.replace(found, who=0)
    return _filled(found, room, longest)


def _choices(count: int, widest: int) -> Iterator[Plan]:
    for trend, why, who, value, spoken in EXTRAS:
        for pitch in PITCHES:
            cut = value and pitch < min(widest, PITCHES[0])  # before a head is cut
            if not cut and pitch <= max(widest, PITCHES[-1]):
                yield Plan(
                    name=NAME_LEAST + GAP,
                    pitch=pitch,
                    measures=count,
                    trend=trend,
                    why=why,
                    who=who,
                    value=value,
                    spoken=spoken,
                )


def _least(plan: Plan) -> int:
    return sum(plan.widths)


def _filled(plan: Plan, room: int, longest: int) -> Plan:
    """What is left goes to the names, then to the reasons."""
    left = max(0, room - _least(plan))
    name = min(plan.name + left, max(longest + GAP, 10), NAME_MOST + GAP)
    left = max(0, room - _least(plan) + plan.name - name)
    why = min(plan.why + left, WHY_MOST) if plan.why else 0
    return msgspec.structs.replace(plan, name=name, why=why)
