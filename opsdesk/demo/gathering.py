"""How a meeting goes at Northwind Systems: who comes late, what is said, what is put off, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from opsdesk.core.actions import Action
from opsdesk.core.cadence import Occurrence
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.scores import Score
from opsdesk.demo.company import USER
from opsdesk.demo.office import Office
from opsdesk.demo.sheet import Sheet
from opsdesk.demo.staged import DAILY, FLAGGED
from opsdesk.demo.talk import DECISIONS, EXITS, ITEMS, NOTES
from opsdesk.demo.work import TASKS
from opsdesk.desk import Desk
from opsdesk.insight.carryover import escalations

SKIPPED = ("half the team at a customer's", "public holiday in two sites", "release night went long")
WEIGHED = {"daily-operations-sync": 0.34, "operations-engineering-sync": 0.55}
USUAL = 0.6
CALLED_IN = {"escalation-review": ("sue", "ana", "tom", "raj")}
DELAYED = 3  # the section of the daily about delayed deliveries
BRISK, PACES = (0.5, 0.6, 0.7, 0.8, 0.85), (0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.4)
WEEK = timedelta(weeks=1)
LATELY = timedelta(weeks=3)


class Gathering:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._sheet = Sheet(office)
        self._last: set[str] = set()  # the meetings that are the last of their series: in them something is always said

    def plan(self) -> None:
        """Everything that meets today, put on the timeline."""
        office = self._office
        midnight = office.at(office.today(), "00:00")
        for occurrence in office.desk().cadence.between(midnight, midnight + timedelta(days=1)):
            late = office.dice.choice((0, 0, 0, 1, 2, 4, 7))
            office.timeline.plan(occurrence.start + timedelta(minutes=late), self._held(occurrence))

    def _held(self, occurrence: Occurrence) -> Callable[[], None]:
        def act() -> None:
            if self._office.dice.random() < 0.05 and self._office.ends - self._office.today() > WEEK:
                why = self._office.draw(SKIPPED)
                self._office.desk().meetings.skip(occurrence.agenda, occurrence.planned, why, occurrence.customer)
            else:
                self._meet(occurrence)

        return act

    def _is_last(self, occurrence: Occurrence) -> bool:
        office = self._office
        if office.ends - office.today() > LATELY:
            return False
        following = office.desk().cadence.next(occurrence.agenda, occurrence.start, occurrence.customer)
        return following is None or following.start >= office.at(office.ends, "00:00")

    def _meet(self, occurrence: Occurrence) -> None:
        host = self._office.desk()
        started = host.meetings.start(occurrence.agenda, customer=occurrence.customer, scheduled=occurrence.start)
        started = self._stand_in(host, started)
        if self._is_last(occurrence):
            self._last.add(started.id)
        desk = self._office.desk(started.minute_taker or host.by)
        self._call_in(desk, started)
        self._roll_call(desk, started)
        broken_off = self._office.dice.random() < 0.03 and started.id not in self._last
        for place, section in enumerate(started.sections):
            self._discuss(desk, started, place, section)
            if broken_off and place == 1:
                desk.meetings.adjourn(started.id, "outage at two customers, everybody is needed")
                return
            desk.meetings.next(started.id, of=place)
        self._close(desk, started)

    def _stand_in(self, desk: Desk, meeting: Meeting) -> Meeting:
        """For a chair or a minute-taker who is away."""
        if self._office.is_away(meeting.chair):
            meeting = desk.meetings.hand_over(meeting.id, "chair", USER)
        if self._office.is_away(meeting.minute_taker):
            meeting = desk.meetings.hand_over(meeting.id, "minute_taker", USER)
        return meeting

    def _call_in(self, desk: Desk, meeting: Meeting) -> None:
        """Those whom no department names: who is called in, and the customer whose call it is."""
        for who in (*CALLED_IN.get(meeting.agenda, ()), *filter(None, [meeting.customer])):
            desk.meetings.attend(meeting.id, who, "present")
        if not meeting.chair:
            desk.meetings.hand_over(meeting.id, "chair", USER)

    def _roll_call(self, desk: Desk, meeting: Meeting) -> None:
        office = self._office
        for each in meeting.attendance[1:]:  # as they were expected; nobody who was called in stays away
            luck = office.dice.random()
            if luck < 0.06 or office.is_away(each.who):
                desk.meetings.attend(meeting.id, each.who, "apologies")
            elif luck < 0.12:
                desk.meetings.attend(meeting.id, each.who, "absent")
                office.moment.forward(150)
                desk.meetings.attend(meeting.id, each.who, "present")

    def _discuss(self, desk: Desk, meeting: Meeting, place: int, section: Section) -> None:
        """One section: it takes about its time, and now and then much longer, where there is no hard cap."""
        office = self._office
        seconds = section.seconds * office.dice.choice(BRISK if meeting.hard_cap else PACES)
        office.moment.forward(seconds / 3)
        said = self._say(desk, meeting, place)
        then = office.moment.now + timedelta(seconds=int(seconds / 3))
        said = self._sheet.review(desk, meeting, section) or said
        said = self._flag(desk, meeting, place) or said
        self._settle_escalated(desk, meeting, section)
        office.moment.now = max(then, office.moment.now)
        said = self._decide(desk, meeting, place) or said
        self._items(desk, meeting, place, section)
        office.moment.forward(seconds / 3)
        if not said and not desk.meetings.reported(meeting.id, place):
            desk.meetings.outcome(meeting.id)

    def _say(self, desk: Desk, meeting: Meeting, place: int) -> bool:
        office = self._office
        often = 1 if meeting.id in self._last else WEIGHED.get(meeting.agenda, USUAL)
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
        often = 1 if meeting.id in self._last else 0.3
        if place != 1 or meeting.agenda not in DECISIONS or office.dice.random() > often:
            return False
        desk.meetings.decide(meeting.id, office.draw(DECISIONS[meeting.agenda]))
        return True

    def _flag(self, desk: Desk, meeting: Meeting, place: int) -> bool:
        """One flag goes up in the last daily."""
        if meeting.agenda != DAILY or meeting.id not in self._last or place != DELAYED:
            return False
        customer, measure = FLAGGED
        desk.meetings.flag(meeting.id, f"#{customer} {measure} orange the second warehouse went live without stock")
        return True

    def _settle_escalated(self, desk: Desk, meeting: Meeting, section: Section) -> None:
        """About every other thing that was sent up is decided."""
        if section.board != "escalations":
            return
        office, scene = self._office, desk.scene()
        items, actions = desk.read.live(Item), desk.read.live(Action)
        for sent in escalations(items, actions, scene.agendas, scene.now, scene.settings):
            decided = office.dice.random() < 0.5 and sent.to == meeting.agenda
            if decided and sent.record.id not in office.staged:
                self._decided(desk, meeting, sent.record)

    def _decided(self, desk: Desk, meeting: Meeting, record: Action | Item) -> None:
        if isinstance(record, Item):
            desk.items.settle(record.id, "decided in the review", meeting.id)
        else:
            desk.actions.done(record.id)

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
