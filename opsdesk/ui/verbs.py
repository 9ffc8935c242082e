"""The verbs of a line: what can be done to the record under the cursor, on whichever screen it stands."""

from __future__ import annotations

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import NotFound, OpsDeskError
from opsdesk.desk.actions import Actions
from opsdesk.ui.registerlines import RegisterLines
from opsdesk.ui.typing.modes import edit_mode, words_mode
from opsdesk.ui.typing.verbs import date_mode, give_mode, wait_mode


class LineVerbs(RegisterLines):
    """done · start · wait · give · date · escalate · drop, for an action, an agenda item or a record of a register.

    `meeting_id`: the meeting in which an item is settled; empty outside of one.
    """

    def refused(self, error: OpsDeskError) -> None:
        """Where the meeting itself is gone there is nothing to stay for."""
        if self.meeting_id and isinstance(error, NotFound) and not self.home.has(self.meeting_id):
            self.home.leave_gone(self.meeting_id)
        else:
            super().refused(error)

    def _action(self) -> Action:
        return self.desk.read.get(Action, self.on)

    @property
    def moves(self) -> Actions:
        return self.desk.actions.within(self.meeting_id, self.section_title)

    def do_done(self) -> None:
        if self.act_on("done"):
            return
        id = self.on
        self.intend(
            lambda: self.moves.done(id) if id.startswith("A-") else self.desk.items.settle(id, "", self.meeting_id),
            lambda _: f"{id} done · z undoes",
        )

    def do_start(self) -> None:
        if self.act_on("start"):
            return
        id = self.on
        self.intend(lambda: self.moves.start(id), self._started)

    def _started(self, action: Action) -> str:
        """With the warning of a WIP limit that is passed, which is for the team's eyes only."""
        team = self.home.room().audience == "team"
        warning = self.desk.actions.over_limit(action.owner) if team else ""
        return " · ".join(words for words in (f"{action.id} started", warning, "z undoes") if words)

    def do_wait(self) -> None:
        if not self.act_on("wait"):
            self.type(wait_mode(self, self._action()))

    def do_give(self) -> None:
        if not self.act_on("give"):
            self.type(give_mode(self, self._action()))

    def do_date(self) -> None:
        if not self.act_on("date"):
            self.type(date_mode(self, self._action()))

    def do_escalate(self) -> None:
        if self.act_on("escalate"):
            return
        id = self.on

        def call() -> object:
            if id.startswith("A-"):
                return self.moves.escalate(id)
            return self.desk.items.escalate(id, "", self.meeting_id)

        self.intend(call, lambda _: f"{id} goes to the Escalation Review · z undoes")

    def do_drop(self) -> None:
        if self.act_on("drop"):
            return
        id = self.on
        seen = self._action() if id.startswith("A-") else self.item(id)

        def call(why: str) -> object:
            if isinstance(seen, Action):
                return self.moves.drop(id, why, seen=seen)
            return self.desk.items.drop(id, why, self.meeting_id, seen=seen)

        self.type(
            words_mode(
                self,
                id=f"drop {id}",
                rev=seen.rev,
                label=f"drop {id}",
                hint="the reason",
                call=call,
                said=lambda _: f"{id} dropped · z undoes",
            )
        )

    def edit(self, id: str) -> bool:
        """Opens the entry for correction where it can be typed again; tells whether it can."""
        if id.startswith("A-"):
            self.type(edit_mode(self, self.desk.read.get(Action, id)))
            return True
        return False

    def item(self, id: str) -> Item:
        return self.desk.read.get(Item, id)
