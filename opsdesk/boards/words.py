"""The reasons on the table, in words; and how harmful each is."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum

from opsdesk.boards.table import Weight
from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.register import Look
from opsdesk.core.scores import Score, measure_key
from opsdesk.core.settings import Settings

BRIEF = 26
"""Cells that a reason in few words takes at most."""


class Rank(IntEnum):
    """What hurts most comes first."""

    BROKEN = 0
    PROMISED_TODAY = 1
    OVERDUE = 2
    RED = 3
    CHOOSE = 4
    CARRIED = 5
    ORANGE = 6
    DUE_TODAY = 7
    OTHER = 8


HARMFUL = (Rank.BROKEN, Rank.OVERDUE, Rank.RED, Rank.CHOOSE)


def weight(rank: Rank) -> Weight:
    if rank in HARMFUL:
        return "red"
    return "none" if rank is Rank.OTHER else "orange"


def day(on: date, today: date) -> str:
    """`Fri 20 Nov`, with the year where it is not this one's."""
    return f"{on:%a} {on.day} {on:%b}" + (f" {on.year}" if on.year != today.year else "")


def days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def rank(action: Action, today: date) -> Rank:
    if action.broken(today):
        return Rank.BROKEN
    if action.promise and action.live and today in (action.due, action.first_due):
        return Rank.PROMISED_TODAY
    if action.overdue(today):
        return Rank.OVERDUE
    if action.must_choose:
        return Rank.CHOOSE
    return Rank.DUE_TODAY if action.live and action.due == today else Rank.OTHER


def lateness(action: Action, today: date) -> int:
    """Days since the date that counts, 0 while it is not past."""
    counts = action.first_due if action.promise else action.due
    return max(0, (today - counts).days) if counts else 0


def harm(action: Action, today: date) -> tuple[int, int]:
    """Sorts the most harmful first."""
    return rank(action, today), -lateness(action, today)


def action_reason(action: Action, today: date, *, trail: bool = True) -> str:
    """Why an action is on the table, the date first, then its trail: `overdue 9 d · re-listed twice`."""
    return " · ".join(part for part in (_date_reason(action, today), relisted(action) if trail else "") if part)


def _date_reason(action: Action, today: date) -> str:
    found = rank(action, today)
    if found is Rank.BROKEN and action.first_due:
        return f"promise broken {day(action.first_due, today)}{_now_due(action, today)}"
    if found is Rank.PROMISED_TODAY:
        return "promised for today"
    if action.overdue(today):
        return f"overdue {lateness(action, today)} d"
    if action.due == today:
        return "due today"
    return f"due {day(action.due, today)}" if action.due else "no date"


def action_brief(action: Action, today: date, *, trail: bool = True) -> str:
    """The same in few words: `broken 30 Oct, now Wed`, `3×: choose · 14 d`."""
    late = rank(action, today) is Rank.OVERDUE
    if late and action.must_choose and trail:
        return f"{len(action.relisted)}×: choose · {lateness(action, today)} d"
    now = _now_brief(action, today) if rank(action, today) is Rank.BROKEN else ""
    carried = len(action.relisted) if trail else 0
    times = f" · carried {carried}×" if carried else ""
    choose = f" · {carried}×: choose" if carried and action.must_choose else ""
    brief = _date_brief(action, today)
    for more in (choose, now, "" if choose else times):
        brief += more if len(brief + more) <= BRIEF else ""
    return brief


def _now_brief(action: Action, today: date) -> str:
    first, due = action.first_due, action.due
    if first is None or due is None or first == due:
        return ""
    return f", {'again' if due < today else 'now'} {day_beside(due, first, today)}"


def brief_again(about: Action, times: str, today: date) -> str:
    """Of a record that came back: what is the matter with it, and how often it did: `broken Fri · carried 1×`."""
    date_brief = _date_brief(about, today)
    brief = f"{date_brief} · {times}"
    return brief if len(brief) <= BRIEF else brief.replace("promised today", "for today")


def _date_brief(action: Action, today: date) -> str:
    found = rank(action, today)
    if found is Rank.BROKEN and action.first_due:
        return f"broken {short_day(action.first_due, today)}"
    if found is Rank.PROMISED_TODAY:
        return "promised today"
    if action.overdue(today) or action.due == today or action.due is None:
        return _date_reason(action, today)
    return f"due {short_day(action.due, today)}"


def short_day(on: date, today: date) -> str:
    """`Fri` within the last or next 6 days, else `30 Oct`."""
    return f"{on:%a}" if abs((on - today).days) < 7 else f"{on.day} {on:%b}"


def day_beside(on: date, other: date, today: date) -> str:
    """The same in few words, where the weekday alone would be that of the other day too: `27 Nov`."""
    same = short_day(on, today) == short_day(other, today) and on != other
    return f"{on.day} {on:%b}" if same else short_day(on, today)


def _now_due(action: Action, today: date) -> str:
    """A new date that has passed too is none that counts any more."""
    if action.due is None or action.due == action.first_due:
        return ""
    return f", {'again' if action.due < today else 'now'} {day(action.due, today)}"


def relisted(record: Action | Item) -> str:
    """`re-listed twice`; at the third time, what somebody must choose."""
    times = len(record.relisted)
    if record.must_choose:
        return f"re-listed {times}×: do, drop or escalate"
    return f"re-listed {({1: 'once', 2: 'twice'}).get(times, f'{times}×')}" if times else ""


def dwell(score: Score, now: datetime, settings: Settings) -> int:
    """Whole calendar days the cell has had this level."""
    zone = settings.zone
    return max(0, (now.astimezone(zone).date() - score.since.astimezone(zone).date()).days)


def unsaid_days(score: Score, look: Look) -> int:
    """Whole calendar days since somebody said it."""
    return (look.today - score.at.astimezone(look.settings.zone).date()).days


def owed(score: Score) -> tuple[str, ...]:
    """What a red flag owes and does not have."""
    if score.level != "red":
        return ()
    wanted = (("owner", score.owner), ("exit criterion", score.exit), ("plan date", score.plan))
    return tuple(f"no {name}" for name, value in wanted if not value)


def flag_brief(score: Score, now: datetime, settings: Settings) -> str:
    """`red 41 d, no exit`: of what is owed, the exit before anything else."""
    missing = next(
        (f", {name}" for name in ("no exit", "no plan", "no owner") if any(name in o for o in owed(score))), ""
    )
    return f"{score.level} {dwell(score, now, settings)} d{missing}"


def flag_reason(score: Score, now: datetime, settings: Settings) -> str:
    """`red 41 days, no exit criterion, not confirmed for 20 days`."""
    look = Look(now, settings)
    stale = (f"not confirmed for {days(unsaid_days(score, look))}",) if score.stale(look) else ()
    named = measure_key(score.measure) in {measure_key(each.name) for each in settings.measures}
    gone = () if named else ("no longer a measure",)
    return ", ".join((f"{score.level} {days(dwell(score, now, settings))}", *gone, *owed(score), *stale))
