"""The command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


def main() -> None:
    """Runs one verb and ends the process: 0 done, 1 failed, 2 used wrongly, 130 interrupted."""
    import sys

    sys.excepthook = _interrupted
    import gc

    gc.disable()  # a verb ends before collecting would pay; the screen turns it on again
    if sys.stdout is None:
        sys.exit("opsdesk: The standard output is closed, so there is nowhere to write to.")
    from opsdesk.cli.faults import Reporter
    from opsdesk.cli.wiring import Wiring

    wiring = Wiring()
    sys.excepthook = Reporter(wiring)
    from opsdesk.cli.group import cli

    try:
        cli(prog_name="opsdesk", obj=wiring)
    finally:
        gc.freeze()  # the process ends: there is nothing worth a last collection


def _interrupted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An interruption is quiet from the first moment on, before there is anything that could report a failure."""
    if not issubclass(kind, KeyboardInterrupt):
        import sys

        sys.__excepthook__(kind, error, trace)
