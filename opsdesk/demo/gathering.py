"""How a meeting goes at Northwind Systems: who comes late, what is said, what is put off, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from opsdesk.core.cadence import Occurrence
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.scores import Score
from opsdesk.demo.office import Office
from opsdesk.demo.sheet import Sheet
from opsdesk.demo.talk import DECISIONS, EXITS, ITEMS, NOTES
from opsdesk.demo.work import TASKS
from opsdesk.desk import Desk

SKIPPED = ("half the team at a customer's", "public holiday in two sites", "release night went long")
WEIGHED = {"daily-operations-sync": 0.34, "operations-engineering-sync": 0.55}
USUAL = 0.6


class Gathering:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._sheet = Sheet(office)

    def plan(self) -> None:
        """Everything that meets today, put on the timeline."""
        office = self._office
        midnight = office.at(office.today(), "00:00")
        for occurrence in office.desk().cadence.between(midnight, midnight + timedelta(days=1)):
            late = office.dice.choice((0, 0, 0, 1, 2, 4, 7))
            office.timeline.plan(occurrence.start + timedelta(minutes=late), self._held(occurrence))

    def _held(self, occurrence: Occurrence) -> Callable[[], None]:
        def act() -> None:
            if self._office.dice.random() < 0.05:
                why = self._office.draw(SKIPPED)
                self._office.desk().meetings.skip(occurrence.agenda, occurrence.planned, why, occurrence.customer)
            else:
                self._meet(occurrence)

        return act

    def _meet(self, occurrence: Occurrence) -> None:
        host = self._office.desk()
        started = host.meetings.start(occurrence.agenda, customer=occurrence.customer, scheduled=occurrence.start)
        desk = self._office.desk(started.minute_taker or host.by)
        self._roll_call(desk, started)
        broken_off = self._office.dice.random() < 0.03
        for place, section in enumerate(started.sections):
            self._discuss(desk, started, place, section)
            if broken_off and place == 1:
                desk.meetings.adjourn(started.id, "outage at two customers, everybody is needed")
                return
            desk.meetings.next(started.id, of=place)
        self._close(desk, started)

    def _roll_call(self, desk: Desk, meeting: Meeting) -> None:
        office = self._office
        for each in meeting.attendance[1:]:
            luck = office.dice.random()
            if luck < 0.06:
                desk.meetings.attend(meeting.id, each.who, "apologies")
            elif luck < 0.12:
                desk.meetings.attend(meeting.id, each.who, "absent")
                office.moment.forward(150)
                desk.meetings.attend(meeting.id, each.who, "present")

    def _discuss(self, desk: Desk, meeting: Meeting, place: int, section: Section) -> None:
        """One section: it takes about its time, and now and then much longer."""
        office = self._office
        seconds = section.minutes * 60 * office.dice.choice((0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.4))
        office.moment.forward(seconds / 3)
        said = self._say(desk, meeting, place)
        said = self._sheet.review(desk, meeting, section) or said
        office.moment.forward(seconds / 3)
        said = self._decide(desk, meeting, place) or said
        self._items(desk, meeting, place, section)
        office.moment.forward(seconds / 3)
        if not said:
            desk.meetings.outcome(meeting.id)

    def _say(self, desk: Desk, meeting: Meeting, place: int) -> bool:
        office = self._office
        often = WEIGHED.get(meeting.agenda, USUAL)
        client = meeting.customer or office.client()
        notes, tasks = NOTES[meeting.agenda][place], TASKS[meeting.agenda][place]
        noted = office.dice.random() < 0.5
        task = office.fresh(tasks, client) if office.dice.random() < often else None
        if noted:
            desk.meetings.note(meeting.id, office.draw(notes).format(name=office.name(client)))
        if task:
            office.moment.forward(40)
            desk.meetings.act(meeting.id, office.sentence(task, client))
        return noted or task is not None

    def _decide(self, desk: Desk, meeting: Meeting, place: int) -> bool:
        office = self._office
        if place != 1 or meeting.agenda not in DECISIONS or office.dice.random() > 0.3:
            return False
        desk.meetings.decide(meeting.id, office.draw(DECISIONS[meeting.agenda]))
        return True

    def _items(self, desk: Desk, meeting: Meeting, place: int, section: Section) -> None:
        """Old items of this section are settled; now and then a new one comes up and is put off."""
        office = self._office
        for item in desk.read.where(Item, agenda=meeting.agenda, section=section.title, state="open"):
            if item.id not in office.staged and office.dice.random() < 0.6:
                desk.items.settle(item.id, "talked through", meeting.id)
        fresh = [text for where, text in ITEMS.get(meeting.agenda, ()) if where == place]
        known = {item.text for item in desk.read.where(Item, agenda=meeting.agenda, state="open")}
        if fresh and office.dice.random() < 0.12 and not known & set(fresh):
            desk.meetings.park(meeting.id, office.dice.choice(fresh))

    def _close(self, desk: Desk, meeting: Meeting) -> None:
        office = self._office
        if "rating" in meeting.steps:
            for each in desk.read.get(Meeting, meeting.id).attendance:
                if each.presence == "present":
                    desk.meetings.rate(meeting.id, each.who, office.dice.choice((6, 7, 7, 8, 8, 9)))
        self._agree_exits(desk, meeting)
        for owed in desk.meetings.gate(meeting.id):
            if office.dice.random() < 0.8:
                desk.meetings.waive(meeting.id, owed.key, "not before next week")
        office.moment.forward(70)
        if desk.meetings.close(meeting.id).state == "draft":
            tomorrow = office.at(office.later(1), "09:20")
            office.timeline.plan(tomorrow, lambda: self._settle(desk, meeting.id))

    def _agree_exits(self, desk: Desk, meeting: Meeting) -> None:
        """Where flags are looked at, the red ones of earlier weeks get their exit criterion at last."""
        for number, owed in enumerate(desk.meetings.gate(meeting.id)):
            flag = desk.read.get(Score, owed.ref) if owed.key.startswith("flag:") else None
            if flag is None or flag.meeting == meeting.id:
                continue
            if (flag.customer, flag.measure) in self._office.staged:
                desk.meetings.waive(meeting.id, owed.key, "their answer is not there yet")
            else:
                desk.scores.complete(flag.id, exit=EXITS[number % len(EXITS)])

    def _settle(self, desk: Desk, id: str) -> None:
        for owed in desk.meetings.gate(id):
            desk.meetings.waive(id, owed.key, "cleared up by mail")
        desk.meetings.settle(id)
