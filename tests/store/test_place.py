from __future__ import annotations

from pathlib import Path

import pytest

from opsdesk.store import place
from opsdesk.store.place import network

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw - proc proc rw
40 22 0:40 / /srv rw,relatime shared:9 master:2 - nfs4 server:/export rw,vers=4.2
41 40 8:2 / /srv/local rw - xfs /dev/sdb1 rw
42 22 0:42 / /mnt/two\\040words rw - cifs //server/share rw
43 22 0:43 / /home/sue/far rw - fuse.sshfs sue@far: rw
44 22 0:44 / /home/sue/near rw - fuse.gvfsd-fuse gvfsd-fuse rw
45 22 0:45 / /over rw - nfs server:/a rw
46 22 8:3 / /over rw - btrfs /dev/sdc1 rw
47 22 0:47 / /host rw - 9p host rw
nonsense
48 22 0:48
49 22 0:49 / /half rw - 
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", ""),
        ("/home/sue/desk", ""),
        ("/srv", "nfs4"),
        ("/srv/desk", "nfs4"),
        ("/srvant/desk", ""),
        ("/srv/local/desk", ""),
        ("/mnt/two words/desk", "cifs"),
        ("/home/sue/far/away/desk", "fuse.sshfs"),
        ("/home/sue/near/desk", ""),
        ("/over/desk", ""),
        ("/host/desk", "9p"),
        ("/half/desk", ""),
        ("\\\\server\\share\\desk", "smb"),
        ("/\0", ""),
    ],
)
def test_the_longest_mount_point_counts(folder: str, kind: str) -> None:
    assert network(Path(folder), MOUNTS) == kind


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/srv/desk")
    assert network(tmp_path / "link", MOUNTS) == "nfs4"


def test_a_relative_folder_is_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert network(Path("desk"), f"1 1 0:1 / {tmp_path} rw - nfs x rw") == "nfs"


def test_nothing_is_said_where_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert network(tmp_path, "") == ""
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "missing")
    assert network(tmp_path) == ""


def test_this_machines_own_table_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "MOUNTS", tmp_path / "mountinfo")
    (tmp_path / "mountinfo").write_bytes(b"1 1 0:1 / / rw - nfs4 s:/\xff rw\n")
    assert network(tmp_path) == "nfs4"
