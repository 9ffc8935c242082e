"""What has to be true on the day the demo is opened, whatever the dice did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from opsdesk.core.scores import Level
from opsdesk.demo.company import CONSTRAINT
from opsdesk.demo.moment import Timeline, last_friday
from opsdesk.demo.office import Office

DAILY = "daily-operations-sync"
FLAGGED = ("vandelay", "Delivery")
LATER, NOBODY = "the rota in the calendar will do", "nobody has asked for them since"


class Line(msgspec.Struct, frozen=True):
    """An action captured on `made`, due on `due`; `moved`: on which day it was put off until when, and why.

    `section`: the one of the daily it comes from, if any. `dropped`: on which day, and why.
    """

    text: str
    by: str
    made: date
    due: date
    moved: tuple[tuple[date, date, str], ...] = ()
    started: date | None = None
    section: str = ""
    escalated: date | None = None
    dropped: tuple[date, str] | None = None


class Red(msgspec.Struct, frozen=True):
    """A flag that went up on `made` and is up still; without an exit criterion and a plan it owes them."""

    customer: str
    measure: str
    level: Level
    why: str
    made: date
    owner: str = ""
    exit: str = ""
    plan: date | None = None


class Topic(msgspec.Struct, frozen=True):
    """An item that was put on the daily's agenda on `made` and is still there."""

    text: str
    section: str
    made: date


class Stage:
    def __init__(self, office: Office, today: date) -> None:
        self._office = office
        self._evening = office.later(-1, today)
        self._lines = _lines(office, today)
        self._topics = _topics(office, today)
        self._flags = _flags(office, today)
        office.staged |= {(flag.customer, flag.measure) for flag in self._flags} | {("wayne", "Delivery"), FLAGGED}

    def plan(self, day: date) -> None:
        """What is staged for this day, put on the timeline."""
        office = self._office
        for line in self._lines:
            if line.made == day:
                office.timeline.plan(office.at(day, "13:10"), self._said(line))
        for topic in self._topics:
            if topic.made == day:
                office.timeline.plan(office.at(day, "14:00"), self._put(topic))
        for flag in self._flags:
            if flag.made == day:
                office.timeline.plan(office.at(day, "14:30"), self._raise(flag))
        if day == self._evening:
            office.timeline.plan(office.at(day, "17:25"), self._after_work)

    def _after_work(self) -> None:
        """What the last daily did not know yet."""
        office = self._office
        text = f"Tell them the new date of the DHL interface @raj #globex {office.later(1)} !"
        office.desk("raj").actions.capture(text)
        office.moment.forward(600)
        for action in [each for each in office.open_actions() if each.owner not in ("", CONSTRAINT)][:2]:
            office.desk(action.owner).actions.done(action.id)
            office.moment.forward(450)
        office.desk("kofi").scores.set("wayne", "Delivery", "orange", "returns module is late")

    def morning(self, timeline: Timeline, today: date) -> None:
        """What is done in the morning of the day on which the demo is opened."""
        for at, act in (("07:48", self._finished), ("07:56", self._asked), ("08:12", self._put_off)):
            timeline.plan(self._office.at(today, at), act)

    def _finished(self) -> None:
        office = self._office
        mine = office.open_actions("ana") or office.open_actions("kofi")
        for action in mine[:1]:
            office.desk(action.owner).actions.done(action.id)

    def _asked(self) -> None:
        office = self._office
        text = f"Find out why their second warehouse shows no stock @kofi #vandelay {office.later(2)}"
        office.desk("kofi").actions.capture(text)

    def _put_off(self) -> None:
        office = self._office
        due = [each for each in office.open_actions() if each.owner and each.due and len(each.slips) < 2]
        for action in [each for each in due if not office.is_away(each.owner)][:1]:
            office.desk(action.owner).actions.redate(action.id, office.later(3), "their contact is away until then")

    def _said(self, line: Line) -> Callable[[], None]:
        def act() -> None:
            office = self._office
            text = line.text.format(due=line.due.isoformat())
            agenda = DAILY if line.section else ""
            kept = office.desk(line.by).actions.capture(text, agenda=agenda, section=line.section)
            office.staged.add(kept.id)
            if line.started:
                office.timeline.plan(office.at(line.started, "10:05"), self._start(kept.id, kept.owner))
            if line.escalated:
                office.timeline.plan(office.at(line.escalated, "11:30"), self._escalate(kept.id))
            if line.dropped:
                on, why = line.dropped
                office.timeline.plan(office.at(on, "16:05"), self._drop(kept.id, kept.owner, why))
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

    def _drop(self, id: str, owner: str, why: str) -> Callable[[], None]:
        def act() -> None:
            self._office.desk(owner).actions.drop(id, why)

        return act

    def _escalate(self, id: str) -> Callable[[], None]:
        def act() -> None:
            self._office.desk().actions.escalate(id, "their board asks for an answer")

        return act

    def _put(self, topic: Topic) -> Callable[[], None]:
        def act() -> None:
            kept = self._office.desk().items.add(topic.text, agenda=DAILY, section=topic.section)
            self._office.staged.add(kept.id)

        return act

    def _raise(self, flag: Red) -> Callable[[], None]:
        def act() -> None:
            self._office.desk().scores.set(
                flag.customer, flag.measure, flag.level, flag.why, owner=flag.owner, exit=flag.exit, plan=flag.plan
            )

        return act


