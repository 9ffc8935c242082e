"""The disk under SQLite, call by call: each can be noted, refused or made slow before it is done."""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
from collections.abc import Callable
from typing import NamedTuple

import apsw

_names = itertools.count()
JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL
Pwrite = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)


class Call(NamedTuple):
    """One call of SQLite's to the disk. `what`: open write truncate sync read delete grow (the shared memory)."""

    what: str
    path: str
    at: int = 0
    data: bytes = b""
    length: int = 0
    new: bool = False
    """Of an open: a log or journal that was not there; its first sync also makes its name last."""


class Refused(Exception):
    """The disk does not do it. `done`: the share of the bytes of a write that it did before."""

    def __init__(self, code: int, done: float = 0.0) -> None:
        super().__init__(code)
        self.code, self.done = code, done


def raised(code: int) -> apsw.Error:
    error = apsw.exception_for(code)
    error.extendedresult = code
    return error


class Disk(apsw.VFS):
    """SQLite's own disk, with `watch` asked before every call. It may raise Refused."""

    def __init__(self) -> None:
        self.name = f"watched-{os.getpid()}-{next(_names)}"
        self.watch: Callable[[Call], None] = lambda call: None
        self.real_sync = False
        super().__init__(self.name, "")

    def asked(self, call: Call) -> None:
        try:
            self.watch(call)
        except Refused as refused:
            raise raised(refused.code) from refused

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None:
            return apsw.VFSFile("", name, flags)
        new = bool(flags[0] & JOURNALS) and not os.path.exists(path)
        self.asked(Call("open", path, new=new))
        return Watched(self, path, name, flags)

    def xDelete(self, path: str, sync: bool) -> None:
        self.asked(Call("delete", path, length=int(sync)))
        super().xDelete(path, False)


class Watched(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self.disk, self.path = disk, path
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:
        self.disk.asked(Call("read", self.path, at=offset, length=amount))
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        try:
            self.disk.watch(Call("write", self.path, at=offset, data=bytes(data)))
        except Refused as refused:
            some = int(len(data) * refused.done)
            if some:
                super().xWrite(data[:some], offset)
            raise raised(refused.code) from refused
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self.disk.asked(Call("truncate", self.path, length=size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self.disk.asked(Call("sync", self.path))


class SharedMemory:
    """Refuses to let the file of shared memory grow, where `watch` does: apsw leaves that file to SQLite."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self._real = Pwrite(disk.xGetSystemCall("pwrite64") or disk.xGetSystemCall("pwrite"))
        self._ours = Pwrite(self._write)

    def __enter__(self) -> None:
        self._set(ctypes.cast(self._ours, ctypes.c_void_p).value)

    def __exit__(self, *_: object) -> None:
        self._set(None)

    def _set(self, pointer: int | None) -> None:
        for name in ("pwrite64", "pwrite"):
            self.disk.xSetSystemCall(name, pointer or 0)

    def _write(self, opened: int, data: int, length: int, offset: int) -> int:
        path = os.readlink(f"/proc/self/fd/{opened}")
        if path.endswith("-shm"):
            try:
                self.disk.watch(Call("grow", path, at=offset, length=length))
            except Refused:
                ctypes.set_errno(errno.ENOSPC)
                return -1
        done = self._real(opened, data, length, offset)
        return int(done)
