"""The command line."""

from __future__ import annotations


def main() -> None:
    """Runs one verb and ends the process: 0 done, 1 failed, 2 used wrongly, 130 interrupted."""
    import sys

    from opsdesk.cli.faults import Reporter
    from opsdesk.cli.wiring import Wiring

    wiring = Wiring()
    sys.excepthook = Reporter(wiring)
    from opsdesk.cli.group import cli

    cli(prog_name="opsdesk", obj=wiring)
