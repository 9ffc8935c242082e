"""A process that has loaded everything and forks a child a trial, so that hundreds of kills take seconds.

Neither pytest nor coverage is in it. A child does a piece of work, named "module:function", and acknowledges through a
pipe whatever it has finished, one JSON object a line; the test kills it when it likes and reads what arrived.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from array import array
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[2]
LARGEST = 60_000
LONGEST = 60.0
LOADED = ("opsdesk.store.sqlite", "opsdesk.store.merging", "opsdesk.desk.meetings", "opsdesk.core.quickentry")
FAILED = 70

Acknowledge = Callable[[dict[str, Any]], None]
Ack = dict[str, Any]


class Forge:
    """The test's end of it; a context manager that leaves no process behind."""

    def __enter__(self) -> Forge:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.forge", str(theirs.fileno())],
                cwd=ROOT,
                env=environment,
                pass_fds=[theirs.fileno()],
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """It ends, and ends its children, when nobody is at the other end any more."""
        self._socket.close()
        self._process.wait(LONGEST)

    def fork(self, work: str, *given: Any) -> Child:
        """A child doing `work(acknowledge, *given)`; what is given goes through JSON."""
        reading, writing = os.pipe()
        try:
            order = json.dumps({"fork": work, "given": given}).encode()
            self._socket.sendmsg([order], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", [writing]))])
        finally:
            os.close(writing)
        return Child(self, json.loads(self._socket.recv(LARGEST))["pid"], reading)

    def ask(self, **order: int) -> int:
        """`reap`: how the child of this id ended, negative for the signal that killed it; `stopped`: see Child."""
        self._socket.send(json.dumps(order).encode())
        return int(json.loads(self._socket.recv(LARGEST))["code"])


class Child:
    """`acks` is what it has acknowledged as far as it has been read; `code` how it ended."""

    def __init__(self, forge: Forge, pid: int, pipe: int) -> None:
        self.pid, self.acks = pid, list[Ack]()
        self.code: int | None = None
        self._forge, self._pipe, self._rest = forge, pipe, b""

    def kill(self) -> list[Ack]:
        """SIGKILL now, wherever it is; all that it had acknowledged by then."""
        os.kill(self.pid, signal.SIGKILL)
        return self.finish()

    def kill_after(self, seconds: float) -> list[Ack]:
        """Killed at that time from now, unless it was done before."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._read(left):
            pass
        return self.kill()

    def kill_at(self, count: int) -> list[Ack]:
        """Killed as soon as so many acknowledgements are here, unless it was done before."""
        self.wait(count)
        return self.kill()

    def wait(self, count: int) -> list[Ack]:
        """Until so many acknowledgements are here, or the child is done."""
        while len(self.acks) < count and self._read(LONGEST):
            pass
        return self.acks

    def finish(self) -> list[Ack]:
        """To its end. Raises AssertionError with the child's own traceback where it failed."""
        while self._read(LONGEST):
            pass
        os.close(self._pipe)
        self.code = self._forge.ask(reap=self.pid)
        failed = [ack["failed"] for ack in self.acks if "failed" in ack]
        assert not failed, failed[0]
        return self.acks

    def stopped(self) -> bool:
        """Waits until it stands still (SIGSTOP); False where it has ended instead."""
        return self._forge.ask(stopped=self.pid) == os.CLD_STOPPED

    def _read(self, seconds: float) -> bool:
        """What arrives within that time; False at the end of all that can arrive."""
        ready, _, _ = select.select([self._pipe], [], [], seconds)
        if not ready:
            assert seconds < LONGEST / 2, f"a child has said nothing for {seconds:.0f} seconds"
            return True
        arrived = os.read(self._pipe, 1 << 16)
        *lines, self._rest = (self._rest + arrived).split(b"\n")
        self.acks += [json.loads(line) for line in lines]
        return bool(arrived)


# The other end


def serve(end: socket.socket) -> None:
    for name in LOADED:
        import_module(name)
    gc.freeze()
    children: set[int] = set()
    while True:
        order, passed, _, _ = socket.recv_fds(end, LARGEST, 1)
        if not order:
            return _end(children)
        said = json.loads(order)
        if "fork" in said:
            answer = {"pid": _fork(end, said, passed[0], children)}
        elif "reap" in said:
            answer = {"code": _reap(said["reap"], children)}
        else:
            answer = {"code": _stop(said["stopped"])}
        end.send(json.dumps(answer).encode())


def _fork(end: socket.socket, said: dict[str, Any], pipe: int, children: set[int]) -> int:
    module, _, name = said["fork"].partition(":")
    work = getattr(import_module(module), name)
    pid = os.fork()
    if not pid:
        end.close()
        _do(work, said["given"], pipe)
    os.close(pipe)
    children.add(pid)
    return pid


def _reap(pid: int, children: set[int]) -> int:
    children.discard(pid)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _stop(pid: int) -> int:
    found = os.waitid(os.P_PID, pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    return found.si_code if found else 0


def _end(children: set[int]) -> None:
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _do(work: Callable[..., None], given: list[Any], pipe: int) -> None:
    """In the child, which never comes back from here."""

    def acknowledge(ack: Ack) -> None:
        os.write(pipe, json.dumps(ack).encode() + b"\n")

    code = FAILED
    try:
        work(acknowledge, *given)
        code = 0
    except BaseException:
        acknowledge({"failed": traceback.format_exc()})
    finally:
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as mine:
        serve(mine)
