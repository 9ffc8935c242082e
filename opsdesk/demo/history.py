"""Eight weeks, day by day, up to yesterday evening, and a little this morning; the rest of today is left to others."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from opsdesk.demo.accounts import ACCOUNTS
from opsdesk.demo.chronicle import Chronicle
from opsdesk.demo.company import CLIENTS, COLLEAGUES
from opsdesk.demo.departed import Departed
from opsdesk.demo.estate import COMPONENTS, LEAVES, PRESENCE
from opsdesk.demo.gathering import Gathering
from opsdesk.demo.moment import Moment, Timeline
from opsdesk.demo.office import Enter, Office
from opsdesk.demo.outages import Outages
from opsdesk.demo.quality import ASKED_AND_FOUND
from opsdesk.demo.sheet import Sheet
from opsdesk.demo.shipping import SHIPPED
from opsdesk.demo.staged import Stage
from opsdesk.demo.support import support
from opsdesk.demo.upkeep import MAINTENANCE
from opsdesk.demo.workday import Workday

WEEKS = 8
STATUS_CALL = "customer-status-call"
CALLS_AT = ("09:00", "11:30")
REVIEW = "escalation-review"


def build(enter: Enter, moment: Moment, seed: int) -> None:
    """Fills an empty desk through its use cases, as `enter` gives one to each person (by handle).

    `moment` is the clock of all these desks and says what today is; the same seed at the same moment gives the same
    records. On the same day, after the first work of its morning, all but the outage that is under way are the same.
    """
    opened = moment.now
    office = Office(enter, moment, seed)
    today = office.ends
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS)
    moment.now = office.at(monday, "07:30")
    _found(office)
    _leaves(office, today)
    workday, gathering, stage = Workday(office), Gathering(office), Stage(office, today)
    chronicle = Chronicle(office, today, (*PRESENCE, *SHIPPED, *MAINTENANCE, *ASKED_AND_FOUND))
    customers = Chronicle(office, today, (*ACCOUNTS, *support(Random(seed))))
    outages, departed = Outages(office, today, Random(seed)), Departed(office, today)
    for day in (monday + timedelta(days=n) for n in range((today - monday).days)):
        moment.now = max(moment.now, office.at(day, "08:00"))
        stage.plan(day)
        chronicle.plan(day)
        outages.plan(day)
        customers.plan(day)
        departed.plan(day)
        if office.desk().settings.is_working_day(day):
            workday.plan()
            gathering.plan()
        office.timeline.run(office.at(day + timedelta(days=1), "00:00"))
    _today(office, stage, outages, opened)


def _today(office: Office, stage: Stage, outages: Outages, opened: datetime) -> None:
    """What has been done today before the desk is opened."""
    timeline = Timeline(office.moment)
    if office.desk().settings.is_working_day(office.ends):
        stage.morning(timeline, office.ends)
    outages.under_way(timeline, opened)
    timeline.run(opened)


def _leaves(office: Office, today: date) -> None:
    for leave in LEAVES:
        days = (office.later(number, today) for number in range(leave.first, leave.last + 1))
        office.gone |= {(leave.who, day) for day in days}


def _found(office: Office) -> None:
    """People, customers, the calls with new ones, and the first score sheet."""
    desk = office.desk()
    for each in COLLEAGUES:
        desk.people.add(each.name, each.department, each.handle)
    for client in CLIENTS:
        desk.people.add_customer(
            client.name, client.owner, client.handle, onboarding=client.onboarding, revenue=client.revenue
        )
    for part in COMPONENTS:
        desk.registers.add(
            "components",
            "",
            handle=part.handle,
            name=part.name,
            owner=part.owner,
            slo=part.slo,
            depends=part.depends,
        )
    new = [client.handle for client in CLIENTS if client.onboarding]
    for handle, at in zip(new, CALLS_AT, strict=True):
        desk.cadence.switch(STATUS_CALL, True, handle, at=at)
    desk.cadence.switch(REVIEW, True)
    Sheet(office).fill(desk)
