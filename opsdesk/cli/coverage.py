"""`opsdesk coverage`: how much of the score sheet is fresh, who is never spoken of, and whether it saw it coming."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring

if TYPE_CHECKING:
    from opsdesk.cli.coverage_text import Facts
    from opsdesk.desk import Desk

MOST = 520


@click.command()
@click.option("--weeks", type=click.IntRange(1, MOST), default=12, help="Minutes are those of so many weeks; else 12.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object; shares from 0 to 1.")
@click.pass_obj
def coverage(wiring: Wiring, weeks: int, as_json: bool) -> None:
    """Shows what nobody knows and of whom nobody speaks.

    The share of active customers with a fresh score (goal 95 %), stale cells by department, when each customer was last
    discussed, its minutes of meetings beside its share of revenue; and what the sheet said 30 days before customers
    left or escalated.
    """
    from opsdesk.cli import coverage_text as text
    from opsdesk.cli.columns import room
    from opsdesk.cli.scores import NO_CUSTOMERS

    desk = wiring.looking()
    facts = _facts(desk, weeks)
    if as_json:
        write_json(_whole(facts))
        return
    for line in text.page(facts, desk.people.customer_name, room()):
        say(line)
    if not facts.attention:
        talk(NO_CUSTOMERS)


def _facts(desk: Desk, weeks: int) -> Facts:
    from opsdesk.cli.coverage_text import Facts
    from opsdesk.core.customers import Customer
    from opsdesk.core.register import Look
    from opsdesk.core.registers.escalations import Escalation
    from opsdesk.core.registers.overrides import Override
    from opsdesk.core.scores import Score
    from opsdesk.insight import coverage as covered
    from opsdesk.insight.attention import attention, met, talk_in
    from opsdesk.insight.backtest import backtest
    from opsdesk.insight.prep import owing
    from opsdesk.insight.sheet import sheet

    look, customers = Look(desk.now().replace(microsecond=0), desk.settings), desk.read.all(Customer)
    found = sheet(desk.read, look)
    owed, talk = owing(found, look), talk_in(desk.read)
    return Facts(
        look=look,
        weeks=weeks,
        coverage=covered.coverage(found.rows, look),
        stale=Counter(each.measure.department for each in owed if each.level != "unknown"),
        unknown=Counter(each.measure.department for each in owed if each.level == "unknown"),
        cells=Counter(each.department for each in found.measures for _ in found.rows),
        attention=attention(customers, talk, look, weeks),
        met=met(talk, look, weeks),
        backtest=backtest(customers, desk.read.all(Escalation), desk.read.all(Score), look, desk.read.all(Override)),
    )


def _whole(facts: Facts) -> dict[str, Any]:
    from msgspec import to_builtins

    from opsdesk.cli.scores_text import coverage_whole

    return {
        "now": facts.look.now,
        "weeks": facts.weeks,
        "coverage": coverage_whole(facts.coverage),
        "departments": [
            {"department": name, "cells": facts.cells[name], "stale": facts.stale[name], "unknown": facts.unknown[name]}
            for name in facts.cells
        ],
        "minutes_of_customers": facts.spent,
        "minutes_of_meetings": facts.met,
        "customers": to_builtins(facts.attention),
        "never_discussed": [each.customer for each in facts.never],
        "backtest": [{**to_builtins(each), "green": each.green} for each in facts.backtest],
    }
