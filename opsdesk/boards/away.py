"""Who is away and who is on call this week, and what nobody covers then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from opsdesk.boards.clauses import Clause, clauses, count, listed
from opsdesk.boards.conflicting import conflicts
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.registered import beside, found, worst
from opsdesk.boards.table import Weight
from opsdesk.boards.words import day, short_day
from opsdesk.core.actions import Action
from opsdesk.core.registers.absences import REGISTER, Absence
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.spans import away
from opsdesk.insight.cover import AHEAD, Held, Uncovered, duties, uncovered, unmanned

FIRST = -1
NOTHING = Uncovered()


def find(table: Table) -> Iterable[Found]:
    """Only for the team: it is about single persons."""
    if table.scene.audience != "team":
        return
    recorded = table.reader.live(Absence)
    near = [each for each in recorded if each.what == "away" and _near(each, table.today)]
    yield from _away(table, near, recorded)
    yield from _on_call(table, recorded)


def _near(absence: Absence, today: date) -> bool:
    starts, ends = absence.starts or today, absence.ends or today
    return ends >= today and (starts - today).days < AHEAD


def _away(table: Table, near: Sequence[Absence], recorded: Sequence[Absence]) -> Iterable[Found]:
    held = _held(table) if near else Held()
    named = conflicts(table) if near else {}
    look = table.scene.look
    for n, each in enumerate(sorted(near, key=lambda each: REGISTER.order(each, look))):
        open_to = uncovered(each, recorded, held, table.today)
        own = _weight(table, each, open_to)
        said, weight = beside(_reason(table, each, open_to), own, named.get(each.id, ()))
        yield _line(table, each, "away", said, weight, n)


def _weight(table: Table, absence: Absence, open_to: Uncovered) -> Weight:
    grave = bool(open_to.incidents or open_to.on_call) and absence.on(table.today)
    left: Weight = "none" if open_to == NOTHING else "orange"
    return "red" if grave else worst(left, REGISTER.weight(absence, table.scene.look))


def _held(table: Table) -> Held:
    live = table.reader.live
    return Held(
        incidents=live(Incident),
        actions=live(Action),
        deliveries=live(Delivery),
        components=live(Component),
        environments=live(Environment),
    )


def _reason(table: Table, absence: Absence, open_to: Uncovered) -> tuple[Clause, ...]:
    """away until Fri, on call Wed and nobody else is, I-3 is theirs, nobody covers: 2 promises due, component Login."""
    return clauses(
        _lasts(table, absence),
        _left_on_call(open_to.on_call, table.today),
        _theirs(open_to.incidents),
        _cover(table, absence, open_to),
    )


def _left(open_to: Uncovered) -> list[str]:
    """What nobody has meanwhile, the worst first."""
    promises = f"{count(len(open_to.promises), 'promise')} due" if open_to.promises else ""
    return list(
        filter(
            None,
            (promises, _naming("component", open_to.components), _naming("environment", open_to.environments)),
        )
    )


def _naming(what: str, names: Sequence[str]) -> str:
    return f"{what}{'s' * (len(names) > 1)} {listed(names)}" if names else ""


def _left_on_call(bare: Sequence[date], today: date) -> Clause | str:
    if not bare:
        return ""
    return Clause(f"on call {_first(bare, today)} and nobody else is", "none on call")


def _theirs(incidents: Sequence[str]) -> str:
    return f"{listed(incidents)} {'is' if len(incidents) == 1 else 'are'} theirs" if incidents else ""


def _lasts(table: Table, absence: Absence) -> Clause:
    starts, ends, today = absence.starts or table.today, absence.ends or table.today, table.today
    until = "today" if ends == today else f"until {_soon(ends, today)}"
    if starts <= today:
        return Clause(f"away {until}", until)
    first = _soon(starts, today)
    if starts == ends:
        return Clause(f"away {first}", first)
    return Clause(f"away from {first} to {_soon(ends, today)}", f"from {first}")


def _cover(table: Table, absence: Absence, open_to: Uncovered) -> Clause:
    """ "nobody covers: 2 promises due, component Login", in few words the first of it."""
    left = _left(open_to)
    what = f": {', '.join(left)}" if left else ""
    few = left[0] if left else ""
    if not absence.cover:
        return Clause(f"nobody covers{what}", few or "nobody covers")
    cover = table.person(absence.cover)
    if open_to.cover_away:
        return Clause(f"{cover}, who covers, is away too{what}", few or "cover away too")
    return Clause(f"{cover} covers", "covered")


def _on_call(table: Table, recorded: Sequence[Absence]) -> Iterable[Found]:
    """Who is on call now, and on the line of the last before a gap that there is one."""
    held, bare, today = duties(recorded, table.today), unmanned(recorded, table.today), table.today
    before = _before_gap(held, bare)
    shown = [each for each in held if each.on(today) or each is before]
    for n, each in enumerate(shown):
        is_here = each is before
        gap = _gap(each, bare, today) if is_here else ""
        near = bool(bare) and bare[0] - today <= timedelta(days=1)
        weight: Weight = ("red" if near else "orange") if is_here else "none"
        yield _line(table, each, "on call", clauses(*_duty(each, today), gap), weight, len(recorded) + n)


def _before_gap(held: Sequence[Absence], bare: Sequence[date]) -> Absence | None:
    """The duty that ends last before it, else the one that is next."""
    if not bare:
        return None
    begun = [each for each in held if each.starts is not None and each.starts <= bare[0]]
    if begun:
        return max(begun, key=lambda each: each.ends or date.min)
    return min(held, key=lambda each: each.starts or date.max)


def _gap(duty: Absence, bare: Sequence[date], today: date) -> Clause:
    """Of the duty before the gap, or of one whose holder is away meanwhile."""
    but = "but away, " if duty.on(bare[0]) else ""
    return Clause(f"{but}nobody is on call {_first(bare, today)}", f"none on call {_soon(bare[0], today)}")


def _first(bare: Sequence[date], today: date) -> str:
    """Today and 6 more days; Mon."""
    more = len(bare) - 1
    return _soon(bare[0], today) + (f" and {more} more day{'s' * (more > 1)}" if more else "")


def _soon(day: date, today: date) -> str:
    return away(day, today) if 0 <= (day - today).days <= 1 else short_day(day, today)


def _duty(duty: Absence, today: date) -> tuple[Clause, ...]:
    starts, ends = duty.starts or today, duty.ends or today
    if ends < today:
        return clauses(Clause(f"was on call until {day(ends, today)}", f"until {short_day(ends, today)}"))
    if starts > today:
        return clauses(Clause(f"on call from {day(starts, today)}", f"from {_soon(starts, today)}"))
    until = "today" if ends == today else f"until {_soon(ends, today)}"
    return clauses(Clause(f"on call {until}", until))


def _line(table: Table, absence: Absence, what: str, said: Sequence[Clause], weight: Weight, place: int) -> Found:
    laid = found(table, REGISTER, absence, said, weight, (FIRST, place))
    name = table.person(absence.person)
    return msgspec.structs.replace(laid, line=msgspec.structs.replace(laid.line, text=f"{name} {what}", owner=""))
