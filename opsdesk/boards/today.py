"""Today: what meets when, what burns, what is promised, what came back, and what happened since the last meeting.

`today_view` reads live records only, so that the first screen does not wait for the past; `past_view` adds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.boards import burning
from opsdesk.boards.lay import MET, Found, Table, laid
from opsdesk.boards.spoken import in_time, since_title, when
from opsdesk.boards.table import Line, Scene
from opsdesk.boards.words import Rank, rank
from opsdesk.core.actions import Action
from opsdesk.core.cadence import Occurrence
from opsdesk.core.entries import Item
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.insight.flow import Load, constraint, loads, nothing_ready
from opsdesk.insight.promises import WEEKS, Kept, keeping
from opsdesk.insight.since import Since, changed

DAILY = "daily-operations-sync"
LATE = timedelta(hours=1)
FEW = 200  # transactions, usually enough to reach back to the last meeting


class Meet(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting to come, or late to start. `when` is local ("16:30", "Tue 09:00", "14 Jan"), `soon` "in 2 min"."""

    agenda: str
    customer: str = ""
    title: str
    planned: datetime
    when: str
    soon: str = ""
    late: bool = False
    detail: str = ""
    note: str = ""


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that is on, or whose minutes are a draft: the first line of Today."""

    id: str
    title: str
    draft: bool
    reason: str


class TodayView(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is None while what meets next is still being computed."""

    running: tuple[Running, ...] = ()
    next: tuple[Meet, ...] | None = ()
    burns: tuple[Line, ...] = ()
    promised: tuple[Line, ...] = ()
    carried: tuple[Line, ...] = ()
    constraint: Load | None = None
    idle: tuple[str, ...] = ()


