"""What a customer was told and what is done for it: promises and how they were kept, open actions, deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from opsdesk.core.actions import Action
from opsdesk.core.customerpage import PageLine, PagePart
from opsdesk.core.dates import readable
from opsdesk.core.register import Weight
from opsdesk.core.registers.deliveries import REGISTER, Delivery
from opsdesk.core.spans import days, named
from opsdesk.insight.customer_seen import Seen
from opsdesk.insight.promises import UNSAID, WEEKS, keeping, was_kept
from opsdesk.insight.reviewed import times

REASONS = 2
"""So many reasons of promises that were not kept are named."""


def promises(seen: Seen, actions: Sequence[Action]) -> PagePart:
    """Open ones; before the customer also those that were done in the last 8 weeks."""
    promised = [each for each in actions if each.promise]
    today = seen.look.today
    found = sorted((each for each in promised if each.live), key=lambda each: _harm(each, today))
    lines = [_line(seen, each) for each in found]
    if seen.listened:
        done = sorted((each for each in promised if _recent(seen, each)), key=_finished, reverse=True)
        lines += [_done(seen, each) for each in done]
    return PagePart(name="promises", lines=tuple(lines), summary=_kept(seen, promised))


def actions_of(seen: Seen, actions: Sequence[Action]) -> PagePart:
    """The open ones that nobody has promised."""
    today = seen.look.today
    found = sorted((each for each in actions if each.live and not each.promise), key=lambda each: _harm(each, today))
    return PagePart(name="actions", lines=tuple(_line(seen, each) for each in found))


def deliveries(seen: Seen) -> PagePart:
    found = seen.theirs(REGISTER, seen.reader.live(Delivery))
    since = seen.look.today - timedelta(weeks=WEEKS)
    over = seen.reader.where(
        Delivery,
        lambda each: each.delivered is not None and each.delivered >= since,
        customer=seen.handle,
        state="delivered",
    )
    lines = [seen.line(REGISTER, each, reason=_told(seen, each) if seen.listened else None) for each in found]
    return PagePart(name="deliveries", lines=tuple(lines), summary=_delivered(over))


def _told(seen: Seen, delivery: Delivery) -> str:
    """What the customer knows already: the date that it was told, and whether it is begun."""
    told = delivery.told or delivery.promised
    return " · ".join(filter(None, (f"for {named(told, seen.look.today)}" if told else "", delivery.state)))


def _delivered(over: Sequence[Delivery]) -> str:
    if not over:
        return ""
    promised = [each for each in over if each.promised]
    kept = sum(bool(each.delivered and each.promised and each.delivered <= each.promised) for each in promised)
    on_time = f", {kept} of {len(promised)} on the day promised" if promised else ""
    return f"{len(over)} delivered in {WEEKS} weeks{on_time}"


# promises and actions


def _line(seen: Seen, action: Action) -> PageLine:
    today = seen.look.today
    reason = " · ".join(filter(None, (_when(action, today), *(() if seen.listened else _trail(seen, action)))))
    return PageLine(
        id=action.id,
        text=seen.heard(action.title),
        reason=seen.heard(reason),
        weight=_weight(action, today),
        owner=seen.person(action.owner),
    )


def _when(action: Action, today: date) -> str:
    """The date that counts, as in "promise broken Fri 20 Nov, now tomorrow"."""
    first, due = action.first_due, action.due
    now = f", now {named(due, today)}" if due and due != first and due >= today else ""
    if action.broken(today) and first is not None:
        return f"promise broken {readable(first, today)}{now}"
    if action.promise and today in (due, first):
        return "promised for today"
    if due is None:
        return "no date"
    if due < today:
        return f"overdue {days((today - due).days)}"
    return f"{'promised for' if action.promise else 'due'} {named(due, today)}"


def _trail(seen: Seen, action: Action) -> list[str]:
    on = seen.people.name(action.waiting_on) if seen.team else "somebody"
    waits = f"waits on {on}" if action.state == "waiting" and action.waiting_on else ""
    state = waits or ("" if action.state == "ready" else action.state)
    carried = f"re-listed {times(len(action.relisted))}" if action.relisted else ""
    return [state, carried, "escalated" if action.escalated else ""]


def _harm(action: Action, today: date) -> tuple[int, date]:
    places: dict[Weight, int] = {"red": 0, "orange": 1, "green": 2, "none": 2}
    counts = action.first_due if action.promise else action.due
    return places[_weight(action, today)], counts or date.max


def _weight(action: Action, today: date) -> Weight:
    if action.broken(today) or action.overdue(today) or action.must_choose:
        return "red"
    return "orange" if action.live and today in (action.due, action.first_due if action.promise else None) else "none"


# how they were kept


def _kept(seen: Seen, promised: Sequence[Action]) -> str:
    """As in "kept 6 of 8 in 8 weeks (75 %); late: waited on the vendor (2)"; before the customer its lines say it."""
    found = keeping(promised, seen.look.today, seen.zone)
    if seen.listened or not found.due:
        return ""
    told = f"kept {found.kept} of {found.due} in {WEEKS} weeks ({found.percent} %)"
    reasons = [f"{why} ({count})" for why, count in found.reasons if why != UNSAID] if seen.team else []
    late = f"; late: {', '.join(reasons[:REASONS])}" if reasons else ""
    return told + late


def _finished(action: Action) -> float:
    return action.finished.timestamp() if action.finished else 0


def _recent(seen: Seen, action: Action) -> bool:
    since = seen.look.today - timedelta(weeks=WEEKS)
    return action.state == "done" and action.finished is not None and seen.day(action.finished) >= since


def _done(seen: Seen, action: Action) -> PageLine:
    today, kept = seen.look.today, was_kept(action, seen.zone)
    on = named(seen.day(action.finished), today) if action.finished else ""
    late = "" if kept or action.first_due is None else f", promised for {named(action.first_due, today)}"
    return PageLine(
        id=action.id,
        text=seen.heard(action.title),
        reason=f"kept: done {on}" if kept else f"done {on}{late}",
        weight="green" if kept else "none",
    )
