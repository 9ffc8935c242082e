"""The keys of the score sheet: each one intent to the desk, for the cell under the cursor."""

from __future__ import annotations

from msgspec.structs import replace

from opsdesk.ui.commands import Situation
from opsdesk.ui.commands.scores import SCORED
from opsdesk.ui.scores.judging import override_mode
from opsdesk.ui.scores.listed import ScoreList
from opsdesk.ui.scores.standing import LISTENED
from opsdesk.ui.scores.typing import exit_mode, level_mode, owner_mode, plan_mode
from opsdesk.ui.typing.modes import action_mode

NO_FLAG = "only a red or orange flag has an owner, an exit and a plan"


class ScoreKeys(ScoreList):
    """What is said goes to the desk in one step each, and one `z` takes it back."""

    def situation(self) -> Situation:
        now = super().situation()
        row = self.row
        if self.hidden or row is None:
            refused = dict.fromkeys(SCORED, LISTENED if self.hidden else "no customer is listed")
            return replace(now, line="", refused={**now.refused, **refused})
        score = row.cells[self.matrix.column]
        refused = {} if score and score.flag else dict.fromkeys(("flag_owner", "flag_exit", "flag_plan"), NO_FLAG)
        labels = {"cell_history": "history", "flag_owner": "owner", "flag_plan": "plan date", "judge": "override"}
        if self.moved:
            labels["order_sheet"] = "sort again"
        line = score.id if score else row.customer.id
        return replace(now, line=line, refused={**now.refused, **refused}, labels={**now.labels, **labels})

    # how it is

    def do_set_level(self) -> None:
        self.say("r red · o orange · g green · u unknown: then one line that says why, and Enter")

    def do_set_red(self) -> None:
        self.type(level_mode(self, self.cell, "red"))

    def do_set_orange(self) -> None:
        self.type(level_mode(self, self.cell, "orange"))

    def do_set_green(self) -> None:
        self.type(level_mode(self, self.cell, "green"))

    def do_set_unknown(self) -> None:
        self.type(level_mode(self, self.cell, "unknown"))

    # what a flag owes, and what the customer is judged to be

    def do_flag_owner(self) -> None:
        cell = self.cell
        if cell.score is not None:
            self.type(owner_mode(self, cell, cell.score))

    def do_flag_exit(self) -> None:
        cell = self.cell
        if cell.score is not None:
            self.type(exit_mode(self, cell, cell.score))

    def do_flag_plan(self) -> None:
        cell = self.cell
        if cell.score is not None:
            self.type(plan_mode(self, cell, cell.score))

    def do_judge(self) -> None:
        self.type(override_mode(self, self.cell))

    def do_action_for(self) -> None:
        """Begun with the customer; the cursor stands in front, for what is to be done."""
        self.type(replace(action_mode(self), text=f"#{self.cell.handle}", id=f"action #{self.cell.handle}"))

    # what is looked at

    def do_cell_history(self) -> None:
        from opsdesk.ui.screens.cell_history import History

        cell = self.cell
        self.app.push_screen(History(cell.handle, cell.measure.name))

    def open_row(self, key: str) -> None:
        if key and self.answers():
            self.run_command("customer_page")

    def do_customer_page(self) -> None:
        """Its page, where there is one; else the record."""
        row = self.row
        if row is None:
            return
        page = getattr(self.home, "open_customer", None)
        if page is not None:
            page(row.customer.handle)
        else:
            self.home.open_record(row.customer.id)
