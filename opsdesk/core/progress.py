"""How an action moves from one state to the next. Each raises Invalid where the rules forbid it."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from opsdesk.core.actions import Action, Slip, Told
from opsdesk.core.errors import Invalid
from opsdesk.core.quickentry import Draft


def done(action: Action, now: datetime) -> Action:
    """Finished now; one never started keeps no start, and has no cycle time."""
    return replace(_open(action), state="done", finished=now, waiting_on="", wait_until=None)


def start(action: Action, now: datetime) -> Action:
    """Work goes on; the first start counts, also after waiting."""
    if action.state == "started":
        raise Invalid(f"{action.id} is started already.")
    return replace(_open(action), state="started", started=action.started or now, waiting_on="", wait_until=None)


def wait(action: Action, on: str, until: date | None, today: date) -> Action:
    """Nothing can be done until somebody or something else has moved."""
    if not on.strip():
        raise Invalid(f"{action.id} waits on nobody.", "Say whom or what it waits on.")
    if until is not None and until < today:
        raise Invalid(f"{until} is past.", "Give a day from today on, or none.")
    return replace(_open(action), state="waiting", waiting_on=on, wait_until=until)


def give(action: Action, to: str) -> Action:
    """Another owner; who promised what stays as it was."""
    if action.owner == to:
        raise Invalid(f"{action.id} is with {to} already.")
    return replace(_open(action), owner=to)


def redate(action: Action, due: date | None, why: str, now: datetime, today: date) -> Action:
    """Another due date; the one before stays on record as a slip. A promise needs a date, and a reason to move it."""
    if _open(action).due == due:
        raise Invalid(f"{action.id} is due then already.")
    if due is not None and due < today:
        raise Invalid(f"{due} is past.", "Give a day from today on.")
    if action.promise and due is None:
        raise Invalid(f"{action.id} is a promise, and a promise has a date.", "Give the new one.")
    if action.promise and not why.strip():
        raise Invalid(f"{action.id} is a promise: its date is not moved without a reason.", "Say why in a few words.")
    slips = (*action.slips, Slip(was=action.due, at=now, why=why)) if action.due else action.slips
    return replace(action, due=due, slips=slips)


def agreed(mine: Action, now: Action) -> Action:
    """Mine, where somebody has moved the date to the same day already: it was moved once."""
    return replace(mine, slips=now.slips) if mine.due == now.due else mine


def moved_over(now: Action, mine: Action) -> Action:
    """Mine, whose date was moved from an older reading: what stays on record is the date that it takes the place of."""
    new = [slip for slip in mine.slips if slip not in now.slips]
    moved = [replace(slip, was=now.due) for slip in new if now.due and mine.due != now.due]
    return replace(mine, slips=(*now.slips, *moved))


def drop(action: Action, why: str) -> Action:
    """It will not be done."""
    if not why.strip():
        raise Invalid(f"{action.id} is not dropped without a reason.", "Say why in a few words.")
    return replace(_open(action), state="dropped", why=why, waiting_on="", wait_until=None)


def escalate(action: Action, why: str, now: datetime) -> Action:
    """To those who decide; it stays with its owner."""
    if action.escalated:
        raise Invalid(f"{action.id} is escalated already.")
    return replace(_open(action), escalated=now, why=why or action.why)


def reopen(action: Action) -> Action:
    """Done or dropped by mistake, or not for good."""
    if action.live:
        raise Invalid(f"{action.id} is still open.")
    return replace(action, state="started" if action.started else "ready", finished=None, why="")


def correct(action: Action, draft: Draft, told: Told | None, now: datetime, fresh: bool) -> Action:
    """As typed again. `fresh`: made today, so that nobody has relied on it yet.

    Later a changed date is a slip, and what a customer was told stays: the promise, and its date.
    """
    if action.promise and not fresh and not draft.promise:
        raise Invalid(f"{action.id} was promised, and that stays.", "Keep the !, or drop the action with a reason.")
    if action.promise and not fresh and draft.due != action.due:
        raise Invalid(
            f"{action.id} is a promise: its date is moved, not corrected.", "Give it a new date and a reason."
        )
    slips = (Slip(was=action.due, at=now),) if action.due and not fresh and draft.due != action.due else ()
    return replace(
        action,
        title=draft.title,
        owner=draft.owner,
        due=draft.due,
        customer=draft.customer,
        promise=draft.promise,
        told=_told_again(action, draft, told, fresh),
        slips=(*action.slips, *slips),
    )


def _told_again(action: Action, draft: Draft, told: Told | None, fresh: bool) -> Told | None:
    """A promise corrected keeps its words, when and to whom it was made, and its first date once that was moved."""
    before = action.told
    if told is None or before is None:
        return told
    to = before.to if draft.customer == action.customer else told.to
    return replace(before, by=told.by, to=to, due=told.due if fresh and not action.slips else before.due)


def _open(action: Action) -> Action:
    if not action.live:
        raise Invalid(f"{action.id} is {action.state} already.", "Reopen it first.")
    return action
