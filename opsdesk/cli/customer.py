"""`opsdesk customer`: everything that any department knows of one customer, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opsdesk.cli.files import keep, place_named
from opsdesk.cli.out import talk, write
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, NotFound

if TYPE_CHECKING:
    from opsdesk.core.customers import Customer
    from opsdesk.desk import Desk

DEFAULT = "txt"
NAMED = 8
"""So many customers are named where a name could mean more."""


@click.command()
@click.argument("name")
@click.option("--format", "form", type=click.Choice(["txt", "md", "json"]), default=DEFAULT, help="Else txt.")
@click.option("--json", "as_json", is_flag=True, help="As --format json.")
@click.option("-o", "--output", metavar="FILE", help="Into FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@click.pass_obj
def customer(wiring: Wiring, name: str, form: str, as_json: bool, output: str | None, force: bool) -> None:
    """Prints one page about a customer, by any part of its NAME or handle.

    What hits it now and what may be said of it, its flags, promises and how they were kept, deliveries, actions,
    escalations, problems, incidents, tickets, people there, side-channel requests, requirements. What finds no room on
    the page is counted; --format json has all of it.
    """
    from opsdesk.core.audience import Before
    from opsdesk.core.register import Look
    from opsdesk.insight.customer_page import customer_page
    from opsdesk.minutes.customer import PAGES

    if as_json and form not in (DEFAULT, "json"):
        raise click.UsageError(f"--json and --format {form} are two formats: choose one.")
    desk = wiring.existing()
    found = _found(desk, name)
    begun = next((each.at for each in desk.history(until=1)), None)
    page = customer_page(desk.read, found, Look(desk.now(), desk.settings), Before(), begun)
    printed = PAGES["json" if as_json else form](page).encode()
    if output in (None, "-"):
        write(printed)
        return
    file = place_named(str(output))
    keep(file, [printed], over=force)
    talk(f"Written to {file}.")


def _found(desk: Desk, typed: str) -> Customer:
    """Raises NotFound; Invalid where it could be several."""
    from opsdesk.core.customers import Customer
    from opsdesk.insight.customer_names import CustomerNames

    names = CustomerNames(desk.read.all(Customer))
    found = names.exactly(typed) or (names.find(typed) if typed.strip("# ") else ())
    if not found:
        raise NotFound(f'No customer has "{typed}" in its name.', "opsdesk list customers shows which there are.")
    if len(found) > 1:
        listed = ", ".join(f"{each.name} (#{each.handle})" for each in found[:NAMED])
        more = f" and {len(found) - NAMED:,} more" if len(found) > NAMED else ""
        raise Invalid(f'"{typed}" could be {listed}{more}.', "Type more of it, or its handle.")
    return found[0]
