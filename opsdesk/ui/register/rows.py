"""Records of a register as rows of its list, each made when it comes into sight; beside it one record in full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from textwrap import wrap
from typing import overload

from opsdesk.core.register import Registered
from opsdesk.ui.ink import FLAGS, Ink, fit, flag
from opsdesk.ui.register.says import Says
from opsdesk.ui.widgets.columns import Column, Row

COLUMNS: tuple[Column, ...] = (
    Column(most=4),
    Column(most=7),
    Column(flex=True, least=34),
    Column(most=18, drop=2, shrink=10),
    Column(most=16, drop=3, shrink=8),
    Column(most=11, drop=4),
    Column(most=48, keep=28, shrink=18),
)
"""mark and weight · id · text · customers · owner · day · reason."""

MARK = "▌"
TITLE = 14  # cells
HARMFUL = ("red", "orange")


class Lines(Sequence[Row]):
    """As many rows as records, each made once."""

    def __init__(self, records: Sequence[Registered], make: Callable[[Registered], Row]) -> None:
        self._records, self._make = records, make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        row = self._made.get(at)
        if row is None:
            row = self._made[at] = self._make(self._records[at])
        return row

    def forget(self) -> None:
        """What they say is another thing now."""
        self._made.clear()

    def place(self, key: str) -> int | None:
        """Where the row with this key stands."""
        return next((at for at, record in enumerate(self._records) if record.id == key), None)


def row(record: Registered, says: Says, marked: Collection[str]) -> Row:
    """What is over is dim but for its weight."""
    weight = says.weight(record)
    shape, letter = FLAGS[weight]
    sign = f"{MARK if record.id in marked else ' '}{shape} {letter}"
    role = weight if weight in HARMFUL else "dim"
    ink = "ink" if record.live else "dim"
    return Row(
        key=record.id,
        cells=(
            Ink(sign.rstrip() or " ", "accent" if weight == "none" else flag(weight).role),
            Ink(record.id, ink),
            Ink(says.text(record), ink),
            Ink(says.customer(record), ink),
            Ink(says.owner(record), "dim"),
            Ink(says.day(record), "dim"),
            Ink(says.reason(record), role),
        ),
    )


def beside(record: Registered, says: Says, cells: int) -> list[tuple[Ink, ...]]:
    """One record as lines of at most so many cells: what it is, why it is here, its fields."""
    weight = says.weight(record)
    shape, letter = FLAGS[weight]
    role = weight if weight in HARMFUL else "dim"
    made: list[tuple[Ink, ...]] = [(Ink(f"{shape} {letter}  ".lstrip(), flag(weight).role), Ink(record.id, "bright!"))]
    made += [(Ink(part, "bright!"),) for part in wrap(says.text(record), cells)]
    made += [(Ink(part, role),) for part in wrap(says.reason(record), cells)]
    made.append((Ink(" "),))
    for title, text in says.fields(record):
        for at, part in enumerate(wrap(text, max(16, cells - TITLE - 2)) or [""]):
            made.append((Ink(f"{fit('' if at else title, TITLE)}  ", "dim"), Ink(part)))
    return made
