"""What has to be true on the day the demo is opened, whatever the dice did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from opsdesk.demo.moment import last_friday
from opsdesk.demo.office import Office

DAILY = "daily-operations-sync"


class Line(msgspec.Struct, frozen=True):
    """An action captured on `made`, due on `due`; `moved`: on which day it was put off until when, and why."""

    text: str
    by: str
    made: date
    due: date
    moved: tuple[tuple[date, date, str], ...] = ()
    started: date | None = None


class Topic(msgspec.Struct, frozen=True):
    """An item that was put on the daily's agenda on `made` and is still there."""

    text: str
    section: str
    made: date


class Stage:
    def __init__(self, office: Office, today: date) -> None:
        self._office = office
        self._lines = _lines(office, today)
        self._topics = _topics(office, today)

    def plan(self, day: date) -> None:
        """What is staged for this day, put on the timeline."""
        office = self._office
        for line in self._lines:
            if line.made == day:
                office.timeline.plan(office.at(day, "13:10"), self._said(line))
        for topic in self._topics:
            if topic.made == day:
                office.timeline.plan(office.at(day, "14:00"), self._put(topic))

    def _said(self, line: Line) -> Callable[[], None]:
        def act() -> None:
            office = self._office
            kept = office.desk(line.by).actions.capture(line.text.format(due=line.due.isoformat()))
            office.staged.add(kept.id)
            if line.started:
                office.timeline.plan(office.at(line.started, "10:05"), self._start(kept.id, kept.owner))
            for on, due, why in line.moved:
                office.timeline.plan(office.at(on, "15:20"), self._move(kept.id, kept.owner, due, why))

        return act

    def _start(self, id: str, owner: str) -> Callable[[], None]:
        def act() -> None:
            self._office.desk(owner).actions.start(id)

        return act

    def _move(self, id: str, owner: str, due: date, why: str) -> Callable[[], None]:
        def act() -> None:
            self._office.desk(owner).actions.redate(id, due, why)

        return act

    def _put(self, topic: Topic) -> Callable[[], None]:
        def act() -> None:
            kept = self._office.desk().items.add(topic.text, agenda=DAILY, section=topic.section)
            self._office.staged.add(kept.id)

        return act


def _lines(office: Office, today: date) -> tuple[Line, ...]:
    def day(number: int) -> date:
        return office.later(number, today)

    friday, now = last_friday(today), day(0)
    slipped = ((day(-16), day(-12), "waited for the carrier"), (day(-12), day(-6), "an outage came between"))
    return (
        Line("Finish the carrier integration @tom #globex {due} !", "raj", day(-24), day(-16), started=day(-20),
             moved=(*slipped, (day(-6), day(2), "waited for Tom's review of the queue"))),
        Line("Send the corrected customs report @ana #acme {due} !", "ana", day(-7), friday, started=day(-6)),
        Line("Repair the scanner login in hall 3 @tom #stark {due} !", "sue", day(-8), friday),
        Line("Call back with the workaround for stuck labels @sue #umbrella {due} !", "sue", day(-3), now),
        Line("Hand over the migration plan @kofi #nippon {due} !", "kofi", day(-5), now, started=day(-4)),
        Line("Raise the API rate limit for the season @tom #hooli {due} !", "raj", day(-4), now),
        Line("Write down how the nightly restore is done @tom {due}", "sue", day(-20), day(-9)),
        Line("Plan the fail-over drill of the message broker @tom", "sue", day(-15), day(5)),
        Line("Find a new owner for the monitoring contract", "raj", day(-12), day(5)),
    )  # fmt: skip


def _topics(office: Office, today: date) -> tuple[Topic, ...]:
    return (
        Topic("Nobody but Tom can restore a backup", "Staffing", office.later(-3, today)),
        Topic("Who tells the customer when a date will not hold", "Delayed deliveries", office.later(-1, today)),
        Topic("A fixed maintenance window every month", "Planned maintenance", office.later(-7, today)),
    )
