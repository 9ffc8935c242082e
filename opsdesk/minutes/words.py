"""How minutes put things. Every date is ISO, a day in English; nothing here asks the locale or the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from opsdesk.core.minutes import ActionLine, Came, CarriedLine, FlagLine, MinuteItem, Minutes
from opsdesk.core.rankedlines import RankedLine
from opsdesk.core.walkedlines import WalkedLine

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LEVELS = {"red": "▲ R", "orange": "◆ O", "green": "● G", "unknown": "· unknown"}
CHOOSE = "choose now: do, drop or escalate"


def title(minutes: Minutes) -> str:
    named = minutes.customer and minutes.customer not in minutes.series
    series = f"{minutes.series}, {minutes.customer}" if named else minutes.series
    return f"{series}, No. {minutes.number}"


def subtitle(minutes: Minutes) -> str:
    when = actual_times(minutes) if minutes.started else day(minutes.scheduled)
    return joined([minutes.company, when])


def banners(minutes: Minutes) -> tuple[str, ...]:
    return tuple(each for each in (_draft(minutes), _ending(minutes), _version(minutes)) if each)


def _draft(minutes: Minutes) -> str:
    if not minutes.draft:
        return ""
    points = counted(len(minutes.owed), "point")
    return f"DRAFT: {points} owed by {minutes.minute_taker or 'nobody yet'}" if minutes.owed else "DRAFT"


def _ending(minutes: Minutes) -> str:
    if minutes.state == "skipped":
        return reasoned("SKIPPED", minutes.why)
    if minutes.state == "adjourned":
        return reasoned(f"ADJOURNED at {clock(minutes.ended)}" if minutes.ended else "ADJOURNED", minutes.why)
    return ""


def _version(minutes: Minutes) -> str:
    return f"Version {minutes.version}, in the place of version {minutes.version - 1}" if minutes.version > 1 else ""


def joined(clauses: Sequence[str]) -> str:
    return " · ".join(clause for clause in clauses if clause)


def reasoned(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def day(when: date) -> str:
    return f"{DAYS[when.weekday()]} {when.isoformat()[:10]}"


def clock(when: datetime) -> str:
    return f"{when.hour:02}:{when.minute:02}"


def zone(minutes: Minutes) -> str:
    offset = (minutes.started or minutes.scheduled).isoformat()[-6:]
    return minutes.zone if minutes.zone.endswith("UTC") else f"{minutes.zone}, UTC{offset}"


def planned(minutes: Minutes) -> str:
    end = minutes.scheduled + timedelta(minutes=minutes.timebox)
    length = f"{minutes.timebox} min" + (", hard cap" if minutes.hard_cap else "")
    return f"{day(minutes.scheduled)}, {clock(minutes.scheduled)}–{clock(end)} ({length})"


def actual(minutes: Minutes) -> str:
    if minutes.started is None:
        return "did not meet"
    if minutes.ended is None:
        return actual_times(minutes)
    times = f"{actual_times(minutes)} ({minutes.used} min)"
    return reasoned(times, ", ".join(_deviations(minutes, minutes.started, minutes.ended)))


def actual_times(minutes: Minutes) -> str:
    start = minutes.started or minutes.scheduled
    end = f"–{clock(minutes.ended)}" if minutes.ended else ""
    return f"{day(start)}, {clock(start)}{end}"


def _deviations(minutes: Minutes, started: datetime, ended: datetime) -> list[str]:
    late = _minutes_between(minutes.scheduled, started)
    days_early = (minutes.scheduled.date() - started.date()).days
    printed_end = minutes.scheduled + timedelta(minutes=minutes.timebox)
    over = _minutes_between((minutes.planned_end if days_early else printed_end) or ended, ended)
    said = [_start_word(late, days_early)]
    if minutes.state != "adjourned":
        said += [f"ended {abs(over)} min {'over' if over > 0 else 'early'}"] if over else ["ended on time"]
    return said


def _start_word(late: int, days_early: int) -> str:
    """A meeting held on an earlier day than planned was brought forward: its minutes are not counted."""
    if days_early > 0:
        return f"held {counted(days_early, 'day')} early"
    return f"started {abs(late)} min {'late' if late > 0 else 'early'}" if late else "started on time"


def _minutes_between(earlier: datetime, later: datetime) -> int:
    """As a reader subtracts the times printed."""
    gap = later.replace(second=0, microsecond=0) - earlier.replace(second=0, microsecond=0)
    return gap // timedelta(minutes=1)


def role(minutes: Minutes, name: str, now: str) -> str:
    """Everybody who had the role, in turn."""
    before = [f"{each.before} until {each.at}" for each in minutes.handovers if each.role == name and each.before]
    return ", then ".join([*before, now] if now else before)


def quorum(minutes: Minutes) -> str:
    if not minutes.quorum:
        return ""
    return f"{minutes.quorum}, {'met' if minutes.quorum_met else 'not met'} ({len(minutes.present)} present)"


def came(people: Sequence[Came]) -> str:
    return ", ".join(f"{each.name} ({each.at})" for each in people)


def due(action: ActionLine) -> str:
    """due 2026-03-14 (was 2026-02-28, 2026-03-07)"""
    now = f"due {action.due}" if action.due else "no date yet"
    return f"{now} (was {', '.join(map(str, action.was))})" if action.was else now


def promise(action: ActionLine) -> str:
    if not action.promised_to:
        return ""
    return f"promised to {action.promised_to}" + (f" by {action.promised_by}" if action.promised_by else "")


def customer(action: ActionLine) -> str:
    """Said only where the promise does not name it already."""
    return f"for {action.customer}" if action.customer and action.customer != action.promised_to else ""


def state(action: ActionLine) -> str:
    """Empty for an action that nobody has begun, which is what an action is when it is made."""
    if action.state == "waiting":
        return f"waiting on {action.waiting_on}" if action.waiting_on else "waiting"
    return "" if action.state == "ready" else reasoned(action.state, action.why)


def outcome(action: ActionLine) -> str:
    """Of an earlier action: one word for the end of the line."""
    return action.state if action.state in ("done", "dropped") else "open"


def relisted(line: ActionLine | CarriedLine | RankedLine) -> str:
    times = {0: "", 1: "re-listed once"}.get(line.relisted, f"re-listed {line.relisted} times")
    return joined([times, CHOOSE if line.choose else ""])


def item(number: int) -> str:
    return f"item {number}" if number else ""


def confirmed(flag: FlagLine) -> str:
    return "confirmed" if flag.before == flag.after else ""


def change(flag: FlagLine) -> str:
    """Globex Support ◆ → ▲"""
    moved = shape(flag.after) if flag.before == flag.after else f"{shape(flag.before)} → {shape(flag.after)}"
    return f"{flag.customer} {flag.measure} {moved}"


def shape(level: str) -> str:
    return LEVELS.get(level, level)[:1]


def walked(line: WalkedLine) -> str:
    """What came of it: "kept to 2026-12-04, with others"."""
    to = f" to {line.plan}" if line.plan else ""
    return f"{line.outcome}{to}{', with others' if line.together else ''}"


def spoken(line: WalkedLine) -> str:
    minutes = (line.seconds + 30) // 60
    return f"{minutes} min" if minutes else ""


def cell(line: WalkedLine) -> str:
    return f"{shape(line.level)} {line.customer} {line.measure}"


def not_reached(lines: Sequence[WalkedLine]) -> str:
    left = [cell(line) for line in lines if line.outcome == "not reached"]
    return f"Not reached: {', '.join(left)}" if left else ""


def exit_plan(flag: FlagLine) -> tuple[str, ...]:
    """A red flag owes an owner, an exit criterion and a plan date; what it lacks is said."""
    return (
        _or_owed(flag, "owner", f"owner {flag.owner}" if flag.owner else ""),
        _or_owed(flag, "exit criterion", f"exit: {flag.exit}" if flag.exit else ""),
        _or_owed(flag, "plan date", f"plan by {flag.plan}" if flag.plan else ""),
    )


def _or_owed(flag: FlagLine, what: str, said: str) -> str:
    return said or (f"{what} owed" if flag.after == "red" else "")


def completion(minutes: Minutes) -> str:
    """Done, of what was on the table less what was dropped; per cent rounded down, so that 100 means all."""
    dropped = sum(each.state == "dropped" for each in minutes.previous)
    done, table = sum(each.state == "done" for each in minutes.previous), len(minutes.previous) - dropped
    share = f"{done} of {table} done, {100 * done // table} % (goal {minutes.goal} %)" if table else ""
    return joined([share, f"{dropped} dropped" if dropped else ""])


def time_used(agenda_item: MinuteItem) -> str:
    used = f"{agenda_item.actual} used" if agenda_item.reached else "not reached"
    return f"{agenda_item.planned} min planned, {used}"


def rating(minutes: Minutes) -> str:
    if minutes.rating is None:
        return ""
    tenths = int(minutes.rating * 10 + 0.5)
    people = "1 person" if minutes.ratings == 1 else f"{minutes.ratings} people"
    return f"{tenths // 10}.{tenths % 10} of 10, from {people}"


def next_meeting(minutes: Minutes) -> str:
    return f"{day(minutes.next)}, {clock(minutes.next)} ({minutes.zone})" if minutes.next else ""