def _lines(office: Office, today: date) -> tuple[Line, ...]:
    def day(number: int) -> date:
        return office.later(number, today)

    friday, now = last_friday(today), day(0)
    slipped = (
        (day(-16), day(-12), "the carrier's credentials came late"),
        (day(-12), day(-6), "an outage came between"),
        (day(-6), day(2), "waits for the review of the queue"),
    )
    return (
        Line("Bring the DHL interface live @tom #globex {due} !", "raj", day(-24), day(-16), slipped, day(-20)),
        Line("Send the corrected customs report @ana #acme {due} !", "ana", day(-7), friday, started=day(-6)),
        Line(
            "Repair the scanner login in hall 3 @tom #stark {due} !", "sue", day(-8), friday, section="Burning issues"
        ),
        Line("Call back with the workaround for stuck labels @sue #umbrella {due} !", "sue", day(-3), now),
        Line("Hand over the plan for the new warehouse @kofi #nippon {due} !", "kofi", day(-5), now, started=day(-4)),
        Line("Double the API rate limit before the sale @tom #hooli {due} !", "raj", day(-4), now),
        Line("Give a second person the keys to production @tom {due}", "sue", day(-9), day(-4), section="Staffing"),
        Line("Plan the fail-over drill of the message broker @tom", "sue", day(-15), day(5)),
        Line("Settle the disputed invoice @lena #gringotts {due}", "lena", day(-11), day(1), escalated=day(-4)),
        Line("Find a new owner for the monitoring contract", "raj", day(-12), day(5)),
        Line("Compare two tools for the phone rota @sue", "sue", day(-29), day(-5), dropped=(day(-25), LATER)),
        Line("Print the shortcuts for the scan screen @kofi", "kofi", day(-21), day(-9), dropped=(day(-13), NOBODY)),
    )


def _topics(office: Office, today: date) -> tuple[Topic, ...]:
    return (
        Topic("Nobody but Tom can restore a backup", "Staffing", office.later(-3, today)),
        Topic(
            "Freight rates of two customers are wrong since the update", "Delayed deliveries", office.later(-1, today)
        ),
        Topic("One maintenance window that all customers know", "Planned maintenance", office.later(-7, today)),
    )


def _flags(office: Office, today: date) -> tuple[Red, ...]:
    def day(number: int) -> date:
        return office.later(number, today)

    exits = "four weeks without a stopped import"
    return (
        Red("initech", "Delivery", "red", "go-live moved for the third time", day(-9)),
        Red("globex", "Delivery", "red", "DHL interface promised three times", day(-6), owner="raj"),
        Red("umbrella", "Product", "red", "import stops at night", day(-13), "sue", exits, day(8)),
        Red("acme", "Relationship", "orange", "angry about broken dates", day(-4), "raj"),
        Red("hooli", "Support", "orange", "asks for Tom by name", day(-12)),
    )
