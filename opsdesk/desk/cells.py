"""The cells of the score sheet as they are now: found by the names of measures without regard to case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.scores import Level, Score, in_order, measure_key
from opsdesk.desk.judging import Judging


class Cells(Judging):
    @property
    def _measures(self) -> tuple[str, ...]:
        return tuple(measure.name for measure in self._context.settings.measures)

    @property
    def _open_ones(self) -> tuple[str, ...]:
        """With those that the settings name no more and that have an open flag."""
        known = {measure_key(each) for each in self._measures}
        live = self._context.store.live(Score)
        gone = {each.measure: None for each in live if each.open_flag and measure_key(each.measure) not in known}
        return (*self._measures, *gone)

    def _cell(self, read: Reader, customer: str, measure: str) -> Score | None:
        """What it says now; the measure is found without regard to case."""
        found = self._cells(read, customer, measure)
        return found[-1] if found else None

    def _cells(self, read: Reader, customer: str, measure: str) -> Sequence[Score]:
        """The newest last; more than one only where the measure was spelt otherwise before."""
        key = measure_key(measure)
        live = read.where(Score, customer=customer, superseded=False)
        return in_order(each for each in live if measure_key(each.measure) == key)

    def _since(self, read: Reader, level: Level, before: Score | None) -> datetime | None:
        """Since when it is what it was before anybody said unknown; None where that is not the same flag."""
        if before is None or before.level != "unknown" or before.beneath != level:
            return None
        key = measure_key(before.measure)
        said = (each for each in read.where(Score, customer=before.customer) if measure_key(each.measure) == key)
        return next((each.since for each in reversed(in_order(said)) if each.level == level), None)

    def _called(self, typed: str, now: Score | None) -> str:
        """The measure as the settings write it; one that they name no more while `now` is an open flag of it.

        Raises NotFound.
        """
        key = measure_key(typed)
        measure = next((each for each in self._measures if measure_key(each) == key), "")
        if not measure and now is not None and now.open_flag:
            return now.measure
        if not measure:
            raise NotFound(f'There is no measure "{typed}".', f"There are {', '.join(self._measures)}.")
        return measure

    def _refuse_past(self, plan: date | None) -> None:
        if plan is not None and plan < self._context.today():
            raise Invalid(f"{plan} is past: a plan date lies ahead.", "Give a day from today on.")

    def _at(self, read: Reader, meeting: str) -> datetime:
        now = self._context.clock()
        return max(now, read.get(Meeting, meeting).last) if meeting else now
