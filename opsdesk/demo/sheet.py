"""The score sheet of Northwind Systems: filled once, then reviewed every Monday."""

from __future__ import annotations

from collections.abc import Sequence

from opsdesk.core.meeting import Meeting, Section
from opsdesk.core.scores import Level, Score
from opsdesk.demo.company import CLIENTS
from opsdesk.demo.office import Office
from opsdesk.demo.talk import BAD, EXITS, GOOD
from opsdesk.demo.walked import Walked
from opsdesk.desk import Desk

FILLED = 0.9
TROUBLED = {"initech", "umbrella", "globex"}


class Sheet:
    def __init__(self, office: Office) -> None:
        self._office = office

    def fill(self, desk: Desk) -> None:
        """The first sheet: mostly green, a few cells never said."""
        office = self._office
        for client in CLIENTS:
            for measure in desk.settings.measures:
                if office.dice.random() < FILLED:
                    self._set(desk, client.handle, measure.name, self._level(client.handle))
                    office.moment.forward(9)

    def review(self, desk: Desk, meeting: Meeting, section: Section) -> bool:
        """In the sections that look at flags: some are confirmed, some change; where they are walked something
        comes of each. True where anything was said.
        """
        if section.board not in ("scores", "flags"):
            return False
        office = self._office
        shown = [score for score in desk.read.live(Score) if score.level in ("red", "orange") and self._free(score)]
        walked = Walked(office, desk, meeting.id, section)
        for score in office.dice.sample(shown, k=min(len(shown), 10)):
            self._change(desk, score, meeting.id, section.title, walked)
        green = [score for score in desk.read.live(Score) if score.level == "green" and self._free(score)]
        for score in office.dice.sample(green, k=2):
            self._set(desk, score.customer, score.measure, "orange", meeting.id, section.title)
        walked.finish()
        return True

    def _free(self, score: Score) -> bool:
        return (score.customer, score.measure) not in self._office.staged

    def _change(self, desk: Desk, score: Score, meeting: str, section: str, walked: Walked) -> None:
        luck = self._office.dice.random()
        level: Level = score.level if luck < 0.6 else "green" if luck < 0.88 else "red"
        if level == "green" and walked.reaches((score.customer, score.measure)):
            desk.walk.resolved(meeting, self._office.draw(GOOD[score.measure]))
        else:
            self._set(desk, score.customer, score.measure, level, meeting, section)

    def _level(self, customer: str) -> Level:
        levels: Sequence[Level] = ("red", "orange", "green")
        weights = (2, 4, 5) if customer in TROUBLED else (0.2, 1.2, 14)
        return self._office.dice.choices(levels, weights)[0]

    def _set(self, desk: Desk, customer: str, measure: str, level: Level, meeting: str = "", section: str = "") -> None:
        """Two red flags in three get an owner, an exit criterion and a plan; the others owe them."""
        office = self._office
        words = office.draw((GOOD if level == "green" else BAD)[measure])
        plan = level == "red" and office.dice.random() < 0.65
        desk.scores.set(
            customer,
            measure,
            level,
            words,
            meeting=meeting,
            section=section,
            owner=next(c.owner for c in CLIENTS if c.handle == customer) if plan else "",
            exit=office.draw(EXITS) if plan else "",
            plan=office.later(office.dice.choice((5, 8, 12))) if plan else None,
        )
