"""A line turned into something else: a record of one kind leads to an action, an incident or an escalation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from opsdesk.core import filling
from opsdesk.core.actions import Action
from opsdesk.core.clocks import current_section
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.core.register import Look, Registered
from opsdesk.core.registers import register_of, registers
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.said import said_text
from opsdesk.core.scores import Score
from opsdesk.desk.beside import write_beside
from opsdesk.desk.naming import shape_at
from opsdesk.insight.carryover import goes_to

if TYPE_CHECKING:
    from opsdesk.core.ports import Work
    from opsdesk.core.record import Record
    from opsdesk.desk.context import Context

Into = Literal["action", "incident", "escalation"]
Source = Registered | Action | Item | Score
Made = Action | Registered | Item
INTO: tuple[Into, ...] = ("action", "incident", "escalation")


class Turning:
    def __init__(self, context: Context) -> None:
        self._context = context

    def turn(self, id: str, into: Into, *, meeting: str = "", section: str = "", why: str = "") -> Made:
        """What the record of this id led to; it names its source, and its source names it. One transaction.

        An action or an agenda item is escalated itself; of anything else an item goes to the agenda that escalations go
        to. `why`: the reason of an escalation. Raises NotFound, and Invalid for what cannot be turned into that.
        """
        place = self._context.store.get(Meeting, meeting) if meeting else None
        section = section or (current_section(place).title if place else "")
        with self._context.work(f"Turn {id} into an {into}", meeting=meeting, section=section) as work:
            source = _turnable(id, into, work.get(shape_at(id), id))
            if into == "escalation":
                return self._escalate(work, source, place, section, why)
            made: Made = work.add(self._made(source, into, place, section))
            _link(work, source, made.id)
            write_beside(work, None, made, Look(self._now(place), self._context.settings), self._context.by)
            return made

    def _made(self, source: Source, into: Into, place: Meeting | None, section: str) -> Action | Registered:
        now = self._now(place)
        origin = {
            "agenda": place.agenda if place else "",
            "meeting": place.id if place else "",
            "section": section,
            "created": now,
            "created_by": self._context.by,
            "came_of": source.id,
        }
        about, whose = _title(source), _customers(source)
        if into == "action":
            whose = whose or ((place.customer,) if place and place.customer else ())
            customer = whose[0] if len(whose) == 1 else ""
            due = self._context.today(now) + timedelta(self._context.settings.due_days)
            about = f"Follow up {source.id} {about}" if isinstance(source, Incident) else about
            return Action(title=about, owner=_owner(source), due=due, customer=customer, **origin)
        values = {"title": about, "customers": whose, "owner": _owner(source), **_hit(source), **origin}
        return filling.made(registers()["incidents"], values, Look(now, self._context.settings))

    def _escalate(self, work: Work, source: Source, place: Meeting | None, section: str, why: str) -> Made:
        now = self._now(place)
        if isinstance(source, Action):
            from opsdesk.core import progress

            return work.put(progress.escalate(source, why, now))
        if isinstance(source, Item):
            return work.put(replace(source, escalated=now, why=why or source.why))
        whose = _customers(source)
        item = Item(
            text=_title(source),
            agenda=place.agenda if place else getattr(source, "agenda", ""),
            section=section or source.section,
            opened=now,
            meeting=place.id if place else "",
            by=self._context.by,
            ref=source.id,
            customer=whose[0] if len(whose) == 1 else "",
            why=why,
            escalated=now,
        )
        if not goes_to(item, self._context.agendas):
            raise Invalid("No agenda takes up escalations.", 'Name one: escalates_to = "…" in an agenda file.')
        if work.where(Item, ref=source.id, state="open"):
            raise Invalid(f"{source.id} is on an agenda already.", "Escalate that item.")
        made = work.add(item)
        _link(work, source, made.id)
        return made

    def _now(self, place: Meeting | None) -> Any:
        """In a meeting never before its last event."""
        now = self._context.clock()
        return max(now, place.last) if place else now


def _turnable(id: str, into: str, record: Record) -> Source:
    """Raises Invalid for what is nothing that somebody could do, mend or escalate."""
    if into not in INTO:
        raise Invalid(f'Nothing is turned into "{into}".', f"There are {', '.join(INTO)}.")
    if isinstance(record, TimelineEntry) or not isinstance(record, Registered | Action | Item | Score):
        raise Invalid(f"{id} is not turned into an {into}.", "Choose a line that is on the table.")
    if record.kind == f"{into}s" or (isinstance(record, Action | Item) and into == "escalation" and not record.live):
        raise Invalid(f"{id} is {'an ' + into if record.kind == f'{into}s' else 'settled'} already.")
    return record


def _link(work: Work, source: Source, made: str) -> None:
    """The source names what it led to; an item is about it from now on, where it was about nothing."""
    if isinstance(source, Item):
        if not source.ref:
            work.put(replace(source, ref=made))
    elif isinstance(source, Registered | Action):
        work.put(replace(source, led_to=(*source.led_to, made)))


def _title(source: Source) -> str:
    if isinstance(source, Registered):
        register = register_of(type(source))
        return register.text_of(source) if register else source.id
    return said_text(source)


def _owner(source: Source) -> str:
    register = register_of(type(source))
    if register is not None:
        return str(source[register.owner]) if register.owner else ""
    return str(getattr(source, "owner", ""))


def _customers(source: Source) -> tuple[str, ...]:
    register = register_of(type(source))
    value: Any = source[register.customer] if register and register.customer else getattr(source, "customer", "")
    return value if isinstance(value, tuple) else tuple(filter(None, (value,)))


def _hit(source: Source) -> dict[str, Any]:
    """Of a record that says so: which components, and how bad it is."""
    if not isinstance(source, Registered):
        return {}
    component = getattr(source, "component", "")
    found = {
        "components": getattr(source, "components", ()) or ((component,) if component else ()),
        "sev": getattr(source, "severity", 0),
        "workaround": getattr(source, "workaround", ""),
    }
    return {name: value for name, value in found.items() if value}
