"""`opsdesk uptime`: uptime by every policy, what is left of the error budget, MTTA and TTR."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import NotFound
from opsdesk.core.record import Record

if TYPE_CHECKING:
    from datetime import datetime

    from opsdesk.desk import Desk
    from opsdesk.insight.period import Period
    from opsdesk.insight.reliability import Facts, Row
    from opsdesk.insight.uptime import Uptime

Named = TypeVar("Named", bound=Record)

ENOUGH = 20
COMPUTED = ("share", "met", "allowed", "left", "used_percent", "left_percent", "burn")
FEW = "P85 of fewer than 7 and P95 of fewer than 20 is simply the longest."
EMPTY = "There are no components yet: opsdesk add --kind components makes them."


@click.command()
@click.option("--component", metavar="HANDLE", help="Only this component, by its handle or id.")
@click.option("--customer", metavar="HANDLE", help="Only as this customer felt it.")
@click.option("--month", metavar="MONTH", help="Such as 2026-11; else this month.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object; times in seconds.")
@click.pass_obj
def uptime(wiring: Wiring, component: str | None, customer: str | None, month: str | None, as_json: bool) -> None:
    """Shows how long everything was up, by component and as each customer felt it.

    What truly was (raw) and the rules agreed (sla in settings.toml) side by side, with what is left of the error
    budget; and how fast incidents that began in the month were acknowledged (MTTA) and resolved (TTR). A customer felt
    the incidents and the maintenance that name it, and those that name no customer.

    An incident is down from its start until it is resolved, not only until it is mitigated. Announced maintenance is
    excluded for its own components and customers, and no other outage with it: as a customer felt it where that one was
    told in time, of a component where all were who are concerned. A month before the desk, or the component, was there
    has no figures.
    """
    from opsdesk.insight.reliability import facts_of

    desk = wiring.looking()
    period = _period(desk, month)
    facts = facts_of(desk.read, desk.settings.policies, period, desk.now().replace(microsecond=0), _begun(desk))
    rows = [*_rows(desk, facts, component, customer)]
    if as_json:
        write_json(_whole(desk, facts, rows))
    else:
        _write(desk, facts, rows)
        if not any(row.of == "component" for row in rows) and customer is None:
            talk(EMPTY)


def _period(desk: Desk, words: str | None) -> Period:
    from opsdesk.insight.period import month, month_named

    zone = desk.settings.zone
    return month(desk.today(), zone) if words is None else month_named(words, zone)


def _begun(desk: Desk) -> datetime | None:
    """When the desk's journal begins."""
    return next((each.at for each in desk.history(until=1)), None)


def _rows(desk: Desk, facts: Facts, component: str | None, customer: str | None) -> Iterator[Row]:
    """Those asked for; everything where nobody asks. Raises NotFound."""
    from opsdesk.core.customers import Customer
    from opsdesk.core.registers.components import Component
    from opsdesk.insight.reliability import of_component, of_customer, together

    if component is not None:
        yield of_component(_named(desk, Component, component, "component"), facts)
    if customer is not None:
        yield of_customer(_named(desk, Customer, customer, "customer"), facts)
    if component is None and customer is None:
        yield together(facts)
        yield from (of_component(each, facts) for each in desk.read.live(Component))
        yield from (of_customer(each, facts) for each in desk.read.live(Customer))


def _named(desk: Desk, shape: type[Named], typed: str, one: str) -> Named:
    """The record of that handle. Raises NotFound."""
    from difflib import get_close_matches

    known = {each["handle"]: each for each in desk.read.all(shape)}
    handle = typed.lstrip("#").lower()
    ids = {each.id.lower(): each for each in known.values()}
    if handle in known or handle in ids:
        return known.get(handle) or ids[handle]
    near = get_close_matches(handle, list(known), n=3, cutoff=0.5)
    hint = f"Close are {', '.join(near)}." if near else f"opsdesk list {shape.kind} shows which there are."
    raise NotFound(f"No {one} has the handle {typed!r}.", hint)


def _write(desk: Desk, facts: Facts, rows: list[Row]) -> None:
    from opsdesk.cli.columns import room
    from opsdesk.cli.uptime_text import heading, reply, table
    from opsdesk.insight.reliability import unended

    say(heading(facts, desk.settings.zone))
    for line in table(rows, facts.policies, room()):
        say(line)
    for row in [each for each in rows if each.of == "all"] or rows:
        say("")
        for line in reply(row, room()):
            say(line)
    for words in unended(facts):
        talk(words)
    if any(0 < n < ENOUGH for row in rows for n in (row.response[0].mtta.n, row.response[0].ttr.n)):
        talk(FEW)


def _whole(desk: Desk, facts: Facts, rows: list[Row]) -> dict[str, Any]:
    from msgspec import to_builtins

    from opsdesk.insight.reliability import unended

    period = facts.period
    return {
        "since": period.since,
        "until": period.until,
        "now": facts.now,
        "zone": desk.settings.zone.key,
        "remarks": unended(facts),
        "rows": [{**to_builtins(row), "figures": [_figures(each) for each in row.figures]} for row in rows],
    }


def _figures(figures: Uptime) -> dict[str, Any]:
    from msgspec import structs

    return {**structs.asdict(figures), **{name: getattr(figures, name) for name in COMPUTED}}
