"""The command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


def main() -> None:
    """Runs one verb. Raises SystemExit: 0 done, 1 failed, 2 used wrongly, 130 interrupted."""
    import sys

    sys.excepthook = _interrupted
    import gc

    gc.disable()  # a verb ends before collecting would pay; the screen turns it on again
    if sys.stdout is None:
        sys.exit("opsdesk: The standard output is closed, so there is nowhere to write to.")
    from opsdesk.cli.faults import Reporter
    from opsdesk.cli.out import tolerate
    from opsdesk.cli.wiring import Wiring

    tolerate()
    wiring = Wiring()
    sys.excepthook = Reporter(wiring)
    from opsdesk.cli.group import cli

    cli(prog_name="opsdesk", obj=wiring)


def run() -> None:
    """As main, but leaves at once: all is closed, and taking Python apart would cost a short verb a good part more."""
    import os
    import sys

    try:
        main()
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code or 0)


def _interrupted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An interruption is quiet from the first moment on, before there is anything that could report a failure."""
    if not issubclass(kind, KeyboardInterrupt):
        import sys

        sys.__excepthook__(kind, error, trace)
