"""A customer that Northwind Systems has lost, and what the score sheet said of it before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from opsdesk.core.customers import Customer
from opsdesk.core.scores import Level, Score
from opsdesk.demo.office import Office

HANDLE, NAME, OWNER, REVENUE = "prestige", "Prestige Worldwide", "lena", 54_000
LEFT = -16
"""The working day on which it left: the sheet was kept for 30 days before."""

SAID: tuple[tuple[int, str, Level, str], ...] = (
    (-30, "Support", "green", "answers are quick again"),
    (-26, "Delivery", "orange", "second gate promised twice"),
    (-20, "Commercial", "orange", "asks what a notice would cost"),
)
FIRST: tuple[tuple[str, Level, str], ...] = (
    ("Product", "green", "slot planner does what they need"),
    ("Support", "orange", "waited two days for a first answer"),
    ("Delivery", "green", "all dates kept this month"),
    ("Relationship", "green", "good talk on their yacht"),
)


class Departed:
    """Its cells are left alone by chance."""

    def __init__(self, office: Office, today: date) -> None:
        self._office = office
        measures = {measure.name for measure in office.desk().settings.measures}
        office.staged |= {(HANDLE, measure) for measure in measures}
        self._days = {
            office.later(day, today): self._set(measure, level, comment) for day, measure, level, comment in SAID
        }
        self._left = office.later(LEFT, today)
        office.desk().people.add_customer(NAME, OWNER, HANDLE, revenue=REVENUE)
        for measure, level, comment in FIRST:
            office.desk().scores.set(HANDLE, measure, level, comment)

    def plan(self, day: date) -> None:
        """What is said of it on this day, put on the timeline."""
        act = self._leave if day == self._left else self._days.get(day)
        if act is not None:
            self._office.timeline.plan(self._office.at(day, "15:25"), act)

    def _set(self, measure: str, level: Level, comment: str) -> Callable[[], None]:
        def act() -> None:
            self._office.desk(OWNER).scores.set(HANDLE, measure, level, comment)

        return act

    def _leave(self) -> None:
        """Nothing is known any more of one that is no customer."""
        desk = self._office.desk(OWNER)
        for score in [each for each in desk.read.live(Score) if each.customer == HANDLE]:
            desk.scores.set(HANDLE, score.measure, "unknown", "no customer any more")
        desk.people.retire(desk.read.where(Customer, handle=HANDLE)[0])
