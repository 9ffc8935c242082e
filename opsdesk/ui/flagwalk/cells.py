"""The keys of the Room that are meant for a cell of the score sheet: of the walk over the flags, of the scan before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from opsdesk.core.clocks import current_section
from opsdesk.core.flagwalk import Cell as Place
from opsdesk.core.flagwalk import Turn, Walk
from opsdesk.core.moves import FLAGS
from opsdesk.core.scores import Score
from opsdesk.core.settings import Measure
from opsdesk.ui.commands import COMMANDS, Situation
from opsdesk.ui.commands.walk import STAGES, staged
from opsdesk.ui.flagwalk.found import Found
from opsdesk.ui.flagwalk.typing import kept_mode, resolved_mode
from opsdesk.ui.room.listing import Listing
from opsdesk.ui.scores.listed import Cell
from opsdesk.ui.scores.scoring import Scoring
from opsdesk.ui.scores.typing import exit_mode, level_mode, owner_mode, plan_mode
from opsdesk.ui.typing.modes import action_mode

SHEET = "scores"
NO_CELL = "the line under the cursor is no cell of the sheet"
NO_FLAG = "only a red or orange flag has an owner, an exit and a plan"
OVER = "every flag has had its turn"
LEVELS = ("set_red", "set_orange", "set_green", "set_unknown")
OWING = ("give", "date", "flag_exit")
TURNING = {"done": "resolved", "date": "kept until", "give": "owner", "escalate": "escalate", "walk_skip": "skip"}
OWN = ("A-", "T-")  # lines that have verbs of their own


class CellKeys(Scoring, Listing):
    """`flags`: the walk as last read, None where the meeting is not at it; `scores`: those that stand here, by id.

    `section_read`: the index of the section that this was read in.
    """

    flags: Found | None = None
    section_read = -1
    scores: Mapping[str, Score] = {}

    # which stage it is

    @property
    def stage(self) -> str:
        meeting = self.meeting
        if meeting.closing is not None or meeting.state != "running" or self._listened:
            return self.NAME
        if self.flags is not None and self._walks:
            return "walk"
        return "scan" if current_section(meeting).board == SHEET else self.NAME

    @property
    def _walks(self) -> bool:
        return current_section(self.meeting).board == FLAGS

    @property
    def _listened(self) -> bool:
        """Whether a customer is in the room, who is not told how customers are judged."""
        return "customer" in (self.meeting.audience, self.home.glance.before.audience)

    @property
    def turn_now(self) -> Turn | None:
        """Of the flag whose turn it is, with its clock as it stands now."""
        return self.flags.turn(self.desk.now()) if self.flags and self.stage == "walk" else None

    @property
    def _elsewhere(self) -> bool:
        """Whether the cursor is on a line with verbs of its own."""
        return self.on.startswith(OWN)

    # what the keys mean

    def action_command(self, id: str) -> None:
        super().action_command(staged(id, self.situation(), COMMANDS))

    def run_command(self, id: str) -> None:
        """A key that means nothing here is no mistake."""
        here = self.situation().screen
        mine = next((each for each in COMMANDS if each.id == id), None)
        if mine is None or {here, STAGES.get(here, here), "everywhere", "typing"} & set(mine.where):
            super().run_command(id)

    def situation(self) -> Situation:
        now, stage = super().situation(), self.stage
        if stage not in STAGES:
            return now
        now = replace(now, screen=stage)
        return self._walking(now) if stage == "walk" else self._scanning(now)

    def _walking(self, now: Situation) -> Situation:
        turn = self.turn_now
        labels = {"next": "next flag" if turn else "next", "walk_skip": "skip"}
        if turn is None:
            refused = dict.fromkeys((*LEVELS, *TURNING, "flag_exit", "walk_oranges"), OVER)
        else:
            labels = {**labels, **TURNING}
            refused = {} if turn.score.flag else dict.fromkeys(OWING, NO_FLAG)
        if self._elsewhere:  # there x, t, @ and e are those of the line
            labels = {name: word for name, word in labels.items() if name in ("next", "walk_skip")}
            refused = {name: why for name, why in refused.items() if name not in TURNING or name == "walk_skip"}
        elif turn is not None:
            now = replace(now, line=turn.score.id)
        if self.flags is not None and turn is not None and not self.flags.walk.oranges:
            refused["walk_oranges"] = "no orange flag is left"
        return replace(now, labels={**now.labels, **labels}, refused={**now.refused, **refused})

    def _scanning(self, now: Situation) -> Situation:
        score = self.scores.get(self.on)
        if score is None:
            refused = dict.fromkeys((*LEVELS, "set_level", "flag_exit"), NO_CELL)
            return replace(now, refused={**now.refused, **refused})
        refused = {} if score.flag else dict.fromkeys(OWING, NO_FLAG)
        labels = {"give": "owner", "date": "plan date"}
        return replace(now, labels={**now.labels, **labels}, refused={**now.refused, **refused})

    # which cell is meant

    @property
    def score(self) -> Score | None:
        """Of the flag whose turn it is; on the scan of the line under the cursor."""
        if self.stage == "walk":
            return None if self._elsewhere or self.turn_now is None else self.turn_now.score
        return self.scores.get(self.on) if self.stage == "scan" else None

    @property
    def said_in(self) -> Mapping[str, str]:
        return {"meeting": self.meeting_id, "section": self.section_title}

    def cell_called(self, cell: Place) -> str:
        return f"{self.customer(cell[0])} {cell[1]}"

    def _cell(self, score: Score) -> Cell:
        measures = self.desk.settings.measures
        measure = next((each for each in measures if each.name == score.measure), Measure(name=score.measure))
        name = self.customer(score.customer)
        return Cell(handle=score.customer, name=name, measure=measure, score=score, computed=score.level)

    def _on_score(self, call: Callable[[Cell, Score], None]) -> bool:
        """Whether the key is meant for a cell."""
        score = self.score
        if score is not None:
            call(self._cell(score), score)
        return score is not None

    # how it is, and what it owes

    def do_set_level(self) -> None:
        self.say("r red · o orange · g green · u unknown: then one line that says why, and Enter")

    def do_set_red(self) -> None:
        self._on_turn(lambda cell, _: self.type(level_mode(self, cell, "red")))

    def do_set_orange(self) -> None:
        self._on_turn(lambda cell, _: self.type(level_mode(self, cell, "orange")))

    def do_set_green(self) -> None:
        """On the walk green is what resolves it."""
        turn = self.turn_now
        if turn is not None:
            self.type(resolved_mode(self, turn))
        else:
            self._on_turn(lambda cell, _: self.type(level_mode(self, cell, "green")))

    def do_set_unknown(self) -> None:
        self._on_turn(lambda cell, _: self.type(level_mode(self, cell, "unknown")))

    def do_flag_exit(self) -> None:
        self._on_turn(lambda cell, score: self.type(exit_mode(self, cell, score)))

    def _on_turn(self, call: Callable[[Cell, Score], None]) -> None:
        """Meant for the flag whose turn it is, wherever the cursor stands."""
        turn = self.turn_now
        if turn is not None:
            call(self._cell(turn.score), turn.score)
        else:
            self._on_score(call)

    def do_give(self) -> None:
        if not self._on_score(lambda cell, score: self.type(owner_mode(self, cell, score))):
            super().do_give()

    def do_date(self) -> None:
        turn = self.turn_now
        if turn is not None and not self._elsewhere:
            self.type(kept_mode(self, turn))
        elif not self._on_score(lambda cell, score: self.type(plan_mode(self, cell, score))):
            super().do_date()

    def do_done(self) -> None:
        turn = self.turn_now
        if turn is not None and not self._elsewhere:
            self.type(resolved_mode(self, turn))
        else:
            super().do_done()

    def do_escalate(self) -> None:
        turn = self.turn_now
        if turn is not None and not self._elsewhere:
            self.turn(turn.score.id, "escalation")
        else:
            super().do_escalate()

    def do_action(self) -> None:
        """For the customer whose flag is spoken of, who stands in the line already."""
        turn = self.turn_now
        if turn is None:
            super().do_action()
        else:
            who = f"#{turn.score.customer}"
            self.type(replace(action_mode(self), text=who, id=f"action {who}"))

    def then_comes(self, did: str, walk: Walk) -> str:
        """What was done, and whose turn it is now."""
        following = f"now {self.cell_called(walk.current.cell)}" if walk.current else "that was the last flag"
        return f"{did} · {following} · z undoes"
