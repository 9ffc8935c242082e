"""`opsdesk cadence`: what meets when, and single meetings skipped or moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.reasons import reasoned
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid

if TYPE_CHECKING:
    from opsdesk.core.cadence import Occurrence
    from opsdesk.desk import Desk

WHY = click.option("--why", required=True, metavar="TEXT", help="The reason, for those who will wonder.")
CUSTOMER = click.option("--customer", metavar="HANDLE", default="", help="Whose, where each customer has one.")


@click.group(invoke_without_command=True)
@click.option("--weeks", default=2, show_default=True, type=click.IntRange(1, 104), help="How far ahead.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON array; `local` is the company's time.")
@click.pass_context
def cadence(context: click.Context, weeks: int, as_json: bool) -> None:
    """Shows what meets when, from today on: skipped and moved meetings with the reason."""
    if context.invoked_subcommand is None:
        _show(context.obj.looking(), weeks, as_json)


@cadence.command()
@click.argument("slug")
@click.argument("day", metavar="DATE")
@WHY
@CUSTOMER
@click.pass_obj
def skip(wiring: Wiring, slug: str, day: str, why: str, customer: str) -> None:
    """Leaves out the meeting of that day."""
    from msgspec.structs import replace

    from opsdesk.cli.cadence_text import when

    desk = wiring.existing(writes=True)
    found = desk.cadence.find(slug, day_named(desk, day), handle(customer))
    with reasoned(why):
        desk.cadence.skip(found, why)
    planned = replace(found, start=found.planned)
    say(f"{found.title} on {when(planned, desk.settings, desk.today())} is skipped.")
    if found.moved:
        then = when(found, desk.settings, desk.today())
        talk(f"It had been moved to {then} ({found.why}); that is off too. opsdesk undo brings the move back.")


@cadence.command()
@click.argument("slug")
@click.argument("day", metavar="DATE")
@click.option("--to", "to", required=True, metavar='"DATE HH:MM"', help="The new time, in the company's time zone.")
@WHY
@CUSTOMER
@click.pass_obj
def move(wiring: Wiring, slug: str, day: str, to: str, why: str, customer: str) -> None:
    """Holds the meeting of that day at another time."""
    from msgspec.structs import replace

    from opsdesk.cli.cadence_text import when

    desk = wiring.existing(writes=True)
    found = desk.cadence.find(slug, day_named(desk, day), handle(customer))
    start = _moment(desk, to)
    with reasoned(why):
        desk.cadence.move(found, start, why)
    say(f"{found.title} is moved to {when(replace(found, start=start), desk.settings, desk.today())}.")


def day_named(desk: Desk, words: str) -> date:
    """The date that somebody typed: 2026-11-27, fri, +3d. Raises Invalid."""
    from opsdesk.core.dates import resolve

    day = resolve(words, desk.today(), desk.settings)
    if day is None:
        raise Invalid(f"{words!r} is no date.", "Write it as 2026-11-27, fri, or +3d.")
    return day


def handle(typed: str) -> str:
    return typed.lstrip("#").lower()


def _moment(desk: Desk, words: str) -> datetime:
    """A date and a time of day, in the company's zone. Raises Invalid, also for a time that its clocks leave out."""
    from opsdesk.core.rules import is_time

    day, _, at = words.strip().rpartition(" ")
    at = at.zfill(len("09:30"))
    if not is_time(at):
        raise Invalid(f"{words!r} is no date with a time.", 'Write it as "2026-11-27 10:00" or "fri 10:00".')
    moment = datetime.combine(day_named(desk, day), time.fromisoformat(at), desk.settings.zone)
    real = moment.astimezone(UTC).astimezone(desk.settings.zone)
    if real.time() != moment.time():
        raise Invalid(f"On {moment:%Y-%m-%d} the clocks leave {at} out.", f"Give another time, such as {real:%H:%M}.")
    return moment


def _show(desk: Desk, weeks: int, as_json: bool) -> None:
    from opsdesk.cli.cadence_text import table

    found = desk.cadence.upcoming(weeks)
    if as_json:
        write_json([_whole(each, desk) for each in found])
        return
    if not found:
        talk("Nothing meets in this time. opsdesk agenda list shows what can be switched on.")
        return
    for line in table(found, desk.settings, desk.today()):
        say(line)


def _whole(each: Occurrence, desk: Desk) -> dict[str, Any]:
    from msgspec import structs

    return {**structs.asdict(each), "local": each.start.astimezone(desk.settings.zone)}
