"""Updates: what is new with each customer since this agenda met last, customer by customer, the worst off first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from math import fsum

import msgspec

from opsdesk.boards.clauses import count, listed
from opsdesk.boards.happenings import News, happenings
from opsdesk.boards.lay import Found, Table
from opsdesk.boards.since import last_met
from opsdesk.boards.table import Line, Weight
from opsdesk.boards.words import Rank, day, short_day
from opsdesk.core.customers import Customer
from opsdesk.core.registers.sidechannel import SideChannel
from opsdesk.core.scores import Score, measure_key

WINDOW = timedelta(days=30)
MANY = 2
"""Side-channel requests of one customer in 30 days; more are no exception any more."""
LEVELS: dict[str, tuple[Weight, Rank]] = {
    "red": ("red", Rank.RED),
    "orange": ("orange", Rank.ORANGE),
    "green": ("green", Rank.OTHER),
    "unknown": ("none", Rank.OTHER),
}


def find(table: Table) -> Iterable[Found]:
    """What went wrong a line each. What went well of one customer is one line, and of those with whom nothing else is
    new one line together.
    """
    last = last_met(table)
    inside = table.scene.audience != "customer"
    news = [*happenings(table, last), *(_flags(table) if inside else ()), *_customers(table)]
    worse = [each.found for each in news if not each.well] + (list(_side_channel(table)) if inside else [])
    well: dict[str, list[News]] = {}
    for each in news:
        if each.well:
            well.setdefault(each.found.customer, []).append(each)
    beside = {each.customer for each in worse}
    yield from worse
    yield from (_folded(some) for customer, some in well.items() if customer in beside)
    yield from _only_well(table, {customer: some for customer, some in well.items() if customer not in beside})


def _folded(well: Sequence[News]) -> Found:
    """As in "2 promises kept and 1 flag green"; it opens the first of them."""
    first = well[0].found
    if len(well) == 1:
        return first
    names = ", ".join(each.found.line.id for each in well)
    line = msgspec.structs.replace(
        first.line, text=_counted(well), reason=names, brief=f"{len(well)} went well", owner=""
    )
    return msgspec.structs.replace(first, line=line)


def _only_well(table: Table, well: Mapping[str, Sequence[News]]) -> Iterator[Found]:
    """As in "3 promises kept" of "4 customers", below all others."""
    news = [each for some in well.values() for each in some if table.visible(each.found.customer)]
    if not news:
        return
    line = _folded(news).line
    if len(well) > 1:
        names = ", ".join(table.customer(each) for each in well)
        line = msgspec.structs.replace(line, reason=names, customer=f"{len(well)} customers")
    yield msgspec.structs.replace(news[0].found, line=line, last=True)


def _counted(well: Sequence[News]) -> str:
    counts = Counter((each.one, each.word) for each in well)
    return listed([f"{count(number, one, _many(one))} {word}" for (one, word), number in counts.items()])


def _many(one: str) -> str:
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def _flags(table: Table) -> Iterator[News]:
    """Cells that have another level than before the last run; of measures that there are."""
    last, known = last_met(table), {measure_key(measure.name) for measure in table.scene.settings.measures}
    for score in table.reader.live(Score):
        if measure_key(score.measure) in known and score.was != score.level and score.at > last:
            on, moved = table.local(score.at), f"{score.was} → {score.level}"
            found = table.flag(score, f"{moved} {day(on, table.today)}", f"{moved} {short_day(on, table.today)}")
            weight, rank = LEVELS[score.level]
            line = msgspec.structs.replace(found.line, weight=weight)
            yield News(msgspec.structs.replace(found, line=line, harm=(rank, 0)), "flag", "green")


def _customers(table: Table) -> Iterator[News]:
    """Who has come, and who has left."""
    since = table.local(last_met(table))
    for each in table.reader.all(Customer):
        if each.active and each.since is not None and since <= each.since <= table.today:
            yield _of_customer(table, each, "new customer", f"since {day(each.since, table.today)}", "none")
        if each.left is not None and since <= each.left:
            yield _of_customer(table, each, "no customer any more", f"left {day(each.left, table.today)}", "red")


def _of_customer(table: Table, customer: Customer, text: str, reason: str, weight: Weight) -> News:
    line = Line(
        id=customer.id,
        text=f"{customer.name}: {text}",
        reason=reason,
        brief=reason,
        weight=weight,
        owner=table.person(customer.owner),
        customer=customer.name,
    )
    return News(Found(line=line, harm=(Rank.BROKEN, 0), customer=customer.handle), "customer", "new")


def _side_channel(table: Table) -> Iterator[Found]:
    """Customers that go past support again and again."""
    since = table.today - WINDOW
    recent: dict[str, list[SideChannel]] = {}
    for each in table.reader.where(SideChannel, lambda each: each.day is not None and each.day >= since):
        recent.setdefault(each.customer, []).append(each)
    for handle, requests in recent.items():
        if len(requests) > MANY and table.scene.customer in ("", handle):
            yield _pulled(table, handle, requests)


def _pulled(table: Table, handle: str, requests: Sequence[SideChannel]) -> Found:
    """5 h of Sue Park and Tom Reyes; it opens the newest of them. Others than the team read of no person."""
    newest = max(requests, key=lambda each: (each.day or table.today, each.id))
    people = listed(sorted({table.person(each.person) for each in requests})) if table.scene.audience == "team" else ""
    hours = f"{fsum(each.hours for each in requests):g} h"
    line = Line(
        id=newest.id,
        text=f"{len(requests)} side-channel requests in {WINDOW.days} days",
        reason=f"{hours} of {people}" if people else hours,
        brief=hours,
        weight="orange",
        customer=table.customer(handle),
    )
    return Found(line=line, harm=(Rank.ORANGE, -len(requests)), customer=handle)