class FlagMove(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: str
    before: str
    after: str


class PastView(msgspec.Struct, frozen=True, kw_only=True):
    """`done` are the promises for today that are kept. `since` is None before the first meeting."""

    done: tuple[Line, ...] = ()
    kept: Kept = Kept()
    title: str = ""
    since: Since | None = None
    flags: tuple[FlagMove, ...] = ()


def today_view(reader: Reader, scene: Scene, occurrences: Iterable[Occurrence] | None) -> TodayView:
    """From live records. `occurrences`: those to come and those that should have begun, without the ones held."""
    table = Table(reader, scene)
    live = reader.live(Action)
    carried = () if scene.audience != "team" else loads(reader.live(Person), live, scene.now)
    held = constraint(carried)
    running = tuple(_running(table, each) for each in reader.live(Meeting) if table.visible(each.customer))
    return TodayView(
        running=tuple(sorted(running, key=lambda each: each.draft)),
        next=None if occurrences is None else tuple(_meet(table, each) for each in _ahead(table, occurrences)),
        burns=tuple(laid(table, _burns(table))),
        promised=tuple(laid(table, _promised(table, live))),
        carried=tuple(laid(table, _came_back(table, live))),
        constraint=held,
        idle=tuple(load.name for load in nothing_ready(carried)),
    )


def transactions_since(run: Meeting, history: Callable[[int], Sequence[Transaction]]) -> list[Transaction]:
    """Those after the meeting ended, less its own; `history(limit)` gives the newest so many, oldest first."""
    end, limit = run.ended or run.last, FEW
    while True:
        found = history(limit)
        if len(found) < limit or found[0].at <= end:
            return [tx for tx in found if tx.at > end and tx.meeting != run.id]
        limit *= FEW


def last_run(reader: Reader) -> Meeting | None:
    """The last Daily that met, else the last meeting of any kind."""
    met = [each for each in reader.all(Meeting) if each.state in MET]
    daily = [each for each in met if each.agenda == DAILY]
    return max(daily or met, key=lambda each: each.scheduled, default=None)


def past_view(reader: Reader, scene: Scene, run: Meeting | None, history: Sequence[Transaction]) -> PastView:
    """`history`: the transactions since `run`."""
    table = Table(reader, scene)
    zone = scene.settings.zone
    recent = table.today - timedelta(weeks=WEEKS)
    promises = [a for a in reader.where(Action, promise=True) if table.visible(a.customer)]
    told = [a for a in promises if a.first_due and a.first_due >= recent]
    since = _visible(table, changed(history)) if run else None
    return PastView(
        done=tuple(laid(table, (table.action(a, "kept") for a in told if _done_for_today(table, a)))),
        kept=_kept(table, told),
        title=since_title(run.title, (run.ended or run.last).astimezone(zone).date(), table.today) if run else "",
        since=since,
        flags=tuple(_flag_moves(table, since)) if since else (),
    )


def _running(table: Table, meeting: Meeting) -> Running:
    zone = table.scene.settings.zone
    begun = (meeting.started or meeting.scheduled).astimezone(zone)
    draft = meeting.state == "draft"
    reason = "draft minutes: something is owed" if draft else f"running since {begun:%H:%M}"
    return Running(id=meeting.id, title=f"{meeting.title} #{meeting.number}", draft=draft, reason=reason)


def _ahead(table: Table, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Each series once, by its next meeting; one that should have begun stays for the hour it can still be held."""
    first: dict[tuple[str, str], Occurrence] = {}
    for each in occurrences:
        if not each.skipped and table.visible(each.customer) and each.start >= table.scene.now - LATE:
            first.setdefault((each.agenda, each.customer), each)
    return sorted(first.values(), key=lambda each: each.start)


def _meet(table: Table, each: Occurrence) -> Meet:
    agenda = table.scene.agendas.get(each.agenda)
    items = [i for i in table.reader.live(Item) if (i.agenda, i.customer) == (each.agenda, each.customer or i.customer)]
    sections = f"{len(agenda.sections)} sections, " if agenda and len(agenda.sections) > 1 else ""
    back = f", {len(items)} carried over" if items else ""
    return Meet(
        agenda=each.agenda,
        customer=each.customer,
        title=each.title,
        planned=each.planned,
        when=when(each.start.astimezone(table.scene.settings.zone), table.today),
        soon=in_time(each.start - table.scene.now),
        late=each.start < table.scene.now,
        detail=f"{sections}{each.minutes} min{back}",
        note=each.zone_note,
    )


def _burns(table: Table) -> Iterable[Found]:
    """What burns, less what PROMISED FOR TODAY shows anyway."""
    return (each for each in burning.find(table) if each.harm[0] != Rank.PROMISED_TODAY)


def _promised(table: Table, live: Sequence[Action]) -> list[Found]:
    return [table.action(a) for a in live if rank(a, table.today) is Rank.PROMISED_TODAY]


def _kept(table: Table, told: Sequence[Action]) -> Kept:
    """With the reasons only for the team: they name people and customers."""
    kept = keeping(told, table.today, table.scene.settings.zone)
    return kept if table.scene.audience == "team" else msgspec.structs.replace(kept, reasons=())


def _done_for_today(table: Table, action: Action) -> bool:
    return action.state == "done" and table.today in (action.due, action.first_due)


def _came_back(table: Table, live: Sequence[Action]) -> list[Found]:
    """Items carried over, and actions somebody must choose about that stand nowhere else on this screen."""
    items = [table.item(item) for item in table.reader.live(Item) if item.relisted]
    return items + [table.action(a) for a in live if rank(a, table.today) is Rank.CHOOSE]


def _visible(table: Table, since: Since) -> Since:
    """Only what this audience may see: before a customer, no figures and decisions of others."""
    if table.scene.audience != "customer":
        return since
    return Since(flags=tuple(flag for flag in since.flags if table.visible(flag.customer)))


def _flag_moves(table: Table, since: Since) -> Iterable[FlagMove]:
    for flag in since.flags:
        text = f"{table.customer(flag.customer)} {flag.measure}"
        yield FlagMove(id=flag.id, text=text, before=flag.before, after=flag.after)
