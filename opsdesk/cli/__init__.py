"""The command line."""

from __future__ import annotations


def main() -> None:
    """Runs one verb and ends the process: 0 done, 1 failed, 2 used wrongly, 130 interrupted."""
    import gc
    import sys

    gc.disable()  # a verb ends before collecting would pay; the screen turns it on again
    from opsdesk.cli.faults import Reporter
    from opsdesk.cli.wiring import Wiring

    wiring = Wiring()
    sys.excepthook = Reporter(wiring)
    from opsdesk.cli.group import cli

    try:
        cli(prog_name="opsdesk", obj=wiring)
    finally:
        gc.freeze()  # the process ends: there is nothing worth a last collection
