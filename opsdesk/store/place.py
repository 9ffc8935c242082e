"""What kind of disk a folder is on."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
NETWORKS = frozenset(
    (
        "9p",
        "afs",
        "afp",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "pvfs2",
        "smb3",
        "smbfs",
    )
)
OVER_FUSE = frozenset(
    (
        "ceph-fuse",
        "curlftpfs",
        "davfs2",
        "gcsfuse",
        "glusterfs",
        "goofys",
        "juicefs",
        "mfs",
        "rclone",
        "s3fs",
        "sshfs",
        "smbnetfs",
    )
)
SHARE = re.compile(r"(//|\\\\)[^/\\]")


def network(folder: Path, mounts: str | None = None) -> str:
    """The type of the network file system that a folder is on: "nfs4", "cifs", "fuse.sshfs"; "" on a disk of its own.

    `mounts` is a table as in /proc/self/mountinfo (https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html).
    Where the system keeps none only a Windows share is told, as "smb". Raises nothing.
    """
    if SHARE.match(str(folder)) and (os.name == "nt" or str(folder).startswith("\\\\")):
        return "smb"
    try:
        table = MOUNTS.read_text(errors="surrogateescape") if mounts is None else mounts
        place = os.path.realpath(folder)
    except (OSError, ValueError):
        return ""
    found = type_at(place, table)
    return found if found in NETWORKS or found.removeprefix("fuse.") in OVER_FUSE else ""


def type_at(place: str, table: str) -> str:
    """That of the longest mount point above the place; of several on one point the last lies on top."""
    best, found = -1, ""
    for line in table.splitlines():
        mounted, _, rest = line.partition(" - ")
        fields, kind = mounted.split(" "), rest.partition(" ")[0]
        point = unescaped(fields[4]) if len(fields) > 4 else ""
        if kind and point and within(place, point) and len(point) >= best:
            best, found = len(point), kind
    return found


def within(place: str, point: str) -> bool:
    return place == point or place.startswith(point.rstrip("/") + "/")


def unescaped(field: str) -> str:
    r"""A blank is written \040, a backslash \134."""
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), field)
