"""Incidents as they are kept while they last: opened, told, mended, each step at its minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from opsdesk.demo.breakdowns import BEGAN, PAST, UNDER_WAY, Breakdown, Turn
from opsdesk.demo.moment import Timeline
from opsdesk.demo.office import Office
from opsdesk.desk.incidents import Incidents

QUICK, SLOW = 0.85, 1.2


class Outages:
    """`dice`: how long each lasts; of its own, so that nothing else depends on it."""

    def __init__(self, office: Office, today: date, dice: Random) -> None:
        self._office = office
        self._past = [(office.later(each.day, today), each, dice.uniform(QUICK, SLOW)) for each in PAST]

    def plan(self, day: date) -> None:
        """Those that begin on this day, put on the timeline."""
        for on, breakdown, pace in self._past:
            if on == day:
                self._planned(self._office.timeline, breakdown, self._office.at(day, breakdown.clock), pace)

    def under_way(self, timeline: Timeline, opened: datetime) -> None:
        """The one that is open when the demo is opened."""
        began = opened.replace(second=0, microsecond=0) - timedelta(minutes=BEGAN)
        self._planned(timeline, UNDER_WAY, began, 1)

    def _planned(self, timeline: Timeline, breakdown: Breakdown, began: datetime, pace: float) -> None:
        seen = began + timedelta(minutes=breakdown.seen)

        def act() -> None:
            office = self._office
            kept = office.desk(breakdown.by).incidents.open(
                breakdown.text,
                sev=breakdown.sev,
                impact=breakdown.impact,
                components=breakdown.components,
                started=began,
                detected=seen,
            )
            for turn in breakdown.turns:
                rest = (turn.after - breakdown.seen) * pace
                at = seen + timedelta(minutes=int(rest))
                timeline.plan(at, self._done(kept.id, turn, at))

        timeline.plan(seen, act)

    def _done(self, id: str, turn: Turn, at: datetime) -> Callable[[], None]:
        def act() -> None:
            office = self._office
            clock = f"{at.astimezone(office.desk().settings.zone):%H:%M}"
            _take(office.desk(turn.by).incidents, id, turn, clock)

        return act


def _take(incidents: Incidents, id: str, turn: Turn, clock: str) -> None:
    """`clock`: when it was, which is typed with it."""
    said = f"{clock} {turn.words}".strip()
    match turn.verb:
        case "inform":
            incidents.inform(id, turn.words, how=turn.how, at=clock)
        case "talk":
            incidents.talk(id, turn.points)
        case "approve":
            incidents.approve(id)
        case "update":
            incidents.update(id, said)
        case "note":
            incidents.note(id, said)
        case _:
            incidents.step(id, turn.verb, said)
