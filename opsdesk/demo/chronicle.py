"""What the registers hold, told as it came about: records typed on one day, and what was done with them on others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import msgspec

from opsdesk.demo.office import Office


class Step(msgspec.Struct, frozen=True):
    """A verb of the register, with its words, by whom; `day`: working days from the one the demo is opened on."""

    day: int
    clock: str
    by: str
    verb: str
    words: str = ""


class Tale(msgspec.Struct, frozen=True):
    """A record typed by `by`, and its steps. In words and fields `{d[-3]}` is a working day counted from the one the
    demo is opened on, `{t[1]}` a calendar day, `{w[1]}` and `{s[1]}` Monday and Sunday of a week, `{id[4.12]}` the id
    of the record of that `name`.
    """

    kind: str
    day: int
    clock: str
    by: str
    text: str = ""
    fields: Mapping[str, str] = {}
    steps: tuple[Step, ...] = ()
    name: str = ""


class _Days:
    def __init__(self, day: Callable[[int], date]) -> None:
        self._day = day

    def __getitem__(self, number: int | str) -> str:
        return self._day(int(number)).isoformat()


class Chronicle:
    def __init__(self, office: Office, today: date, tales: Iterable[Tale]) -> None:
        self._office, self._today, self._tales = office, today, tuple(tales)
        self._ids: dict[str, str] = {}
        monday = today - timedelta(days=today.weekday())
        self._words = {
            "d": _Days(self._day),
            "t": _Days(lambda number: today + timedelta(days=number)),
            "w": _Days(lambda number: monday + timedelta(weeks=number)),
            "s": _Days(lambda number: monday + timedelta(weeks=number, days=6)),
        }

    def plan(self, day: date) -> None:
        """What is told of this day, put on the timeline."""
        for tale in self._tales:
            if self._day(tale.day) == day:
                self._office.timeline.plan(self._office.at(day, tale.clock), self._made(tale))

    def _day(self, number: int) -> date:
        return self._office.later(number, self._today)

    def _made(self, tale: Tale) -> Callable[[], None]:
        def act() -> None:
            office, fields = self._office, {name: self._said(words) for name, words in tale.fields.items()}
            kept = office.desk(tale.by).registers.add(tale.kind, self._said(tale.text), **fields)
            self._ids[tale.name or tale.text] = kept.id
            for step in tale.steps:
                office.timeline.plan(office.at(self._day(step.day), step.clock), self._done(kept.id, step))

        return act

    def _done(self, id: str, step: Step) -> Callable[[], None]:
        def act() -> None:
            self._office.desk(step.by).registers.act([id], step.verb, self._said(step.words))

        return act

    def _said(self, words: str) -> str:
        return words.format(**self._words, id=self._ids)
