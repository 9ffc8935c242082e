"""What is said when something fails that nobody foresaw: one sentence, and the details in a file."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from opsdesk.cli.wiring import Wiring


class Reporter:
    """In the place of sys.excepthook: no traceback reaches a terminal, none is lost."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        from opsdesk.core.text import clean

        place = self._write(kind, error, trace)
        what = clean(f"{kind.__name__}: {error}")[:200]
        sys.stderr.write(f"opsdesk: Something failed that nobody foresaw ({what}). The details are in {place}.\n")

    def _write(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Path:
        import traceback

        details = "".join(traceback.format_exception(kind, error, trace))
        text = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {' '.join(sys.argv)}\n{details}\n"
        try:
            return _append(self._wiring.folder / "errors.log", text)
        except OSError:
            return _elsewhere(text)


def _append(file: Path, text: str) -> Path:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as log:
        log.write(text)
    return file


def _elsewhere(text: str) -> Path:
    """Where the desk's folder is missing or full: a new file among the system's temporary ones."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix="opsdesk-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        log.write(text)
    return Path(name)
