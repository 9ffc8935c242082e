"""Opening the screen: the only place of the command line that reaches Textual."""

from __future__ import annotations

import click

from opsdesk.cli.wiring import Wiring


def open_screen(wiring: Wiring, meeting: str = "") -> None:
    """The full screen until its person leaves it; with the id of a meeting, in the Room."""
    desk = wiring.desk()
    from opsdesk.ui.app import OpsDesk

    OpsDesk(desk, None, start=meeting).run()


@click.command()
@click.argument("slug")
@click.option("--customer", default="", metavar="HANDLE", help="Whose status call it is.")
@click.pass_obj
def run(wiring: Wiring, slug: str, customer: str) -> None:
    """Starts a meeting, or goes back into the one that is running."""
    desk = wiring.desk()
    running = (m for m in desk.meetings.running() if (m.agenda, m.customer) == (slug, customer.lower()))
    meeting = next(running, None) or desk.meetings.start(slug, customer=customer.lower())
    open_screen(wiring, meeting.id)
