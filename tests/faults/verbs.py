"""The command line in a child, with what it said; for some faults without root's rights or with little room."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import struct
import sys
from collections.abc import Callable
from typing import Any

from opsdesk.cli import capture, listing, main, showing, triage, undo  # read once, before the forks

READ = (capture, listing, showing, triage, undo)
STREAMS = {1: "stdout", 2: "stderr"}
ROOM = 1 << 20
CAPABILITIES = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
OVER_FILES = 0b1111  # CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER

Acknowledge = Callable[[dict[str, Any]], None]


def run(acknowledge: Acknowledge, argv: list[str], said: dict[str, str], limit: int = 0) -> None:
    """One verb as anybody would run it; `said` are variables, `limit` the largest file in bytes that may be written."""
    os.environ.update(said)
    out, err = diverted(1), diverted(2)
    bound_by_permissions()
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    code = ended(argv)
    acknowledge({"code": code, "out": text(1, out), "err": text(2, err)})


def ended(argv: list[str]) -> int:
    sys.argv = ["opsdesk", *argv]
    try:
        main()
    except SystemExit as done:
        return int(done.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def diverted(descriptor: int) -> int:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, ROOM)
    os.dup2(writing, descriptor)
    os.close(writing)
    setattr(sys, STREAMS[descriptor], os.fdopen(descriptor, "w", encoding="utf-8", closefd=False))
    return reading


def text(descriptor: int, reading: int) -> str:
    getattr(sys, STREAMS[descriptor]).flush()
    os.close(descriptor)
    with open(reading, encoding="utf-8") as said:
        return said.read()


def bound_by_permissions() -> None:
    """Root may do everything with any file, and would meet no read-only folder; without these rights it does."""
    libc, header = ctypes.CDLL(None, use_errno=True), struct.pack("Ii", CAPABILITIES, 0)
    rights = ctypes.create_string_buffer(24)
    if libc.capget(header, rights) == 0:
        effective, permitted, inheritable, *rest = struct.unpack("6I", rights.raw)
        less = struct.pack("6I", effective & ~OVER_FILES, permitted & ~OVER_FILES, inheritable & ~OVER_FILES, *rest)
        libc.capset(header, less)
