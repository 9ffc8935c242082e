"""Today: what meets when, what burns, what is promised, what came back, and what happened since the last meeting.

`today_view` reads live records only, so that the first screen does not wait for the past; `past_view` adds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.boards import burning, meets
from opsdesk.boards.lay import MET, Found, Table, laid
from opsdesk.boards.meets import Meet, Running
from opsdesk.boards.spoken import since_title
from opsdesk.boards.table import Line, Scene
from opsdesk.boards.words import Rank, rank
from opsdesk.core.actions import Action
from opsdesk.core.agenda import Audience
from opsdesk.core.audience import Before
from opsdesk.core.cadence import Occurrence
from opsdesk.core.entries import Decision, Item
from opsdesk.core.errors import NotFound
from opsdesk.core.journal import Transaction
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.insight.flow import Load, constraint, loads, nothing_ready
from opsdesk.insight.promises import WEEKS, Kept, keeping
from opsdesk.insight.since import Since, changed

DAILY = "daily-operations-sync"
FEW = 200  # transactions, usually enough to reach back to the last meeting


class TodayView(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is None while what meets next is still being computed. `guest`: the name of the customer in the room.

    `work`: whether anybody has open actions; without any there is no constraint to look for.
    """

    audience: Audience = "team"
    guest: str = ""
    running: tuple[Running, ...] = ()
    next: tuple[Meet, ...] | None = ()
    burns: tuple[Line, ...] = ()
    promised: tuple[Line, ...] = ()
    carried: tuple[Line, ...] = ()
    work: bool = True
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


def today_view(
    reader: Reader,
    scene: Scene,
    occurrences: Iterable[Occurrence] | None,
    quiet: Mapping[str, datetime] | None = None,
) -> TodayView:
    """From live records. `occurrences`: those to come and those that should have begun, without the ones held.

    `quiet`: by its id, the last moment of a running meeting that nobody closed.
    """
    table = Table(reader, scene)
    live = reader.live(Action)
    carried = () if scene.audience != "team" else loads(reader.live(Person), live, scene.now)
    work = any(action.owner for action in live)
    return TodayView(
        audience=scene.audience,
        guest=table.customer(scene.customer),
        running=meets.running(table, quiet or {}),
        next=None if occurrences is None else meets.ahead(table, occurrences),
        burns=tuple(laid(table, _burns(table))),
        promised=tuple(laid(table, _promised(table, live))),
        carried=tuple(laid(table, _came_back(table, live))),
        work=work,
        constraint=constraint(carried),
        idle=tuple(load.name for load in nothing_ready(carried)) if work else (),
    )


def transactions_since(run: Meeting, history: Callable[[int], Sequence[Transaction]]) -> list[Transaction]:
    """Those after the meeting ended, less its own; `history(limit)` gives the newest so many, oldest first."""
    end, limit = run.ended or run.last, FEW
    while True:
        found = history(limit)
        if len(found) < limit or found[0].at <= end:
            return [tx for tx in found if tx.at > end and tx.meeting != run.id]
        limit *= FEW


def last_run(reader: Reader, scene: Scene) -> Meeting | None:
    """The last Daily that met, else the last meeting of any kind; before a customer, the last call held with it."""
    table = Table(reader, scene)
    met = [each for each in reader.all(Meeting) if each.state in MET and meets.shown(table, each)]
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
        title=since_title(meets.named(table, run), (run.ended or run.last).astimezone(zone).date(), table.today)
        if run
        else "",
        since=since,
        flags=tuple(_flag_moves(table, since)) if since else (),
    )


def _burns(table: Table) -> Iterable[Found]:
    """What burns, less what PROMISED FOR TODAY shows anyway."""
    return (each for each in burning.find(table) if each.harm[0] != Rank.PROMISED_TODAY)


def _promised(table: Table, live: Sequence[Action]) -> list[Found]:
    return [table.action(a) for a in live if rank(a, table.today) is Rank.PROMISED_TODAY]


def _kept(table: Table, told: Sequence[Action]) -> Kept:
    """Nothing before a customer; with the reasons only for the team: they name people and customers."""
    if table.scene.audience == "customer":
        return Kept()
    kept = keeping(told, table.today, table.scene.settings.zone)
    return kept if table.scene.audience == "team" else msgspec.structs.replace(kept, reasons=())


def _done_for_today(table: Table, action: Action) -> bool:
    return action.state == "done" and table.today in (action.due, action.first_due)


def _came_back(table: Table, live: Sequence[Action]) -> list[Found]:
    """Items carried over, and actions somebody must choose about that stand nowhere else on this screen."""
    items = [table.item(item) for item in table.reader.live(Item) if item.relisted]
    return items + [table.action(a) for a in live if rank(a, table.today) is Rank.CHOOSE]


def _visible(table: Table, since: Since) -> Since:
    """Only what this audience may see: before a customer its own records, and what was decided in calls with it."""
    if table.scene.audience == "team":
        return since
    return Since(
        done=tuple(id for id in since.done if _action_visible(table, id)),
        new=tuple(id for id in since.new if _action_visible(table, id)),
        slipped=tuple(each for each in since.slipped if _action_visible(table, each.id)),
        decisions=tuple(each for each in since.decisions if _decision_visible(table, each.id)),
        flags=tuple(each for each in since.flags if table.visible(each.customer)),
        walked=since.walked if table.scene.audience != "customer" else (),
    )


def _action_visible(table: Table, id: str) -> bool:
    try:
        return table.visible(table.reader.get(Action, id).customer)
    except NotFound:
        return False


def _decision_visible(table: Table, id: str) -> bool:
    """Where the minutes it stands in may be read."""
    try:
        made = table.meeting(table.reader.get(Decision, id).meeting)
    except NotFound:
        return False
    before = Before(audience=table.scene.audience, customer=table.scene.customer)
    return made is not None and before.may_read(made.audience, made.customer)


def _flag_moves(table: Table, since: Since) -> Iterable[FlagMove]:
    for flag in since.flags:
        text = f"{table.customer(flag.customer)} {flag.measure}"
        yield FlagMove(id=flag.id, text=text, before=flag.before, after=flag.after)
