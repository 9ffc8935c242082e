"""The score sheet as a whole: a customer's level judged otherwise than it computes, and what has to be said anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from opsdesk.core.errors import Invalid
from opsdesk.core.scores import Level
from opsdesk.desk.context import Context

if TYPE_CHECKING:
    from opsdesk.core.registers.overrides import Override
    from opsdesk.desk.registers import Registers
    from opsdesk.insight.prep import Owing


class Judging:
    def __init__(self, context: Context) -> None:
        self._context = context

    def override(
        self, customer: str, level: Level, why: str, until: date, *, meeting: str = "", section: str = ""
    ) -> Override:
        """A customer's level as it is judged, instead of the computed one, up to and with the day `until`.

        One that holds until now is ended by it, in the same transaction: `replaced_by` names it. Raises NotFound,
        Invalid without a reason, for a day that is past, for unknown.
        """
        if not why.strip():
            raise Invalid("An override needs a reason.", "Say why in one line.")
        if until < self._context.today():
            raise Invalid(f"{until} is past.", "Give a day from today on.")
        made = self._registers.add(
            "overrides", "", meeting=meeting, section=section, customer=customer, level=level, title=why, until=until
        )
        return cast("Override", made)

    def replaced_by(self, made: Override) -> tuple[Override, ...]:
        """The overrides that this one has ended."""
        from opsdesk.core.registers.overrides import Override, replaced_by

        why, whose = replaced_by(made.id), self._context.store.where(Override, customer=made.customer)
        return tuple(each for each in whose if not each.live and each.why == why)

    def lift(self, id: str, why: str = "", *, meeting: str = "", section: str = "") -> Override:
        """The computed level counts again: this override and every older one of the customer are lifted.

        Raises NotFound, Invalid where it is lifted already.
        """
        from opsdesk.core.registers.overrides import Override

        store = self._context.store
        whose = store.get(Override, id).customer
        others = [each.id for each in store.live(Override) if each.customer == whose and each.id != id]
        return cast("Override", self._registers.act([id, *others], "lift", why, meeting=meeting, section=section)[0])

    def prep(self, department: str = "", until: datetime | None = None) -> tuple[Owing, ...]:
        """Cells that are stale or not known, the longest unsaid first, of what this department keeps fresh.

        With `until` also what is stale by then, and flags that owe something. Raises NotFound for one that keeps no
        measure.
        """
        from opsdesk.core.register import Look
        from opsdesk.insight.prep import owing
        from opsdesk.insight.sheet import sheet

        look = Look(self._context.clock(), self._context.settings)
        return owing(sheet(self._context.store, look), look, department, until)

    @property
    def _registers(self) -> Registers:
        from opsdesk.desk.registers import Registers

        return Registers(self._context)
