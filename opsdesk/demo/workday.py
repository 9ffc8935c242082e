"""A working day at the desks: what is started, finished, put off, or waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from opsdesk.core.actions import Action
from opsdesk.core.errors import OpsDeskError
from opsdesk.demo.company import COLLEAGUES, Colleague
from opsdesk.demo.office import Office
from opsdesk.demo.talk import DROPPED, REASONS, WAITS
from opsdesk.demo.work import BY_THE_WAY

SPREAD = 0.55
MOST_SLIPS = 3


class Workday:
    def __init__(self, office: Office) -> None:
        self._office = office

    def plan(self) -> None:
        """Everything of today, put on the timeline."""
        office = self._office
        day = office.today()
        for number, colleague in enumerate(COLLEAGUES):
            office.timeline.plan(office.at(day, "08:40", 4 * number), self._morning(colleague))
        for _ in range(office.dice.choice((0, 1, 1, 2))):
            office.timeline.plan(office.at(day, "11:00", office.dice.uniform(0, 280)), self._by_the_way)
        office.timeline.plan(office.at(day, "15:50"), self._look_ahead)

    def _morning(self, colleague: Colleague) -> Callable[[], None]:
        def act() -> None:
            if self._office.is_away(colleague.handle):
                return
            mine = self._office.open_actions(colleague.handle)
            started = [a for a in mine if a.state == "started"]
            ready = [a for a in mine if a.state == "ready"]
            for action in ready[: max(colleague.load - len(started), 0)]:
                self._start(action, colleague)

        return act

    def _start(self, action: Action, colleague: Colleague) -> None:
        """Begun today, and finished after a time that is spread as such times are: few are quick, some very slow."""
        office = self._office
        office.desk(colleague.handle).actions.start(action.id)
        days = max(colleague.pace * office.dice.lognormvariate(0, SPREAD), 0.1)
        end = office.later(int(days)) if days >= 1 else office.today()
        at = max(office.at(end, "09:40", 400 * (days % 1)), office.moment() + timedelta(minutes=25))
        office.timeline.plan(at, self._finish(action.id, colleague.handle))
        if days > 2 and office.dice.random() < 0.25:
            office.timeline.plan(office.at(office.later(1), "10:20"), self._wait(action.id, colleague.handle))

    def _finish(self, id: str, owner: str) -> Callable[[], None]:
        def act() -> None:
            if self._office.is_away(owner):
                self._office.timeline.plan(self._office.at(self._office.later(1), "09:40"), self._finish(id, owner))
            elif self._open(id):
                self._office.desk(owner).actions.done(id)

        return act

    def _wait(self, id: str, owner: str) -> Callable[[], None]:
        def act() -> None:
            office = self._office
            if self._open(id) and not office.is_away(owner):
                office.desk(owner).actions.wait(id, office.draw(WAITS), office.later(2))

        return act

    def _by_the_way(self) -> None:
        office = self._office
        client = office.client()
        task = office.fresh(BY_THE_WAY, client)
        if task:
            typist = office.dice.choice(("sue", "raj", "ana", task.owner))
            office.desk_for(typist).actions.capture(office.sentence(task, client))

    def _look_ahead(self) -> None:
        """What was put off three times is settled; what is due is often given a new date, and sometimes dropped."""
        office = self._office
        near = office.later(1)
        for action in office.open_actions():
            luck = office.dice.random()
            if action.must_choose:
                self._choose(action, luck)
            elif action.due and action.due <= near and luck < 0.25 and len(action.slips) < MOST_SLIPS:
                self._put_off(action)
            elif action.state == "ready" and action.slips and not action.promise and luck > 0.85:
                office.desk_for(action.owner).actions.drop(action.id, office.draw(DROPPED))

    def _put_off(self, action: Action) -> None:
        office = self._office
        due = office.later(office.dice.choice((2, 3, 5)))
        office.desk_for(action.owner).actions.redate(action.id, due, office.draw(REASONS))

    def _choose(self, action: Action, luck: float) -> None:
        office = self._office
        if luck < 0.35:
            office.desk_for(action.owner).actions.drop(action.id, office.draw(DROPPED))
        elif luck < 0.6:
            office.desk().actions.escalate(action.id, "put off three times")
        elif luck < 0.9:
            office.desk_for(action.owner).actions.done(action.id)

    def _open(self, id: str) -> bool:
        try:
            action = self._office.desk().read.get(Action, id)
        except OpsDeskError:
            return False
        return action.live
